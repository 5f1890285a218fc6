"""A sheet as a person sees it: texts, merged cells, what stands to the right of a label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property

from zipingbiao.grid import Area, Cell, CellClass, Grid, Ref
from zipingbiao.model import Entry


class Sheet:
    """Read access to one grid, with the questions that finding a table by labels asks."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.name = grid.sheet
        self._entries: dict[tuple[int, int], Entry] = {}

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The used rows, ascending."""
        return tuple(self.grid.rows)

    def rows_between(self, first: int, last: int) -> tuple[int, ...]:
        """The used rows from *first* to *last*, both included."""
        return self.rows[bisect_left(self.rows, first) : bisect_right(self.rows, last)]

    @property
    def last_row(self) -> int:
        """The last used row; 0 for an empty sheet."""
        return self.rows[-1] if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """The text of a text cell that stands exactly here; "" for anything else."""
        return text_of(self.grid.at(row, column))

    def span(self, row: int, column: int) -> Area:
        """The merged range over this place, or the place alone."""
        return self.grid.merge_at(row, column) or Area(row, column, row, column)

    def seen(self, row: int, column: int) -> str:
        """The text that a person sees here, through merged cells."""
        return text_of(self.grid.through_merge(row, column)[1])

    def entry(self, row: int, column: int) -> Entry:
        """The value that a person sees here, through merged cells."""
        ref, cell = self.grid.through_merge(row, column)
        place = (ref.row, ref.column)
        if place not in self._entries:  # several questions are asked of one cell; parsing is slow
            self._entries[place] = Entry.of(ref, cell)
        return self._entries[place]

    def filled(self, row: int, left: int = 1, right: int | None = None) -> Iterator[int]:
        """Columns of a row between bounds in which something stands, ascending."""
        for column in self.grid.rows.get(row, ()):
            if (
                column >= left
                and (right is None or column <= right)
                and not is_blank(self.grid.at(row, column))
            ):
                yield column

    def right_of(self, row: int, column: int, right: int | None = None) -> Ref | None:
        """The next filled cell to the right of a (merged) cell, within bounds."""
        after = self.span(row, column).right + 1
        found = next(self.filled(row, after, right), None)
        return None if found is None else self.grid.ref(row, found)


def text_of(cell: Cell | None) -> str:
    """The text of a text cell, trimmed; "" for a number, an error or nothing."""
    if cell is None or cell.kind is not CellClass.TEXT or not isinstance(cell.value, str):
        return ""
    return cell.value.strip()


def is_blank(cell: Cell | None) -> bool:
    """Tell whether a person sees nothing: no cell, or only white space. A pending formula is something."""
    return cell is None or (cell.kind is CellClass.TEXT and not text_of(cell))
