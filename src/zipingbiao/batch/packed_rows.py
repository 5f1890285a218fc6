"""Rows of a long sheet at rest: packed where they were made, opened where the sheet is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from zipingbiao.book.write.row_text import RowText, joined, split
from zipingbiao.result.codec import Codec, codec
from zipingbiao.result.packed import Bytes, opened, pressed
from zipingbiao.values.frozen import frozen

Head = Sequence[int | str]
_CELLS = "\x01"  # in no JSON, and in no cell


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
        return cls(pressed(f"{heads}{_CELLS}{joined([row for _, row in found])}"))

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
        told, _, cells = opened(self.data).partition(_CELLS)
        lines, heads = zip(*json.loads(told), strict=True)
        return zip(heads, split(cells, lines), strict=True)
