"""What a batch is held against: approved targets and last year's tables, matched project by project.

Both are read once, by whoever starts a check; comparing happens after all files were examined.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Generic, TypeVar

from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.read import read_book
from zipingbiao.errors import UnreadableError
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.rules.run import Checked, check_gone, check_last, check_targets
from zipingbiao.rules.years.approval import Approval
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.find.targets import TargetTable, read_targets
from zipingbiao.table.records import Project, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key

_ONLY_COMPARED = "上年的自评表，只用于对照"

Paths = Iterable[str | os.PathLike[str]]
T = TypeVar("T")


@frozen
class Known(Generic[T]):
    """A table of a project, and the file in which it stands."""

    path: str
    project: Project
    table: T


Approved = Known[TargetTable]
Before = Known[Evaluation]


def known_approved(tables: Iterable[tuple[str, TargetTable]]) -> tuple[Approved, ...]:
    """Return what :func:`zipingbiao.table.approved.read_approved` found, each with its project."""
    return tuple(Known(path, table.project, table) for path, table in tables)


# ------------------------------------------------------------------ index


class Index(Generic[T]):
    """Tables by the project to which they belong: by code, else by name, the unit deciding."""

    def __init__(self, tables: Iterable[Known[T]]) -> None:
        self._by_code: dict[str, list[Known[T]]] = {}
        self._by_name: dict[str, list[Known[T]]] = {}
        for known in tables:
            self._by_code.setdefault(_code(known.project), []).append(known)
            self._by_name.setdefault(label_key(known.project.name), []).append(known)

    def of(self, project: Project) -> list[Known[T]]:
        """Return the tables that may belong to a project; none for one without code and name."""
        code, name = _code(project), label_key(project.name)
        if code and code in self._by_code:
            return self._by_code[code]
        named = self._by_name.get(name, []) if name else []
        unit = label_key(project.unit)
        own = [known for known in named if unit and label_key(known.project.unit) == unit]
        return own or [known for known in named if not _of_others(known.project, project)]


def _code(project: Project) -> str:
    return label_key(project.code).casefold()


def _of_others(one: Project, other: Project) -> bool:
    """Whether two heads name different units; 县教育局 and 教育局 are one."""
    left, right = ({label_key(head.unit), label_key(head.department)} - {""} for head in (one, other))
    return bool(left) and bool(right) and not any(a in b or b in a for a in left for b in right)


# ------------------------------------------------------------------ compare


class Baseline:
    """Approved targets and last year's results, indexed once for a whole batch."""

    def __init__(
        self,
        approved: Sequence[Approved] | None = None,
        last: Sequence[FileResult] | None = None,
        *,
        folder: str = "",
        notes: Sequence[str] = (),
        opened: Callable[[str], Book] = read_book,
    ) -> None:
        """None means that there is nothing to compare with on that side.

        Args:
            approved: as :func:`known_approved` returns them.
            last: results of last year's files.
            folder: where last year's files lie; under its name vanished projects are reported.
            notes: what was noticed while reading, for :attr:`notes`.
            opened: gives the workbook of a path of this year anew; where no file system is, from memory.
        """
        self._approved = Index(approved) if approved else None
        self._before = tuple(_before(last)) if last is not None else ()
        self._last = Index(self._before) if last is not None else None
        self._folder = folder
        self.notes = tuple(notes)
        self._opened = opened

    def applied(self, results: Sequence[FileResult], *, whole: bool) -> tuple[FileResult, ...]:
        """Return the results with what the comparison finds added to their checks and notes.

        Args:
            results: the files of this year, as examined.
            whole: whether they are all that there is, so that a project can be said to be missing.
                Then a result for last year's folder may follow, with a finding per project.
        """
        compared = tuple(self._file(result) if result.evaluations else result for result in results)
        gone = self._gone(results) if whole else None
        return (*compared, gone) if gone is not None else compared

    def _file(self, result: FileResult) -> FileResult:
        checks: list[tuple[Finding, ...]] = []
        faults, notes = list(result.faults), list(result.notes)
        for evaluation, found in zip(result.evaluations, result.checks, strict=True):
            compared = (
                self._with_approved(result, evaluation, notes),
                self._with_last(result, evaluation, notes),
            )
            checks.append((*found, *(finding for findings, _ in compared for finding in findings)))
            faults += [fault for _, crashed in compared for fault in crashed]
        return replace(result, checks=tuple(checks), faults=tuple(faults), notes=tuple(notes))

    def _with_approved(self, result: FileResult, evaluation: Evaluation, notes: list[str]) -> Checked:
        if self._approved is None:
            return (), ()
        found = _different(self._approved.of(evaluation.table.project), result.path)
        if len(found) != 1:
            notes.append(_not_compared(evaluation, "批复的绩效目标表", found))
            return (), ()
        approval = Approval(Path(found[0].path).name, found[0].table.lines)
        checked = check_targets(evaluation, approval)
        if checked[0] and _adjusts(evaluation):
            # Only a table that differs is read again: its 调整文号 are no part of an evaluation.
            approval = replace(approval, documents=self._documents(result.path))
            checked = check_targets(evaluation, approval)
        return checked

    def _documents(self, path: str) -> dict[Ref, str]:
        """调整文号 by the cell of the adjusted target."""
        try:
            tables = read_targets(self._opened(path))
        except UnreadableError:
            return {}
        return {
            line.ref: line.document
            for table in tables
            for line in table.lines
            if line.adjusted and line.document
        }

    def _with_last(self, result: FileResult, evaluation: Evaluation, notes: list[str]) -> Checked:
        found = self.last_of(result, evaluation)
        if len(found) == 1:
            return check_last(evaluation, found[0].table)
        if found:
            notes.append(_not_compared(evaluation, "上年的自评表", found))
        return (), ()

    def last_of(self, result: FileResult, evaluation: Evaluation) -> list[Before]:
        """Return last year's tables of the project of a table; only where there is one it is known which."""
        known_before = self._last.of(evaluation.table.project) if self._last is not None else []
        return [known for known in known_before if _is_before(known, result, evaluation)]

    def _gone(self, results: Sequence[FileResult]) -> FileResult | None:
        """The result for last year's folder: a finding per project that no table of this year continues."""
        if self._last is None:
            return None
        projects = (evaluation.table.project for result in results for evaluation in result.evaluations)
        continued = {id(known) for project in projects for known in self._last.of(project)}
        alone = [known for known in self._before if id(known) not in continued and _named(known.project)]
        checked = [check_gone(known.table) for known in alone]
        if not any(findings or faults for findings, faults in checked):
            return None
        return FileResult(
            self._folder,
            Status.SKIPPED,
            _ONLY_COMPARED,
            checks=(tuple(finding for findings, _ in checked for finding in findings),),
            faults=tuple(fault for _, faults in checked for fault in faults),
        )


def _before(last: Sequence[FileResult]) -> Iterator[Before]:
    for result in last:
        for evaluation in result.evaluations:
            yield Known(result.path, evaluation.table.project, evaluation)


def _named(project: Project) -> bool:
    return bool(_code(project) or label_key(project.name))


def _is_before(known: Before, result: FileResult, evaluation: Evaluation) -> bool:
    """Whether a table may be last year's: another file, and no later year in its head."""
    then, now = known.project.year.strip(), evaluation.table.project.year.strip()
    years_known = then.isdecimal() and now.isdecimal()
    return not _same_file(known.path, result.path) and not (years_known and int(then) >= int(now))


def _different(tables: Sequence[Approved], path: str) -> list[Approved]:
    """The tables of other files that say something different: one may lie there as .xlsx and as .docx."""
    found: dict[tuple[tuple[object, ...], ...], Approved] = {}
    for known in tables:
        if not _same_file(known.path, path):
            said = tuple((line.name, line.weight, line.target, line.adjusted) for line in known.table.lines)
            found.setdefault(said, known)
    return list(found.values())


def _same_file(one: str, other: str) -> bool:
    return os.path.normcase(os.path.abspath(one)) == os.path.normcase(os.path.abspath(other))  # noqa: PTH100 links stay


def _not_compared(evaluation: Evaluation, what: str, found: Sequence[Known[T]]) -> str:
    name = evaluation.table.project.name or evaluation.table.sheet
    if not found:
        return f"“{name}”没有找到{what}，没有核对，请确认项目名称或编码与{what}一致。"
    files = "、".join(sorted({Path(known.path).name for known in found})[:3])
    return f"“{name}”有{len(found)}份不同的{what}（{files}），没有核对，请只保留一份。"


def _adjusts(evaluation: Evaluation) -> bool:
    """Whether a target that counts stands in another column than the first one: 调整后目标值."""
    heading = evaluation.table.headings.get(Role.TARGET)
    refs = (row.indicator.ref(Role.TARGET) for row in evaluation.rows)
    return heading is not None and any(ref is not None and ref.column != heading.column for ref in refs)
