"""The 汇总表 workbook: 汇总表, 指标明细, 问题清单, 文件清单.

Totals are plain values, not formulas: they leave out doubtful projects and round half up, which no
SUM over the rows above does, and nothing depends on who recalculates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from zipingbiao.batch.records import GRADES, Summary, TotalRow
from zipingbiao.batch.summary.ledger import FILES, file_lines, finding_lines, indicator_lines
from zipingbiao.book.marks import OUTPUT
from zipingbiao.book.write.new_cells import (
    LINE_HEIGHT,
    Column,
    Formats,
    Style,
    T,
    Value,
    height_of,
    lines_needed,
    put,
    put_headings,
    put_record,
)
from zipingbiao.errors import RefusedError
from zipingbiao.result.columns import CHECKING, FINDINGS, INDICATORS, PRINTED
from zipingbiao.result.file_result import Status
from zipingbiao.values.number import percent, ratio

MOST_ROWS = 1_048_576
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date: same input, same bytes
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEADING_ROW = 2
_LABEL, _REMARK = (0, 3), (17, 20)  # merged columns of a total: whose it is, what to mind
_LAST = len(PRINTED) - 1


def write_summary(summary: Summary, target: str | IO[bytes]) -> None:
    """Write a summary as a new workbook to a path or a binary stream; same summary, same bytes.

    Raises:
        RefusedError: a sheet would have more rows than Excel holds.
    """
    import xlsxwriter

    _refuse_too_long(summary)
    workbook = xlsxwriter.Workbook(target, _OPTIONS)
    workbook.set_properties({"title": summary.title, "created": _CREATED})
    workbook.define_name(OUTPUT, '="summary 1"')
    workbook.defined_names[-1][3] = True  # hidden; the library offers no argument for it
    formats = Formats(workbook)
    _write_projects(workbook.add_worksheet("汇总表"), summary, formats)
    lists: Sequence[tuple[str, str, Sequence[Column[Any]], Iterable[Any]]] = (
        ("指标明细", "", INDICATORS, indicator_lines(summary)),
        ("问题清单", "", FINDINGS, finding_lines(summary)),
        ("文件清单", _ledger_count(summary), FILES, file_lines(summary)),
    )
    for name, head, columns, records in lists:
        _write_list(workbook.add_worksheet(name), head, columns, records, formats)
    workbook.close()


def _refuse_too_long(summary: Summary) -> None:
    counts = {
        "指标明细": sum(len(project.indicators) for project in summary.projects()),
        "问题清单": sum(len(record.findings) for _, record in summary.files),
    }
    for name, count in counts.items():
        if count >= MOST_ROWS:
            raise RefusedError(
                f"“{name}”有 {count:,} 行，超过 Excel 每张工作表 {MOST_ROWS:,} 行的上限，没有写入；请按部门分批汇总。"
            )


def _write_list(
    sheet: Any, head: str, columns: Sequence[Column[T]], records: Iterable[T], formats: Formats
) -> None:
    """Write a plain list: an optional line above, headings, one row per record."""
    first = 0
    if head:
        put(sheet, 0, 0, head, formats.get(Style.PLAIN))
        first = 1
    put_headings(sheet, first, columns, formats)
    last = _put_records(sheet, first + 1, columns, records, formats)
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, max(last, first + 1), len(columns) - 1)
    _set_up_page(sheet, first, "")


def _write_projects(sheet: Any, summary: Summary, formats: Formats) -> None:
    columns = (*PRINTED, *CHECKING)
    _put_merged(sheet, 0, (0, _LAST), summary.title, formats.get(Style.TITLE))
    sheet.set_row(0, 30)
    _put_merged(sheet, 1, (0, _LAST), "单位：万元", formats.get(Style.UNIT))
    put(sheet, 1, _LAST + 1, "以下各列供核对，不打印", formats.get(Style.PLAIN))
    put_headings(sheet, _HEADING_ROW, columns, formats)
    last = _put_records(sheet, _HEADING_ROW + 1, columns, summary.projects(), formats)
    sheet.autofilter(_HEADING_ROW, 0, max(last, _HEADING_ROW + 1), len(columns) - 1)
    end = _write_totals(sheet, last + 2, summary, formats)
    sheet.freeze_panes(_HEADING_ROW + 1, 5)
    sheet.print_area(0, 0, end, _LAST)
    _set_up_page(sheet, _HEADING_ROW, summary.title)


def _write_totals(sheet: Any, row: int, summary: Summary, formats: Formats) -> int:
    """Write the subtotals, the totals and the notes below the projects; return the last row."""
    headings: dict[int, Value] = {
        4: "项目数",
        5: "计入",
        6: "年初预算数",
        7: "全年预算数",
        8: "全年执行数",
        9: "执行率",
    }
    headings |= dict(
        enumerate(("简单平均分", "加权平均分", *(f"{grade}（个）" for grade in GRADES)), start=10)
    )
    headings[16] = "无得分数"
    look = formats.get(Style.HEADING)
    sheet.set_row(row, 2 * LINE_HEIGHT)
    _put_merged(sheet, row, _LABEL, "分主管部门合计", look)
    for column, heading in headings.items():
        put(sheet, row, column, heading, look)
    _put_merged(sheet, row, _REMARK, "等级占比和未计入情况", look)
    for total in summary.totals():
        row += 1
        _put_total(sheet, row, total, formats)
    row += 1
    for note in summary.notes:
        row += 1
        _put_merged(sheet, row, (0, _LAST), note, formats.get(Style.NOTE))
    return row


def _put_total(sheet: Any, row: int, total: TotalRow, formats: Formats) -> None:
    text, count = formats.get(Style.TEXT, total=True), formats.get(Style.COUNT, total=True)
    score, amount = formats.get(Style.SCORE, total=True), formats.get(Style.AMOUNT, total=True)
    _put_merged(sheet, row, _LABEL, total.label, text)
    amounts = (total.initial_budget, total.full_year_budget, total.executed)
    cells: list[tuple[Value, Any]] = [(total.projects, count), (total.counted, count)]
    cells += [(value, amount) for value in amounts]
    cells += [(total.execution_rate, formats.get(Style.PERCENT, total=True))]
    cells += [(total.mean, score), (total.weighted_mean, score)]
    cells += [(number, count) for number in (*total.grades, total.without_score)]
    for column, (value, look) in enumerate(cells, start=_LABEL[1] + 1):
        put(sheet, row, column, value, look)
    remark = _remark(total)
    _put_merged(sheet, row, _REMARK, remark, text)
    width = sum(column.width for column in PRINTED[_REMARK[0] : _REMARK[1] + 1])
    sheet.set_row(row, height_of(lines_needed(remark, width)))


def _remark(total: TotalRow) -> str:
    graded = sum(total.grades)
    parts = [
        f"{grade} {percent(ratio(Decimal(number), Decimal(graded)))}"
        for grade, number in zip(GRADES, total.grades, strict=True)
        if number
    ]
    sentences = ["，".join(parts)] if parts else []
    left_out = (
        (total.projects - total.counted, "疑似重复，未计入"),
        (total.without_score, "无得分，未计平均"),
        (total.without_weight, "无预算，未计加权平均"),
        (total.without_rate, "缺预算或执行数，未计执行率"),
    )
    sentences += [f"{number} 个{why}" for number, why in left_out if number]
    return "；".join(sentences)


def _ledger_count(summary: Summary) -> str:
    statuses = [record.status for _, record in summary.files]
    counts = "，".join(f"{status.label} {statuses.count(status)} 个" for status in Status)
    return f"共 {len(statuses)} 个文件：{counts}"


def _put_records(
    sheet: Any, row: int, columns: Sequence[Column[T]], records: Iterable[T], formats: Formats
) -> int:
    """Write records from a row on; return the last row written, or the one before the first."""
    looks = [formats.get(column.style) for column in columns]
    for record in records:
        put_record(sheet, row, columns, record, looks)
        row += 1
    return row - 1


def _put_merged(sheet: Any, row: int, columns: tuple[int, int], text: str, look: Any) -> None:
    sheet.merge_range(row, columns[0], row, columns[1], "", look)
    put(sheet, row, columns[0], text, look)


def _set_up_page(sheet: Any, heading_row: int, footer: str) -> None:
    """A4 landscape, one page wide, headings on each page, page x of y."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{footer}&R第 &P 页，共 &N 页")
    sheet.hide_gridlines(1)
