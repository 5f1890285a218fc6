"""A 汇总表 of ours read again: what people typed into it, or what it said of the year before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from zipingbiao.book import marks
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.given import OnePath
from zipingbiao.book.read import read_book
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.errors import UnreadableError, UsageError
from zipingbiao.values.number import plain

# Our own sheets of a whole county are above what a handed-in file may cost.
_LIMITS = replace(
    DEFAULT_LIMITS,
    file_bytes=500_000_000,
    unpacked_bytes=5_000_000_000,
    cells=20_000_000,
    text=1_000_000_000,
    strings=20_000_000,
)


def open_summary(path: OnePath, use: str) -> Book:
    """Return a 汇总表 of ours, every sheet of it; *use* says in Chinese what it was given for.

    Raises:
        UsageError: it is none of ours, or cannot be read.
    """
    try:
        book = read_book(path, limits=_LIMITS)
    except UnreadableError as unreadable:
        raise UsageError(str(unreadable)) from unreadable
    return checked_summary(book, use)


def checked_summary(book: Book, use: str) -> Book:
    """Return the book where it is a 汇总表 of ours.

    Raises:
        UsageError: it is none.
    """
    if marks.OUTPUT not in book.names:
        raise UsageError(f"“{book.path}”不是本软件生成的汇总表，不能{use}")
    return book


def rows_below(grid: Grid, *needed: str) -> Iterator[dict[str, object]]:
    """The rows below the row that has all these headings, as values by heading."""
    headings: dict[int, str] = {}
    for row, columns in grid.rows.items():
        values = {column: grid.cells[row, column].value for column in columns}
        if not headings:
            texts = {column: text_of(value) for column, value in values.items()}
            headings = texts if set(needed) <= set(texts.values()) else {}
        else:
            yield {headings[column]: value for column, value in values.items() if column in headings}


def text_of(value: object) -> str:
    """The text of a cell as a person typed it: a date by its day, "" for none."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value).strip()
