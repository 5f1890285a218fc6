"""上级表: a superior's blank form is filled by its headings, and nothing else of it changes."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook

import zipingbiao as z
from batch.made import file, summarise, table
from support import county as small
from support import office, superior
from support.drawn_county.build import county
from support.sent import put, rows, workbook
from zipingbiao.batch.files import is_output
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.superior import Superior, open_superior
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Scope

Sheets = tuple[tuple[str, superior.Form], ...]
FORMS: dict[str, Sheets] = {
    "两行表头，合计在上": (("汇总", superior.two_rows),),
    "元，合计在下，一行示例": (("一览", superior.total_below),),
    "系统列表": (("Sheet1", superior.system_list),),
    "自评与复核": (("复核", superior.with_review),),
    "分表": (
        ("部门项目", superior.by_kind("项目支出绩效自评汇总表")),
        ("转移支付", superior.by_kind("转移支付绩效自评汇总表")),
        ("部门整体", superior.by_kind("部门整体支出绩效自评汇总表")),
    ),
}


def tables(count: int = 5) -> list[Evaluation]:
    return [
        table(
            f"项目{number}", code=f"14092521011000079{number:02d}", year="2025",
            initial="90", budget=str(100 + number), executed=f"{50.1234 + number}",
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def summary(*evaluations: Evaluation) -> Summary:
    return summarise(
        [file(f"教育局/{number}.xlsx", one) for number, one in enumerate(evaluations or tables(), 1)]
    )


def form(folder: Path, sheets: Sheets, name: str = "上级表.xlsx") -> Superior:
    path = folder / name
    path.write_bytes(superior.workbook(*sheets))
    return open_superior(path, folder / "汇总表.xlsx")


def filled(folder: Path, sheets: Sheets, merged: Summary | None = None) -> tuple[Workbook, Workbook, str]:
    """The filled form with its formulas, with its results, and what was said."""
    blank = form(folder, sheets)
    said = blank.write(merged or summary())
    return (
        openpyxl.load_workbook(blank.target),
        openpyxl.load_workbook(blank.target, data_only=True),
        "\n".join(said),
    )


def column(book: Workbook, sheet: str, letter: str, first: int, last: int) -> list[Any]:
    return [book[sheet][f"{letter}{row}"].value for row in range(first, last + 1)]


# ------------------------------------------------------------------ what is filled


def test_two_heading_rows_total_above_and_foot(tmp_path: Path) -> None:
    book, shown, said = filled(tmp_path, FORMS["两行表头，合计在上"])
    assert column(book, "汇总", "A", 6, 10) == [1, 2, 3, 4, 5]
    assert column(book, "汇总", "D", 6, 10) == [f"项目{number}" for number in range(1, 6)]
    assert column(book, "汇总", "E", 6, 7) == ["1409252101100007901", "1409252101100007902"]
    assert column(book, "汇总", "J", 6, 6) == [5.06]  # 预算执行率（10分） of 得分 is points, not the rate
    assert column(book, "汇总", "M", 5, 6) == [88.66, 88.56]  # the mean above the first total
    assert column(book, "汇总", "I", 5, 7) == [
        '=IF(G5=0,"",H5/G5)',
        '=IF(G6=0,"",H6/G6)',
        '=IF(G7=0,"",H7/G7)',
    ]
    assert book["汇总"]["G5"].value == "=SUM(G6:G10)"
    assert (shown["汇总"]["G5"].value, shown["汇总"]["H5"].value) == (515, 265.617)
    assert book["汇总"]["A11"].value.startswith("注：1.")
    assert book["汇总"]["A12"].value == "填表人："
    assert "请手工填写上级表“汇总”的这些列：自评得分：效益及满意度" in said


def test_new_rows_look_like_the_first_ready_row(tmp_path: Path) -> None:
    sheet = filled(tmp_path, FORMS["两行表头，合计在上"])[0]["汇总"]
    assert {sheet.row_dimensions[row].height for row in range(6, 11)} == {27}
    assert {sheet[f"G{row}"].number_format for row in range(6, 11)} == {"#,##0.00"}
    assert {sheet[f"B{row}"].border.left.style for row in range(6, 11)} == {"thin"}
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["M6:M10"]
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["N6:N10"]
    assert (sheet.print_area, sheet.print_title_rows) == ("'汇总'!$A$1:$N$12", "$3:$4")


def test_a_row_grows_where_a_text_would_be_cut(tmp_path: Path) -> None:
    long = "义务教育学校校舍维修改造及设备更新补助项目二期工程（含附属设施）"
    sheet = filled(tmp_path, FORMS["两行表头，合计在上"], summary(*tables(2), table(long, year="2025")))[0][
        "汇总"
    ]
    heights = {sheet[f"D{row}"].value: sheet.row_dimensions[row].height for row in range(6, 9)}
    assert heights["项目1"] == heights["项目2"] == 27
    assert heights[long] > 3 * 10  # three lines of ten points


def test_yuan_one_sample_row_and_total_below(tmp_path: Path) -> None:
    book, shown, said = filled(tmp_path, FORMS["元，合计在下，一行示例"])
    assert column(book, "一览", "C", 5, 10) == [*(f"项目{number}" for number in range(1, 6)), "合  计"]
    assert column(shown, "一览", "H", 5, 6) == [511234, 521234]
    assert book["一览"]["F10"].value == "=SUM(F5:F9)"
    assert shown["一览"]["F10"].value == 4_500_000
    assert column(shown, "一览", "I", 5, 6) == [50.62, 51.1]  # 执行率（%）
    assert (book["一览"]["D12"].value, shown["一览"]["D12"].value) == (
        '="共"&COUNTA(C5:C9)&"个项目"',
        "共5个项目",
    )
    assert column(book, "一览", "J", 4, 5) == [10, "良"]  # the line that numbers the columns stays
    assert book["一览"]["A12"].comment.text == "由经办人签字"
    assert [each.id for each in book["一览"].row_breaks.brk] == [11]
    assert "这些列：业务处室，" in said


def test_a_list_without_frames_and_percent_formats(tmp_path: Path) -> None:
    book, _, said = filled(tmp_path, FORMS["系统列表"])
    assert [cell.value for cell in book["Sheet1"][2]] == [
        None, "1409252101100007901", "项目1", "第一中学", None, 90, 101, 51.1234, None, "50.62%", 88.56, "良",
    ]  # fmt: skip
    assert "状态、业务处室、项目总金额" in said


def test_what_a_review_finds_stays_blank(tmp_path: Path) -> None:
    book, shown, said = filled(tmp_path, FORMS["自评与复核"])
    assert column(book, "复核", "G", 5, 5) == [88.56]
    assert column(book, "复核", "H", 5, 5) == ["良"]
    assert column(book, "复核", "I", 5, 9) == column(book, "复核", "J", 5, 9) == [None] * 5
    assert column(shown, "复核", "G", 10, 10) == [88.656]  # its own AVERAGE
    assert "复核情况：得分、复核情况：等级" in said


def test_where_the_money_comes_from_and_what_the_office_above_must_see(tmp_path: Path) -> None:
    """资金级次 is that of 底稿, 备注 that of 汇总表（上报）: no notes for the bureau itself."""
    path = tmp_path / "上级表.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["项目名称", "资金级次", "全年预算数", "自评得分", "自评等级", "备注"])
    book.save(path)
    files = {"教育局/校舍.xlsx": small.sent(1), "水利局/清障.xlsx": workbook(rows("河道清障", code="7"))}
    listed = tmp_path / "名单.xlsx"
    listed.write_bytes(small.listed({"序号": 1, "资金级次": "中央"}))
    out = tmp_path / "汇总表.xlsx"
    z.merge(put(tmp_path / "收文", files), out, workers=1, template=path, register=listed)
    made = openpyxl.load_workbook(tmp_path / "上级表（已填）.xlsx").worksheets[0]
    summary = openpyxl.load_workbook(out)
    paper = {row[2]: row for row in summary["汇总表（上报）"].iter_rows(4, values_only=True)}
    lines = {row[0]: row for row in made.iter_rows(2, values_only=True)}
    assert lines["校舍维修改造"][1] == "中央"
    for name in ("校舍维修改造", "河道清障"):
        assert lines[name][2:] == (paper[name][5], *paper[name][8:11])


def test_ready_rows_that_are_not_needed_are_blank(tmp_path: Path) -> None:
    book, _, _ = filled(tmp_path, FORMS["自评与复核"], summary(*tables(1)))
    assert column(book, "复核", "A", 5, 6) == [1, None]  # …… is no project
    assert column(book, "复核", "D", 7, 7) == ["=SUM(D5:D6)"]


def test_each_kind_of_money_has_its_sheet(tmp_path: Path) -> None:
    book, _, _ = filled(tmp_path, FORMS["分表"])
    assert column(book, "部门项目", "B", 3, 4) == ["项目1", "项目2"]
    assert column(book, "部门项目", "D", 9, 9) == [515]
    assert column(book, "转移支付", "B", 3, 3) == column(book, "部门整体", "B", 3, 3) == [None]


def test_whole_departments_are_named_by_themselves(tmp_path: Path) -> None:
    departments = [
        replace(one, table=replace(one.table, scope=Scope.DEPARTMENT))
        for name in ("教育局", "水利局", "卫生局")
        for one in [table("", department=name, unit=name, year="2025", budget="10", executed="9")]
    ]
    sheets = (*FORMS["自评与复核"], ("部门", superior.whole_departments))
    book, _, said = filled(tmp_path, sheets, summary(*tables(1), *departments))
    assert column(book, "部门", "B", 3, 6) == ["教育局", "水利局", "卫生局", None]
    assert column(book, "部门", "A", 3, 5) == [1, 2, 3]
    assert column(book, "部门", "D", 3, 3) == [9]
    assert "没有部门整体" not in said


def test_a_kind_without_a_sheet_is_told(tmp_path: Path) -> None:
    one = table("", department="教育局", year="2025")
    whole = replace(one, table=replace(one.table, scope=Scope.DEPARTMENT))
    said = filled(tmp_path, FORMS["系统列表"], summary(*tables(1), whole))[2]
    assert "上级表没有部门整体的工作表，1个没有填入" in said


def test_a_formula_that_only_excel_calculates_is_told(tmp_path: Path) -> None:
    def ranked(book: Any, sheet: Any) -> None:
        superior.two_rows(book, sheet)
        sheet.write("O4", "排名")
        for row in (6, 7, 8):
            sheet.write_formula(f"O{row}", f"=RANK(M{row},M$6:M$8)")

    book, _, said = filled(tmp_path, (("汇总", ranked),))
    assert column(book, "汇总", "O", 6, 10) == [f"=RANK(M{row},M$6:M$10)" for row in range(6, 11)]
    assert "打开时才会算出结果" in said
    assert "排名" not in said  # the form fills this column itself
    assert "打开时" not in filled(tmp_path, FORMS["自评与复核"])[2]


# ------------------------------------------------------------------ what waits for 认定


def in_doubt() -> Summary:
    """Two files that say different things of one project, and one that is plain."""
    plain = table("明白", code="1", budget="10", executed="9")
    return summary(plain, table("两版", code="2", executed="50"), table("两版", code="2", executed="60"))


@pytest.mark.parametrize(("name", "place"), [("两行表头，合计在上", "N5"), ("系统列表", "B5")])
def test_a_paper_that_lacks_money_says_so(tmp_path: Path, name: str, place: str) -> None:
    """In 备注 of the total; where there is none, below everything. Its money is in no row and no sum."""
    merged = in_doubt()
    assert merged.draft
    book, shown, said = filled(tmp_path, FORMS[name], merged)
    (sheet,) = book.sheetnames
    assert book[sheet][place].value == merged.draft
    assert "2个项目待认定，只列名称和单位" in said
    amounts = {
        cell.value for row in shown[sheet].iter_rows() for cell in row if isinstance(cell.value, int | float)
    }
    assert not {50, 60, 100} & amounts


# ------------------------------------------------------------------ what is refused


def by_department(_book: Any, sheet: Any) -> None:
    sheet.write_row("A1", ["主管部门", "项目数", "预算数", "得分"])


def with_a_project(book: Any, sheet: Any) -> None:
    superior.two_rows(book, sheet)
    sheet.write("D6", "道路养护")


def locked(book: Any, sheet: Any) -> None:
    superior.two_rows(book, sheet)
    sheet.protect()


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (superior.english, "没有找到“项目名称”"),
        (by_department, "没有找到“项目名称”"),
        (with_a_project, "汇总!D6 等1处已有内容"),
        (locked, "设有保护"),
    ],
)
def test_a_form_that_cannot_be_filled_is_refused_before_the_work(
    tmp_path: Path, fill: Callable[[Any, Any], Any], said: str
) -> None:
    (tmp_path / "上级表.xlsx").write_bytes(superior.workbook(("汇总", fill)))
    with pytest.raises(UsageError, match=said):
        z.merge(tmp_path, tmp_path / "汇总表.xlsx", template=tmp_path / "上级表.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["上级表.xlsx"]


def test_only_our_own_filled_form_is_replaced(tmp_path: Path) -> None:
    blank = form(tmp_path, FORMS["分表"])
    blank.write(summary())
    assert is_output(blank.target)
    blank.write(summary(*tables(2)))
    assert openpyxl.load_workbook(blank.target)["部门项目"]["B5"].value is None
    with pytest.raises(UsageError, match="是本软件生成的"):
        open_superior(blank.target, tmp_path / "汇总表.xlsx")
    blank.target.write_bytes(blank.path.read_bytes())
    with pytest.raises(RefusedError, match="不是本软件填写的"):
        open_superior(blank.path, tmp_path / "汇总表.xlsx")


# ------------------------------------------------------------------ nothing else changes, and office programs agree


@pytest.mark.parametrize("name", FORMS)
def test_only_the_filled_sheets_change(tmp_path: Path, name: str) -> None:
    blank = form(tmp_path, FORMS[name])
    blank.write(summary())
    old, new = (zipfile.ZipFile(path) for path in (blank.path, blank.target))
    assert old.namelist() == new.namelist()
    differing = {part for part in old.namelist() if old.read(part) != new.read(part)}
    followed = {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"} if "示例" in name else set()
    assert differing == {"xl/workbook.xml", "xl/worksheets/sheet1.xml", *followed}


@pytest.mark.office
@pytest.mark.parametrize("name", FORMS)
def test_office_programs_take_it_and_calculate_our_results(tmp_path: Path, name: str) -> None:
    _, shown, _ = filled(tmp_path, FORMS[name])
    path = tmp_path / "上级表（已填）.xlsx"
    assert office.validate(path, "Office2013") == office.validate(path, "Microsoft365") == []
    calculated = office.recalculated(path)
    for sheet in shown:
        for row in sheet.iter_rows():
            for cell in row:
                theirs = calculated[sheet.title][cell.coordinate].value
                if isinstance(cell.value, int | float):
                    assert theirs == pytest.approx(cell.value, rel=1e-12), cell.coordinate
                else:
                    assert (theirs or None) == (cell.value or None), cell.coordinate


# ------------------------------------------------------------------ a county


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> tuple[MergeResult, Path]:
    folder = tmp_path_factory.mktemp("县")
    root = put(folder / "收文", county(7, 40).files)
    path = folder / "市级汇总表.xlsx"
    path.write_bytes(superior.workbook(*FORMS["两行表头，合计在上"]))
    return z.merge(root, folder / "汇总表.xlsx", workers=1, template=path), folder / "市级汇总表（已填）.xlsx"


def test_a_county_stands_in_the_form_as_in_the_summary(merged: tuple[MergeResult, Path]) -> None:
    """Order and figures are those of 汇总表; what it does not count has no figures; the sums are its sums."""
    result, path = merged
    sheet = openpyxl.load_workbook(path, data_only=True)["汇总"]
    projects = list(result.summary.main.projects())
    for row, project in enumerate(projects, 6):
        told = [sheet.cell(row, place).value for place in (1, 2, 3, 4, 5)]
        assert told == [
            project.number, project.department, project.unit or None, project.name or None, project.code or None,
        ]  # fmt: skip
        figures = [sheet.cell(row, place).value for place in (6, 7, 8)]
        ours = (project.initial_budget, project.full_year_budget, project.executed)
        assert figures == [
            float(amount) if amount is not None and project.counted else None for amount in ours
        ]
    assert str(sheet.cell(6 + len(projects), 1).value).startswith("注：")
    total = result.summary.main.total
    sums = [sheet.cell(5, place).value for place in (6, 7, 8)]
    assert sums == pytest.approx(
        [float(each or 0) for each in (total.initial_budget, total.full_year_budget, total.executed)]
    )
    assert sheet["M5"].value == float(total.mean or 0)
    assert str(path) in "\n".join(result.lines())


def test_the_filled_form_of_a_county_is_left_out_of_the_next_merge(merged: tuple[MergeResult, Path]) -> None:
    _, path = merged
    again = z.merge([path], path.with_name("再汇总.xlsx"), workers=1)
    assert [record.status.value for record in again.records] == ["skipped"]
