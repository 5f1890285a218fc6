"""What a summary says: projects by year and department, totals, notes, and every file of the batch.

These records are all that a merge keeps of a file: the process that reads it makes them.

Amounts are in 万元, scores in points, rates are fractions; all are rounded Decimals, None is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from typing import overload

from zipingbiao.batch.engine import UNREAD
from zipingbiao.batch.finished import finding_rows, indicator_rows
from zipingbiao.batch.packed_rows import PackedRows
from zipingbiao.batch.summary.coverage import Enrolment
from zipingbiao.batch.summary.departments import Fold
from zipingbiao.batch.summary.last_year import LastYear
from zipingbiao.batch.summary.questions import Line, Question
from zipingbiao.batch.summary.signed import Signed
from zipingbiao.errors import UsageError
from zipingbiao.result.file_result import FileResult, Member, Status, on_disk
from zipingbiao.result.packed import Packed
from zipingbiao.result.precheck import verdict
from zipingbiao.result.rows import IndicatorRow, ProjectRow, indicator_row, project_row
from zipingbiao.result.totals import TotalRow
from zipingbiao.rules.shared.kept import Kept, kept
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table.records import Project, Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import round_points


@frozen
class FileRecord:
    """One file of a batch.

    Attributes:
        status, why, digest, notes, faults, kind, member, members, material: as in FileResult.
        errors, warnings: how many findings of each severity.
        projects: one row per table that somebody filled in; it does not say in which file.
        findings: all findings, table by table.
        shares: how many of *findings* each table of the file has.
        indicator_rows, finding_rows: of :mod:`zipingbiao.batch.finished`; empty where rules of the batch
            changed *findings*.
        tables: what the rules of a batch look at, of each table of the file.
        whole: the result but for its path and member, where every detail was asked for; else empty.
        batch: 批次, as the caller or the folder names it; "" where none is known.
        blanks: the heads of its tables that nobody filled in.
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
    findings: Packed[Finding] = Packed(Finding)
    shares: tuple[int, ...] = ()
    indicator_rows: PackedRows = PackedRows()
    finding_rows: tuple[tuple[int, PackedRows], ...] = ()
    tables: Packed[Kept] = Packed(Kept)
    whole: Packed[FileResult] = Packed(FileResult)
    kind: str = ""
    member: str = ""
    members: tuple[Member, ...] = ()
    material: bool = False
    batch: str = ""
    blanks: tuple[Project, ...] = ()

    def aside(self, status: Status, why: str) -> FileRecord:
        """Return the record of the same file when nothing of its content counts, for the reason told.

        What a written report says is kept, because a check holds it against the table that counts.
        """
        said = [replace(result, status=status, why=why) for result in self.whole if result.has_report]
        return FileRecord(
            self.path,
            status,
            why,
            self.digest,
            self.notes,
            self.faults,
            whole=Packed.of(FileResult, said if status is Status.ATTACHED else []),
            kind=self.kind,
            member=self.member,
        )

    def told(self, row: int, findings: Sequence[Finding], faults: Sequence[str] = ()) -> FileRecord:
        """Return the record with more findings of a filled table, by its place in *projects*."""
        checks, projects, table = self._checks(), list(self.projects), self._filled()[row]
        checks[table] = (*checks[table], *findings)
        projects[row] = projects[row]._replace(
            errors=count(checks[table], Severity.ERROR),
            warnings=count(checks[table], Severity.WARNING),
        )
        return replace(
            self._checked(checks, lambda result: replace(result, faults=(*result.faults, *faults))),
            projects=tuple(projects),
            faults=(*self.faults, *faults),
        )

    def without(self, rows: Collection[int], notes: Iterable[str]) -> FileRecord:
        """Return the record without some of its filled tables, by their places in *projects*."""
        filled, notes = self._filled(), (*self.notes, *notes)
        gone = {filled[row] for row in rows}
        kept = [at for at in range(len(self.tables)) if at not in gone]
        checks, tables = self._checks(), tuple(self.tables)

        def left(result: FileResult) -> FileResult:
            return replace(result, evaluations=tuple(result.evaluations[at] for at in kept), notes=notes)

        return replace(
            self._checked([checks[at] for at in kept], left),
            projects=tuple(row for at, row in enumerate(self.projects) if at not in rows),
            tables=Packed.of(Kept, (tables[at] for at in kept)),
            notes=notes,
        )

    def _filled(self) -> list[int]:
        """The place in the file of each table of *projects*."""
        return [at for at, table in enumerate(self.tables) if not table.is_blank]

    def _checks(self) -> list[tuple[Finding, ...]]:
        """The findings of each table."""
        findings = iter(self.findings)
        return [tuple(islice(findings, share)) for share in self.shares]

    def _checked(
        self, checks: Sequence[tuple[Finding, ...]], also: Callable[[FileResult], FileResult]
    ) -> FileRecord:
        """The record with other findings; *also* is what else changes in the result, where that is kept."""
        findings = tuple(chain.from_iterable(checks))
        return replace(
            self,
            errors=count(findings, Severity.ERROR),
            warnings=count(findings, Severity.WARNING),
            findings=Packed.of(Finding, findings),
            shares=tuple(map(len, checks)),
            indicator_rows=PackedRows(),
            finding_rows=(),
            whole=Packed.of(
                FileResult, (replace(also(result), checks=tuple(checks)) for result in self.whole)
            ),
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
        """The result as the reader gave it, made anew.

        Raises:
            UsageError: it had tables, and its details were not asked for.
        """
        for result in self.whole:
            return replace(result, path=self.path, member=self.member)
        if self.tables.size:
            raise UsageError("没有保留各文件的详细结果；请在 merge(…) 中加上 details=True。")
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


@frozen
class Department:
    """The projects of one department, and their total."""

    projects: tuple[ProjectRow, ...]
    total: TotalRow


@frozen
class Section:
    """What is added up: the projects, the transfers, or the whole departments of a year."""

    scope: Scope
    departments: tuple[Department, ...]
    total: TotalRow

    def projects(self) -> Iterator[ProjectRow]:
        """All tables in the order of the section."""
        for department in self.departments:
            yield from department.projects

    def totals(self) -> Iterator[TotalRow]:
        """The totals of the departments, then that of all."""
        yield from (department.total for department in self.departments)
        yield self.total


@frozen
class Summary:
    """A consolidated batch.

    Attributes:
        year: four digits; "" where no table names one.
        sections: that of the projects, then those of transfers and whole departments where there are
            any; their money is never added together.
        notes: what a reader of the totals must know, in Chinese.
        files: (path as shown, record) of every file of the batch, in input order.
        folds: the spellings of departments that were taken for one.
        questions: what a person has to decide, the most money first; in no total until then.
        decided: what a person has decided.
        gone: lines of an earlier 待认定 whose question is no longer put.
        typed: the projects whose remark a person typed, by their key.
        complaints: what in an earlier 汇总表 could not be used, in Chinese.
        enrolment: who reported and who did not, by the list of projects; None without one.
        signed: what people typed into head and foot of the papers.
        last: the year before, with which this one is compared; None where nothing is.
    """

    title: str
    year: str
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    files: tuple[tuple[str, FileRecord], ...]
    folds: tuple[Fold, ...] = ()
    questions: tuple[Question, ...] = ()
    decided: tuple[Question, ...] = ()
    gone: tuple[Line, ...] = ()
    typed: frozenset[str] = frozenset()
    complaints: tuple[str, ...] = ()
    enrolment: Enrolment | None = None
    signed: Mapping[Scope, Signed] = field(default_factory=dict)
    last: LastYear | None = None

    @property
    def main(self) -> Section:
        """The section of the projects."""
        return self.sections[0]

    @property
    def open_amount(self) -> Decimal:
        """The money in 万元 about which the open questions are."""
        return sum((question.amount for question in self.questions), Decimal(0))

    @property
    def open_files(self) -> tuple[str, ...]:
        """The files about which the open questions are, each once."""
        return tuple(dict.fromkeys(line.file for question in self.questions for line in question.lines))

    @property
    def draft(self) -> str:
        """What a paper says as long as a question is open or files were not read; "" else."""
        return "；".join(said for said in (self.unfinished, self._open_questions) if said)

    @property
    def unread(self) -> int:
        """How many files nobody came to read, because the merge was stopped."""
        return sum(record.why == UNREAD for _, record in self.files)

    @property
    def unfinished(self) -> str:
        """What a paper says of files that were not read; "" with none."""
        found, unread = len(self.files), self.unread
        return f"未完成：已读{found - unread:,}个，共{found:,}个" if unread else ""

    @property
    def _open_questions(self) -> str:
        if not self.questions:
            return ""
        asked, files = len(self.questions), len(self.open_files)
        amount = round_points(self.open_amount)
        return f"草稿：有{asked}项待认定，涉及{files}个文件、{amount:,.2f}万元未计入"

    @property
    def secret(self) -> int:
        """How many projects are a state secret: of the list where it names some, else the files that were not opened."""
        files = sum(record.status is Status.SECRET for _, record in self.files)
        return self.enrolment.secret or files if self.enrolment is not None else files

    def projects(self) -> Iterator[ProjectRow]:
        """All tables in the order of the summary."""
        for section in self.sections:
            yield from section.projects()


def record_of(result: FileResult, *, details: bool = False) -> FileRecord:
    """Return what a batch keeps of a file; with *details* the whole result too."""
    filled = (
        (evaluation, findings)
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
        if not evaluation.table.is_blank and result.status is not Status.ATTACHED
    )
    projects = tuple(_row(place, *each, result.prechecks) for place, each in enumerate(filled))
    wanted = details and bool(result.evaluations or result.prose)
    return FileRecord(
        path=result.path,
        status=result.status,
        why=result.why,
        digest=result.digest,
        notes=result.notes,
        faults=result.faults,
        errors=count(result.findings, Severity.ERROR),
        warnings=count(result.findings, Severity.WARNING),
        projects=projects,
        findings=Packed.of(Finding, result.findings),
        shares=tuple(map(len, result.checks)),
        indicator_rows=indicator_rows(projects, result.findings),
        finding_rows=finding_rows(result.findings),
        tables=Packed.of(Kept, map(kept, result.evaluations)),
        whole=Packed.of(FileResult, [replace(result, path="", member="")] if wanted else []),
        kind=result.kind,
        member=result.member,
        members=result.members,
        material=result.material,
        blanks=tuple(each.table.project for each in result.evaluations if each.table.is_blank),
    )


def _row(
    place: int, evaluation: Evaluation, findings: tuple[Finding, ...], prechecks: tuple[str, ...]
) -> ProjectRow:
    row = project_row("", evaluation, findings)
    return row._replace(
        place=place,
        prechecked=verdict(prechecks, row.check_code) if prechecks else "",
        indicators=Packed.of(IndicatorRow, map(indicator_row, evaluation.rows)),
    )


detailed = partial(record_of, details=True)
"""What a batch keeps where every detail is asked for."""
