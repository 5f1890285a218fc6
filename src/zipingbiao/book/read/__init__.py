"""Readers: any workbook file → :class:`~zipingbiao.book.cells.Book`; no Excel library is known beyond here."""

from __future__ import annotations

import os
from pathlib import Path

from zipingbiao.book.cells import Book
from zipingbiao.book.read.xlsx import content, read_book, read_bytes

__all__ = ["read_any", "read_book", "read_bytes"]

_WORD = frozenset({".docx", ".docm", ".doc"})


def read_any(path: str | os.PathLike[str]) -> Book:
    """Read every sheet of a workbook, or every table of a Word document, by content.

    For lists and approved targets; tables that are to be scored come from :func:`read_book`, which
    refuses a document, because nothing could be written back into it.

    Raises:
        UnreadableError: one Chinese sentence with the name of the file, the reason, and what to do.
    """
    from zipingbiao.book.read.docx import is_docx, read_docx_bytes

    data, name = content(path), str(Path(path))
    is_package = data.startswith(b"PK")
    if is_docx(data) or (not is_package and Path(path).suffix.lower() in _WORD):
        return read_docx_bytes(data, name)
    return read_bytes(data, name, all_sheets=True)
