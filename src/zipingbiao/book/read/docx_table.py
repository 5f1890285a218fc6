"""One table of a document while it is read: its cells with their merges, and where each stands in the bytes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from zipingbiao.book.blocks import CellBlock, Paragraph, RowBlock, TableBlock, TablePlaces
from zipingbiao.book.cells import Area, Cell, CellClass, Grid
from zipingbiao.values.regex import regex

_CAPTION = regex(r"\s*(附[件表]\s*[一二三四五六七八九十\d]*)")
_MOST_HEAD_ROWS = 20  # the head of a form and its funds stand above its headings
_CAPTION_REACH = 4  # lines that say whose table it is may stand between
_FEWEST_COLUMNS = 3  # from so many on a row is told from another, and a grid from another


@dataclass
class OpenCell:
    """An open cell: where it starts, how it is merged, whether its ground is coloured, its paragraphs."""

    column: int
    start: int
    span: int = 1
    goes_on: bool = False
    opens: bool = False
    shaded: bool = False
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text; Word ends a paragraph that nobody typed behind a nested table."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs).strip("\n")


@dataclass
class OpenTable:
    """An open table; its rows count from 1, below the paragraphs that stand before it.

    Attributes:
        above: those paragraphs.
        widths: of the columns of its grid, as written.
        parts: as in :class:`TablePlaces`.
        block: what it is in the document, once it is closed.
        nested: whether it stands in a cell.
        unseen: cells in which text stands that nobody sees.
        hidden_rows: rows that are set hidden.
    """

    number: int
    above: Sequence[Paragraph]
    start: int
    nested: bool
    row: int = 0
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    column: int = 1
    cell: OpenCell | None = None
    upright: dict[int, Area] = field(default_factory=dict)
    widths: list[str] = field(default_factory=list)
    parts: list[tuple[int, int]] = field(default_factory=list)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    tracked: bool = False
    row_start: int = 0
    row_deleted: bool = False
    _row_cells: list[CellBlock] = field(default_factory=list)
    _rows: list[RowBlock] = field(default_factory=list)
    block: TableBlock = field(init=False)

    def __post_init__(self) -> None:
        self.row = len(self.above)
        self.parts = [(self.row, self.number)]
        self.cells = {(row, 1): Cell(line.text, CellClass.TEXT) for row, line in enumerate(self.above, 1)}

    @property
    def sheet(self) -> str:
        """The name of its Grid."""
        return f"表{self.number}"

    def open_row(self, start: int) -> None:
        """Begin the next row."""
        self.row, self.column, self.row_start, self.row_deleted = self.row + 1, 1, start, False

    def close_row(self, end: int) -> None:
        """End a row."""
        self._rows.append(RowBlock(self.row, tuple(self._row_cells), self.row_start, end))
        self._row_cells = []

    def close_cell(self, end: int) -> None:
        """End a cell: note its text, and how it is merged."""
        cell, self.cell = self.cell, None
        if cell is None:
            return
        paragraphs = tuple(cell.paragraphs)
        self._row_cells.append(CellBlock(cell.column, cell.span, cell.goes_on, paragraphs, cell.start, end))
        first, last = cell.column, cell.column + cell.span - 1
        self.column = last + 1
        above = self.upright.get(first)
        if cell.goes_on and above is not None and above.bottom == self.row - 1:
            self.upright[first] = Area(above.top, above.left, self.row, above.right)
            return
        self._settle(first)
        area = Area(self.row, first, self.row, last)
        if cell.opens:
            self.upright[first] = area
        elif cell.span > 1:
            self.merges.append(area)
        if cell.text.strip() and not self.row_deleted:
            self.cells[self.row, first] = Cell(cell.text, CellClass.TEXT)
            self.unseen |= {(self.row, first)} if any(each.unseen for each in paragraphs) else set()

    def close(self, end: int) -> None:
        """End the table."""
        for column in tuple(self.upright):
            self._settle(column)
        self.block = TableBlock(self.sheet, self.start, end, tuple(self._rows), self.tracked)

    def _settle(self, column: int) -> None:
        area = self.upright.pop(column, None)
        if area is not None and (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(area)

    def goes_on_in(self, other: OpenTable) -> bool:
        """Whether another table right behind this one is its continuation: the same columns, or its heading again."""
        if len(self.widths) >= _FEWEST_COLUMNS and self.widths == other.widths:
            return True
        first = other._texts(len(other.above) + 1 + self._titles_again(other))
        if len(set(first.values())) < _FEWEST_COLUMNS:
            return False
        rows = range(len(self.above) + 1, min(self.row, len(self.above) + _MOST_HEAD_ROWS) + 1)
        return any(self._texts(row) == first for row in rows)

    def _texts(self, row: int) -> dict[int, object]:
        at = row - len(self.above) - 1
        columns = [cell.column for cell in self._rows[at].cells] if 0 <= at < len(self._rows) else []
        return {
            column: cell.value for column in columns if (cell := self.cells.get((row, column))) is not None
        }

    def take(self, other: OpenTable) -> TableBlock:
        """Take the rows of a continuation, and return its block with the rows that it has here.

        Titles that only stand there again are in the block, not in the Grid: there they would open a new table.
        """
        down = self.row - len(other.above)
        first = len(other.above) + self._titles_again(other)
        own = ((place, cell) for place, cell in other.cells.items() if place[0] > first)
        self.cells |= {(row + down, column): cell for (row, column), cell in own}
        self.unseen |= {(row + down, column) for row, column in other.unseen}
        self.hidden_rows |= {row + down for row in other.hidden_rows}
        self.merges += [Area(a.top + down, a.left, a.bottom + down, a.right) for a in other.merges]
        self.parts.append((self.row, other.number))
        rows = tuple(replace(row, row=row.row + down) for row in other.block.rows)
        self.row += len(rows)
        return replace(other.block, sheet=self.sheet, rows=rows)

    def _titles_again(self, other: OpenTable) -> int:
        """How many rows at the top of a continuation only repeat the titles of this table."""
        count = 0
        while True:
            mine, again = self._texts(len(self.above) + 1 + count), other._texts(len(other.above) + 1 + count)
            if not again or mine != again or len(set(again.values())) >= _FEWEST_COLUMNS:
                return count
            count += 1

    def grid(self) -> Grid:
        """The table as a sheet."""
        places = TablePlaces(
            self._caption(), tuple(paragraph.number for paragraph in self.above), tuple(self.parts)
        )
        seen = {row for row, column in self.cells if (row, column) not in self.unseen}
        hidden = self.hidden_rows | {row for row, _ in self.unseen if row not in seen}
        return Grid(
            self.sheet,
            self.cells,
            tuple(self.merges),
            hidden_rows=frozenset(hidden),
            places=places,
            unseen=frozenset(place for place in self.unseen if place[0] not in hidden),
        )

    def _caption(self) -> str:
        """附件1, as the paper calls it: right above the table, or in its first row."""
        first = self.cells.get((len(self.above) + 1, 1))
        lines = [str(first.value)] if first is not None else []
        lines += [paragraph.text for paragraph in reversed(self.above[-_CAPTION_REACH:])]
        found = next((found for line in lines if (found := _CAPTION.match(line))), None)
        return "".join(found[1].split()) if found else ""
