"""What only the whole batch shows: findings about all tables of a unit, added to the records of a merge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.summary.enrolment import Matched
from zipingbiao.batch.summary.questions import Docket
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.rules.run import check_merged, check_registered
from zipingbiao.rules.shared.kept import Kept, place_of
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.values.number import same_points
from zipingbiao.values.spelling import label_key


def with_merged_findings(records: Sequence[FileRecord]) -> tuple[FileRecord, ...]:
    """Return the records with what the rules find where all tables of a unit are known.

    Tables are unpacked only of units all of whose projects have full marks, or two of them the same
    money: few are in memory.
    """
    units = _told_units(records)
    tables = [
        (record.path, table)
        for record in records
        if any(_unit(record.path, row) in units for row in record.projects)
        for row, table in zip(record.projects, _filled(record), strict=True)
        if _unit(record.path, row) in units
    ]
    findings, faults = check_merged(tables)
    by_path: dict[str, list[Finding]] = defaultdict(list)
    for path, finding in findings:
        by_path[path].append(finding)
    settled = [
        _with(record, by_path[record.path]) if record.path in by_path else record for record in records
    ]
    if faults and settled:  # our own fault belongs to no file: the first one carries it
        settled[0] = replace(settled[0], faults=(*settled[0].faults, *faults))
    return tuple(settled)


def with_registered_findings(
    records: Sequence[FileRecord],
    places: Sequence[tuple[int, ProjectRow]],
    docket: Docket,
    matched: Matched,
) -> tuple[FileRecord, ...]:
    """Return the records with what the rules find where a table is held beside its project of the list.

    The rows of *docket* count the findings. Only tables that differ somewhere are unpacked.

    Args:
        records: of the batch.
        places: of each table of the docket, the place of its record, and the row that it gave, with its number there.
        docket: the tables.
        matched: their projects.
    """
    found = list(records)
    for place, at in matched.of.items():
        number, sent = places[place]
        registered, row = matched.enrolled[at].registered, docket.rows[place]
        same = (registered.budget, registered.row.paid, registered.row.name)
        if place in docket.dropped or same == (row.full_year_budget, row.executed, row.name):
            continue
        findings, faults = check_registered(_filled(found[number])[sent.number], registered)
        if findings or faults:
            found[number] = found[number].told(sent.number, findings, faults)
            docket.rows[place] = row._replace(
                errors=row.errors + count(findings, Severity.ERROR),
                warnings=row.warnings + count(findings, Severity.WARNING),
            )
    return tuple(found)


def _filled(record: FileRecord) -> list[Kept]:
    return [table for table in record.tables if not table.is_blank]


def _told_units(records: Sequence[FileRecord]) -> set[tuple[str, str]]:
    """The units, with the year, all of whose several tables have full marks, or two of which show the same money."""
    units: dict[tuple[str, str], list[ProjectRow]] = defaultdict(list)
    for record in records:
        for row in record.projects:
            units[_unit(record.path, row)].append(row)
    return {
        unit
        for unit, rows in units.items()
        if len(rows) > 1 and (all(map(_is_full, rows)) or len(set(map(_money, rows))) < len(rows))
    }


def _money(row: ProjectRow) -> tuple[object, ...]:
    return (row.initial_budget, row.full_year_budget, row.executed)


def _unit(path: str, row: ProjectRow) -> tuple[str, str]:
    """The unit and year of a table, as the rules tell them."""
    department = "" if row.department == NO_DEPARTMENT else row.department
    return label_key(row.unit) or label_key(department) or path, row.year


def _is_full(row: ProjectRow) -> bool:
    return row.adopted_total is not None and same_points(row.adopted_total, row.weights_total)


def _with(record: FileRecord, findings: Sequence[Finding]) -> FileRecord:
    for finding in findings:
        record = record.told(place_of(finding.ref, _filled(record)), [finding])
    return record
