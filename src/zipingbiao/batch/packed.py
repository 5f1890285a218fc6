"""Values at rest: packed where they were made, opened where they are used, small in between."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
_FAST = 1


@dataclass(frozen=True, slots=True)
class Packed(Generic[T]):
    """A sequence of values as bytes; each iteration makes them anew, so that none of them stays.

    Only bytes that this program packed are ever opened: they come from its own processes.
    """

    data: bytes
    size: int

    @classmethod
    def of(cls, values: Iterable[T]) -> Packed[T]:
        """Pack values; what they share is stored once."""
        kept = tuple(values)
        return cls(zlib.compress(pickle.dumps(kept), _FAST) if kept else b"", len(kept))

    def __iter__(self) -> Iterator[T]:
        kept: tuple[T, ...] = pickle.loads(zlib.decompress(self.data)) if self.size else ()  # noqa: S301
        return iter(kept)

    def __contains__(self, value: object) -> bool:
        return any(each == value for each in self)

    def __len__(self) -> int:
        return self.size
