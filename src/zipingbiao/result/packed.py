"""Values at rest: packed where they were made, opened where they are used, small in between."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, SupportsBytes, TypeVar

from zipingbiao.book.write.row_text import RowText, joined, split
from zipingbiao.result.codec import Codec, codec
from zipingbiao.values.frozen import frozen

T = TypeVar("T")
Bytes = bytes | SupportsBytes
"""Bytes, or what makes them when they are asked for."""
Head = Sequence[int | str]
_FAST = 1
_CELLS = "\x01"  # in no JSON, and in no cell


@frozen
class Packed(Generic[T]):
    """Records of one type as bytes; each iteration makes them anew, so that none of them stays.

    Attributes:
        kind: their type, one that :func:`zipingbiao.result.codec.codec` knows.
        data: compressed JSON, or what ``bytes`` makes it of; b"" for none.
        size: how many they are.
    """

    kind: type[T]
    data: Bytes = b""
    size: int = 0

    @classmethod
    def of(cls, kind: type[T], values: Iterable[T]) -> Packed[T]:
        """Pack values."""
        told = [*map(codec(kind).encode, values)]
        if not told:
            return cls(kind)
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return cls(kind, _pressed(text), len(told))

    @classmethod
    def codec(cls, kind: type[T]) -> Codec:
        """Return how such values at rest are told in JSON: packed."""
        data = codec(bytes)

        def decode(told: Any) -> Packed[T]:
            return cls(kind, data.decode(told[1]), told[0])

        return Codec(lambda packed: [packed.size, data.encode(bytes(packed.data))], decode)

    def __iter__(self) -> Iterator[T]:
        if not self.size:
            return iter(())
        return map(codec(self.kind).decode, json.loads(_opened(self.data)))

    def __contains__(self, value: object) -> bool:
        return any(each == value for each in self)

    def __len__(self) -> int:
        return self.size


@frozen
class PackedRows:
    """Rows of a long sheet as bytes, each with its head: what else must be known to put it in its place.

    Attributes:
        data: compressed; b"" for none.
    """

    data: Bytes = b""

    @classmethod
    def of(cls, rows: Iterable[tuple[Head, RowText]]) -> PackedRows:
        """Pack rows of one list."""
        found = list(rows)
        if not found:
            return cls()
        heads = json.dumps([(row.lines, head) for head, row in found], separators=(",", ":"))
        return cls(_pressed(f"{heads}{_CELLS}{joined([row for _, row in found])}"))

    @classmethod
    def codec(cls) -> Codec:
        """Return how they are told in JSON: packed."""
        data = codec(bytes)
        return Codec(lambda packed: data.encode(bytes(packed.data)), lambda told: cls(data.decode(told)))

    def __bool__(self) -> bool:
        return bool(self.data)

    def __iter__(self) -> Iterator[tuple[Head, RowText]]:
        if not self:
            return iter(())
        told, _, cells = _opened(self.data).partition(_CELLS)
        lines, heads = zip(*json.loads(told), strict=True)
        return zip(heads, split(cells, lines), strict=True)


def _pressed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)


def _opened(data: Bytes) -> str:
    return zlib.decompress(bytes(data)).decode("utf-8", "surrogatepass")
