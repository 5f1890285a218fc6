"""数据校验码 in the page footer of a sheet: on every printed page, not only in the foot of the table."""

from __future__ import annotations

import re

from zipingbiao.book.marks import footer_with

_FOOTER = re.compile(rb"<(?:[\w.-]+:)?(?:odd|even|first)Footer\b[^>]*>[^<]*")


def with_code(xml: bytes, code: str) -> bytes:
    """Return a sheet part whose footers say *code* where they speak of 数据校验码.

    A footer that does not speak of it, and a part without footer, stays as it is. With "" it says
    again that the code stands in the foot of the table.
    """
    return _FOOTER.sub(lambda footer: footer_with(footer[0].decode(), code).encode(), xml)
