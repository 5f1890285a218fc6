"""Two prints of one table, line by line: what they say differently, whatever the order of their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.money import money, same_amount
from zipingbiao.rules.shared.rounding import rounding
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit
from zipingbiao.rules.years.approval import same_value
from zipingbiao.rules.years.match import match
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.finding import Severity
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import plain, same_points
from zipingbiao.values.typed import Quantity, Value

_AMOUNTS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
_VALUES = ((Role.TARGET, "目标值"), (Role.ACTUAL, "业绩值"))


class Difference(NamedTuple):
    """One figure of a line that two prints of its table do not share.

    Attributes:
        what: the line and the column, as a message names them.
        here, there: what stands in the print that is checked, and in the one that it is held against.
        refs: where; None for a line without such a cell.
        severity: an error where the figures differ, a warning where words do.
    """

    what: str
    here: str
    there: str
    refs: tuple[Ref | None, Ref | None]
    severity: Severity = Severity.ERROR

    def hit(self, other: str, *, same_file: bool = False) -> Hit:
        """The place here as a finding of all of them names it, with that in the *other* print.

        In the same file both are cells of the finding.
        """
        here, there = self.refs
        where = f"{other}{there.place}" if there is not None else other
        name = f"{self.what}{quote(self.here)}（{where}为{quote(self.there)}）"
        return Hit(name, here, self.here, self.there, (there,) if same_file and there is not None else ())


class Compared(NamedTuple):
    """What two prints of a table do not share.

    Attributes:
        differences: in the order of the print that is checked.
        missing: the lines that only the other print has.
        extra: those that only the checked one has.
    """

    differences: tuple[Difference, ...]
    missing: tuple[Scored, ...]
    extra: tuple[Indicator, ...]


def compare(lines: Sequence[Indicator], rows: Sequence[Scored]) -> Compared:
    """Hold the lines of one print against the scored rows of another; a blank cell contradicts nothing."""
    matched = match(lines, rows)
    return Compared(
        tuple(found for line, row in matched.pairs for found in _differences(line, row)),
        matched.right,
        matched.left,
    )


def amounts(
    funds: Funds | None, other: Funds | None, print_: str, *, same_file: bool = False
) -> Iterator[Hit]:
    """Yield the amounts that two prints of the funds do not share; *print_* is what a message calls the *other*."""
    if funds is None or other is None:
        return
    for kind in _AMOUNTS:
        here, there, cell = funds.amount(kind), other.amount(kind), funds.entry(kind)
        if here is None or there is None or same_amount(funds, here, there):
            continue
        beside = other.entry(kind)
        shown = (money(funds, here), money(other, there))
        place = beside.ref.place if beside is not None else ""
        more = (beside.ref,) if same_file and beside is not None else ()
        name = f"{kind.label}{shown[0]}（{print_}{place}为{shown[1]}）"
        yield Hit(name, cell.ref if cell is not None else funds.anchor, *shown, more)


def _differences(line: Indicator, row: Scored) -> Iterator[Difference]:
    name = quote(line.name or line.level2)
    there = row.indicator
    if line.weight is not None and there.weight is not None and not same_points(line.weight, there.weight):
        refs = (line.ref(Role.WEIGHT), there.ref(Role.WEIGHT))
        yield Difference(f"{name}的分值", plain(line.weight), plain(there.weight), refs)
    for role, label in _VALUES:
        found, other = line.text(role), there.text(role)
        if not found or not other or same_value(line.value(role), there.value(role), there):
            continue
        refs = (line.ref(role), there.ref(role))
        measured = _is_figure(line.value(role)) and _is_figure(there.value(role))
        yield Difference(
            f"{name}的{label}", found, other, refs, Severity.ERROR if measured else Severity.WARNING
        )
    score, points = _shown_score(line), _shown_score(there)
    points = points if points is not None or there.shared_score else row.adopted
    if score is not None and points is not None and rounding(score, points) is None:
        refs = (line.ref(Role.SCORE), there.ref(Role.SCORE))
        yield Difference(f"{name}的得分", plain(score), plain(points), refs)


def _is_figure(value: Value) -> bool:
    return isinstance(value, Quantity)


def _shown_score(line: Indicator) -> Decimal | None:
    """The points that stand in the cell of one line alone, typed or calculated."""
    if line.shared_score:
        return None
    entry = line.entries.get(Role.MANUAL)
    if entry is None or entry.number is None:
        entry = line.entries.get(Role.SCORE)
    return entry.number if entry is not None else None
