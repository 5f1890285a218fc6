"""The XML of single cells: a new value into the bytes of a cell, all the rest of it untouched."""

from __future__ import annotations

import re
from decimal import Decimal
from html import escape

from zipingbiao.errors import RefusedError
from zipingbiao.number import excel_number
from zipingbiao.writers.xml_bytes import ATTRIBUTES, NAME, without_attributes

MAX_TEXT = 32_767
"""Characters (UTF-16 units) that Excel keeps in a cell; longer text is cut there."""

_CELL = re.compile(
    rb"<(?P<prefix>(?:%s:)?)c(?P<attributes>%s)\s*(?:/>|>(?P<inside>.*)</(?P=prefix)c\s*>)"
    % (NAME, ATTRIBUTES),
    re.DOTALL,
)
_ELEMENT = rb"<(?P<name>(?:%s:)?(?:%%s))%s\s*(?:/>|>.*?</(?P=name)\s*>)" % (NAME, ATTRIBUTES)
_FORMULA = re.compile(_ELEMENT % b"f", re.DOTALL)
_VALUE = re.compile(_ELEMENT % b"v|is", re.DOTALL)
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def with_value(cell: bytes, value: Decimal | str, *, cached: bool) -> bytes:
    """Return the bytes of a cell element with another value; place, style and formula stay.

    Args:
        cell: the whole element.
        value: a Decimal for a number; text, where "" makes a cell without formula blank.
        cached: whether the value is the result of a formula, in this cell or of an array around it.

    Raises:
        ValueError: the value is no finite number.
        RefusedError: the element is built in a way we do not understand.
    """
    match = _CELL.fullmatch(cell)
    if match is None:
        raise RefusedError("工作表中有无法识别的单元格结构，没有写入；请用 Excel 或 WPS 打开后另存，再重试。")
    prefix = match["prefix"]
    kept = _VALUE.sub(b"", match["inside"] or b"")
    formula = _FORMULA.search(kept)
    # cm stays with a formula: it says that the formula is a dynamic array.
    attributes = without_attributes(match["attributes"], (b"t", b"vm") if formula else (b"t", b"vm", b"cm"))
    kind, content = _content(prefix, value, cached=cached)
    at = formula.end() if formula else 0
    return _element(prefix, attributes + kind, kept[:at] + content + kept[at:])


def has_formula(cell: bytes) -> bool:
    """Tell whether a cell element holds a formula of its own."""
    return _FORMULA.search(cell) is not None


def new_cell(prefix: bytes, a1: str, style: bytes | None, value: Decimal | str) -> bytes:
    """Return a cell element without formula; *prefix* ends with ``:``, *style* is the text of its ``s``."""
    attributes = b' r="%s"' % a1.encode()
    if style is not None:
        attributes += b' s="%s"' % style
    kind, content = _content(prefix, value, cached=False)
    return _element(prefix, attributes + kind, content)


def xml_text(text: str) -> bytes:
    """Return text as a workbook holds it: cut to what Excel keeps, illegal characters as ``_xHHHH_``."""
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) > 2 * MAX_TEXT:
        text = wide[: 2 * MAX_TEXT].decode("utf-16-le", "ignore")
    text = _LOOKS_ESCAPED.sub("_x005F_", text)  # or it would be decoded when read
    text = _ILLEGAL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    return escape(text, quote=False).encode()


def _element(prefix: bytes, attributes: bytes, inside: bytes) -> bytes:
    start = b"<%sc%s" % (prefix, attributes)
    return b"%s>%s</%sc>" % (start, inside, prefix) if inside else start + b"/>"


def _content(prefix: bytes, value: Decimal | str, *, cached: bool) -> tuple[bytes, bytes]:
    """Return the type attribute and the value element."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} cannot stand in a cell")
        return b"", b"<%sv>%s</%sv>" % (prefix, str(excel_number(value)).encode(), prefix)
    text = xml_text(value)
    if cached:
        return b' t="str"', b"<%sv>%s</%sv>" % (prefix, text, prefix)
    if not text:
        return b"", b""
    space = b' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else b""
    return b' t="inlineStr"', b"<%sis><%st%s>%s</%st></%sis>" % (prefix, prefix, space, text, prefix, prefix)
