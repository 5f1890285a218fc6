"""A sheet as a person sees it: texts, merged cells, what stands to the right of a label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Ref
from zipingbiao.table.entry import Entry


class Sheet:
    """Read access to one grid, with the questions that finding a table by labels asks.

    The same few places are asked about many times, so every answer is worked out once.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.name = grid.sheet
        self._texts = {place: text for place, cell in grid.cells.items() if (text := text_of(cell))}
        self._spans: dict[tuple[int, int], Area] = {}
        self._entries: dict[tuple[int, int], Entry] = {}
        self._asked: dict[tuple[int, int], Entry] = {}

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The used rows, ascending."""
        return tuple(self.grid.rows)

    @cached_property
    def _filled(self) -> dict[int, tuple[int, ...]]:
        """Columns of each used row in which something stands, ascending."""
        cells = self.grid.cells
        return {
            row: tuple(column for column in columns if not is_blank(cells[row, column]))
            for row, columns in self.grid.rows.items()
        }

    def rows_between(self, first: int, last: int) -> tuple[int, ...]:
        """The used rows from *first* to *last*, both included."""
        return self.rows[bisect_left(self.rows, first) : bisect_right(self.rows, last)]

    @property
    def last_row(self) -> int:
        """The last used row; 0 for an empty sheet."""
        return self.rows[-1] if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """The text of a text cell that stands exactly here; "" for anything else."""
        return self._texts.get((row, column), "")

    def span(self, row: int, column: int) -> Area:
        """The merged range over this place, or the place alone."""
        place = (row, column)
        found = self._spans.get(place)
        if found is None:
            found = self._spans[place] = self.grid.merge_at(row, column) or Area(row, column, row, column)
        return found

    def seen(self, row: int, column: int) -> str:
        """The text that a person sees here, through merged cells."""
        span = self.span(row, column)
        return self.text(span.top, span.left)

    def first_seen(self, row: int, first: int, last: int, *, starts_here: bool) -> str | None:
        """The first text seen in columns *first* to *last*; with *starts_here* no cell merged in from the left."""
        for column in range(first, last + 1):
            if starts_here and self.span(row, column).left < first:
                continue
            if text := self.seen(row, column):
                return text
        return None

    def entry(self, row: int, column: int) -> Entry:
        """The value that a person sees here, through merged cells."""
        asked = (row, column)
        found = self._asked.get(asked)
        if found is None:
            span = self.span(row, column)
            found = self._asked[asked] = self._entry(span.top, span.left)
        return found

    def _entry(self, row: int, column: int) -> Entry:
        place = (row, column)
        if place not in self._entries:
            self._entries[place] = Entry.of(self.grid.ref(row, column), self.grid.at(row, column))
        return self._entries[place]

    def filled(self, row: int, left: int = 1, right: int | None = None) -> tuple[int, ...]:
        """Columns of a row between bounds in which something stands, ascending."""
        columns = self._filled.get(row, ())
        first = bisect_left(columns, left)
        return columns[first:] if right is None else columns[first : bisect_right(columns, right)]

    def right_of(self, row: int, column: int, right: int | None = None) -> Ref | None:
        """The next filled cell to the right of a (merged) cell, within bounds."""
        found = self.filled(row, self.span(row, column).right + 1, right)
        return self.grid.ref(row, found[0]) if found else None


def text_of(cell: Cell | None) -> str:
    """The text of a text cell, trimmed; "" for a number, an error or nothing."""
    if cell is None or cell.kind is not CellClass.TEXT or not isinstance(cell.value, str):
        return ""
    return cell.value.strip()


def is_blank(cell: Cell | None) -> bool:
    """Tell whether a person sees nothing: no cell, or only white space. A pending formula is something."""
    return cell is None or (cell.kind is CellClass.TEXT and not text_of(cell))
