"""Headings of columns: one walk for whatever is sought, one rule for which of several counts."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from zipingbiao.book.cells import Ref
from zipingbiao.table.find.labels import Meaning
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.values.frozen import frozen

K = TypeVar("K", bound=Hashable)


@frozen
class Sought(Generic[K]):
    """Which headings are looked for.

    Attributes:
        means: what a text means; None for any other.
        vague: a meaning that only the heading above makes clear: 数值 below 目标值.
        reach: how many columns further left that heading may stand, where nothing stands above.
    """

    means: Callable[[str], Meaning[K] | None]
    vague: K | None = None
    reach: int = 0

    def clear(self, text: str) -> Meaning[K] | None:
        """Return what a text means by itself."""
        meaning = self.means(text)
        return None if meaning is None or meaning.role == self.vague else meaning


@frozen
class Spot(Generic[K]):
    """One column heading: the columns it covers, its cell, and what it means (None: unknown)."""

    first: int
    last: int
    ref: Ref
    text: str
    meaning: Meaning[K] | None

    @property
    def role(self) -> K | None:
        """What the heading means, without the rank."""
        return self.meaning.role if self.meaning else None


def read_spots(
    sheet: Sheet, rows: Sequence[int], left: int, right: int, sought: Sought[K]
) -> Iterator[Spot[K]]:
    """Yield the headings in *rows* from left to right; neighbours under one merged cell are one spot.

    The lowest text of a column is its heading; where that says nothing, the one above it does.
    """
    previous: Spot[K] | None = None
    for column in range(left, right + 1):
        spot = _spot(sheet, rows, column, sought)
        if spot is None:
            continue
        if previous is not None and previous.ref == spot.ref:
            previous = replace(previous, last=column)
            continue
        if previous is not None:
            yield previous
        previous = spot
    if previous is not None:
        yield previous


def surest(found: Iterable[Spot[K]]) -> dict[K, Spot[K]]:
    """Return the heading of each meaning: the surest, of equals the first."""
    best: dict[K, Spot[K]] = {}
    for spot in found:
        if spot.meaning is None:
            continue
        other = best.get(spot.meaning.role)
        if other is None or other.meaning is None or spot.meaning.rank < other.meaning.rank:
            best[spot.meaning.role] = spot
    return best


def _spot(sheet: Sheet, rows: Sequence[int], column: int, sought: Sought[K]) -> Spot[K] | None:
    filled = [(row, text) for row in rows if (text := sheet.seen(row, column))]
    if not filled:
        return None
    row, text = filled[-1]
    meaning = sought.clear(text) or _above(sheet, rows, row, column, sought)
    return Spot(column, column, sheet.grid.through_merge(row, column)[0], text, meaning)


def _above(sheet: Sheet, rows: Sequence[int], row: int, column: int, sought: Sought[K]) -> Meaning[K] | None:
    """The meaning of the heading above: in this column, else the next to its left over a gap."""
    top = sheet.span(row, column).top
    for upper in reversed([upper for upper in rows if upper < top]):
        for left in range(column, max(0, column - 1 - sought.reach), -1):
            if text := sheet.seen(upper, left):
                return sought.clear(text)
    return None


DEEPEST = 3
"""Rows of the tallest heading of a list."""


def heading_bottom(sheet: Sheet, row: int, sought: Sought[K], opens: K) -> int:
    """Return the last row of a heading: below merged labels, or below a row of nothing but labels.

    A row in which a label *opens* stands begins another heading.
    """
    filled = sheet.filled(row)
    bottom = row
    while bottom - row + 1 < DEEPEST:
        below = [sought.means(sheet.text(bottom + 1, column)) for column in sheet.filled(bottom + 1)]
        covered = any(sheet.span(bottom, column).bottom > bottom for column in filled)
        words = bool(below) and all(below) and Meaning(opens) not in below
        if not words and not covered:
            break
        bottom += 1
    return bottom
