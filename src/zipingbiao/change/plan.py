"""评分 as a plan: which cells of a workbook get which completion, score, total and grade.

Rules of design.md 5.2 for a table that is not our template: a formula is never replaced; a blank
cell is filled; what we wrote last and nobody changed is brought up to date; what somebody typed
stays, unless ``recompute`` says otherwise. Values are written as their column already holds them.
In our own template 核算得分 and 评分说明 are always ours; 得分 is a formula there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book import formulas
from zipingbiao.book.after import content
from zipingbiao.book.cells import SHOWN_OTHERWISE, Book, CellClass, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.change.formulas import ready_rows
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table import ours, written
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import HUNDRED, exact, plain
from zipingbiao.values.regex import regex

OF_LINES = frozenset({"完成率", "核算得分", "核算扣分", "评分说明"})
"""Why a cell of an indicator line changes, as against those of the whole table."""
RECALCULATED = "部分公式引用了改动的单元格，打开文件时会自动重算。"


class _Wish(NamedTuple):
    """What scoring wants a cell to show; None clears what we wrote when nothing can be computed."""

    entry: Entry
    text: str | None
    number: Decimal | None
    why: str
    always: bool = False  # a cell of our template that only we write, whatever stands there


def differing(evaluations: Iterable[Evaluation]) -> int:
    """Return how many typed scores the rule gives otherwise: what the question 以计算值为准 is about."""
    return sum(
        row.indicator.stated_score is not None
        and (points := evaluation.points(row)) is not None
        and points != row.indicator.stated_score
        for evaluation in evaluations
        for row in evaluation.rows
        if row.indicator.row not in row.indicator.shared_score[1:]
    )


def plan_score(book: Book, evaluations: Iterable[Evaluation], *, recompute: bool = False) -> Plan:
    """Return the plan that writes the scores of *evaluations* into their workbook.

    Applying the plan and planning again gives an empty plan, unless the workbook's own formulas make
    a weight or target depend on the scores (then *recompute* may need a second press).
    """
    evaluations = tuple(evaluations)
    own = ours.of(book.names) is not None
    slots = written.slots([one.table for one in evaluations])
    keys = {_spot(slot.entry): key for key, slot in slots.items()}
    changes: dict[Ref, Change] = {}
    remembered: dict[str, written.Remembered] = {}
    for evaluation in evaluations:
        style = _ColumnStyle(evaluation)
        wishes = [*_wishes(evaluation, own=own, recompute=recompute), *_button_wishes(book, evaluation)]
        if own:
            wishes += _left_behind(book, evaluation)
        for wish in _own_cells(book, wishes):
            new = style.new_value(wish, recompute=recompute)
            if new is not None:
                changes[wish.entry.ref] = style.change(wish, new, changes.get(wish.entry.ref))
            stands = wish.entry.ours if new is None else new != ""
            if stands and not wish.always:
                key = keys[_spot(wish.entry)]
                text = wish.entry.text if new is None else _shown(new, wish)
                remembered[key] = written.Remembered(text, slots[key].content)
    cached, recalculated = _cached_results(book, changes)
    ordered = sorted([*changes.values(), *cached], key=lambda change: change.ref)
    names = written.names_for(remembered, book.names) if ordered else ()
    return Plan(tuple(ordered), book.digest, names, (RECALCULATED,) if recalculated else ())


def _spot(entry: Entry) -> tuple[Ref, str]:
    """Total and grade may share a cell (``自评总分：94分　自评等级：优``): the text tells them apart."""
    return entry.ref, entry.text


def _own_cells(book: Book, wishes: Iterable[_Wish]) -> Iterator[_Wish]:
    """Leave out a cell that several lines share, lies hidden under a merge, or holds something else.

    The last is the safeguard: a cell that reading took for blank is filled only if it is.
    """
    wishes = list(wishes)
    uses = Counter(wish.entry.ref for wish in wishes if not _is_part(wish.entry))
    for wish in wishes:
        ref = wish.entry.ref
        grid = book.grid(ref.sheet)
        shown, cell = grid.through_merge(ref.row, ref.column)
        if uses[ref] <= 1 and shown == ref and cell == wish.entry.cell:
            yield wish


def _wishes(evaluation: Evaluation, *, own: bool, recompute: bool) -> Iterator[_Wish]:
    for row in evaluation.rows:
        if row.indicator.place is Place.IMPLIED:
            continue
        if own:
            yield from _template_wishes(row, recompute=recompute)
        completion = row.indicator.entries.get(Role.COMPLETION)
        if completion is not None:
            shown, grey = row.completion_text or None, own and Role.COMPUTED in row.indicator.entries
            yield _Wish(completion, shown, row.completion, "完成率", always=grey)
        score = row.indicator.entries.get(Role.SCORE)
        if score is not None and row.indicator.row not in row.indicator.shared_score[1:]:
            points = evaluation.points(row)
            yield _Wish(score, None if points is None else plain(points), points, "核算得分")
        deduction = row.indicator.entries.get(Role.DEDUCTION)
        left = row.indicator.left_over  # of a blank cell, too, once others say what was taken off
        if deduction is not None and (left is None or (recompute and left != evaluation.points(row))):
            off = evaluation.off(row)
            yield _Wish(deduction, None if off is None else plain(off), off, "核算扣分")
    total, table = evaluation.settled_total(recompute=recompute), evaluation.table
    if table.total_score is not None:
        yield _Wish(table.total_score, None if total is None else plain(total), total, "总分")
    if table.total_deduction is not None:
        off = None if total is None or evaluation.cap_note else evaluation.weights_total - total
        yield _Wish(table.total_deduction, None if off is None else plain(off), off, "扣分合计")
    if table.grade is not None:
        grade = None if total is None else evaluation.profile.printed_grade(total)
        yield _Wish(table.grade, grade, None, "等级")


def _template_wishes(row: Scored, *, recompute: bool) -> Iterator[_Wish]:
    """What stands beside the printed form; 得分 itself is a formula over 核算得分 and 手工得分."""
    entries = row.indicator.entries
    if Role.COMPUTED in entries:
        text = None if row.score is None else plain(row.score)
        yield _Wish(entries[Role.COMPUTED], text, row.score, "核算得分", always=True)
    if Role.EXPLANATION in entries:
        yield _Wish(entries[Role.EXPLANATION], row.explanation or None, None, "评分说明", always=True)
    manual = entries.get(Role.MANUAL)
    if recompute and manual is not None and row.score is not None and manual.number not in (None, row.score):
        yield _Wish(manual, None, None, "以核算得分为准", always=True)


def _left_behind(book: Book, evaluation: Evaluation) -> Iterator[_Wish]:
    """What we wrote beside a line that somebody cleared or moved: its points would still count."""
    grid, headings = book.grid(evaluation.table.sheet), evaluation.table.headings
    lines = {row.row for row in (*evaluation.table.indicators, *evaluation.table.informative)}
    for row in ready_rows(grid, evaluation):
        for role in written.GREY if row not in lines else ():
            heading = headings.get(role)
            cell = grid.at(row, heading.column) if heading is not None else None
            if heading is not None and cell is not None and content(cell) != "":
                entry = Entry.of(grid.ref(row, heading.column), cell)
                yield _Wish(entry, None, None, "行已清空", always=True)


def _button_wishes(book: Book, evaluation: Evaluation) -> Iterator[_Wish]:
    """What the 免宏版 shows where its own formulas cannot calculate."""
    heading, grid = evaluation.table.headings.get(Role.COMPUTED), book.grid(evaluation.table.sheet)
    if heading is None:
        return
    completions = ours.column_headed(grid, heading.row, ours.BUTTON_COMPLETION)
    scores = ours.column_headed(grid, heading.row, ours.BUTTON_SCORE)
    for row in evaluation.rows:
        computed = row.indicator.entries.get(Role.COMPUTED)
        if computed is None or not computed.is_formula:
            continue
        score = None if row.score is None else plain(row.score)
        for column, text, number, why in (
            (completions, row.completion_text or None, row.completion, "完成率"),
            (scores, score, row.score, "核算得分"),
        ):
            if column is not None:
                ref = grid.ref(computed.ref.row, column)
                yield _Wish(Entry.of(ref, grid.at(ref.row, column)), text, number, why, always=True)


class _ColumnStyle:
    """How the score and completion columns of one table already hold their values."""

    def __init__(self, evaluation: Evaluation) -> None:
        self._entries = {
            why: [
                row.indicator.entries[role]
                for row in evaluation.rows
                if role in row.indicator.entries and row.indicator.place is Place.ROW
            ]
            for role, why in (
                (Role.COMPLETION, "完成率"),
                (Role.SCORE, "核算得分"),
                (Role.DEDUCTION, "核算扣分"),
            )
        }
        self._entries["总分"] = self._entries["核算得分"]
        self._entries["扣分合计"] = self._entries["核算扣分"]
        funds = evaluation.table.funds
        places = () if funds is None else funds.entries.items()
        # The rate of the funds stands in a column of its own.
        self._rates = {entry.ref: entry for (kind, _), entry in places if kind is AmountKind.EXECUTION_RATE}
        self._completions = {entry.ref for entry in self._entries["完成率"]}

    def new_value(self, wish: _Wish, *, recompute: bool) -> Decimal | str | None:
        """Return what the cell shall hold, in the column's own manner; None where it stays as it is."""
        entry = wish.entry
        if entry.is_formula or (_is_part(entry) and not _VALUE.fullmatch(entry.text.strip())):
            return None
        if wish.text is None:
            is_ours = wish.always or entry.ours
            return "" if is_ours and entry.cell is not None and not _is_part(entry) else None
        if (entry.is_typed and not recompute and not wish.always) or _says(entry, wish):
            return None
        if wish.number is None:
            return wish.text
        if wish.always and entry.ref not in self._completions:
            return wish.number
        if (
            not wish.always
            and entry.cell is not None
            and entry.cell.kind in _UNFIT.get(wish.why, SHOWN_OTHERWISE)
        ):
            return None  # the number would show as a date or as 1500%; a finding asks about the cell
        kinds = {other.cell.kind for other in self._held(wish) if other.cell is not None}
        if wish.why == "完成率":
            as_number = CellClass.PERCENT in kinds and (
                entry.cell is None or entry.cell.kind is CellClass.PERCENT
            )
            return wish.number if as_number else self._in_percent(wish, kinds) or wish.text
        as_text = _is_part(entry) or (CellClass.TEXT in kinds and not kinds & _NUMERIC)
        if not as_text:
            return wish.number
        with_unit = any(other.text.strip().endswith("分") for other in (entry, *self._held(wish)))
        return f"{wish.text}分" if with_unit else wish.text

    def _in_percent(self, wish: _Wish, kinds: set[CellClass]) -> Decimal | None:
        """97.28 where the column holds such numbers; among 0 and 1 nobody knows whether they are percent."""
        largest = max((other.number or 0 for other in self._held(wish)), default=0)
        if largest <= _MAY_BE_FRACTION or kinds - _NUMERIC:
            return None
        return exact((wish.text or "").rstrip("%"))

    def change(self, wish: _Wish, new: Decimal | str, earlier: Change | None) -> Change:
        """Return the change of a cell; a value beside its label changes only its part of the text."""
        entry = wish.entry
        like = next((other.ref for other in self._held(wish)), None)
        if not _is_part(entry) or entry.cell is None:
            as_number = isinstance(new, Decimal) and wish.why != "完成率"
            return Change(entry.ref, entry.text, new, wish.why, like, as_number=as_number)
        before = str(entry.cell.value)
        now = str(earlier.new) if earlier is not None else before
        return Change(entry.ref, before, now.replace(entry.text, str(new), 1), wish.why)

    def _held(self, wish: _Wish) -> list[Entry]:
        of_funds = wish.entry.ref in self._rates
        entries = self._rates.values() if of_funds else self._entries.get(wish.why, ())
        return [entry for entry in entries if entry.cell is not None]


# A value behind a label is replaced only where nothing but the value would go.
_VALUE = regex(r"\d+(?:\.\d+)?\s*分?|[优良中差][秀好等]?")
_UNFIT = {"完成率": {CellClass.DATE}}
_NUMERIC = {CellClass.NUMBER, CellClass.CURRENCY}
_MAY_BE_FRACTION = 2  # 200 %: more is hardly ever executed


def _is_part(entry: Entry) -> bool:
    """Whether the value is only part of its cell's text, behind a label: ``自评总分：94分``."""
    return entry.cell is not None and entry.cell.kind is CellClass.TEXT and entry.cell.value != entry.text


def _says(entry: Entry, wish: _Wish) -> bool:
    """Whether the cell already shows what scoring would write, however it is spelled."""
    if entry.text.strip() == wish.text:
        return True
    if wish.number is None or entry.cell is None:
        return False
    if wish.why == "完成率":
        fraction = entry.fraction
        return fraction is not None and fraction == (exact((wish.text or "").rstrip("%")) or 0) / HUNDRED
    return entry.number == wish.number


def _shown(new: Decimal | str, wish: _Wish) -> str:
    """How the reader will show the cell next time: the form in which the memory compares."""
    if isinstance(new, str):
        return new
    return f"{plain(new * HUNDRED)}%" if wish.why == "完成率" and new == wish.number else plain(new)


def _cached_results(book: Book, changes: Mapping[Ref, Change]) -> tuple[list[Change], bool]:
    """Return the formulas whose result is another one now, and whether some could not be calculated."""
    calculated = formulas.calculate(book, {ref: change.new for ref, change in changes.items()})
    cached: list[Change] = []
    for ref, result in calculated.results.items():
        shown, cell = book.grid(ref.sheet).through_merge(ref.row, ref.column)
        if cell is None or shown != ref or cell.kind is CellClass.DATE or cell.value == result:
            continue  # hidden under a merge, or shown as a date: left to the recalculation on load
        cached.append(Change(ref, Entry.of(ref, cell).text, result, "公式结果", cached=True))
    return cached, calculated.unknown
