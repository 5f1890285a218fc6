"""The summary as a workbook: readable by others, the same bytes each time, text that stays text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from batch.made import file, summarise, table
from support import office
from zipingbiao.batch.files import is_output
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary import workbook as writer
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.cells import Ref
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.new_cells import CUT_MARK, clean
from zipingbiao.errors import RefusedError
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring.finding import Finding, Severity

HOSTILE = (
    "=1+1",
    "+86",
    "-1",
    "@SUM(A1)",
    "\t=cmd|' /C calc'!A0",
    "https://example.org",
    "1e5",
    "<&>\"'",
    "𠮷㼆😀",
)


def batch() -> list[FileResult]:
    finding = Finding("W101", Severity.ERROR, Ref("表", 3, 2), "指标分值合计为95，应为100。", "95", "100")
    return [
        file("甲/一.xlsx", table("校舍", initial="90", budget="100", executed="99.5"), findings=(finding,)),
        file("甲/二.xlsx", table("体检", department="卫生局", unit="医院", budget="40.1234", executed="20")),
        FileResult(
            "乙/坏.xlsx", Status.REJECTED, "坏.xlsx：文件损坏。", faults=("Traceback\nKeyError: 'x'",)
        ),
        FileResult("乙/~$一.xlsx", Status.SKIPPED, "锁定文件"),
    ]


def written(summary: Summary) -> bytes:
    stream = io.BytesIO()
    write_summary(summary, stream)
    return stream.getvalue()


def opened(summary: Summary) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(summary)))


def column(book: Workbook, sheet: str, heading: str) -> list[object]:
    """The values below a heading of a sheet, to the end of the sheet."""
    for at, row in enumerate(book[sheet].iter_rows(max_row=4), start=1):
        for cell in row:
            if str(cell.value).replace("\n", "") == heading:
                below = book[sheet].iter_rows(at + 1, None, cell.column, cell.column)
                return [value.value for (value,) in below]
    raise AssertionError(heading)


SHEETS = ["汇总表（上报）", "部门汇总", "统计", "底稿", "指标明细", "问题清单", "文件清单", "图表数据"]
"""Those of a batch in which nothing is to be decided and no list is given; the last one is hidden."""


def test_the_sheets_say_what_the_batch_held() -> None:
    book = opened(summarise(batch()))
    assert book.sheetnames == SHEETS
    assert book["图表数据"].sheet_state == "hidden"
    # the total, then each department above its projects; the lines of the foot stand in the first column
    for name in ("卫生局", "教育局"):
        assert f"{name}（1个）" in column(book, "汇总表（上报）", "项目名称")
    assert column(book, "汇总表（上报）", "序号")[:5] == [None, "一", 1, "二", 2]
    assert column(book, "汇总表（上报）", "项目名称")[0] == "合计（2个）"
    assert column(book, "汇总表（上报）", "全年预算数")[:5] == [140.1234, 100, 100, 40.1234, 40.1234]
    assert column(book, "汇总表（上报）", "执行率")[:5] == [0.8528, 0.995, 0.995, 0.4985, 0.4985]
    assert column(book, "汇总表（上报）", "自评得分")[:5] == [90.97, 93.45, 93.45, 88.48, 88.48]
    assert column(book, "汇总表（上报）", "自评等级")[:5] == [None, None, "优", None, "良"]
    assert column(book, "底稿", "项目名称") == ["校舍", "体检"]
    assert column(book, "底稿", "文件") == ["甲/一.xlsx", "甲/二.xlsx"]
    assert column(book, "指标明细", "三级指标") == ["预算执行率", "指标甲", "指标乙", "指标丙"] * 2
    assert column(book, "问题清单", "位置") == ["表!B3"]
    assert column(book, "问题清单", "级别") == ["必须改"]
    assert column(book, "问题清单", "项目名称") == ["校舍"]
    assert column(book, "文件清单", "文件夹") == ["甲", "甲", "乙", "乙"]
    assert column(book, "文件清单", "文件") == ["一.xlsx", "二.xlsx", "坏.xlsx", "~$一.xlsx"]
    assert column(book, "文件清单", "状态") == ["已采用", "已采用", "无法读取", "略过"]
    assert column(book, "文件清单", "原因")[2] == "坏.xlsx：文件损坏。；程序故障：KeyError: 'x'"
    assert column(book, "文件清单", "项目") == ["校舍", "体检", None, None]
    assert column(book, "文件清单", "金额") == [100, 40.1234, None, None]
    assert book["文件清单"]["A1"].value == "共4个文件：已采用2、无法读取1、略过1，合计4"


def test_what_a_unit_has_answered_stands_after_what_is_open() -> None:
    place, note = Ref("表", 3, 2), "差额为审计费，发票在佐证材料第2页。"
    asked = Finding("F108", Severity.WARNING, place, "成本与执行数不同。")
    told = replace(asked, verified=note)
    results = [
        file("甲.xlsx", table("校舍"), findings=(told, asked)),
        file("乙.xlsx", table("体检"), findings=(asked,)),
    ]
    book = opened(summarise(results))
    assert column(book, "问题清单", "项目名称") == ["校舍", "体检", "校舍"]
    assert column(book, "问题清单", "级别") == ["请说明", "请说明", "已说明"]
    assert column(book, "问题清单", "核实说明") == [None, None, note]
    assert sum(project.warnings for project in summarise(results).projects()) == 2


def test_findings_stand_by_what_they_ask_for_and_hints_are_folded_away() -> None:
    place = Ref("表", 3, 2)
    hint, asked, wrong = (
        Finding(code, severity, place, "……。")
        for code, severity in (("N101", Severity.INFO), ("F108", Severity.WARNING), ("W101", Severity.ERROR))
    )
    results = [
        file("乙.xlsx", table("体检", department="卫生局"), findings=(hint, wrong)),
        file("甲.xlsx", table("校舍"), findings=(hint, asked, wrong)),
    ]
    sheet = opened(summarise(results))["问题清单"]
    told = [[cell.value for cell in row][1:5:3] for row in sheet.iter_rows(2)]
    assert told == [
        ["卫生局", "必须改"], ["教育局", "必须改"], ["教育局", "请说明"], ["卫生局", "供参考"], ["教育局", "供参考"],
    ]  # fmt: skip
    assert [sheet.row_dimensions[row].hidden for row in range(2, 7)] == [False, False, False, True, True]
    (folded,) = sheet.auto_filter.filterColumn
    assert (folded.colId, set(folded.filters.filter)) == (4, {"必须改", "请说明", "已说明"})


def test_what_is_handed_up_has_no_joined_data_and_prints_at_full_size() -> None:
    sheet = opened(summarise(batch()))["汇总表（上报）"]
    joined = sorted(str(area) for area in sheet.merged_cells.ranges)
    assert joined == sorted(["A1:K1", "A2:D2", "I2:K2", "A9:K9", "A10:K10"])
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.scale in {None, 100}
    assert sheet.print_title_rows == "$3:$3"
    assert (
        sheet["A9"].value
        == "填表人：　　　　审核人：　　　　负责人：　　　　联系电话：　　　　填报日期：　　年　月　日"
    )
    assert str(sheet["A10"].value).startswith(
        "注：1. 执行率＝全年执行数÷全年预算数，合计和部门行按合计金额计算。2. "
    )


def test_lists_print_one_page_wide_with_headings_on_each_page() -> None:
    book = opened(summarise(batch()))
    for name in ("底稿", "指标明细", "问题清单", "文件清单"):
        sheet = book[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes
        assert sheet.print_title_rows
        assert sheet.freeze_panes


def test_the_same_summary_is_the_same_bytes() -> None:
    assert written(summarise(batch())) == written(summarise(batch()))


def test_our_output_is_known_by_its_hidden_name(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    write_summary(summarise(batch()), str(path))
    assert openpyxl.load_workbook(path).defined_names["zp_output"].hidden
    assert is_output(path)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_person_typed_stays_text(text: str) -> None:
    evaluation = table(text, department=text, unit=text, code=text)
    summary = summarise(
        [file(f"{len(text)}.xlsx", evaluation, findings=(Finding("W1", Severity.INFO, None, text),))]
    )
    book = opened(summary)
    assert column(book, "问题清单", "问题") == [text]
    for sheet in book.worksheets:
        assert all(
            cell.data_type != "f" and cell.hyperlink is None for row in sheet.iter_rows() for cell in row
        )
    assert column(book, "底稿", "项目编码")[0] == text.strip()


def test_signs_that_xml_forbids_are_replaced() -> None:
    summary = summarise([file("甲\udcff.xlsx", table("甲\x00乙\x1f丙\ud800丁\uffff戊"))])
    assert column(opened(summary), "底稿", "项目名称")[0] == "甲\ufffd乙 丙\ufffd丁\ufffd戊"


@pytest.mark.parametrize("sign", ["长", "😀"])
def test_a_text_beyond_the_limit_of_a_cell_is_cut_visibly(sign: str) -> None:
    text = clean(sign * 40_000)
    assert len(text.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert text.endswith(sign + CUT_MARK)
    assert clean("长" * 32_767) == "长" * 32_767


def test_line_feeds_beyond_the_limit_of_a_cell_become_blanks() -> None:
    assert clean("甲\r\n乙\r丙") == "甲\n乙\n丙"
    assert clean("\n".join("甲" * 300)).count("\n") == 253


def test_more_rows_than_a_sheet_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_ROWS", 6)
    with pytest.raises(RefusedError, match="指标明细"):
        written(summarise(batch()))


def test_a_text_that_looks_like_an_escape_is_kept() -> None:
    data = written(summarise([file("甲.xlsx", table("_x000D_"))]))
    (found,) = [grid for grid in read_bytes(data, "汇总表.xlsx") if grid.sheet == "底稿"]
    assert "_x000D_" in {cell.value for cell in found.cells.values()}


def test_an_absurd_total_is_written_as_text() -> None:
    lines = "产出指标 | 甲 | 90 | 按时 | 尚可 | 9e307\n效益指标 | 乙 | 1 | 按时 | 尚可 | 9e307"
    book = opened(summarise([file("甲.xlsx", table(lines=lines))]))
    assert column(book, "底稿", "自评得分")[0] == f"18{'0' * 307}"
    assert column(book, "指标明细", "填报得分")[1] == 9e307


def test_an_empty_summary_can_be_written() -> None:
    book = opened(summarise([FileResult("坏.xlsx", Status.REJECTED, "坏了")]))
    assert column(book, "文件清单", "原因") == ["坏了"]


def hostile() -> Summary:
    findings = tuple(Finding("W1", Severity.INFO, None, text * 3) for text in HOSTILE)
    projects = [
        file(f"{place}.xlsx", table(text, unit=f"{place}"), findings=findings)
        for place, text in enumerate(HOSTILE)
    ]
    summary = summarise([*projects, FileResult("坏\ud800.xlsx", Status.REJECTED, "长" * 40_000)])
    return replace(summary, notes=(*summary.notes, "=1"))


@pytest.mark.office
@pytest.mark.parametrize("make", [lambda: summarise(batch()), hostile, lambda: summarise([])])
def test_office_programs_open_it(make: Callable[[], Summary], tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(written(make()))
    assert office.validate(path, "Office2013") == []
    assert office.validate(path, "Microsoft365") == []
    recalculated, cached = office.recalculated(path), openpyxl.load_workbook(path, data_only=True)
    for sheet in cached.worksheets:
        values = [row for row in sheet.iter_rows(values_only=True) if any(value is not None for value in row)]
        again = [
            row
            for row in recalculated[sheet.title].iter_rows(values_only=True)
            if any(value is not None for value in row)
        ]
        assert again == values


def test_the_package_holds_no_date_of_today() -> None:
    with zipfile.ZipFile(io.BytesIO(written(summarise(batch())))) as archive:
        assert "2000-01-01" in archive.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
