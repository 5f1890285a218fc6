"""A file that is a state secret: known by its name before it is opened, or by a mark at its top; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nsmallest
from itertools import islice, pairwise
from pathlib import PurePath

from zipingbiao.book.blocks import Paragraph
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.read import read_bytes
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.table.find.candidates import could_be_label
from zipingbiao.values.secrecy import HIDDEN, is_secret_mark, is_secret_name

WHY = "涉密文件，没有打开，也没有保留内容；请按保密规定另行报送。"
_ROWS = 5
_PARAGRAPHS = 10


def secret(path: str, *, member: bool = False) -> FileResult:
    """Return the result of a secret file: the folder that is no secret, and words for the name.

    Args:
        path: of the file; of a *member* that of its archive. No name in it that is secret is kept.
        member: whether it lies in an archive.
    """
    folder = PurePath(path).parent
    while is_secret_name(folder.name):
        folder = folder.parent
    shown = HIDDEN if folder == PurePath() else f"{folder}/{HIDDEN}"
    return FileResult(shown, Status.SECRET, WHY, member=HIDDEN if member else "")


def open_unmarked(data: bytes, path: str) -> Book | None:
    """Read a file for its tables; None when a sheet or the document is marked as secret at its top.

    Sheets that can hold no table are left out, but looked at where they may bear a mark.

    Raises:
        UnreadableError: as :func:`zipingbiao.book.read.read_bytes`.
    """
    suspicious = False

    def wanted(text: str) -> bool:
        nonlocal suspicious
        suspicious = suspicious or is_secret_mark(text)
        return could_be_label(text)

    book = read_bytes(data, path, wanted)
    if _is_marked(book) or (suspicious and _is_marked(read_bytes(data, path))):
        return None
    return book


def _is_marked(book: Book) -> bool:
    paragraphs = (block.text for block in book.blocks if isinstance(block, Paragraph) and block.text.strip())
    return any(map(is_secret_mark, islice(paragraphs, _PARAGRAPHS))) or any(
        is_secret_mark(text) for grid in book.grids for text in _top(grid)
    )


def _top(grid: Grid) -> Iterator[str]:
    """The texts of the first rows that hold any, and each after the one before: 是否涉密 is one cell, 是 the next."""
    texts = {place: cell.value for place, cell in grid.cells.items() if isinstance(cell.value, str)}
    rows = nsmallest(_ROWS, {row for (row, _), text in texts.items() if text.strip()})
    for row in rows:
        told = [texts[place] for place in sorted(place for place in texts if place[0] == row)]
        yield from told
        yield from map("".join, pairwise(told))
