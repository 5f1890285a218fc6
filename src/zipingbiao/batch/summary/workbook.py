"""The 汇总表 workbook: 汇总表, those of transfers and whole departments, 待认定, 名称归并, 指标明细, 问题清单, 文件清单.

Totals are plain values, not formulas: they leave out doubtful projects and round half up, which no
SUM over the rows above does, and nothing depends on who recalculates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary.chasing import REMARKS, REMINDERS, write_missing
from zipingbiao.batch.summary.coverage import Enrolment
from zipingbiao.batch.summary.decisions import MARK, MARK_WIDTH, mark_of_remark
from zipingbiao.batch.summary.departments import FOLDS
from zipingbiao.batch.summary.identity import project_key
from zipingbiao.batch.summary.ledger import (
    LEDGER,
    finding_lines,
    indicator_lines,
    ledger_lines,
    link_to,
)
from zipingbiao.batch.summary.table import TITLES
from zipingbiao.batch.summary.undecided import has_undecided, write_undecided
from zipingbiao.book.marks import OUTPUT, PROGRAM
from zipingbiao.book.write.new_cells import (
    LINE_HEIGHT,
    Column,
    Formats,
    Style,
    T,
    height_of,
    lines_needed,
    put,
    put_headings,
    put_record,
)
from zipingbiao.errors import RefusedError
from zipingbiao.result.columns import CHECKING, FINDINGS, INDICATORS, NAME, PRINTED, ProjectColumn
from zipingbiao.result.rows import ProjectRow
from zipingbiao.result.said import ledger_sum
from zipingbiao.result.totals import GRADES, TotalRow
from zipingbiao.table.records import Scope
from zipingbiao.values.number import percent, ratio

MOST_ROWS = 1_048_576
SHEETS = {Scope.PROJECT: "汇总表", Scope.TRANSFER: "转移支付汇总", Scope.DEPARTMENT: "部门整体汇总"}
"""The sheet on which the tables of each kind are added up."""
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date: same input, same bytes
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_HEADING_ROW = 2


def write_summary(
    summary: Summary,
    target: str | IO[bytes],
    printed: Sequence[ProjectColumn] = PRINTED,
    *,
    beside: Path | None = None,
    in_memory: bool = False,
) -> None:
    """Write a summary as a new workbook to a path or a binary stream; same summary, same bytes.

    Args:
        summary: what to write.
        target: a path, or a stream open for writing.
        printed: the columns of 汇总表 that are printed, each with its total; columns without one stand
            first and last, for whose total it is and what to mind.
        beside: the folder in which the workbook will lie, for links to the files; None for no links.
        in_memory: use no temporary file: for a place without a file system, and small batches.

    Raises:
        RefusedError: a sheet would have more rows than Excel holds.
    """
    import xlsxwriter

    _refuse_too_long(summary)
    workbook = xlsxwriter.Workbook(target, {**_OPTIONS, "in_memory": in_memory})
    workbook.set_properties({"title": summary.title, "comments": PROGRAM, "created": _CREATED})
    workbook.define_name(OUTPUT, '="summary 1"')
    workbook.defined_names[-1][3] = True  # hidden; the library offers no argument for it
    formats = Formats(workbook)
    for section in summary.sections:
        _write_projects(workbook.add_worksheet(SHEETS[section.scope]), summary, section, printed, formats)
    if has_undecided(summary):
        write_undecided(workbook, summary, formats, _links(summary, beside))
    enrolment = summary.enrolment
    if enrolment is not None:
        write_missing(workbook, enrolment, formats)
    folds = (("名称归并", "", FOLDS, summary.folds),) if summary.folds else ()
    lists: Sequence[tuple[str, str, Sequence[Column[Any]], Iterable[Any]]] = (
        *_of_register(enrolment),
        *folds,
        ("指标明细", "", INDICATORS, indicator_lines(summary)),
        ("问题清单", "", FINDINGS, finding_lines(summary)),
        (
            "文件清单",
            ledger_sum(record for _, record in summary.files),
            LEDGER,
            ledger_lines(summary, beside),
        ),
    )
    for name, head, columns, records in lists:
        _write_list(workbook.add_worksheet(name), head, columns, records, formats)
    workbook.close()


def _of_register(
    enrolment: Enrolment | None,
) -> Iterator[tuple[str, str, Sequence[Column[Any]], Iterable[Any]]]:
    """The lists that stand only where something is to be said."""
    if enrolment is not None and enrolment.reminders:
        yield "催报话术", "", REMINDERS, enrolment.reminders
    if enrolment is not None and enrolment.remarks:
        yield "名单核对", "", REMARKS, enrolment.remarks


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


def _links(summary: Summary, beside: Path | None) -> Callable[[str], str]:
    """The way to a file from the summary, by its path as shown."""
    ways = {shown: link_to(record, beside) for shown, record in summary.files}
    return lambda shown: ways.get(shown, "")


def _write_projects(
    sheet: Any, summary: Summary, section: Section, printed: Sequence[ProjectColumn], formats: Formats
) -> None:
    mark = ProjectColumn(MARK, MARK_WIDTH, Style.TEXT, lambda row: _mark(row, summary))
    columns, right = (*printed, *CHECKING, mark), len(printed) - 1
    title = f"{summary.year}年度{TITLES[section.scope]}" if summary.year else TITLES[section.scope]
    _put_merged(sheet, 0, (0, right), title, formats.get(Style.TITLE))
    sheet.set_row(0, 30)
    if summary.draft:
        _put_merged(sheet, 1, (0, right), summary.draft, formats.get(Style.WARNING))
    else:
        _put_merged(sheet, 1, (0, right), "单位：万元", formats.get(Style.UNIT))
    put(sheet, 1, right + 1, "以下各列供核对，不打印", formats.get(Style.PLAIN))
    put_headings(sheet, _HEADING_ROW, columns, formats)
    sheet.set_column(len(columns) - 1, len(columns) - 1, mark.width, None, {"hidden": True})
    last = _put_records(sheet, _HEADING_ROW + 1, columns, section.projects(), formats)
    sheet.autofilter(_HEADING_ROW, 0, max(last, _HEADING_ROW + 1), len(columns) - 2)
    end = _write_totals(sheet, last + 2, summary, section, printed, formats)
    headings = [column.heading for column in printed]
    sheet.freeze_panes(_HEADING_ROW + 1, headings.index(NAME.heading) + 1)
    sheet.print_area(0, 0, end, right)
    _set_up_page(sheet, _HEADING_ROW, title)


def _mark(row: ProjectRow, summary: Summary) -> str:
    key = project_key(row)
    return mark_of_remark(key, row.remark, typed=key in summary.typed)


def _write_totals(
    sheet: Any,
    row: int,
    summary: Summary,
    section: Section,
    printed: Sequence[ProjectColumn],
    formats: Formats,
) -> int:
    """Write the subtotals, the totals and the notes below the projects; return the last row."""
    look = formats.get(Style.HEADING)
    sheet.set_row(row, 2 * LINE_HEIGHT)
    label, remark = _margins(printed)
    _put_merged(sheet, row, label, "分主管部门合计", look)
    for place, column in _between(printed):
        put(sheet, row, place, column.total.heading if column.total is not None else None, look)
    _put_merged(sheet, row, remark, "等级占比和未计入情况", look)
    for total in section.totals():
        row += 1
        _put_total(sheet, row, total, printed, formats)
    row += 1
    for note in summary.notes:
        row += 1
        _put_merged(sheet, row, (0, len(printed) - 1), note, formats.get(Style.NOTE))
    return row


def _put_total(
    sheet: Any, row: int, total: TotalRow, printed: Sequence[ProjectColumn], formats: Formats
) -> None:
    text, (label, remark) = formats.get(Style.TEXT, total=True), _margins(printed)
    _put_merged(sheet, row, label, total.label, text)
    for place, column in _between(printed):
        if column.total is None:
            put(sheet, row, place, None, text)
        else:
            look = formats.get(column.total.style, total=True)
            put(sheet, row, place, column.total.value(total), look)
    said = _remark(total)
    _put_merged(sheet, row, remark, said, text)
    width = sum(column.width for column in printed[remark[0] :])
    sheet.set_row(row, height_of(lines_needed(said, width)))


def _margins(printed: Sequence[ProjectColumn]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the columns before the first total and those after the last: whose it is, what to mind."""
    places = [place for place, column in enumerate(printed) if column.total is not None]
    return (0, places[0] - 1), (places[-1] + 1, len(printed) - 1)


def _between(printed: Sequence[ProjectColumn]) -> Iterator[tuple[int, ProjectColumn]]:
    (_, label), (remark, _) = _margins(printed)
    yield from list(enumerate(printed))[label + 1 : remark]


def _remark(total: TotalRow) -> str:
    graded = sum(total.grades)
    parts = [
        f"{grade} {percent(ratio(Decimal(number), Decimal(graded)))}"
        for grade, number in zip(GRADES, total.grades, strict=True)
        if number
    ]
    sentences = ["，".join(parts)] if parts else []
    left_out = (
        (total.projects - total.counted, "待认定，未计入"),
        (total.without_score, "无得分，未计平均"),
        (total.without_weight, "无预算，未计加权平均"),
        (total.without_rate, "缺预算或执行数，未计执行率"),
    )
    sentences += [f"{number} 个{why}" for number, why in left_out if number]
    return "；".join(sentences)


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
    if columns[0] < columns[1]:
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
