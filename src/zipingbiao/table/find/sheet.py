"""A sheet as a person sees it: texts, merged cells, what stands to the right of a label."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.head_words import Says
from zipingbiao.table.find.meanings import Meanings, meanings

_TEXT = CellClass.TEXT  # in a loop over all cells, looking a member up in its enum shows


class Sheet:
    """Read access to one grid, with the questions that finding a table by labels asks.

    The same few places are asked about many times, so every answer is worked out once.
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.name = grid.sheet
        texts = {
            place: cell.value.strip() if isinstance(cell.value, str) else ""
            for place, cell in grid.cells.items()
            if cell.kind is _TEXT
        }
        blank = {place for place, text in texts.items() if not text}
        self._texts = {place: text for place, text in texts.items() if text} if blank else texts
        self._filled = _without(grid.rows, blank) if blank else grid.rows
        self.rows = tuple(grid.rows)
        """The used rows, ascending."""
        self._merged = grid.merged
        self._asked: dict[tuple[int, int], Entry] = {}

    @cached_property
    def labels(self) -> Mapping[tuple[int, int], Meanings]:
        """What the texts mean that are a heading, a label of the funds or of the head, by place in file order."""
        return {place: found for place, text in self._texts.items() if (found := meanings(text)) is not None}

    @cached_property
    def yuan(self) -> Sequence[tuple[tuple[int, int], str]]:
        """The texts that may name a unit of money, from top to bottom."""
        return sorted((place, text) for place, text in self._texts.items() if "元" in text)

    def heads_between(self, first: int, last: int) -> Sequence[tuple[tuple[int, int], Says]]:
        """The texts of rows *first* to *last* that say something of the head of a table, row by row."""
        heads = self._heads
        return heads[bisect_left(heads, ((first, 0),)) : bisect_left(heads, ((last + 1, 0),))]

    @cached_property
    def _heads(self) -> Sequence[tuple[tuple[int, int], Says]]:
        return sorted((place, found.head) for place, found in self.labels.items() if found.head is not None)

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
        return self._merged((row, column)) or Area(row, column, row, column)

    def seen(self, row: int, column: int) -> str:
        """The text that a person sees here, through merged cells."""
        merged = self._merged((row, column))
        return self._texts.get((row, column) if merged is None else (merged.top, merged.left), "")

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
            merged = self._merged(asked)
            if merged is None or (merged.top, merged.left) == asked:
                found = Entry.of(self.grid.ref(row, column), self.grid.cells.get(asked))
            else:
                found = self.entry(merged.top, merged.left)
            self._asked[asked] = found
        return found

    def filled(self, row: int, left: int = 1, right: int | None = None) -> tuple[int, ...]:
        """Columns of a row between bounds in which something stands, ascending."""
        columns = self._filled.get(row, ())
        first = bisect_left(columns, left) if left > 1 else 0
        return columns[first:] if right is None else columns[first : bisect_right(columns, right)]

    def right_of(self, row: int, column: int, right: int | None = None) -> Ref | None:
        """The next filled cell to the right of a (merged) cell, within bounds."""
        found = self.filled(row, self.span(row, column).right + 1, right)
        return self.grid.ref(row, found[0]) if found else None


def _without(
    rows: Mapping[int, tuple[int, ...]], blank: Collection[tuple[int, int]]
) -> Mapping[int, tuple[int, ...]]:
    """Columns by row, without those places."""
    return {
        row: tuple(column for column in columns if (row, column) not in blank)
        for row, columns in rows.items()
    }


def text_of(cell: Cell | None) -> str:
    """The text of a text cell, trimmed; "" for a number, an error or nothing."""
    if cell is None or cell.kind is not CellClass.TEXT or not isinstance(cell.value, str):
        return ""
    return cell.value.strip()


def is_blank(cell: Cell | None) -> bool:
    """Tell whether a person sees nothing: no cell, or only white space. A pending formula is something."""
    return cell is None or (cell.kind is CellClass.TEXT and not text_of(cell))
