"""What a row of a long sheet says wherever it stands: made once of a record, kept, and put where its turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Generic, NamedTuple

from zipingbiao.book.write.cell_xml import content_of
from zipingbiao.book.write.new_cells import Column, Style, T, Value, in_cell, lines_in
from zipingbiao.values.number import excel_number

BLANK = "/>"
"""The text of a cell in which nothing stands."""
_LOOK = "\x02"  # none of these signs can stand in a cell
_CELL = "\x00"
_MOST_SEEN = 512
"""How many cells of one column are remembered: names of files, units and projects come again on each line of theirs."""


class RowText(NamedTuple):
    """The cells of a row.

    Attributes:
        lines: on how many lines its longest text stands.
        cells: of each what follows the number of its style, as XML; in a column of several looks its look before it.
    """

    lines: int
    cells: Sequence[str]


class RowTexts(Generic[T]):
    """Records of one kind, each as the text of its row."""

    def __init__(self, columns: Sequence[Column[T]]) -> None:
        self._cells = [_Cells(column) for column in columns]

    def of(self, record: T) -> RowText:
        """Return what the columns say of a record."""
        lines, texts = 1, []
        for cells in self._cells:
            text, needed = cells.of(record)
            lines = max(lines, needed)
            texts.append(text)
        return RowText(lines, texts)


class _Cells(Generic[T]):
    """The cells of one column."""

    def __init__(self, column: Column[T]) -> None:
        self._column, self._value, self._colour = column, column.value, column.colour
        self._looks_differ = column.looks_differ
        self._is_count = column.style is Style.COUNT and not self._looks_differ
        self._seen: dict[tuple[Value, str], tuple[str, int]] = {}

    def of(self, record: T) -> tuple[str, int]:
        """Return the text of the cell of a record, and on how many lines it stands."""
        value = self._value(record)
        if self._is_count and type(value) is int:
            return f"><v>{value}</v></c>", 1  # mostly another one in each row
        colour = self._colour(record) if self._colour is not None else ""
        found = self._seen.get((value, colour))
        if found is None:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            found = self._seen[value, colour] = self._made(value, colour)
        return found

    def _made(self, value: Value, colour: str) -> tuple[str, int]:
        column, lines, text = self._column, lines_in(self._column, value), _text(value)
        if not self._looks_differ:
            return text, lines
        style = Style.TEXT if column.style is Style.FITTED and lines > 1 else column.style
        return _LOOK.join((style, colour, text)), lines


def parted(cell: str) -> tuple[Style, str, str]:
    """Return style, colour and the rest of a cell in a column of several looks."""
    style, colour, text = cell.split(_LOOK)
    return Style(style), colour, text


def joined(rows: Sequence[RowText]) -> str:
    """Return the cells of rows one after the other as one text."""
    return _CELL.join(cell for row in rows for cell in row.cells)


def split(text: str, lines: Sequence[int]) -> list[RowText]:
    """Return the rows of such a text, by on how many lines each of them stands."""
    cells = text.split(_CELL)
    width = len(cells) // max(len(lines), 1)
    return [RowText(high, cells[at * width : (at + 1) * width]) for at, high in enumerate(lines)]


def _text(value: Value) -> str:
    held = in_cell(value)
    if isinstance(held, Decimal):
        return f"><v>{excel_number(held):.16G}</v></c>"
    kind, content = (part.decode() for part in content_of(b"", held, cached=False))
    return f"{kind}>{content}</c>" if content else BLANK
