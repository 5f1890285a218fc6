"""The rows that a file has on 指标明细 and 问题清单, finished as far as the file alone says them.

They are made once of a content, by the process that reads it, and remembered with its record; what only the batch
knows, which row it is, whose department, the way to the file, is joined when the sheets are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from zipingbiao.batch.packed_rows import PackedRows
from zipingbiao.book.write.new_cells import Column
from zipingbiao.book.write.row_text import RowText, RowTexts
from zipingbiao.result.columns import FINDINGS, INDICATORS, FindingLine, IndicatorLine, cell_of
from zipingbiao.result.rows import ProjectRow
from zipingbiao.scoring.finding import Finding, Severity

Spot = tuple[str, int]
TURNS: tuple[tuple[Severity, bool], ...] = (
    (Severity.ERROR, False),
    (Severity.WARNING, False),
    (Severity.ERROR, True),
    (Severity.WARNING, True),
    (Severity.INFO, True),
    (Severity.INFO, False),
)
"""In which order findings are told: what must be corrected first, what the unit has answered after what is open."""
FOR_INFORMATION = TURNS.index((Severity.INFO, False))
"""The turn of what asks for nothing, and nobody answered."""


class FindingRow(NamedTuple):
    """The row of a finding, with what places it: its spot, and its cell as a link names it, "" for none."""

    sheet: str
    row: int
    cell: str
    text: RowText

    @property
    def spot(self) -> Spot:
        """As :func:`spot_of` of its finding."""
        return self.sheet, self.row


def indicator_rows(projects: Iterable[ProjectRow], findings: Iterable[Finding]) -> PackedRows:
    """Return the rows of the indicators of a file, each headed by the place of its table in the file."""
    about, texts = by_row(findings), _texts(INDICATORS)
    return PackedRows.of(
        ((project.place,), texts.of(line)) for project in projects for line in lines_of(project, about)
    )


def finding_rows(findings: Iterable[Finding]) -> tuple[tuple[int, PackedRows], ...]:
    """Return the rows of the findings of a file, by the turn in which they are told."""
    texts = _texts(FINDINGS)
    return tuple(
        (turn, PackedRows.of((_head(finding), texts.of(FindingLine.of("", finding))) for finding in found))
        for turn, found in by_turn(findings).items()
    )


def opened_findings(rows: PackedRows) -> Iterator[FindingRow]:
    """Return the rows of findings, unpacked."""
    return (FindingRow(*head, text) for head, text in rows)  # type: ignore[call-arg,arg-type]  # as _head made it


def opened_indicators(rows: PackedRows) -> Mapping[int, list[RowText]]:
    """Return the rows of the indicators of a file by the place of their table, unpacked."""
    found: dict[int, list[RowText]] = defaultdict(list)
    for (place,), text in rows:
        found[int(place)].append(text)
    return found


def lines_of(project: ProjectRow, about: Mapping[Spot, Sequence[Finding]]) -> Iterator[IndicatorLine]:
    """Return the indicators of a table, each with the findings *about* its row."""
    for indicator in project.indicators:
        yield IndicatorLine(project, indicator, tuple(about.get((project.sheet, indicator.row), ())))


def by_row(findings: Iterable[Finding]) -> Mapping[Spot, list[Finding]]:
    """Return findings by the rows that they are about."""
    about: dict[Spot, list[Finding]] = defaultdict(list)
    for finding in findings:
        for place in dict.fromkeys((ref.sheet, ref.row) for ref in finding.refs):
            about[place].append(finding)
    return about


def by_turn(findings: Iterable[Finding]) -> Mapping[int, Sequence[Finding]]:
    """Return findings by the turn in which they are told."""
    told: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        told[TURNS.index((finding.severity, bool(finding.verified)))].append(finding)
    return told


def spot_of(finding: Finding) -> Spot:
    """Return sheet and row of a finding; "" and 0 where it is about the whole file."""
    return ("", 0) if finding.ref is None else (finding.ref.sheet, finding.ref.row)


def _head(finding: Finding) -> tuple[int | str, ...]:
    return *spot_of(finding), cell_of(finding)


@cache
def _texts(columns: tuple[Column[Any], ...]) -> RowTexts[Any]:
    return RowTexts([column for column in columns if not column.joined])
