"""Grid → tables → scores → findings: the one run behind every face of the product.

Whoever changes a workbook evaluates it before and after: then only what changed is read, scored and checked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from zipingbiao.book import formulas
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, CellClass, Ref
from zipingbiao.book.changes import Change
from zipingbiao.result.answers import settled
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.precheck import prechecks
from zipingbiao.rules.run import Checked, check, check_tables
from zipingbiao.scoring.choose import choose_profile
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.score import score_table
from zipingbiao.table import written
from zipingbiao.table.find import Pages, other_table, read_prose, read_tables
from zipingbiao.table.records import SelfEvaluation

BLANK = "自评表还没有填写，请填写后再报送。"


def evaluate(book: Book, profile: str | None = None) -> FileResult:
    """Return the tables of a workbook, scored and checked: points with 2 decimals, amounts in 万元, rates as fractions.

    Args:
        book: as read by a reader; nothing of it is changed.
        profile: 评分规则 for all tables, a name or a YAML file; None chooses per table.

    Returns:
        One evaluation per table found, each with its findings; without a table the result is
        REJECTED and says why in one Chinese sentence.

    Raises:
        UsageError: there is no profile of this name.
    """
    return Evaluator(profile).evaluate(book)


class _Known(NamedTuple):
    """A table that was evaluated, and what the rules say of it alone."""

    evaluation: Evaluation
    checked: Checked


class Evaluator:
    """Evaluates one workbook, and the same again after some of its cells changed.

    A sheet that did not change is not searched again; a table that reads as it did is neither scored nor checked again.
    What depends on other sheets and tables, and on answers of the unit, is settled each time. One lives for one press.
    """

    def __init__(self, profile: str | None = None) -> None:
        """Make one for *profile*, as :func:`evaluate` takes it."""
        self._profile = profile
        self._pages = Pages()
        self._known: dict[Ref, _Known] = {}

    def evaluate(self, book: Book) -> FileResult:
        """Return what :func:`evaluate` does, and raise what it does."""
        tables = written.recognise(read_tables(_calculated(book), self._pages), book.names)
        if not tables:
            return _without_table(book)
        known = [self._of(table) for table in tables]
        evaluations = tuple(each.evaluation for each in known)
        found, faults = check_tables(book.path, evaluations, [each.checked for each in known])
        checks = (settled(book, one, findings) for one, findings in zip(evaluations, found, strict=True))
        is_blank = all(table.is_blank for table in tables)
        return FileResult(
            book.path,
            Status.BLANK if is_blank else Status.ACCEPTED,
            BLANK if is_blank else None,
            evaluations,
            tuple(checks),
            faults,
            book.digest,
            book.notes,
            prechecks=prechecks(book.names),
        )

    def _of(self, table: SelfEvaluation) -> _Known:
        known = self._known.get(table.anchor)
        if known is None or known.evaluation.table != table:
            evaluation = evaluate_table(table, self._profile)
            known = self._known[table.anchor] = _Known(evaluation, check(evaluation))
        return known


def _without_table(book: Book) -> FileResult:
    other = other_table(book)
    status = Status.REJECTED if other is None else Status.OTHER
    why = _no_table(book) if other is None else f"这是{other}，不是自评表，没有评分，也不汇总。"
    prose = read_prose(book)
    return FileResult(book.path, status, why, digest=book.digest, notes=book.notes, prose=prose)


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


def _no_table(book: Book) -> str:
    sheets: Sequence[str] = [grid.sheet for grid in book.grids]
    looked = f"（看过工作表：{'、'.join(sheets[:5])}{'等' if len(sheets) > 5 else ''}）" if sheets else ""
    return f"没有找到自评表{looked}，请确认表中有指标、目标值、业绩值、得分等表头。"
