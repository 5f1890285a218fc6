"""指标明细 and 问题清单: the lines of both, each beside its project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import attrgetter, or_
from typing import TypeVar

from zipingbiao.batch import finished
from zipingbiao.batch.finished import FindingRow, Spot
from zipingbiao.batch.records import FileRecord, Summary
from zipingbiao.book.write.row_text import RowText
from zipingbiao.result.columns import FindingLine, FindingPlace, IndicatorLine
from zipingbiao.result.rows import ProjectRow

T = TypeVar("T")


def indicator_lines(summary: Summary) -> Iterator[IndicatorLine]:
    """All indicators of all projects, in the order of the summary, each with the findings about its row."""
    for project, about in _opened(summary, lambda record: finished.by_row(record.findings)):
        yield from finished.lines_of(project, about)


def indicator_rows(summary: Summary) -> Iterator[tuple[ProjectRow, RowText]]:
    """The rows of these lines, and their projects."""
    for project, rows in _opened(summary, _indicator_rows):
        for text in rows.get(project.place, ()):
            yield project, text


def finding_lines(summary: Summary) -> Iterator[FindingLine]:
    """All findings: by what they ask for, then by department and project."""
    in_order = _in_order(summary, lambda record: tuple(record.findings), finished.turn_of, finished.spot_of)
    for number, (shown, project, finding) in enumerate(in_order, start=1):
        yield FindingLine.of(shown, finding, project, number=number)


def finding_rows(summary: Summary, link: Callable[[str], str]) -> Iterator[tuple[FindingPlace, FindingRow]]:
    """The rows of these lines, and where each stands; *link* gives the way to a file as shown."""
    in_order = _in_order(summary, _finding_rows, attrgetter("turn"), attrgetter("spot"))
    for number, (shown, project, row) in enumerate(in_order, start=1):
        yield FindingPlace(shown, project, row.cell, link(shown), number), row


def owner_of(spot: Spot, tables: Sequence[ProjectRow]) -> ProjectRow | None:
    """Return the table in which the cell of a finding lies; of a file with one table that one."""
    if len(tables) == 1:
        return tables[0]
    sheet, at = spot
    own: ProjectRow | None = None
    for row in tables:
        above = row.sheet == sheet and row.first_row <= at
        if above and (own is None or row.first_row > own.first_row):
            own = row
    return own


def _opened(summary: Summary, opened: Callable[[FileRecord], T]) -> Iterator[tuple[ProjectRow, T]]:
    """All projects in the order of the summary, each with what is *opened* of its file."""
    records, file, found = dict(summary.files), "", None
    for project in summary.projects():
        if found is None or project.file != file:  # the tables of one file mostly follow each other
            file, found = project.file, opened(records[project.file])
        yield project, found


def _in_order(
    summary: Summary,
    opened: Callable[[FileRecord], Sequence[T]],
    turn_of: Callable[[T], int],
    spot_of: Callable[[T], Spot],
) -> Iterator[tuple[str, ProjectRow | None, T]]:
    """The findings of all files, *opened* in any form, in the order in which they are told: their files and tables."""
    tables: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in summary.projects():
        tables[project.file].append(project)
    records = dict(summary.files)
    ordered = [(shown, records[shown]) for shown in tables]
    ordered += [(shown, record) for shown, record in summary.files if shown not in tables]
    every = (1 << len(finished.PASSES)) - 1
    asks = [every] * len(ordered)  # in which turns each is opened again, as bits
    for turn in range(len(finished.PASSES)):  # few are in memory
        for at, (shown, record) in enumerate(ordered):
            if not asks[at] >> turn & 1:
                continue
            found = opened(record)
            asks[at] = reduce(or_, (1 << turn_of(each) for each in found), 0)
            own = tables.get(shown, [])
            told = [(owner_of(spot_of(each), own), each) for each in found if turn_of(each) == turn]
            for table, each in sorted(told, key=_number):
                yield shown, table, each


def _number(told: tuple[ProjectRow | None, object]) -> int:
    return told[0].number if told[0] is not None else 0


def _indicator_rows(record: FileRecord) -> Mapping[int, list[RowText]]:
    rows = record.indicator_rows or finished.indicator_rows(record.projects, record.findings)
    return finished.opened_indicators(rows)


def _finding_rows(record: FileRecord) -> list[FindingRow]:
    return finished.opened_findings(record.finding_rows or finished.finding_rows(record.findings))
