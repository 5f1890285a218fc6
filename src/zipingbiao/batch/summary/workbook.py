"""The 汇总表 workbook: what is handed up first, then what is to be decided and chased, then the bureau's own lists.

Totals are plain values, not formulas: they leave out doubtful projects and round half up, which no
SUM over the rows above does, and nothing depends on who recalculates.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.by_department import write_by_department
from zipingbiao.batch.summary.chasing import REMARKS, REMINDERS, write_missing
from zipingbiao.batch.summary.coverage import Enrolment
from zipingbiao.batch.summary.decisions import MARK, MARK_WIDTH, STAMPED, WORKING_PAPER, mark_of_project
from zipingbiao.batch.summary.departments import FOLDS
from zipingbiao.batch.summary.findings import finding_rows, indicator_rows
from zipingbiao.batch.summary.handed_up import write_handed_up
from zipingbiao.batch.summary.ledger import LEDGER, ledger_lines, links
from zipingbiao.batch.summary.statistics import statistics_of
from zipingbiao.batch.summary.statistics_sheet import write_chart_data, write_statistics
from zipingbiao.batch.summary.undecided import has_undecided, write_undecided
from zipingbiao.book.marks import OUTPUT, PROGRAM
from zipingbiao.book.write.new_cells import (
    DEFAULT_FONT,
    Column,
    Formats,
    Style,
    T,
    put,
    put_headings,
)
from zipingbiao.book.write.paper import A3_ACROSS
from zipingbiao.book.write.row_text import RowText
from zipingbiao.errors import RefusedError
from zipingbiao.result.columns import (
    CODE,
    FINDINGS,
    FOR_INFORMATION,
    HANDED_UP,
    INDICATORS,
    NAME,
    NUMBER,
    SHEET,
    FindingLine,
    ProjectColumn,
    working_paper,
)
from zipingbiao.result.said import ledger_sum

MOST_ROWS = 1_048_576
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date: same input, same bytes
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FINDINGS = "问题清单"

Rows = Iterable[tuple[Any, RowText | None, bool]]
"""Of each row the record, what of it is finished (None: nothing), and whether the row is hidden."""


def write_summary(
    summary: Summary,
    target: str | IO[bytes],
    printed: Sequence[ProjectColumn] = HANDED_UP,
    *,
    beside: Path | None = None,
    in_memory: bool = False,
) -> None:
    """Write a summary as a new workbook to a path or a binary stream; same summary, same bytes.

    Args:
        summary: what to write.
        target: a path, or a stream open for writing.
        printed: the columns of what is handed up, each with what stands below it on the rows of totals;
            where they need more than A4, A3 is taken.
        beside: the folder in which the workbook will lie, for links to the files; None for no links.
        in_memory: use no temporary file: for a place without a file system, and small batches.

    Raises:
        RefusedError: a sheet would have more rows than Excel holds.
    """
    import xlsxwriter

    _refuse_too_long(summary)
    workbook = xlsxwriter.Workbook(
        target, {**_OPTIONS, "default_format_properties": {**DEFAULT_FONT}, "in_memory": in_memory}
    )
    workbook.set_properties({"title": summary.title, "comments": PROGRAM, "created": _CREATED})
    workbook.define_name(OUTPUT, '="summary 1"')
    workbook.defined_names[-1][3] = True  # hidden; the library offers no argument for it
    formats = Formats(workbook)
    link, statistics, enrolment = links(summary, beside), statistics_of(summary), summary.enrolment
    for section in summary.sections:
        write_handed_up(workbook, summary, section, printed, formats)
    write_by_department(workbook, summary, formats)
    write_statistics(workbook, summary, statistics, formats)
    if has_undecided(summary):
        write_undecided(workbook, summary, formats, link)
    if enrolment is not None:
        write_missing(workbook, enrolment, formats)
    for name, columns, records in _of_register(summary):
        _write_list(workbook, name, "", columns, records, formats)
    paper = _write_list(
        workbook, WORKING_PAPER, "", _working_paper(summary, link), summary.projects(), formats, hidden=1
    )
    paper.set_paper(A3_ACROSS.number)
    paper.fit_to_pages(2, 0)
    paper.repeat_columns(0, len((NUMBER, CODE, NAME)) - 1)
    paper.freeze_panes(1, len((NUMBER, CODE, NAME)))
    rows = ((project, own, False) for project, own in indicator_rows(summary))
    _write_rows(workbook, "指标明细", "", INDICATORS, rows, formats)
    _write_findings(workbook, finding_rows(summary, link), formats)
    said = ledger_sum(record for _, record in summary.files)
    _write_list(workbook, "文件清单", said, LEDGER, ledger_lines(summary, beside), formats)
    write_chart_data(workbook, statistics, formats)
    workbook.close()


def _working_paper(summary: Summary, link: Callable[[str], str]) -> list[ProjectColumn]:
    """The columns of 底稿; into one of them people type, and the last one is hidden."""
    return [
        *working_paper(listed=summary.enrolment is not None),
        ProjectColumn(STAMPED, 12, Style.WORD, lambda row: row.stamped),
        ProjectColumn("文件", 30, Style.TEXT, lambda row: row.file, link=lambda row: link(row.file)),
        SHEET.named("工作表", 14),
        ProjectColumn(MARK, MARK_WIDTH, Style.TEXT, lambda row: mark_of_project(row, summary.typed)),
    ]


def _of_register(summary: Summary) -> Iterator[tuple[str, Sequence[Column[Any]], Iterable[Any]]]:
    """The lists that stand only where something is to be said."""
    enrolment: Enrolment | None = summary.enrolment
    if enrolment is not None and enrolment.reminders:
        yield "催报话术", REMINDERS, enrolment.reminders
    if enrolment is not None and enrolment.remarks:
        yield "名单核对", REMARKS, enrolment.remarks
    if summary.folds:
        yield "名称归并", FOLDS, summary.folds


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
    workbook: Any,
    name: str,
    head: str,
    columns: Sequence[Column[T]],
    records: Iterable[T],
    formats: Formats,
    *,
    hidden: int = 0,
) -> Any:
    """Write a plain list as a sheet: one row per record. Return the sheet."""
    rows = ((record, None, False) for record in records)
    return _write_rows(workbook, name, head, columns, rows, formats, hidden=hidden)


def _write_rows(
    workbook: Any,
    name: str,
    head: str,
    columns: Sequence[Column[Any]],
    rows: Rows,
    formats: Formats,
    *,
    hidden: int = 0,
) -> Any:
    """Write a list as a sheet: an optional line above, headings, the rows; the last columns are *hidden* ones. Return the sheet."""
    from zipingbiao.book.write.long_sheet import Lines, LongSheet

    sheet, first = workbook.add_worksheet(name, LongSheet), 0
    if head:
        put(sheet, 0, 0, head, formats.get(Style.PLAIN))
        first = 1
    put_headings(sheet, first, columns, formats)
    shown = len(columns) - 1 - hidden
    for place in range(shown + 1, len(columns)):
        sheet.set_column(place, place, columns[place].width, None, {"hidden": True})
    lines, row = Lines(sheet, columns, formats), first
    for row, (record, own, folded) in enumerate(rows, start=first + 1):
        lines.put(row, record, own, folded=folded)
    sheet.freeze_panes(first + 1, 0)
    sheet.autofilter(first, 0, max(row, first + 1), shown)
    sheet.print_area(0, 0, max(row, first + 1), shown)
    _set_up_page(sheet, first)
    return sheet


def _write_findings(workbook: Any, rows: Rows, formats: Formats) -> None:
    """Write 问题清单; what is only for information is folded away by the filter."""
    sheet = _write_rows(workbook, _FINDINGS, "", FINDINGS, rows, formats)
    level = next(at for at, column in enumerate(FINDINGS) if column.heading == "级别")
    sheet.filter_column_list(level, ["必须改", "请说明", "已说明"])


def _set_up_page(sheet: Any, heading_row: int) -> None:
    """A4 landscape, one page wide, headings on each page, page x of y."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.hide_gridlines(1)


def findings_workbook(lines: Sequence[FindingLine]) -> bytes:
    """Return 问题清单 alone as a workbook of one sheet; same lines, same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        target, {**_OPTIONS, "default_format_properties": {**DEFAULT_FONT}, "in_memory": True}
    )
    workbook.set_properties({"title": _FINDINGS, "comments": PROGRAM, "created": _CREATED})
    workbook.define_name(OUTPUT, '="findings 1"')
    workbook.defined_names[-1][3] = True  # hidden, as above
    numbered = [replace(line, number=number) for number, line in enumerate(lines, start=1)]
    rows = ((line, None, line.label == FOR_INFORMATION) for line in numbered)
    _write_findings(workbook, rows, Formats(workbook))
    workbook.close()
    return target.getvalue()
