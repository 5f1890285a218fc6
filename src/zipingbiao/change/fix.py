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
from zipingbiao.book.formulas.tokens import references
from zipingbiao.book.given import IN_MEMORY
from zipingbiao.book.marks import OUR_OUTPUT
from zipingbiao.book.read.formula import shift
from zipingbiao.change import log
from zipingbiao.change.press import Ask, Press, carried_out
from zipingbiao.change.workbook import profiles_of, ready_rows, why_unwritten, with_sheets
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.result.code import labelled_cell
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import is_output
from zipingbiao.result.file_result import FileResult
from zipingbiao.rules.layout.l106_formula_overwritten import overwritten
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.candidates import open_bytes
from zipingbiao.table.funds import AmountKind, Funds, Source
from zipingbiao.table.records import Place, Role
from zipingbiao.template import sums
from zipingbiao.template.lines import FIGURES, Amounts, adopted
from zipingbiao.template.unlisted import Columns, points
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
    result = evaluate(book, profile)
    if not result.status.holds_tables:
        raise UnreadableError(f"{PurePath(name).name}：{result.why}")
    if (why := why_unwritten(book)) is not None:
        return data, Press(log.FIX, name, result, Plan((), book.digest), refused=why)
    plan = plan_fix(book, result, when or log.now(), profile)
    repairs = tuple(change for change in plan.changes if change.why.startswith(log.FIX))
    press = Press(log.FIX, name, result, plan, repairs)
    return (data, press) if dry_run else carried_out(data, press, profile, ask=ask)


def plan_fix(book: Book, result: FileResult, when: dt.datetime, profile_name: str | None = None) -> Plan:
    """Return the plan of the repairs; repairing again right after it gives an empty plan."""
    wanted: dict[Ref, Change] = {}
    for evaluation in result.evaluations:
        grid = book.grid(evaluation.table.sheet)
        for change in (*_formulas(grid, evaluation), *_spellings(evaluation)):
            if _own_cell(book, change.ref):
                wanted.setdefault(change.ref, change)
    repairs = sorted(wanted.values(), key=lambda change: change.ref)
    if not repairs:
        return Plan((), book.digest)
    changes = log.with_results(book, repairs)
    profiles = profiles_of(result.evaluations)
    entries = log.logged(book, repairs, log.FIX, when, profiles)
    return with_sheets(Plan((*changes, *entries), book.digest), book, profile_name)


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


def _formulas(grid: Grid, evaluation: Evaluation) -> Iterator[Change]:
    """Restore what can be restored from what the table shows; the rest stays a finding."""
    table = evaluation.table
    if Role.COMPUTED not in table.headings:
        return
    typed = {entry.ref for entry in overwritten(evaluation)}
    yield from _score_formulas(grid, evaluation, typed)
    if table.funds is not None:
        scored = (row.score for row in evaluation.rows if row.indicator.place is Place.FUNDS)
        yield from _fund_formulas(table.funds, typed, next(scored, None))
    yield from _total_formulas(grid, evaluation, typed)
    if table.grade is not None and table.grade.ref in typed and table.total_score is not None:
        yield _restored(table.grade, sums.grade(table.total_score.ref.a1, evaluation.profile))


def _score_formulas(grid: Grid, evaluation: Evaluation, typed: set[Ref]) -> Iterator[Change]:
    """得分 of a line that lost its formula, or never had one: a row that was inserted blank."""
    heading = evaluation.table.headings[Role.COMPUTED].row
    button = ours.column_headed(grid, heading, ours.BUTTON_SCORE)
    for row in evaluation.rows:
        entries = row.indicator.entries
        score, manual = entries.get(Role.SCORE), entries.get(Role.MANUAL)
        if score is None or manual is None or score.is_formula:
            continue
        beside = None if button is None else grid.ref(score.ref.row, button).a1
        yield _restored(score, adopted(manual.ref.a1, entries[Role.COMPUTED].ref.a1, beside))
        if score.ref in typed and manual.cell is None and score.number not in (None, row.score):
            yield Change(manual.ref, "", score.number, f"{log.FIX}：得分移到手工得分")


def _total_formulas(grid: Grid, evaluation: Evaluation, typed: set[Ref]) -> Iterator[Change]:
    """The sums of weights and scores, also where a row was inserted below all that they add up."""
    table, columns = evaluation.table, _columns(grid, evaluation)
    total = table.total_score
    if columns is None or total is None:
        return
    found = labelled_cell(grid, ours.UNLISTED_LABEL, total.ref.row)
    unlisted = Entry.of(*found) if found is not None else None
    if total.ref in typed or _falls_short(total, evaluation):
        yield _restored(total, sums.total(*columns, unlisted.ref.a1 if unlisted is not None else ""))
    if unlisted is not None and (not unlisted.is_formula or _falls_short(unlisted, evaluation)):
        yield from _unlisted_formula(grid, evaluation, unlisted)
    weights = Entry.of(*grid.through_merge(total.ref.row, table.headings[Role.WEIGHT].column))
    if weights.is_formula and _falls_short(weights, evaluation):
        yield _restored(weights, sums.weights(columns[0]))


def _unlisted_formula(grid: Grid, evaluation: Evaluation, unlisted: Entry) -> Iterator[Change]:
    funds = evaluation.table.funds
    amounts = _amounts(funds, fixed=True) if funds is not None else None
    cells = [_cells(grid, evaluation, role) for role in _UNLISTED]
    if amounts is not None and None not in cells:
        columns = Columns(*(each for each in cells if each is not None))
        yield _restored(unlisted, points(columns, amounts, evaluation.profile))


def _falls_short(entry: Entry, evaluation: Evaluation) -> bool:
    """Whether what is calculated from the lines stops above the last of them."""
    total, formula = evaluation.table.total_score, entry.cell.formula if entry.cell is not None else None
    last = max(
        (row.indicator.row or 0 for row in evaluation.rows if row.indicator.place is Place.ROW), default=0
    )
    if formula is None or total is None:
        return False
    bottoms = (area.bottom for _, area in references(formula).areas if area.bottom < total.ref.row)
    return max(bottoms, default=last) < last


def _columns(grid: Grid, evaluation: Evaluation) -> tuple[str, str, str] | None:
    """The cells of the weights and of the scores, as a total's formula lists them, and its unfilled rows."""
    funds = evaluation.table.funds
    weights, scores = (_cells(grid, evaluation, role) for role in (Role.WEIGHT, Role.SCORE))
    figures = [_cells(grid, evaluation, role) for role in (Role.NAME, *FIGURES)]
    known = [cells for cells in figures if cells is not None]
    if weights is None or scores is None or len(known) < len(figures):
        return None
    if funds is not None and funds.points is not None and funds.score is not None:
        weights, scores = f"{weights},{funds.points.ref.a1}", f"{scores},{funds.score.ref.a1}"
    return weights, scores, sums.unfilled(*known)


def _cells(grid: Grid, evaluation: Evaluation, role: Role) -> str | None:
    """The cells of a column from the headings down to the last line: ``D18:D47``; None without."""
    heading = evaluation.table.headings.get(role)
    rows = [row.indicator.row for row in evaluation.rows if row.indicator.place is Place.ROW]
    known = [row for row in (*rows, *ready_rows(grid, evaluation)) if row is not None]
    if heading is None or not known:
        return None
    letters = column_letters(heading.column)
    return f"{letters}{heading.row + 1}:{letters}{max(known)}"


def _fund_formulas(funds: Funds, typed: set[Ref], computed: Decimal | None) -> Iterator[Change]:
    """Rates and balance take the formula of a neighbour in their row; the national block its own."""
    for (kind, source), entry in funds.entries.items():
        if entry.ref not in typed:
            continue
        model = next(
            (
                other
                for (each, _), other in sorted(funds.entries.items())
                if each is kind and other.ref.row == entry.ref.row and other.is_formula
            ),
            None,
        )
        if model is not None and model.cell is not None and model.cell.formula:
            columns = entry.ref.column - model.ref.column
            yield _restored(entry, shift(model.cell.formula, 0, columns))
        elif kind is AmountKind.EXECUTION_RATE and source is Source.TOTAL and not funds.by_rows:
            amounts = _amounts(funds)
            if amounts is not None:
                yield _restored(entry, amounts.rate())
    amounts, points, score = _amounts(funds), funds.points, funds.score
    # A typed score that differs stays: there is no 手工得分 here that it could move to.
    if amounts and points and score and score.ref in typed and score.number in (None, computed):
        yield _restored(score, amounts.score(points.ref.a1))


def _amounts(funds: Funds, *, fixed: bool = False) -> Amounts | None:
    """The cells of the rate; *fixed* as ``$C$10``, for formulas that stand elsewhere on the sheet."""
    entries = [funds.entry(kind) for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED)]
    refs = [entry.ref for entry in entries if entry is not None]
    if len(refs) < len(entries):
        return None
    sign = "$" if fixed else ""
    budget, executed = (f"{sign}{column_letters(ref.column)}{sign}{ref.row}" for ref in refs)
    return Amounts(budget, executed)


def _restored(entry: Entry, formula: str) -> Change:
    return Change(entry.ref, entry.text, "", f"{log.FIX}：恢复公式", formula=formula.removeprefix("="))
