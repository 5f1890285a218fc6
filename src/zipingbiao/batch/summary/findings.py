"""指标明细 and 问题清单: the lines of both, each beside its project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from zipingbiao.batch.records import Summary
from zipingbiao.result.columns import FindingLine, IndicatorLine
from zipingbiao.result.rows import ProjectRow
from zipingbiao.scoring.finding import Finding, Severity

_Pass = tuple[Severity, bool]
_PASSES: tuple[_Pass, ...] = (
    (Severity.ERROR, False),
    (Severity.WARNING, False),
    (Severity.ERROR, True),
    (Severity.WARNING, True),
    (Severity.INFO, True),
    (Severity.INFO, False),
)
"""In which order findings are told: what must be corrected first, what the unit has answered after what is open."""
_BITS = {told: 1 << place for place, told in enumerate(_PASSES)}
"""By which the first pass notes for which ones a file is opened again."""


def indicator_lines(summary: Summary) -> Iterator[IndicatorLine]:
    """All indicators of all projects, in the order of the summary, each with the findings about its row."""
    records = dict(summary.files)
    file: str = ""
    about: Mapping[tuple[str, int], list[Finding]] = {}
    for project in summary.projects():
        if project.file != file:  # the tables of one file mostly follow each other
            file, about = project.file, _by_row(records[project.file].findings)
        for indicator in project.indicators:
            yield IndicatorLine(project, indicator, tuple(about.get((project.sheet, indicator.row), ())))


def finding_lines(summary: Summary, link: Callable[[str], str] = lambda _: "") -> Iterator[FindingLine]:
    """All findings: by what they ask for, then by department and project; *link* gives the way to a file as shown."""
    tables: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in summary.projects():
        tables[project.file].append(project)
    records = dict(summary.files)
    ordered = [(shown, records[shown]) for shown in tables]
    ordered += [(shown, record) for shown, record in summary.files if shown not in tables]
    number, asks = 0, [0] * len(ordered)
    for told in _PASSES:  # each opens the findings anew, so that few are in memory
        for at, (shown, record) in enumerate(ordered):
            if told is not _PASSES[0] and not asks[at] & _BITS[told]:
                continue
            findings = tuple(record.findings)
            asks[at] = reduce(or_, map(_BITS.__getitem__, map(_pass_of, findings)), 0)
            for table, finding in _told(findings, tables.get(shown, []), told):
                number += 1
                yield FindingLine(shown, finding, table, link(shown), number)


def owner_of(finding: Finding, tables: Sequence[ProjectRow]) -> ProjectRow | None:
    """Return the table in which the cell of a finding lies; of a file with one table that one."""
    if len(tables) == 1:
        return tables[0]
    ref = finding.ref
    own: ProjectRow | None = None
    for row in tables:
        above = ref is not None and row.sheet == ref.sheet and row.first_row <= ref.row
        if above and (own is None or row.first_row > own.first_row):
            own = row
    return own


def _told(
    findings: Iterable[Finding], tables: Sequence[ProjectRow], told: _Pass
) -> list[tuple[ProjectRow | None, Finding]]:
    found = [(owner_of(finding, tables), finding) for finding in findings if _pass_of(finding) == told]
    return sorted(found, key=_number)


def _pass_of(finding: Finding) -> _Pass:
    return finding.severity, bool(finding.verified)


def _number(told: tuple[ProjectRow | None, Finding]) -> int:
    return told[0].number if told[0] is not None else 0


def _by_row(findings: Iterable[Finding]) -> Mapping[tuple[str, int], list[Finding]]:
    about: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        for place in dict.fromkeys((ref.sheet, ref.row) for ref in finding.refs):
            about[place].append(finding)
    return about
