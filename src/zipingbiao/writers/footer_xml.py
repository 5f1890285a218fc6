"""数据校验码 in the page footer of a sheet: on every printed page, not only in the foot of the table."""

from __future__ import annotations

import re

_FOOTER = re.compile(rb"<(?:[\w.-]+:)?(?:odd|even|first)Footer\b[^>]*>[^<]*")
_CODE = re.compile("数据校验码[^&<]*".encode())
_SEE_TABLE = "数据校验码见表尾"


def with_code(xml: bytes, code: str) -> bytes:
    """Return a sheet part whose footers say *code* where they speak of 数据校验码.

    A footer that does not speak of it, and any part without footer, stays as it is. With "" it
    says again that the code stands in the foot of the table.
    """
    said = (f"数据校验码 {code}" if code else _SEE_TABLE).encode()
    return _FOOTER.sub(lambda footer: _CODE.sub(said, footer[0]), xml)
