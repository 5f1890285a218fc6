"""Whether a file says at its top that it is a state secret."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.cells import Book, Grid
from zipingbiao.values.secrecy import is_secret_mark

_ROWS = 5
_PARAGRAPHS = 10


def is_marked(book: Book) -> bool:
    """Tell whether a cell of the first rows of a sheet, one of the first paragraphs or one above the pages is a mark like 秘密★1年."""
    paragraphs = (block.text for block in book.blocks if isinstance(block, Paragraph) and block.text.strip())
    return any(map(is_secret_mark, (*islice(paragraphs, _PARAGRAPHS), *book.heads))) or any(
        is_secret_mark(text) for grid in book.grids for text in _top(grid)
    )


def _top(grid: Grid) -> Iterator[str]:
    """The texts of the first rows that hold any, and each after the one before: 是否涉密 is one cell, 是 the next."""
    cells = grid.cells
    rows = (
        [value for column in columns if isinstance(value := cells[row, column].value, str)]
        for row, columns in grid.rows.items()
    )
    for told in islice((told for told in rows if any(map(str.strip, told))), _ROWS):
        yield from told
        yield from map("".join, pairwise(told))
