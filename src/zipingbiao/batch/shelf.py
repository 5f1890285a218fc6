"""Where the lists of a large batch lie until they are written: in a temporary file; equal values are once in memory."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter
from typing import IO, Any, TypeVar

from zipingbiao.batch.packed_rows import PackedRows
from zipingbiao.batch.records import FileRecord
from zipingbiao.result.packed import Packed
from zipingbiao.result.rows import ProjectRow

P = TypeVar("P", Packed[Any], PackedRows)

_MOST = 2_000
_FIELDS = attrgetter(*(field.name for field in fields(FileRecord)))


class Shelf:
    """The shelf of one batch; the file goes with the last record that has something in it."""

    def __init__(self) -> None:
        self._file = _File.opened()
        self._texts: dict[str, str] = {}
        self._numbers: dict[str, Decimal] = {}

    def laid(self, record: FileRecord) -> FileRecord:
        """Return an equal record that needs little memory."""
        for seen in (self._texts, self._numbers):
            if len(seen) > _MOST:
                seen.clear()
        found: FileRecord = self._small(record)
        return found

    def _small(self, value: Any) -> Any:
        """The value, or the equal one that was seen before: 1 and 1.00 are two."""
        kind = type(value)
        if kind is str:
            return self._texts.setdefault(value, value)
        if kind is Decimal:
            return self._numbers.setdefault(str(value), value)
        if kind is Packed or kind is PackedRows:
            return self._down(value)
        if kind is tuple:
            return tuple(map(self._small, value))
        if kind is ProjectRow:
            return ProjectRow(*map(self._small, value))
        if kind is FileRecord:
            return FileRecord(*map(self._small, _FIELDS(value)))
        return value

    def _down(self, packed: P) -> P:
        if self._file is None or not isinstance(packed.data, bytes) or not packed.data:
            return packed
        try:
            return replace(packed, data=_Laid(self._file, self._file.add(packed.data), len(packed.data)))
        except OSError:  # no room left: what comes stays in memory
            return packed


class _File:
    """A temporary file, which is closed when nobody needs it any more."""

    def __init__(self, opened: IO[bytes]) -> None:
        self._opened, self._size, self._at_end = opened, 0, True
        # Not __del__: where the last record dies in a circle (a kept exception), the file would be let go before this.
        weakref.finalize(self, opened.close)

    @classmethod
    def opened(cls) -> _File | None:
        """Return a new one; None where there is no room for such files."""
        try:
            return cls(tempfile.TemporaryFile(prefix="zpb-"))
        except OSError:
            return None

    def add(self, data: bytes) -> int:
        """Write at the end, and return where that was."""
        at, at_end, self._at_end = self._size, self._at_end, False
        if not at_end:
            self._opened.seek(at)
        self._opened.write(data)
        self._size, self._at_end = at + len(data), True
        return at

    def read(self, at: int, size: int) -> bytes:
        """Return so many bytes from there on."""
        self._at_end = False
        self._opened.seek(at)
        return self._opened.read(size)


class _Laid:
    """Bytes in a file; equal to any bytes that are the same."""

    __slots__ = ("_at", "_file", "_size")

    def __init__(self, file: _File, at: int, size: int) -> None:
        self._file, self._at, self._size = file, at, size

    def __bytes__(self) -> bytes:
        return self._file.read(self._at, self._size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, bytes | _Laid) and bytes(self) == bytes(other)

    def __hash__(self) -> int:
        return hash(bytes(self))

    def __reduce__(self) -> tuple[type[bytes], tuple[bytes]]:
        return bytes, (bytes(self),)
