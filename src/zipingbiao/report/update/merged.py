"""Which cells of a column go on with the one above, once rows were added and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zipingbiao.book.blocks import CellBlock


@dataclass
class Place:
    """One cell of a column, in the order in which the rows are to follow each other.

    Attributes:
        cell: the cell of a row that stands; None in a new row, and where another cell of its row lies.
        origin: of a cell that stands, the row in which its merged cell opens; of a new one a number of its own.
        is_new: whether its row is new.
        is_tall: whether a cell that stands belongs to a merged one of several rows.
        key: what two cells must have alike to be one; None for one that stays by itself.
        goes_on: whether it is to go on with the cell above.
        merge: what it is to be: ``restart``, ``continue`` or "".
        group: the *origin* of the cell with which it is one.
    """

    cell: CellBlock | None
    origin: int
    is_new: bool = False
    is_tall: bool = False
    key: object = None
    goes_on: bool = False
    merge: str = ""
    group: int = 0

    @property
    def went_on(self) -> bool:
        """Whether it goes on with the cell above as it stands."""
        return self.cell is not None and self.cell.goes_on

    @property
    def stood(self) -> str:
        """What it is as it stands."""
        return "continue" if self.went_on else "restart" if self.is_tall else ""

    def follow(self, above: Place | None, *, joins_tall: bool) -> None:
        """Settle whether it goes on with the cell above."""
        self.goes_on = above is not None and self._is_one_with(above, joins_tall=joins_tall)
        self.group = above.group if above is not None and self.goes_on else self.origin

    def _is_one_with(self, above: Place, *, joins_tall: bool) -> bool:
        if self.went_on and self.origin in {above.origin, above.group}:
            return True
        if not (self.is_new or above.is_new) or (self.cell is None and not self.is_new):
            return False
        if self.key is not None and self.key == above.key:
            return True
        return joins_tall and self.is_new and (above.is_tall or (above.is_new and above.goes_on))


def settle(column: Sequence[Place], *, joins_tall: bool) -> None:
    """Work out what each cell of a column is to be; those that nothing was done beside stay as they are.

    Args:
        column: its cells from the heading down.
        joins_tall: whether a new cell is one with the merged cell of several rows above it, as with a caption
            that stands beside all lines.
    """
    for above, place in zip((None, *column), column, strict=False):
        place.follow(above, joins_tall=joins_tall)
    for place, below in zip(column, (*column[1:], None), strict=True):
        if place.goes_on:
            place.merge = "continue"
        elif below is not None and below.goes_on:
            place.merge = "restart"
        else:
            place.merge = "" if place.went_on else place.stood
