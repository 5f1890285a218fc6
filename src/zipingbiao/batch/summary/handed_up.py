"""汇总表（上报）, 转移支付汇总, 部门整体汇总: what is handed up, ready to print and to be stamped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary import headline
from zipingbiao.batch.summary.decisions import (
    HANDED_UP_SHEETS,
    MARK,
    MARK_WIDTH,
    mark_of_project,
    mark_of_text,
)
from zipingbiao.batch.summary.headline import TITLE_HEIGHT, UNIT_HEIGHT
from zipingbiao.batch.summary.signed import Signed, signers
from zipingbiao.book.write.new_cells import (
    HEADING_HEIGHT,
    Column,
    Formats,
    Style,
    body_lines,
    height_of,
    put,
    put_across,
    put_headings,
)
from zipingbiao.book.write.paper import (
    A3_ACROSS,
    A4_ACROSS,
    Height,
    Paper,
    page_breaks,
    pixels,
    set_paper,
)
from zipingbiao.result.columns import NAME, ProjectColumn
from zipingbiao.result.rows import ProjectRow
from zipingbiao.result.totals import TotalRow

_HEADINGS = 2
_OTHER_HEIGHT = 12
"""Of rows below the paper; other than that of a line, so that each row of it tells its height."""


class _Printed(NamedTuple):
    """One row of the paper: a project, or a total with its bold grey row."""

    height: float
    is_total: bool


def write_handed_up(
    workbook: Any, summary: Summary, section: Section, printed: Sequence[ProjectColumn], formats: Formats
) -> None:
    """Write one section: 合计 on top, each department above its projects, notes and signatures at the end.

    Only projects that are in the totals stand here; rows and pages are measured, so that no department
    stands last on a page and the foot not alone.
    """
    from zipingbiao.book.write.long_sheet import LongSheet

    sheet = workbook.add_worksheet(HANDED_UP_SHEETS[section.scope], LongSheet)
    sheet.set_default_row(_OTHER_HEIGHT)
    signed = summary.signed.get(section.scope, Signed())
    unit = headline.unit_of(summary, signed)
    headline.put_head(sheet, summary, printed, (headline.title(summary, section.scope), unit), formats)
    last = len(printed) - 1
    mark = ProjectColumn(
        MARK, MARK_WIDTH, Style.TEXT, lambda row: mark_of_project(row, summary.typed), hidden=True
    )
    put(sheet, 1, last + 1, mark_of_text(unit, typed=bool(signed.unit)), formats.get(Style.PLAIN))
    put_headings(sheet, _HEADINGS, [*printed, mark], formats)
    sheet.set_column(last + 1, last + 1, mark.width, None, {"hidden": True})
    paper = A4_ACROSS if pixels(printed) <= A4_ACROSS.width else A3_ACROSS
    rows = _put_rows(sheet, section, [*printed, mark], formats)
    first = _HEADINGS + 1 + len(rows)
    foot = list(_foot(summary, section, signed, printed))
    for at, (text, height) in enumerate(foot, start=first):
        put_across(sheet, at, (0, last), text, formats.get(Style.NOTE))
        sheet.set_row(at, height)
    _set_up(sheet, paper, rows, [height for _, height in foot])
    if pixels(printed) > paper.width:
        sheet.set_print_scale(int(100 * paper.width / pixels(printed)))
    sheet.set_footer(headline.footer(unit))
    headings = [column.heading for column in printed]
    sheet.freeze_panes(_HEADINGS + 2, headings.index(NAME.heading) + 1)
    sheet.print_area(0, 0, first + len(foot) - 1, last)


def _put_rows(
    sheet: Any, section: Section, columns: Sequence[ProjectColumn], formats: Formats
) -> list[_Printed]:
    """Write what stands between heading and foot; return its rows. The last column is the hidden mark."""
    from zipingbiao.book.write.long_sheet import Lines

    sheet.begin(_HEADINGS + 1)
    projects = Lines(sheet, columns, formats, usual=_OTHER_HEIGHT)
    totals = Lines(
        sheet, [_total_column(column) for column in columns[:-1]], formats, total=True, usual=_OTHER_HEIGHT
    )
    return [
        _Printed(totals.put(at, row), is_total=True)
        if isinstance(row, TotalRow)
        else _Printed(projects.put(at, row), is_total=False)
        for at, row in enumerate(_rows(section), start=_HEADINGS + 1)
    ]


def _total_column(column: ProjectColumn) -> Column[TotalRow]:
    """What stands in a column on the row of a total; blank where nothing does."""
    return column.total or Column(column.heading, column.width, Style.TEXT, lambda _: None)


def _rows(section: Section) -> Iterator[ProjectRow | TotalRow]:
    yield section.total
    for department in section.departments:
        if department.total.counted:
            yield department.total
            yield from (project for project in department.projects if project.counted)


def _foot(
    summary: Summary, section: Section, signed: Signed, printed: Sequence[ProjectColumn]
) -> Iterator[tuple[str, float]]:
    """The lines below the last row, each with its height."""
    texts = [signers(signed), headline.notes(summary, section)]
    if headline.is_rounded_off(section, printed):
        texts.append(headline.ROUNDED)
    for number, text in enumerate(texts):
        lines = body_lines(text, pixels(printed) / 7)
        yield text, height_of(lines) + (9 if number == 0 else 3)  # room to sign


def _set_up(sheet: Any, paper: Paper, rows: Sequence[_Printed], foot: Sequence[float]) -> None:
    """A page at full size, the headings on each, its ends where nothing is torn."""
    set_paper(sheet, paper)
    sheet.repeat_rows(_HEADINGS)
    last = len(rows) - 1
    heights = [Height(row.height, row.is_total or at == last) for at, row in enumerate(rows)]
    heights += [Height(height, at < len(foot) - 1) for at, height in enumerate(foot)]
    room = paper.height - HEADING_HEIGHT
    breaks = page_breaks(heights, room - TITLE_HEIGHT - UNIT_HEIGHT, room)
    sheet.set_h_pagebreaks([_HEADINGS + 1 + at for at in breaks])
