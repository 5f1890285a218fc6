"""What a caller hands over: a path, several, or the content of a file that is in memory already."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from zipingbiao.book.cells import Book
from zipingbiao.book.read import read_book, read_bytes

OnePath = str | os.PathLike[str]
Paths = OnePath | Iterable[OnePath]

IN_MEMORY = "工作簿.xlsx"
"""What messages call a workbook that came as bytes, unless the caller says its name."""


def each_path(paths: Paths) -> tuple[Path, ...]:
    """Return the paths one by one: a single one is no sequence of letters."""
    return (Path(paths),) if isinstance(paths, str | os.PathLike) else tuple(map(Path, paths))


def read(source: OnePath | bytes, *, name: str = IN_MEMORY) -> Book:
    """Read a workbook: its cells as typed, each with its class, and what the file says of itself.

    Only sheets that can hold a table are in the book; of our own template all are. The true format
    counts, not the extension. Nothing is written.

    Args:
        source: a path, or the bytes of a file.
        name: what messages call a workbook that came as bytes.

    Returns:
        The book; rows and columns are counted from 1, numbers are exact Decimals as stored: a
        cell that shows 95% holds 0.95 and says that it is a percentage.

    Raises:
        UnreadableError: no workbook, damaged, encrypted or too large, in one Chinese sentence.
    """
    return read_bytes(source, name) if isinstance(source, bytes) else read_book(source)
