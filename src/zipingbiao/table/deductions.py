"""Forms with 扣分 and no 得分: what a line has is its weight less what somebody took off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Role
from zipingbiao.table.words import NOTHING_OFF, TAKEN_OFF
from zipingbiao.values.number import exact
from zipingbiao.values.spelling import normalise

_NONE = Decimal(0)


def with_deductions(lines: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """Return the lines of a table with the points that 扣分 leaves them.

    A blank cell says that nothing was taken off as soon as somebody took something off another line:
    nobody writes 0 beside every line. A column that nobody filled in says nothing.
    """
    if not any(_is_used(line) for line in lines):
        return tuple(lines)
    weights = {line.row: line.weight for line in lines}
    return tuple(replace(line, left_over=_left_over(line, weights)) for line in lines)


def taken_off(entry: Entry) -> Decimal | None:
    """Return the points that a cell under 扣分 takes off, however it says so; None for other words."""
    if entry.is_empty:
        return _NONE
    if entry.number is not None:
        return abs(entry.number)
    said = "".join(normalise(entry.text).split())
    if NOTHING_OFF.fullmatch(said):
        return _NONE
    found = TAKEN_OFF.fullmatch(said)
    return exact(found["points"]) if found is not None else None


def told_apart(total: Entry | None, lines: Iterable[Indicator]) -> tuple[Entry | None, Entry | None]:
    """Return a total row's cell under 扣分 as what was taken off in all, or as the score that is left.

    Both are found there: it is the one that it is nearer to.
    """
    if total is None:
        return None, None
    cells = [(line.weight or _NONE, line.entries.get(Role.DEDUCTION)) for line in lines]
    off = sum(((cell and taken_off(cell)) or _NONE for _, cell in cells), _NONE)
    left = sum((weight for weight, _ in cells), _NONE) - off
    stated = taken_off(total)
    return (total, None) if stated is None or abs(stated - off) <= abs(stated - left) else (None, total)


def _is_used(line: Indicator) -> bool:
    cell = line.entries.get(Role.DEDUCTION)
    return cell is not None and cell.is_typed and bool(cell.text.strip())


def _left_over(line: Indicator, weights: dict[int | None, Decimal | None]) -> Decimal | None:
    """A formula's result, or what we wrote, is nobody's statement."""
    cell = line.entries.get(Role.DEDUCTION)
    if cell is None or line.is_unfilled or not (cell.is_typed or cell.cell is None):
        return None
    off, covered = taken_off(cell), [weights.get(row) for row in line.shared_score] or [line.weight]
    known = [weight for weight in covered if weight is not None]
    return None if off is None or len(known) < len(covered) else sum(known, _NONE) - off
