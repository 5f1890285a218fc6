"""A workbook and the report of its project, checked together."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document

from support import reports
from zipingbiao.batch.check import check
from zipingbiao.batch.merge import merge
from zipingbiao.report.write import report as write_report
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.template.examples import examples

HANDED_IN = Path(__file__).parents[1] / "data" / "handed_in"
WORKBOOKS = sorted(HANDED_IN.glob("*.xlsx"))
WORKBOOK = WORKBOOKS[4]
EXAMPLE = next(examples().glob("004*.xlsx"))
PROSE = (
    "融媒体平台建设项目支出绩效自评报告",
    "一、项目支出基本情况",
    "（一）立项背景",
    "根据会议精神设立。",
    "（二）资金预算和执行情况",
    "项目预算资金125.95万元，全年执行数119.65万元，预算执行率95%。",
    "二、绩效自评工作开展情况",
    "局务会研究布置。",
    "三、绩效自评结果及分析",
    "融媒体平台建设项目绩效自评价结果为：总得分96.75分，属于“优秀”。",
)


def checked(workbook: Path, document: Document, *more: Path) -> tuple[FileResult, FileResult]:
    """The results of a workbook and a report in memory, beside more workbooks."""
    books = {workbook.name: workbook.read_bytes(), "报告.docx": reports.content(document)}
    books |= {f"另存{at}.xlsx": file.read_bytes() for at, file in enumerate(more)}
    first, second, *_ = check(books)
    return first, second


def written(*lines: str) -> Document:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return document


def of(result: FileResult, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


@pytest.mark.parametrize("seed", [0, 2, 3, 4])
@pytest.mark.parametrize("shuffled", [False, True])
def test_a_report_that_differs_only_in_order_is_not_blamed(seed: int, shuffled: bool) -> None:
    _, report = checked(WORKBOOKS[seed], reports.written(seed, shuffled=shuffled))
    assert of(report, "T119") == []
    assert report.notes == ()


@pytest.mark.parametrize("workbook", sorted(examples().glob("*.xlsx")), ids=lambda file: file.stem[:3])
@pytest.mark.parametrize("draft", [False, True])
def test_the_report_that_we_write_says_what_its_workbook_says(workbook: Path, draft: bool) -> None:
    document, _ = write_report(workbook.read_bytes(), name=workbook.name, draft=draft)
    _, result = check({workbook.name: workbook.read_bytes(), "报告.docx": document})
    blamed = {"T109", "T110", "T111", "T114", "T116", "T117", "T119"} & {
        each.code for each in result.findings
    }
    assert blamed == set()
    assert result.notes == ()


def test_a_report_that_was_not_changed_with_the_table_names_both_files() -> None:
    document = reports.written(4)
    main = document.tables[-1]
    (row,) = [row for row in main.rows if row.cells[2].text == "项目完工及时性"]
    row.cells[5].text, row.cells[6].text, row.cells[7].text = "80%", "80%", "10"
    document.tables[0].rows[5].cells[2].text = "125.95"
    workbook, report = checked(WORKBOOK, document)
    (finding,) = of(report, "T119")
    assert finding.severity is Severity.ERROR
    for said in (
        f"报告与{WORKBOOK.name}不一致：总分95.5（表中为96.75）",
        "全年执行125.95万元（表中项目支出绩效自评表!C12为119.65万元）",
        "“项目完工及时性”的业绩值“80%”（表中项目支出绩效自评表!F21为“90%”）",
    ):
        assert said in finding.message
    assert "附件1（表6）第6行第6列" in [ref.place for ref in finding.refs]
    assert of(workbook, "T119") == []


def test_the_same_project_is_known_with_and_without_the_word_project() -> None:
    document = reports.written(4)
    for paragraph in document.paragraphs:
        paragraph.text = paragraph.text.replace("建设项目项目绩效", "建设项目绩效").replace("96.75", "97.65")
    document.tables[-1].rows[-1].cells[7].text = "4"
    _, report = checked(WORKBOOK, document)
    assert len(of(report, "T119")) == 1


def test_another_project_is_not_compared_and_a_note_says_so() -> None:
    _, report = checked(WORKBOOK, reports.written(2))
    assert of(report, "T119") == []
    (note,) = report.notes
    assert "报告写的是“信息化建设经费”" in note
    assert f"{WORKBOOK.name}是“融媒体平台建设项目”" in note


@pytest.mark.parametrize(("year", "compared"), [("2021", True), ("2020", False)])
def test_another_year_is_another_evaluation(year: str, compared: bool) -> None:
    document = reports.written(2)
    document.paragraphs[0].insert_paragraph_before(f"{year}年度信息化建设经费项目支出绩效自评报告")
    document.tables[-1].rows[3].cells[7].text = "12"
    workbook, report = checked(WORKBOOKS[2], document)
    assert workbook.evaluations[0].table.project.year == "2021"
    assert bool(of(report, "T119")) is compared


def test_two_workbooks_of_the_project_are_a_question() -> None:
    document = reports.written(4)
    document.tables[-1].rows[-1].cells[7].text = "4"
    _, report = checked(WORKBOOK, document, EXAMPLE)
    assert of(report, "T119") == []
    assert "有2份自评表" in report.notes[0]


@pytest.mark.parametrize("folder", [False, True])
def test_a_report_set_aside_beside_its_table_is_checked_all_the_same(tmp_path: Path, folder: bool) -> None:
    """Its 附件1 is that of the workbook, its sentence is not."""
    document = reports.written(4)
    for paragraph in document.paragraphs:
        paragraph.text = paragraph.text.replace("96.75", "97.65")
    (tmp_path / "自评表.xlsx").write_bytes(WORKBOOK.read_bytes())
    (tmp_path / "报告.docx").write_bytes(reports.content(document))
    paths = [tmp_path] if folder else [tmp_path / "自评表.xlsx", tmp_path / "报告.docx"]
    report = next(result for result in check(paths) if result.path.endswith("报告.docx"))
    assert report.status is Status.ATTACHED
    assert [finding.severity for finding in of(report, "T111")] == [Severity.ERROR]
    merged = merge([tmp_path], tmp_path / "汇总表.xlsx")
    assert merged.summary.main.total.counted == 1


def test_a_report_alone_is_compared_with_nothing() -> None:
    (report,) = check({"报告.docx": reports.content(reports.written(4))})
    assert (of(report, "T119"), report.notes) == ([], ())


# ------------------------------------------------------------------ a report in prose alone


def test_prose_that_agrees_with_its_workbook_is_no_unreadable_file() -> None:
    alone, report = checked(WORKBOOK, written(*PROSE))
    (usual,) = check({WORKBOOK.name: WORKBOOK.read_bytes()})
    assert report.status is Status.ATTACHED
    assert f"已与{WORKBOOK.name}核对" in str(report.why)
    assert alone.findings == usual.findings


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "place"),
    [
        ("96.75", "97.65", "T111", Severity.ERROR, "正文第10段"),
        ("119.65", "125.95", "T117", Severity.WARNING, "正文第6段"),
        ("率95%", "率100%", "T117", Severity.WARNING, "正文第6段"),
        ("优秀", "良好", "T111", Severity.ERROR, "正文第10段"),
        (
            "融媒体平台建设项目绩效自评价结果为：总",
            "本项目自评价结果良好，绩效自评总",
            "T111",
            Severity.WARNING,
            "正文第10段",
        ),
    ],
)
def test_prose_that_contradicts_its_workbook_is_told_there(
    old: str, new: str, code: str, severity: Severity, place: str
) -> None:
    workbook, _ = checked(WORKBOOK, written(*(line.replace(old, new) for line in PROSE)))
    (finding,) = [each for each in workbook.findings if "报告.docx" in each.message]
    assert (finding.code, finding.severity) == (code, severity)
    assert f"报告.docx {place}：" in finding.message
    assert finding.ref is not None
    assert finding.ref.sheet == workbook.evaluations[0].table.sheet


def test_prose_of_another_project_is_not_compared() -> None:
    lines = (line.replace("融媒体平台", "档案").replace("96.75", "97.65") for line in PROSE)
    workbook, report = checked(WORKBOOK, written(*lines))
    assert not [each for each in workbook.findings if "报告.docx" in each.message]
    assert "报告写的是“档案建设”" in report.notes[0]


def test_a_table_of_another_project_in_the_same_document_is_not_what_a_report_is_held_against() -> None:
    document = reports.written(4)
    reports.attach(document, 1, "项目名称：档案整理项目")
    (result,) = check({"报告.docx": reports.content(document)})
    assert len(result.evaluations) == 2
    assert result.notes == ()
    assert of(result, "T119") == []
