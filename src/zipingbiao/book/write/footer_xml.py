"""数据校验码 in the page footer of a sheet: on every printed page, not only in the foot of the table."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.marks import footer_with
from zipingbiao.book.read.parse import elements, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply

_FOOTERS = frozenset({"oddFooter", "evenFooter", "firstFooter"})


def with_code(xml: bytes, part: str, code: str) -> bytes:
    """Return a sheet part whose footers say *code* where they speak of 数据校验码.

    A footer that does not speak of it, and a part without footer, stays as it is. With "" it says
    again that the code stands in the foot of the table.
    """
    return apply(xml, _edits(xml, part, code)) if b"Footer" in xml else xml


def _edits(xml: bytes, part: str, code: str) -> Iterator[Edit]:
    for footer in elements(xml, part, _FOOTERS):
        span = span_of(xml, footer.start, footer.close)
        inside = span.tag.end, span.close
        yield Edit(*inside, footer_with(xml[slice(*inside)].decode(), code).encode())
