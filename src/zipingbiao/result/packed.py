"""Values at rest: packed where they were made, opened where they are used, small in between."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Generic, SupportsBytes, TypeVar

from zipingbiao.result.codec import Codec, codec
from zipingbiao.values.frozen import frozen

T = TypeVar("T")
Bytes = bytes | SupportsBytes
"""Bytes, or what makes them when they are asked for."""
_FAST = 1


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
        import json

        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return cls(kind, pressed(text), len(told))

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
        import json

        return map(codec(self.kind).decode, json.loads(opened(self.data)))

    def __contains__(self, value: object) -> bool:
        return any(each == value for each in self)

    def __len__(self) -> int:
        return self.size


def pressed(text: str) -> bytes:
    """Return a text as few bytes."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _FAST)


def opened(data: Bytes) -> str:
    """Return the text that was pressed."""
    return zlib.decompress(bytes(data)).decode("utf-8", "surrogatepass")
