"""What is printed above and below the pages of a sheet: one text with codes, as every kind of workbook stores it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The three parts of such a text, and the codes of fonts, sizes and numbers of pages in them.
_PART = re.compile(r"&[LCR]|[\r\n]+")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Za-z&])')
# Where a worksheet of .xlsx has such texts.
_HEAD = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)(?:\s[^<>]*)?>([^<]+)<")


def head_parts(told: Iterable[str]) -> Iterator[str]:
    """Yield the texts that a person sees there: ``&L&"黑体"&14秘密★1年&R第&P页`` says two."""
    for text in told:
        parts = (_CODE.sub("", part).strip() for part in _PART.split(text))
        yield from (part for part in parts if part)


def heads_of(xml: bytes) -> Iterator[str]:
    """Yield the texts that are printed above and below a worksheet of .xlsx."""
    behind = max(xml.rfind(b"sheetData"), 0)
    for found in _HEAD.finditer(xml, behind):
        from html import unescape

        yield from head_parts([unescape(found[1].decode("utf-8", "replace"))])
