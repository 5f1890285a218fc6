"""What a summary says: projects by year and department, totals, notes, and every file of the batch.

These records are all that a merge keeps of a file: the process that reads it makes them.

Amounts are in 万元, scores in points, rates are fractions; all are rounded Decimals, None is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import overload

from zipingbiao.batch.packed import Packed
from zipingbiao.result.file_result import FileResult, Member, Status, on_disk
from zipingbiao.result.rows import ProjectRow, project_row
from zipingbiao.result.totals import TotalRow
from zipingbiao.scoring.finding import Finding, Severity, count


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a batch.

    Attributes:
        status, why, digest, notes, faults, kind, member, members, material: as in FileResult.
        errors, warnings: how many findings of each severity.
        projects: one row per table that somebody filled in.
        findings: all findings, table by table.
        whole: the result itself, for those who need every detail; empty where the rest says it all.
    """

    path: str
    status: Status
    why: str | None
    digest: str
    notes: tuple[str, ...]
    faults: tuple[str, ...]
    errors: int = 0
    warnings: int = 0
    projects: tuple[ProjectRow, ...] = ()
    findings: Packed[Finding] = field(default_factory=lambda: Packed(b"", 0))
    whole: Packed[FileResult] = field(default_factory=lambda: Packed(b"", 0))
    kind: str = ""
    member: str = ""
    members: tuple[Member, ...] = ()
    material: bool = False

    def aside(self, status: Status, why: str) -> FileRecord:
        """Return the record of the same file when nothing of its content counts, for the reason told."""
        return FileRecord(
            self.path, status, why, self.digest, self.notes, self.faults, kind=self.kind, member=self.member
        )

    @property
    def file(self) -> str:
        """The path as :func:`zipingbiao.result.file_result.on_disk` gives it."""
        return on_disk(self)

    @property
    def has_errors(self) -> bool:
        """Whether a finding must be corrected."""
        return self.errors > 0

    @property
    def result(self) -> FileResult:
        """The result as the reader gave it, made anew."""
        for result in self.whole:
            return result
        return FileResult(
            self.path,
            self.status,
            self.why,
            faults=self.faults,
            digest=self.digest,
            notes=self.notes,
            kind=self.kind,
            member=self.member,
            members=self.members,
            material=self.material,
        )


class Results(Sequence[FileResult]):
    """The results of a batch, each made anew from its record when it is asked for: few are in memory."""

    def __init__(self, records: Sequence[FileRecord]) -> None:
        self._records = records

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> FileResult: ...
    @overload
    def __getitem__(self, place: slice) -> Results: ...
    def __getitem__(self, place: int | slice) -> FileResult | Results:
        found = self._records[place]
        return found.result if isinstance(found, FileRecord) else Results(found)


@dataclass(frozen=True, slots=True)
class Department:
    """The projects of one department in one year, and their total."""

    projects: tuple[ProjectRow, ...]
    total: TotalRow


@dataclass(frozen=True, slots=True)
class Section:
    """What is added up: the whole batch, or one of several years in it."""

    departments: tuple[Department, ...]
    total: TotalRow


@dataclass(frozen=True, slots=True)
class Summary:
    """A consolidated batch.

    Attributes:
        sections: one; or one per year where the batch holds several.
        overall: the total of all years; None where there is one section.
        notes: what a reader of the totals must know, in Chinese.
        files: (path as shown, record) of every file of the batch, in input order.
    """

    title: str
    sections: tuple[Section, ...]
    overall: TotalRow | None
    notes: tuple[str, ...]
    files: tuple[tuple[str, FileRecord], ...]

    def totals(self) -> Iterator[TotalRow]:
        """All totals in the order of the summary: departments, then their section, at last the whole."""
        for section in self.sections:
            yield from (department.total for department in section.departments)
            yield section.total
        if self.overall is not None:
            yield self.overall

    def projects(self) -> Iterator[ProjectRow]:
        """All projects in the order of the summary."""
        for section in self.sections:
            for department in section.departments:
                yield from department.projects


def record_of(result: FileResult) -> FileRecord:
    """Return what a merge keeps of a file."""
    projects = (
        project_row(result.path, evaluation, findings)
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
        if not evaluation.table.is_blank
    )
    return FileRecord(
        path=result.path,
        status=result.status,
        why=result.why,
        digest=result.digest,
        notes=result.notes,
        faults=result.faults,
        errors=count(result.findings, Severity.ERROR),
        warnings=count(result.findings, Severity.WARNING),
        projects=tuple(replace(row, indicators=Packed.of(row.indicators)) for row in projects),
        findings=Packed.of(result.findings),
        whole=Packed.of([result] if result.evaluations else []),
        kind=result.kind,
        member=result.member,
        members=result.members,
        material=result.material,
    )
