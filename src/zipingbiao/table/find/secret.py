"""Whether a file says at its top that it is a state secret."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.cells import Book, Grid
from zipingbiao.values.secrecy import MARK_SIGN, is_secret_mark

_ROWS = 5
_PARAGRAPHS = 10


def is_marked(book: Book) -> bool:
    """Tell whether a cell of the first rows of a sheet, one of the first paragraphs or one above the pages is a mark like 秘密★1年."""
    paragraphs = (block.text for block in book.blocks if isinstance(block, Paragraph) and block.text.strip())
    return any(map(is_secret_mark, (*islice(paragraphs, _PARAGRAPHS), *book.heads))) or any(
        map(_bears_mark, chain.from_iterable(map(_top, book.grids)))
    )


def _bears_mark(told: Sequence[str]) -> bool:
    """Whether a text of a row is a mark, or two that follow each other are: 是否涉密 is one cell, 是 the next."""
    return MARK_SIGN in "".join(told) and any(map(is_secret_mark, (*told, *map("".join, pairwise(told)))))


def _top(grid: Grid) -> Iterator[list[str]]:
    """The texts of the first rows that hold any."""
    cells = grid.cells
    rows = (
        [value for column in columns if isinstance(value := cells[row, column].value, str)]
        for row, columns in grid.rows.items()
    )
    return islice((told for told in rows if any(map(str.strip, told))), _ROWS)
