"""数据校验码 and 填报单位 in the page footer of a sheet, that is on every printed page."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.marks import Footer, footer_with
from zipingbiao.book.read.parse import elements, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply

_FOOTERS = frozenset({"oddFooter", "evenFooter", "firstFooter"})


def with_footer(xml: bytes, part: str, footer: Footer) -> bytes:
    """Return a sheet part whose footers say code and unit where they speak of them.

    A footer that does not speak of them, and a part without footer, stays as it is.
    """
    return apply(xml, _edits(xml, part, footer)) if b"Footer" in xml else xml


def _edits(xml: bytes, part: str, said: Footer) -> Iterator[Edit]:
    for footer in elements(xml, part, _FOOTERS):
        span = span_of(xml, footer.start, footer.close)
        inside = span.tag.end, span.close
        yield Edit(*inside, footer_with(xml[slice(*inside)].decode(), said).encode())
