"""指标明细 and 问题清单: the lines of both, each beside its project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
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
    in_order = _in_order(summary, lambda record: finished.by_turn(record.findings), finished.spot_of)
    for number, (_, shown, project, finding) in enumerate(in_order, start=1):
        yield FindingLine.of(shown, finding, project, number=number)


def finding_rows(
    summary: Summary, link: Callable[[str], str]
) -> Iterator[tuple[FindingPlace, RowText, bool]]:
    """The rows of these lines: where each stands, what it says, and whether it is only for information.

    *link* gives the way to a file as shown.
    """
    in_order = _in_order(summary, _finding_rows, attrgetter("spot"))
    for number, (turn, shown, project, row) in enumerate(in_order, start=1):
        place = FindingPlace(shown, project, row.cell, link(shown), number)
        yield place, row.text, turn == finished.FOR_INFORMATION


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
    summary: Summary, opened: Callable[[FileRecord], Mapping[int, Iterable[T]]], spot_of: Callable[[T], Spot]
) -> Iterator[tuple[int, str, ProjectRow | None, T]]:
    """The findings of all files in the order in which they are told: turn, file and table of each.

    They are *opened* in any form by their turns, for each turn anew: few are in memory.
    """
    tables: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in summary.projects():
        tables[project.file].append(project)
    records = dict(summary.files)
    ordered = [(shown, records[shown]) for shown in tables]
    ordered += [(shown, record) for shown, record in summary.files if shown not in tables]
    asks = [(1 << len(finished.TURNS)) - 1] * len(ordered)  # in which turns each is opened, as bits
    for turn in range(len(finished.TURNS)):
        for at, (shown, record) in enumerate(ordered):
            if not asks[at] >> turn & 1:
                continue
            found = opened(record)
            asks[at] = sum(1 << each for each in found)
            own = tables.get(shown, [])
            told = [(owner_of(spot_of(each), own), each) for each in found.get(turn, ())]
            for table, each in sorted(told, key=_number):
                yield turn, shown, table, each


def _number(told: tuple[ProjectRow | None, object]) -> int:
    return told[0].number if told[0] is not None else 0


def _indicator_rows(record: FileRecord) -> Mapping[int, list[RowText]]:
    rows = record.indicator_rows or finished.indicator_rows(record.projects, record.findings)
    return finished.opened_indicators(rows)


def _finding_rows(record: FileRecord) -> Mapping[int, Iterator[FindingRow]]:
    rows = record.finding_rows or finished.finding_rows(record.findings)
    return {turn: finished.opened_findings(packed) for turn, packed in rows}
