"""``zpb import``: what others typed, in a workbook of ours: the same result, and nothing lost."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support import office, reports
from support.handed_in import FILES, handed_in
from zipingbiao.cli import main
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
Rows = list[list[str | float | None]]
HEADINGS = [
    "一级指标",
    "二级指标",
    "三级指标",
    "年度指标值",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因分析及改进措施",
    "备注",
]


def foreign(path: Path, lines: Rows, *, before: Rows | None = None, after: Rows | None = None) -> Path:
    """A table as somebody else draws it: head, funds, lines, whatever stands below."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("表")
    head: Rows = [
        ["项目支出绩效自评表"],
        ["项目名称", "培训项目", None, "主管部门", "甲局", "实施单位", "甲中心"],
        ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        [None, "年度资金总额", None, 100, 100, 95, 10, "95%", 9.5],
    ]
    for row in (*head, *(before or []), HEADINGS, *lines, *(after or [])):
        sheet.append(row)
    book.save(path)
    return path


def evaluation(path: Path) -> Evaluation:
    (result,) = z.check(path)
    (one,) = result.evaluations
    return one


def imported(source: Path, **more: str) -> Evaluation:
    target = source.with_name(f"{source.stem}（导入）.xlsx")
    z.import_report(source, target, **more)  # type: ignore[arg-type]
    return evaluation(target)


def unplaced(source: Path) -> list[tuple[str, str]]:
    """Where and what the sheet 未归类内容 lists; [] without the sheet."""
    book = openpyxl.load_workbook(source.with_name(f"{source.stem}（导入）.xlsx"))
    if ours.UNPLACED not in book.sheetnames:
        return []
    rows = book[ours.UNPLACED].iter_rows(min_row=ours.FIRST_ROW, values_only=True)
    return [(str(row[1]), str(row[2])) for row in rows]


def results(one: Evaluation) -> list[tuple[str, Decimal | None, Decimal | None]]:
    return [(row.indicator.name, row.score, row.adopted) for row in one.rows]


@pytest.mark.parametrize("source", FILES, ids=lambda file: file.stem[:3])
def test_the_reference_projects_as_handed_in_give_the_same_result(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / source.name
    copy.write_bytes(source.read_bytes())
    before, after = evaluation(copy), imported(copy)
    assert (after.total, after.adopted_total, after.grade) == (
        before.total,
        before.adopted_total,
        before.grade,
    )
    assert (after.weights_sum, after.weights_total) == (before.weights_sum, before.weights_total)
    assert after.spending == before.spending
    assert results(after) == results(before)
    assert after.table.form == before.table.form
    texts = {title: entry.text for title, entry in before.table.texts.items() if entry.text}
    said = " ".join([*(e.text for e in after.table.texts.values()), *(text for _, text in unplaced(copy))])
    assert all(text in said for title, text in texts.items() if title != "标题")


def test_the_source_is_left_alone_and_the_new_file_is_sound(tmp_path: Path) -> None:
    source = tmp_path / "来.xlsx"
    source.write_bytes(before := handed_in("002").read_bytes())
    imported(source)
    assert source.read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["来.xlsx", "来（导入）.xlsx"]


class TestWordReports:
    """The five reference reports, in their structure and figures, with prose of our own."""

    @pytest.mark.parametrize("seed", range(5))
    def test_every_figure_and_every_text_once(self, seed: int, tmp_path: Path) -> None:
        report = tmp_path / "报告.docx"
        reports.written(seed, evidence=["采购合同", "验收单"]).save(str(report))
        before, after = evaluation(report), imported(report)
        totals = ("89.50", "93.08", "94.23", "100.00", "96.75")
        assert str(after.total) == totals[seed]
        assert (after.adopted_total, after.grade) == (before.adopted_total, before.grade)
        assert (after.weights_sum, after.spending) == (before.weights_sum, before.spending)
        assert results(after) == results(before)
        assert after.table.project == before.table.project
        assert after.table.evidence is not None
        assert [line.name for line in after.table.evidence] == ["采购合同", "验收单"]
        assert all(self.times(report, line) == 1 for line in self.lines(seed))

    @pytest.mark.parametrize(
        ("seed", "source", "executed"),
        [
            (0, Source.COUNTY, "19.48"),
            (1, Source.COUNTY, "106.49"),
            (2, Source.CITY, "49.92"),
            (4, Source.COUNTY, "119.65"),
        ],
    )
    def test_the_money_stays_in_its_column(
        self, seed: int, source: Source, executed: str, tmp_path: Path
    ) -> None:
        report = tmp_path / "报告.docx"
        reports.written(seed).save(str(report))
        funds = imported(report).table.funds
        assert funds is not None
        assert funds.typed_amount(AmountKind.EXECUTED, source) == Decimal(executed)
        other = Source.CITY if source is Source.COUNTY else Source.COUNTY
        assert not funds.typed_amount(AmountKind.EXECUTED, other)

    def test_what_belongs_nowhere_is_listed(self, tmp_path: Path) -> None:
        document = reports.written(0)
        document.add_paragraph("另附一句与各部分无关的话。")
        document.save(str(tmp_path / "报告.docx"))
        imported(tmp_path / "报告.docx")
        assert "另附一句与各部分无关的话。" in [text for _, text in unplaced(tmp_path / "报告.docx")]

    @pytest.mark.parametrize("said", ["无", "无。", "暂无", "不涉及"])
    def test_a_section_with_nothing_to_tell_keeps_the_word_for_it(self, said: str, tmp_path: Path) -> None:
        document = reports.written(4)
        problems = reports.prose(4)["存在问题及原因分析"]
        next(each for each in document.paragraphs if each.text == problems).text = said
        document.save(str(tmp_path / "报告.docx"))
        one = imported(tmp_path / "报告.docx")
        assert said in [entry.text for title, entry in one.table.texts.items() if "问题" in title]

    def test_a_word_that_stands_in_another_text_too_is_listed_all_the_same(self, tmp_path: Path) -> None:
        document = reports.written(1)
        document.add_paragraph("专款专用")
        document.save(str(tmp_path / "报告.docx"))
        imported(tmp_path / "报告.docx")
        assert "专款专用" in [text for _, text in unplaced(tmp_path / "报告.docx")]

    def lines(self, seed: int) -> list[str]:
        return [
            line.strip()
            for text in reports.prose(seed).values()
            for line in text.splitlines()
            if line.strip()
        ]

    def times(self, report: Path, line: str) -> int:
        """In how many cells of the new workbook a line of prose stands."""
        book = openpyxl.load_workbook(report.with_name(f"{report.stem}（导入）.xlsx"))
        cells = (cell.value for sheet in book for row in sheet.iter_rows() for cell in row)
        return sum(isinstance(value, str) and line in value for value in cells)


class TestScores:
    """A typed score that our own rules do not give becomes 手工得分; any other stays a formula."""

    def test_a_score_given_by_a_person(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx",
            [
                ["产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 50, 47.5],
                ["效益指标", "社会效益指标", "群众认可", "明显提高", "有所提高", 30, 27],
                ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "95%", 10, 9],
            ],
        )
        one = imported(source)
        assert one.adopted_total == Decimal("93.00") == evaluation(source).adopted_total
        typed = {
            row.indicator.name: row.indicator.entries[Role.MANUAL].number
            for row in one.rows
            if Role.MANUAL in row.indicator.entries
        }
        assert typed == {"培训人次": None, "群众认可": Decimal(27), "学员满意度": Decimal(9)}

    def test_one_score_for_two_lines(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx",
            [
                ["产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 30, 45],
                ["产出指标", "数量指标", "培训场次", "≥20场", "20场", 20],
                ["效益指标", "社会效益指标", "覆盖率", "100%", "100%", 30, 30],
                ["满意度指标", "服务对象满意度指标", "学员满意度", "≥90%", "95%", 10, 10],
            ],
        )
        book = openpyxl.load_workbook(source)
        book["表"].merge_cells("G6:G7")
        book.save(source)
        assert imported(source).adopted_total == evaluation(source).adopted_total == Decimal("94.5")


class TestNothingIsLost:
    def test_what_the_form_has_no_cell_for_is_listed_with_its_place(self, tmp_path: Path) -> None:
        line: list[str | float | None] = [
            "产出指标",
            "数量指标",
            "培训人次",
            "≥200人次",
            "200人次",
            90,
            90,
            None,
            "见签到表",
        ]
        source = foreign(tmp_path / "表.xlsx", [line], after=[["经费由县财政于三月拨付到位。"]])
        imported(source)
        assert unplaced(source) == [("表!I6", "见签到表"), ("表!A7", "经费由县财政于三月拨付到位。")]

    def test_another_sheet_is_named(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx", [["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90]]
        )
        book = openpyxl.load_workbook(source)
        book.create_sheet("通讯录")["A1"] = "值班"
        book.save(source)
        imported(source)
        assert unplaced(source) == [("通讯录", "（整张工作表）")]

    def test_a_budget_that_nobody_can_read_is_not_dropped(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx", [["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90]]
        )
        book = openpyxl.load_workbook(source)
        book["表"]["E4"] = "约100"
        book.save(source)
        imported(source)
        assert ("表!E4", "年度总金额全年预算：约100") in unplaced(source)

    def test_parts_of_a_line_stay_parts(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx",
            [
                ["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90],
                ["产出指标", "数量指标", "  其中：线上", "≥100人次", "120人次"],
            ],
        )
        one = imported(source)
        assert [line.name for line in one.table.informative] == ["其中：线上"]
        assert one.adopted_total == evaluation(source).adopted_total


class TestHead:
    def test_unit_and_year_can_be_given(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx", [["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90]]
        )
        project = imported(source, unit="乙中心", year="2025").table.project
        assert (project.name, project.department, project.unit, project.year) == (
            "培训项目",
            "甲局",
            "乙中心",
            "2025",
        )

    def test_what_is_missing_is_asked_for(self, tmp_path: Path) -> None:
        source = foreign(
            tmp_path / "表.xlsx", [["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90]]
        )
        written = z.import_report(source, tmp_path / "新.xlsx")
        assert any("补填年度" in note and "--year" in note for note in written.notes)


@pytest.mark.office
def test_the_new_workbook_opens_without_repair(tmp_path: Path) -> None:
    source = foreign(
        tmp_path / "表.xlsx",
        [["产出指标", "数量指标", "培训人次", "≥200人次", "200人次", 90, 90, None, "见签到表"]],
    )
    imported(source)
    made = tmp_path / "表（导入）.xlsx"
    assert office.validate(made, "Microsoft365") == []
    assert office.recalculated(made)[ours.UNPLACED]["C4"].value == "见签到表"


class TestRefusals:
    """One sentence, nothing written."""

    @pytest.mark.parametrize(
        ("name", "said"),
        [("自评表.docx", "以 .xlsx 结尾"), ("夹", "以 .xlsx 结尾"), ("有.xlsx", "已存在")],
    )
    def test_of_the_target(self, name: str, said: str, tmp_path: Path) -> None:
        (tmp_path / "夹").mkdir()
        (tmp_path / "有.xlsx").write_bytes(b"x")
        with pytest.raises(z.ZipingbiaoError, match=said):
            z.import_report(handed_in("000"), tmp_path / name)
        assert (tmp_path / "有.xlsx").read_bytes() == b"x"

    def test_a_workbook_of_ours_needs_no_import(self, tmp_path: Path) -> None:
        z.new(tmp_path / "自评表.xlsx")
        with pytest.raises(z.UsageError, match="不用导入"):
            z.import_report(tmp_path / "自评表.xlsx", tmp_path / "新.xlsx")

    def test_a_file_without_a_table(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book["Sheet"]["A1"] = "通讯录"
        book.save(tmp_path / "通讯录.xlsx")
        with pytest.raises(z.UsageError, match=r"通讯录\.xlsx：.*表"):
            z.import_report(tmp_path / "通讯录.xlsx", tmp_path / "新.xlsx")
        assert not (tmp_path / "新.xlsx").exists()

    def test_a_file_marked_as_secret(self, tmp_path: Path) -> None:
        book = openpyxl.load_workbook(handed_in("000"))
        book.worksheets[0].insert_rows(1)
        book.worksheets[0]["A1"] = "秘密★1年"
        book.save(tmp_path / "表.xlsx")
        with pytest.raises(z.RefusedError, match=r"^（涉密文件，名称不显示）：涉密文件不能导入"):
            z.import_report(tmp_path / "表.xlsx", tmp_path / "新.xlsx")
        assert not (tmp_path / "新.xlsx").exists()

    @pytest.mark.parametrize("year", ["25", "二〇二五"])
    def test_a_year_that_is_none(self, year: str, tmp_path: Path) -> None:
        with pytest.raises(z.UsageError, match="四位数字"):
            z.import_report(handed_in("000"), tmp_path / "新.xlsx", year=year)


def test_the_command_says_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["import", str(handed_in("000")), "-o", str(tmp_path / "自评表.xlsx"), "--year", "2021"])
    said = capsys.readouterr()
    assert ended.value.code == 0
    assert "已生成" in said.out
    assert "zpb score" in said.out


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("00*.xlsx")), ids=lambda file: file.name[:3])
def test_a_report_written_read_and_written_again_is_the_same(example: Path, tmp_path: Path) -> None:
    first, workbook, again = (tmp_path / name for name in ("报告.docx", "自评表.xlsx", "再.docx"))
    z.report(example, out=first)
    z.import_report(first, workbook)
    z.report(workbook, out=again)
    assert document_of(again) == document_of(first)
    assert results(evaluation(workbook)) == results(evaluation(example))
    assert evaluation(workbook).spending == evaluation(example).spending


def document_of(report: Path) -> bytes:
    with zipfile.ZipFile(report) as archive:
        return archive.read("word/document.xml")
