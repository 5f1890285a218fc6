"""名单 in a file: read once, for new workbooks and for consolidation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from zipingbiao.book.read import read_book
from zipingbiao.errors import UsageError
from zipingbiao.table.find.register import read_register
from zipingbiao.table.register import Register


def open_register(path: Path) -> Register:
    """Return the list of projects in a workbook; its notes name the file.

    Raises:
        UnreadableError: the file cannot be read.
        UsageError: there is no project in it.
    """
    book = read_book(path)
    register = read_register(book)
    if not register.rows:
        raise UsageError(f"{path.name}：没有找到项目，名单要有“项目名称”一列，每个项目一行。")
    return replace(register, notes=tuple(f"{path.name} {note}" for note in (*book.notes, *register.notes)))
