"""Readers: any file with tables → :class:`~zipingbiao.book.cells.Book`; no library for it is known beyond here.

One road: the bytes, the row of :data:`~zipingbiao.book.read.kinds.KINDS` that recognises them, its reader.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from zipingbiao.book.cells import Book
from zipingbiao.book.read.content import Content, Wanted, content_of, printable
from zipingbiao.book.read.kinds import Kind, kind_of
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Limits, check_size, naming
from zipingbiao.errors import UnreadableError

__all__ = ["known_kind", "read_book", "read_bytes"]


def read_book(
    path: str | os.PathLike[str], wanted: Wanted | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Book:
    """Read a workbook, or the tables of a document; the file is read once, and never written.

    The content says what it is, not the extension.

    Args:
        path: the file.
        wanted: whether a text could be a label of a table that the caller looks for; a sheet that shows
            no two of them may then be left out, except in our own template; of a 汇总表 that we wrote every
            one. None reads every worksheet.
        limits: what the file may cost.

    Raises:
        UnreadableError: one Chinese sentence with the name of the file, the reason, and what to do.
    """
    return read_bytes(content_of(path, limits), str(Path(path)), wanted, limits=limits)


def read_bytes(
    data: bytes, name: str, wanted: Wanted | None = None, *, limits: Limits = DEFAULT_LIMITS
) -> Book:
    """Read a file from its bytes; *name* is its path, for messages, and where the bytes do not tell.

    Raises:
        UnreadableError: as :func:`read_book`.
    """
    content = Content(printable(name), data, limits)
    with naming(content.file):
        check_size(len(data), limits)
        kind = kind_of(content)
        if isinstance(kind.reader, str):
            raise UnreadableError(kind.reader)
        sheets = kind.reader(content, wanted)
    return Book(
        path=content.path,
        grids=sheets.grids,
        names=sheets.names,
        digest=hashlib.blake2b(data, digest_size=16).hexdigest(),
        notes=sheets.notes,
        kind=kind.name,
        writable=kind.writable,
        blocks=sheets.blocks,
        part=sheets.part,
        heads=sheets.heads,
    )


def known_kind(data: bytes, name: str) -> Kind | None:
    """Return the kind of a file without reading it; None where it is too damaged to tell."""
    try:
        return kind_of(Content(printable(name), data))
    except UnreadableError:
        return None
