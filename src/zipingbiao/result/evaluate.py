"""Grid → tables → scores → findings: the one run behind every face of the product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from zipingbiao import rules
from zipingbiao.book import formulas
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, CellClass
from zipingbiao.book.changes import Change
from zipingbiao.result.answers import settled
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.profile import Profile
from zipingbiao.scoring.score import score_table
from zipingbiao.table import written
from zipingbiao.table.find import read_tables
from zipingbiao.table.records import SelfEvaluation

STANDARD = "national-2020"
WITH_COST = "national-2021"


class Status(StrEnum):
    """What became of a file: 已采用, 无法读取, 略过."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The Chinese word shown to people."""
        return {"accepted": "已采用", "rejected": "无法读取", "skipped": "略过"}[self.value]


@dataclass(frozen=True)
class FileResult:
    """Everything known about one file.

    Attributes:
        checks: the findings of each of *evaluations*, in its order.
        why: one Chinese sentence when the file is not accepted, else None.
        faults: rules that crashed, as text for the maintainers: our fault, never the user's.
        digest: blake2b-128 of the content in hex; "" when the file could not be opened.
        notes: what the reader wants a person to know, in Chinese.
    """

    path: str
    status: Status
    why: str | None = None
    evaluations: tuple[Evaluation, ...] = ()
    checks: tuple[tuple[Finding, ...], ...] = ()
    faults: tuple[str, ...] = ()
    digest: str = ""
    notes: tuple[str, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the file, table by table."""
        return tuple(finding for check in self.checks for finding in check)

    @property
    def has_errors(self) -> bool:
        """Whether a finding must be corrected."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def evaluate(book: Book, profile_name: str | None = None) -> FileResult:
    """Return the tables of a workbook, scored and checked.

    Args:
        book: as read by a reader; nothing of it is changed.
        profile_name: the profile given by the user for all tables, or None to choose per table.

    Raises:
        UsageError: there is no profile of this name.
    """
    tables = written.recognise(read_tables(_calculated(book)), book.names)
    if not tables:
        return FileResult(book.path, Status.REJECTED, _no_table(book), digest=book.digest, notes=book.notes)
    evaluations = tuple(evaluate_table(table, profile_name) for table in tables)
    checked, faults = rules.check_tables(book.path, evaluations)
    checks = (settled(book, one, findings) for one, findings in zip(evaluations, checked, strict=True))
    return FileResult(
        book.path,
        Status.ACCEPTED,
        None,
        evaluations,
        tuple(checks),
        faults,
        book.digest,
        book.notes,
    )


def _calculated(book: Book) -> Book:
    """Return the book with results for formulas that were never calculated, as far as we can tell them.

    Programs that write formulas without results leave totals and rates blank for every reader.
    """
    bare = {
        grid.ref(*place)
        for grid in book.grids
        for place, cell in grid.cells.items()
        if cell.kind is CellClass.BLANK
    }
    if not bare:
        return book
    found = {ref: value for ref, value in formulas.results(book, {}).items() if ref in bare}
    return after(book, (Change(ref, "", value, "公式结果", cached=True) for ref, value in found.items()))


def evaluate_table(table: SelfEvaluation, profile_name: str | None = None) -> Evaluation:
    """Return one table scored by the given profile, or by the one that fits it."""
    chosen, why, unsure = choose_profile(table, profile_name)
    return Evaluation(table, chosen, why, unsure, score_table(table, chosen))


def choose_profile(table: SelfEvaluation, given: str | None = None) -> tuple[Profile, str, bool]:
    """Return the profile for a table, why in Chinese, and whether the choice is a guess.

    Order (design.md section 3): given by the user; a level 1 成本 → national 2021; the execution
    points in the table; the form; otherwise national 2020, with a finding.
    """
    if given is not None:
        return profiles.load(given), "由用户指定", False
    if any("成本" in indicator.level1 for indicator in table.indicators):
        return profiles.load(WITH_COST), "一级指标中有成本指标", False
    candidates = [profiles.load(name) for name in profiles.names()]
    points = _execution_points(table)
    by_points = [profile for profile in candidates if points in (None, profile.execution_points)]
    if not by_points:
        return profiles.load(STANDARD), f"预算执行率分值为{points:f}，没有对应的评分规则，暂按全国规则", True
    if len(by_points) == 1:
        return by_points[0], f"预算执行率分值为{points:f}", False
    fitting = [profile for profile in by_points if table.form in profile.forms]
    if len(fitting) == 1:
        return fitting[0], "按表格样式", False
    return profiles.load(STANDARD), "表格样式不能确定评分规则，暂按全国规则", True


def _execution_points(table: SelfEvaluation) -> Decimal | None:
    return next((row.weight for row in table.indicators if row.is_execution), None)


def _no_table(book: Book) -> str:
    sheets: Sequence[str] = [grid.sheet for grid in book.grids]
    looked = f"（看过工作表：{'、'.join(sheets[:5])}{'等' if len(sheets) > 5 else ''}）" if sheets else ""
    return f"没有找到自评表{looked}，请确认表中有指标、目标值、业绩值、得分等表头。"
