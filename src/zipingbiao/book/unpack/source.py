"""A file to be looked at, on disk, in memory or in an archive: its first bytes now, the rest when it is wanted."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from zipingbiao.book.read.content import content_of, head_of
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, check_size
from zipingbiao.book.unpack.archive import Archive
from zipingbiao.values.frozen import frozen

HEAD = 4096


@frozen
class Source:
    """One file.

    Attributes:
        path: for results and messages.
        size: in bytes.
        head: its first bytes, by which most kinds are known.
        whole: gives all its bytes; raises UnreadableError for more than a workbook may have.
        disk: where it lies; None in memory or in an archive.
    """

    path: str
    size: int
    head: bytes
    whole: Callable[[], bytes]
    disk: Path | None = None

    @classmethod
    def of_file(cls, path: str | os.PathLike[str]) -> Source:
        """Look at a file on disk; raises UnreadableError, which names it, when it cannot be opened."""
        head, size = head_of(path, HEAD)
        return cls(os.fsdecode(path), size, head, lambda: content_of(path), Path(os.fsdecode(path)))

    @classmethod
    def of_bytes(cls, data: bytes, path: str | os.PathLike[str]) -> Source:
        """Look at bytes in memory."""
        return cls(os.fsdecode(path), len(data), data[:HEAD], lambda: data)

    @classmethod
    def of_member(cls, archive: Archive, place: int, path: str) -> Source:
        """Look at a file of an archive; raises UnreadableError, without its name, when it cannot be unpacked."""
        size = archive.entries[place].size

        def whole() -> bytes:
            check_size(size, DEFAULT_LIMITS)
            return archive.read(place, DEFAULT_LIMITS.file_bytes)

        return cls(path, size, archive.read(place, HEAD), whole)
