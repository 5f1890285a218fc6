"""Readers: any workbook file → :class:`~zipingbiao.grid.Book`; no Excel library is known beyond here."""

from __future__ import annotations

from zipingbiao.readers.xlsx import read_book, read_bytes

__all__ = ["read_book", "read_bytes"]
