"""``zpb fix``: only changes that cannot alter what a table says, as a plan that can be undone.

Full-width signs and stray spaces in targets and actuals, numbers stored as text (with the unit that
their cell has anyway: ``700万元``, ``10分``), and in our
template formulas that were typed over. A score typed over a formula moves to 手工得分 where it
differs from the rule's, so that it still counts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import PurePath

from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Ref, column_letters
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.given import IN_MEMORY
from zipingbiao.book.marks import OUR_OUTPUT
from zipingbiao.change import formulas, log
from zipingbiao.change.press import Ask, Press, carried_out
from zipingbiao.change.workbook import Foreseen, profiles_of, why_unwritten, with_sheets
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.result.evaluate import Evaluator
from zipingbiao.result.examine import is_output
from zipingbiao.result.file_result import FileResult
from zipingbiao.rules.layout.l106_formula_overwritten import overwritten
from zipingbiao.rules.texts import t101_total_differs
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.candidates import open_bytes
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import Place, Role
from zipingbiao.template import sums
from zipingbiao.values.spelling import normalise
from zipingbiao.values.typed import Interval, Quantity, parse_text
from zipingbiao.values.unit import Unit

_VALUES = (Role.TARGET, Role.ACTUAL)
_POINTS = (Role.WEIGHT, Role.MANUAL)
_UNLISTED = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.SCORE)
_MONEY = frozenset({"money", "scale"})
_AMOUNTS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)


def fix_bytes(
    data: bytes,
    name: str = IN_MEMORY,
    *,
    dry_run: bool = False,
    profile: str | None = None,
    when: dt.datetime | None = None,
    ask: Ask | None = None,
) -> tuple[bytes, Press]:
    """Return the repaired workbook and what was changed in it; the very same bytes where nothing was.

    People are told of the repairs, without results of formulas and the log.

    Raises:
        UnreadableError: the bytes are no workbook that can be read, or hold no table.
        UsageError: a summary of ours, or there is no profile of this name.
    """
    if is_output(data):
        raise UsageError(f"“{name}”是{OUR_OUTPUT}，没有可以修复的；请修复各单位的自评表。")
    book = open_bytes(data, name)
    evaluator = Evaluator(profile)
    result = evaluator.evaluate(book)
    if not result.status.holds_tables:
        raise UnreadableError(f"{PurePath(name).name}：{result.why}")
    if (why := why_unwritten(book)) is not None:
        return data, Press(log.FIX, name, result, Plan((), book.digest), refused=why)
    plan, shown = foresee_fix(book, result, when or log.now(), evaluator)
    repairs = tuple(change for change in plan.changes if change.why.startswith(log.FIX))
    press = Press(log.FIX, name, result, plan, repairs)
    return carried_out(data, book, press, shown, evaluator, dry_run=dry_run, ask=ask)


def foresee_fix(book: Book, result: FileResult, when: dt.datetime, evaluator: Evaluator) -> Foreseen:
    """Return the plan of the repairs; repairing again right after it gives an empty plan."""
    wanted: dict[Ref, Change] = {}
    for evaluation, findings in zip(result.evaluations, result.checks, strict=True):
        grid = book.grid(evaluation.table.sheet)
        wrong = {finding.ref for finding in findings if finding.code == t101_total_differs.CODE}
        for change in (*_formulas(grid, evaluation, wrong), *_spellings(evaluation)):
            if _own_cell(book, change.ref):
                wanted.setdefault(change.ref, change)
    repairs = sorted(wanted.values(), key=lambda change: change.ref)
    if not repairs:
        return Foreseen(Plan((), book.digest), result)
    changes = log.with_results(book, repairs)
    profiles = profiles_of(result.evaluations)
    entries = log.logged(book, repairs, log.FIX, when, profiles)
    return with_sheets(Plan((*changes, *entries), book.digest), book, evaluator)


# --- spelling ------------------------------------------------------------------------------------


def _spellings(evaluation: Evaluation) -> Iterator[Change]:
    for row in evaluation.rows:
        if row.indicator.place is not Place.ROW:
            continue
        for role, entry in row.indicator.entries.items():
            if role in _VALUES:
                yield from _tidied(entry)
            elif role in _POINTS:
                yield from _as_number(entry, entry.number)
    funds = evaluation.table.funds
    if funds is not None:
        for (kind, _), entry in funds.entries.items():
            if kind in _AMOUNTS:
                yield from _as_number(entry, _plain_amount(entry, funds.unit))


def _tidied(entry: Entry) -> Iterator[Change]:
    """One width and no stray spaces, only where the typed value stays the same."""
    if not entry.is_typed or not isinstance(entry.value, Quantity | Interval):
        return
    tidy = normalise(entry.text).replace(" ", "")
    if _is_text(entry.cell) and tidy != entry.text and parse_text(tidy) == entry.value:
        yield Change(entry.ref, entry.text, tidy, f"{log.FIX}：统一符号、去掉空格")


def _as_number(entry: Entry, number: Decimal | None) -> Iterator[Change]:
    if entry.is_typed and _is_text(entry.cell) and number is not None:
        yield Change(entry.ref, entry.text, number, f"{log.FIX}：文本改为数")


def _plain_amount(entry: Entry, unit: Unit) -> Decimal | None:
    """The number of an amount with no unit or the very unit in which its cell is meant: 700万元, never 700元."""
    value = entry.value
    if not isinstance(value, Quantity) or value.comparator is not None:
        return None
    own = value.unit
    is_same = own is None or (not own.per and own.factor == unit.factor and own.dimension in _MONEY)
    return value.number if is_same else None


def _is_text(cell: Cell | None) -> bool:
    return cell is not None and cell.kind is CellClass.TEXT


def _own_cell(book: Book, ref: Ref) -> bool:
    """A cell that lies hidden under a merge is not shown, and not ours to touch."""
    return book.grid(ref.sheet).through_merge(ref.row, ref.column)[0] == ref


# --- formulas ------------------------------------------------------------------------------------


def _formulas(grid: Grid, evaluation: Evaluation, wrong: set[Ref | None]) -> Iterator[Change]:
    """Restore what can be restored from what the table shows; the rest stays a finding.

    Where the total is *wrong*, formulas that somebody changed are among it.
    """
    table = evaluation.table
    if Role.COMPUTED not in table.headings:
        return
    typed = {entry.ref for entry in overwritten(evaluation)}
    total = table.total_score.ref if table.total_score is not None else None
    yield from _score_formulas(grid, evaluation, typed, changed=total in wrong)
    if table.funds is not None:
        scored = (row.score for row in evaluation.rows if row.indicator.place is Place.FUNDS)
        yield from _fund_formulas(table.funds, typed, next(scored, None))
    replaced = typed | {ref for ref in wrong if ref is not None}
    for entry, formula in formulas.of_totals(grid, evaluation, replaced=replaced):
        yield from _restored(entry, formula)
    if table.grade is not None and table.grade.ref in typed and table.total_score is not None:
        yield from _restored(table.grade, sums.grade(table.total_score.ref.a1, evaluation.profile))


def _score_formulas(
    grid: Grid, evaluation: Evaluation, typed: set[Ref], *, changed: bool
) -> Iterator[Change]:
    """得分 that was typed over moves to 手工得分 where it differs from the rule's, so that it still counts."""
    entries = (row.indicator.entries.get(Role.SCORE) for row in evaluation.rows)
    ready = set(formulas.ready_rows(grid, evaluation))
    odd = {one.ref for one in entries if changed and one and one.is_formula and one.ref.row not in ready}
    for row, score, formula in formulas.of_scores(grid, evaluation, replaced=odd):
        yield from _restored(score, formula)
        manual = row.indicator.entries[Role.MANUAL]
        moves = score.ref in typed or score.ref in odd
        if moves and manual.cell is None and score.number not in (None, row.score):
            yield Change(manual.ref, "", score.number, f"{log.FIX}：得分移到手工得分")


def _fund_formulas(funds: Funds, typed: set[Ref], computed: Decimal | None) -> Iterator[Change]:
    """Balance and rates of each source from its amounts, and the scored rate of the national block."""
    for (kind, source), entry in funds.entries.items():
        if entry.ref in typed and (formula := _result_of_amounts(funds, kind, source)) is not None:
            yield from _restored(entry, formula)
    amounts, points, score = formulas.amounts_of(funds), funds.points, funds.score
    # A typed score that differs stays: there is no 手工得分 here that it could move to.
    if amounts and points and score and score.ref in typed and score.number in (None, computed):
        yield from _restored(score, amounts.score(points.ref.a1))


def _result_of_amounts(funds: Funds, kind: AmountKind, source: Source) -> str | None:
    parts = (AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
    if not funds.by_rows:
        rate = formulas.amounts_of(funds, source=source)
        return rate.rate() if rate is not None and kind is AmountKind.EXECUTION_RATE else None
    cells = [funds.entry(part, source) for part in parts]
    totals = [funds.entry(part) for part in parts[1:]]
    if None in cells or None in totals or kind in parts:
        return None
    own = [entry.ref.a1 for entry in cells if entry is not None]
    whole = [f"${column_letters(entry.ref.column)}${entry.ref.row}" for entry in totals if entry is not None]
    return sums.of_amounts(kind, *own, *whole)


def _restored(entry: Entry, formula: str) -> Iterator[Change]:
    if entry.cell is None or entry.cell.formula != formula.removeprefix("="):
        yield formulas.written(entry, formula, f"{log.FIX}：恢复公式")
