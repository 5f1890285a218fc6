"""``zpb new``: blank workbooks, and workbooks filled from a list and approved targets."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from zipingbiao.book.cells import Ref
from zipingbiao.book.read import read_book
from zipingbiao.cli import main
from zipingbiao.errors import RefusedError, UnreadableError, UsageError
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.targets import TargetLine, TargetTable
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Project, Role
from zipingbiao.table.register import RegisterRow
from zipingbiao.template.content import NewLine, NewProject
from zipingbiao.template.new import Planned, Written, plan_workbooks, write_new

AT = Ref("名单", 2, 1)
INITIAL, FULL_YEAR = AmountKind.INITIAL, AmountKind.FULL_YEAR


def row(name: str, unit: str = "一所", code: str = "", **more: object) -> RegisterRow:
    return RegisterRow(name=name, ref=AT, unit=unit, code=code, **more)  # type: ignore[arg-type]


def line(name: str, weight: int | None = 10, *, execution: bool = False) -> TargetLine:
    points = None if weight is None else Decimal(weight)
    return TargetLine("产出指标", "数量指标", name, AT, points, "≥1个", is_execution=execution)


def table(
    name: str, unit: str = "", code: str = "", lines: tuple[TargetLine, ...] = (), **more: object
) -> TargetTable:
    head = Project(name=name, unit=unit, code=code)
    return TargetTable(head, AT, lines or (line(f"{name}的数量"),), **more)  # type: ignore[arg-type]


def plan(
    register: list[RegisterRow], targets: list[TargetTable] | None = None, form: Form = shanxi.FORM
) -> Planned:
    return plan_workbooks(form, register, targets or [], year="2025", formulas=False)


def only(planned: Planned) -> NewProject:
    (book,) = planned.workbooks
    (project,) = book.projects
    return project


# ------------------------------------------------------------------ plan


def test_one_workbook_per_unit_in_the_order_of_the_list() -> None:
    planned = plan([row("甲", "一所", department="局"), row("乙", "二 所"), row("丙", "一所"), row("丁", "")])
    assert [(book.unit.unit, [p.project.name for p in book.projects]) for book in planned.workbooks] == [
        ("一所", ["甲", "丙"]), ("二 所", ["乙"]), ("", ["丁"]),
    ]  # fmt: skip
    assert planned.workbooks[0].unit == Project(department="局", unit="一所", year="2025")
    assert planned.workbooks[0].projects[0].lines == ()
    assert planned.notes == ()


def test_the_register_goes_before_the_targets() -> None:
    approved = TargetTable(Project("甲", "1", "厅", "他所", "2024"), AT, (line("数"),))
    project = only(plan([row("甲", "", "1", year="2025")], [approved])).project
    assert project == Project("甲", "1", "厅", "他所", "2025")


def test_targets_are_matched_by_code_then_by_name_and_unit() -> None:
    register = [row("甲", code="A1"), row("安防", "一小"), row("安防", "二小"), row("乙 项目")]
    targets = [table("改了名", code="a1"), table("安防", "二小"), table("乙项目", "另一单位"), table("多余")]
    planned = plan(register, targets)
    found = {
        (book.unit.unit, project.project.name): [each.name for each in project.lines[1:]]
        for book in planned.workbooks
        for project in book.projects
    }
    assert found == {
        ("一所", "甲"): ["改了名的数量"], ("一小", "安防"): [], ("二小", "安防"): ["安防的数量"],
        ("一所", "乙 项目"): ["乙项目的数量"],
    }  # fmt: skip
    said = "\n".join(planned.notes)
    assert "1 个项目没有对应的绩效目标表，指标留空：安防。" in said
    assert "1 份绩效目标表不在名单中，没有生成：多余。" in said
    assert "“甲”的名称在绩效目标表中是“改了名”" in said
    assert "“乙 项目”的单位在绩效目标表中是“另一单位”" in said


def test_the_targets_of_the_year_count() -> None:
    def of(year: str) -> TargetTable:
        return TargetTable(Project("甲", year=year), AT, (line(year),))

    planned = plan([row("甲", "219001-一所")], [of("2024"), of("2025")])
    assert only(planned).lines[1].name == "2025"
    assert planned.notes == ()
    late = plan([row("甲")], [of("2024")])
    assert only(late).lines[1].name == "2024"
    assert "年度在绩效目标表中是“2024”，与“2025”不一致" in late.notes[0]


def test_a_unit_with_and_without_its_code_is_one() -> None:
    planned = plan([row("甲", "219001-一所"), row("乙", "一所")], [table("甲", "一所")])
    (book,) = planned.workbooks
    assert [each.lines != () for each in book.projects] == [True, False]


def test_targets_that_contradict_each_other_are_not_used() -> None:
    same = plan([row("甲")], [table("甲"), table("甲")])
    assert [each.name for each in only(same).lines] == ["预算执行率", "甲的数量"]
    other = plan([row("甲")], [table("甲"), table("甲", lines=(line("别的"),))])
    assert only(other).lines == ()
    assert "2 份不同的绩效目标表" in other.notes[0]


def test_without_a_register_the_targets_name_the_projects() -> None:
    planned = plan([], [table("甲", "一所"), table("乙", "二所"), table("丙", "一所")])
    assert [len(book.projects) for book in planned.workbooks] == [2, 1]


@pytest.mark.parametrize(
    ("level", "source"),
    [
        ("县级", Source.COUNTY), ("县区级", Source.COUNTY), ("市级", Source.CITY), ("市本级", Source.CITY),
        ("省级", Source.PROVINCIAL), ("中央", Source.CENTRAL), ("", Source.TOTAL), ("其余", Source.TOTAL),
    ],
)  # fmt: skip
def test_amounts_stand_in_the_column_of_their_level(level: str, source: Source) -> None:
    project = only(plan([row("甲", level=level, initial=Decimal(10), full_year=Decimal(12))]))
    assert project.funds == {(INITIAL, source): Decimal(10), (FULL_YEAR, source): Decimal(12)}
    assert project.fiscal_level == level


def test_one_project_with_two_sources_of_money() -> None:
    planned = plan(
        [row("甲", code="1", level="省级", initial=Decimal(10)), row("甲", level="县级", initial=Decimal(5))]
    )
    project = only(planned)
    assert project.funds == {(INITIAL, Source.PROVINCIAL): Decimal(10), (INITIAL, Source.COUNTY): Decimal(5)}
    assert project.fiscal_level == "省级、县级"
    assert "合并" in planned.notes[0]
    again = plan([row("甲", initial=Decimal(10)), row("甲", initial=Decimal(5))])
    assert only(again).funds == {(INITIAL, Source.TOTAL): Decimal(10)}
    assert "重复" in again.notes[0]


def test_approved_amounts_fill_in_for_the_register() -> None:
    parts = {Source.TOTAL: Decimal(30), Source.FISCAL: Decimal(20), Source.OTHER: Decimal(10)}
    assert only(plan([row("甲")], [table("甲", funds=parts)])).funds == {
        (INITIAL, Source.FISCAL): Decimal(20), (INITIAL, Source.OTHER): Decimal(10),
    }  # fmt: skip
    assert only(plan([row("甲", level="县级")], [table("甲", funds=parts)])).funds == {
        (INITIAL, Source.COUNTY): Decimal(20), (INITIAL, Source.OTHER): Decimal(10),
    }  # fmt: skip
    short = {Source.TOTAL: Decimal(30), Source.FISCAL: Decimal(20)}
    assert only(plan([row("甲")], [table("甲", funds=short)])).funds == {(INITIAL, Source.TOTAL): Decimal(30)}
    known = row("甲", initial=Decimal(7))
    assert only(plan([known], [table("甲", funds=parts)])).funds == {(INITIAL, Source.TOTAL): Decimal(7)}


@pytest.mark.parametrize(
    ("weights", "first", "noted"),
    [
        ((50, 40), ("预算执行率", Decimal(10), "100%"), False),
        ((None, None), ("预算执行率", Decimal(10), "100%"), False),
        ((50, 50), ("0", Decimal(50), "≥1个"), True),
    ],
)
def test_the_execution_line_is_added_where_points_are_left(
    weights: tuple[int | None, ...], first: tuple[str, Decimal, str], noted: bool
) -> None:
    lines = tuple(line(str(number), weight) for number, weight in enumerate(weights))
    planned = plan([row("甲")], [table("甲", lines=lines)])
    added = only(planned).lines[0]
    assert (added.name, added.weight, added.target) == first
    assert added.is_execution is not noted
    assert bool(planned.notes) is noted


def test_an_execution_line_of_the_targets_stays_where_it_is() -> None:
    given = (line("数", 80), line("执行率", 20, execution=True))
    lines = only(plan([row("甲")], [table("甲", lines=given)])).lines
    assert [(each.name, each.weight, each.is_execution) for each in lines] == [
        ("数", Decimal(80), False), ("执行率", Decimal(20), True),
    ]  # fmt: skip


def test_a_line_and_a_goal_arrive_as_written() -> None:
    given = TargetLine(
        "一", "二", "三", AT, Decimal(5), "≥130个", "正向", "≥120个", "某财〔2025〕1号"
    )  # fmt: skip
    project = only(plan([row("甲")], [table("甲", lines=(given,), goal="目标1：建成。")]))
    assert project.lines[1] == NewLine(
        "一", "二", "三", Decimal(5), "≥130个", kind="正向", adjusted="≥120个", document="某财〔2025〕1号"
    )
    assert project.texts == {"项目年度绩效目标": "目标1：建成。"}
    other = only(plan([row("甲")], [table("甲", goal="建成")], national.FORM))
    assert other.texts == {"年度绩效目标": "建成"}


# ------------------------------------------------------------------ files


def register_file(tmp_path: Path, *rows: tuple[str | int | None, ...]) -> Path:
    book = openpyxl.Workbook()
    for values in rows:
        book.worksheets[0].append(values)
    path = tmp_path / "名单.xlsx"
    book.save(path)
    return path


def target_files(tmp_path: Path) -> Path:
    """A folder as it lies on a desk: Word, Excel, a lock file, a backup, a broken and an old one."""
    folder = tmp_path / "绩效目标"
    (folder / "下级").mkdir(parents=True)
    document = Document()
    document.add_paragraph("项目名称：校园安防")
    word = document.add_table(3, 4)
    for place, text in enumerate(
        [
            "一级指标",
            "三级指标",
            "指标值",
            "分值",
            "产出指标",
            "设备",
            "≥20套",
            "60",
            "满意度指标",
            "师生满意度",
            "≥95%",
            "30",
        ]
    ):
        word.cell(place // 4, place % 4).text = text
    document.save(str(folder / "安防.docx"))
    book = openpyxl.Workbook()
    for values in (
        ("项目名称", "水库加固"), ("年度绩效目标", "完成坝体"),
        ("三级指标", "指标值", "计量单位", "指标性质"), ("水库", 1, "座", "正向"),
    ):  # fmt: skip
        book.worksheets[0].append(values)
    book.save(folder / "下级" / "水库.xlsx")
    for name in ("~$水库.xlsx", "水库.xlsx.bak", "坏.xlsx", "旧.doc", "说明.txt"):
        (folder / name).write_bytes(b"PK\x03\x04x")
    return folder


def new(output: Path, projects: Path | None = None, *targets: Path, **more: object) -> Written:
    given: dict[str, object] = {"form": None, "year": None, "formulas": False, **more}
    return write_new(output, projects=projects, targets=targets, **given)  # type: ignore[arg-type]


def test_a_list_and_a_folder_of_targets_give_workbooks_that_read_back(tmp_path: Path) -> None:
    projects = register_file(
        tmp_path,
        ("2024年度名单",), ("项目名称", "项目编码", "主管部门", "实施单位", "年初预算（元）", "资金级次"),
        ("校园安防", "0012", "教育局", "一小", 305000, "县级"), ("水库加固", "0013", "水利局", "水库站", 100, "省级"),
        ("合计", None, None, None, 305100),
    )  # fmt: skip
    written = new(tmp_path / "各单位", projects, target_files(tmp_path))
    assert [file.name for file in written.files] == ["一小.xlsx", "水库站.xlsx"]
    (evaluation,) = read_tables(read_book(written.files[0]))
    head = evaluation.project
    assert (head.name, head.code, head.department, head.unit, head.year) == (
        "校园安防", "0012", "教育局", "一小", "2024",
    )  # fmt: skip
    assert evaluation.funds is not None
    assert evaluation.funds.typed_amount(INITIAL, Source.COUNTY) == Decimal("30.5")
    assert evaluation.funds.amount(INITIAL) == Decimal("30.5")
    lines = [(each.name, each.text(Role.TARGET), each.weight) for each in evaluation.indicators]
    assert lines == [
        ("预算执行率", "100%", Decimal(10)), ("设备", "≥20套", Decimal(60)), ("师生满意度", "≥95%", Decimal(30)),
    ]  # fmt: skip
    (other,) = read_tables(read_book(written.files[1]))
    assert other.indicators[-1].text(Role.TARGET) == "≥1座"
    said = "\n".join(written.notes)
    assert "坏.xlsx" in said
    assert "旧.doc" in said
    assert not any(word in said for word in ("~$", ".bak", "说明.txt"))


@pytest.mark.parametrize("form", [None, national.FORM])
def test_blank_workbooks(tmp_path: Path, form: Form | None) -> None:
    one = new(tmp_path / "自评表.xlsx", form=form)
    assert one.files == (tmp_path / "自评表.xlsx",)
    into = new(tmp_path / "夹" / "里", form=form, year="2023", formulas=True)
    assert into.files == (tmp_path / "夹" / "里" / "项目支出绩效自评表.xlsx",)
    years = [read_tables(read_book(file))[0].project.year for file in (*one.files, *into.files)]
    assert years == [str(dt.datetime.now(tz=dt.UTC).astimezone().year - 1), "2023"]


def test_nothing_is_ever_replaced(tmp_path: Path) -> None:
    projects = register_file(tmp_path, ("项目名称", "实施单位"), ("甲", "一所"), ("乙", "二所"))
    folder = tmp_path / "出"
    folder.mkdir()
    (folder / "二所.xlsx").write_bytes(b"mine")
    with pytest.raises(RefusedError, match=r"二所\.xlsx 已存在"):
        new(folder, projects)
    assert [file.name for file in folder.iterdir()] == ["二所.xlsx"]
    assert (folder / "二所.xlsx").read_bytes() == b"mine"


def test_names_of_units_become_names_of_files(tmp_path: Path) -> None:
    units = ["一所/分部", "一所:分部", "CON", "", "长" * 300]
    projects = register_file(tmp_path, ("项目名称", "实施单位"), *((f"项{u[:2]}", u) for u in units))
    planned = [file.name for file in new(tmp_path / "出", projects).files]
    assert planned[:3] == ["一所_分部.xlsx", "一所_分部(2).xlsx", "_CON.xlsx"]
    assert len(set(planned)) == len(planned)
    assert all(len(name.encode()) < 255 for name in planned)


def test_what_does_not_fit_together_is_refused(tmp_path: Path) -> None:
    projects = register_file(tmp_path, ("项目名称", "实施单位"), ("甲", "一所"), ("乙", "二所"))
    cases: list[tuple[type[Exception], str, Path, Path | None, list[Path], dict[str, object]]] = [
        (UsageError, "2 个单位", tmp_path / "a.xlsx", projects, [], {}),
        (UsageError, "四位数字", tmp_path / "a.xlsx", None, [], {"year": "25"}),
        (UsageError, "找不到", tmp_path / "a.xlsx", None, [tmp_path / "无"], {}),
        (UsageError, "没有找到绩效目标表", tmp_path / "a.xlsx", None, [projects], {}),
        (UnreadableError, "找不到", tmp_path / "a.xlsx", tmp_path / "无.xlsx", [], {}),
    ]
    for error, said, output, listed, targets, more in cases:
        with pytest.raises(error, match=said):
            new(output, listed, *targets, **more)
    (tmp_path / "文件").write_text("x")
    with pytest.raises(UsageError, match="是一个文件"):
        new(tmp_path / "文件", projects)
    empty = register_file(tmp_path, ("名称", "单位"), ("甲", "一所"))
    with pytest.raises(UsageError, match="项目名称"):
        new(tmp_path / "a.xlsx", empty)
    assert not (tmp_path / "a.xlsx").exists()


def test_our_own_workbooks_in_the_folder_are_no_targets(tmp_path: Path) -> None:
    folder = target_files(tmp_path)
    new(folder / "旧的.xlsx")
    written = new(tmp_path / "出", None, folder)
    assert any("旧的.xlsx：是本软件生成的自评表" in note for note in written.notes)
    (evaluation, other) = read_tables(read_book(written.files[0]))
    assert {evaluation.project.name, other.project.name} == {"校园安防", "水库加固"}


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["new", str(tmp_path / "出"), "--targets", str(target_files(tmp_path)), "--year", "2025"]
    with pytest.raises(SystemExit) as left:
        main(arguments)
    said = capsys.readouterr()
    assert left.value.code == 0
    assert "项目支出绩效自评表.xlsx" in said.out
    assert "坏.xlsx" in said.err
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert "已存在" in capsys.readouterr().err


def test_only_xlsx_is_written(tmp_path: Path) -> None:
    for name in ("自评表.docx", "自评表.xls", "自评表.XLSM"):
        with pytest.raises(UsageError, match=r"只能生成 \.xlsx"):
            write_new(tmp_path / name, form=None, projects=None, targets=[], year="2025", formulas=False)
    assert not list(tmp_path.iterdir())
