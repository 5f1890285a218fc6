"""The XML of single cells: a new value into the bytes of a cell, all the rest of it untouched."""

from __future__ import annotations

from decimal import Decimal
from html import escape

from zipingbiao.book.changes import PlanError
from zipingbiao.book.read.sheet_xml import CellSpan
from zipingbiao.book.write.xml_bytes import Edit, apply, attribute, prefix_of, without_attributes
from zipingbiao.errors import RefusedError
from zipingbiao.values.number import excel_number
from zipingbiao.values.regex import regex

MAX_TEXT = 32_767
"""Characters (UTF-16 units) that Excel keeps in a cell; longer text is cut there."""
MAX_FORMULA = 8192
"""Characters that Excel takes in a formula; a longer one is refused, for half a formula is none."""

SHARED_FORMULA = (
    "单元格的公式与其他单元格共用（数组公式或共享公式），不能单独替换，没有写入；"
    "请在 Excel 或 WPS 中改为普通公式后重试。"
)

_ILLEGAL = regex("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = regex(r"_(?=x[0-9A-Fa-f]{4}_)")


def with_value(
    xml: bytes, cell: CellSpan, value: Decimal | str, *, cached: bool, formula: str | None = None
) -> bytes:
    """Return the bytes of a cell element with another value; place and style stay.

    Args:
        xml: the part.
        cell: the cell in it.
        value: a Decimal for a number; text, where "" makes a cell without formula blank.
        cached: whether the value is the result of a formula, in this cell or of an array around it.
        formula: the formula that the cell is to hold, without ``=``; "" takes away the one it has,
            None keeps it.

    Raises:
        PlanError: the value is no finite number, or the formula is none that a cell can hold.
        RefusedError: its formula, which shall go, belongs to other cells too.
    """
    tag = xml[cell.element.tag.start : cell.element.tag.end]
    prefix = prefix_of(tag)
    inside = cell.element.tag.end
    own = xml[cell.formula.start : cell.formula.end] if cell.formula else b""
    place = cell.formula or (inside, inside)
    # cm stays with a formula: it says that the formula is a dynamic array.
    dropped = (b"t", b"vm") if own and formula is None else (b"t", b"vm", b"cm")
    new = own if formula is None else _replaced(own, prefix, formula)
    kind, content = content_of(prefix, value, cached=cached or bool(formula))
    edits = [(place, new + content), *((span, b"") for span in cell.values)]
    kept = apply(
        xml[inside : cell.element.close],
        (Edit(start - inside, end - inside, piece) for (start, end), piece in edits),
    )
    attributes = tag[len(b"<c" + prefix) :].removesuffix(b">").removesuffix(b"/").rstrip()
    return _element(prefix, without_attributes(attributes, dropped) + kind, kept)


def new_cell(
    prefix: bytes, a1: str, style: bytes | None, value: Decimal | str, formula: str | None = None
) -> bytes:
    """Return a cell element; *prefix* ends with ``:``, *style* is the text of its ``s``."""
    attributes = b' r="%s"' % a1.encode()
    if style is not None:
        attributes += b' s="%s"' % style
    kind, content = content_of(prefix, value, cached=bool(formula))
    return _element(prefix, attributes + kind, formula_element(prefix, formula or "") + content)


def xml_text(text: str) -> bytes:
    """Return text as a workbook holds it: cut to what Excel keeps, illegal characters as ``_xHHHH_``."""
    if len(text) <= MAX_TEXT // 2 and text.isprintable() and "_x" not in text:
        return escape(text, quote=False).encode()  # nearly every text
    wide = text.encode("utf-16-le", "surrogatepass")
    if len(wide) > 2 * MAX_TEXT:
        text = wide[: 2 * MAX_TEXT].decode("utf-16-le", "ignore")
    text = _LOOKS_ESCAPED.sub("_x005F_", text)  # or it would be decoded when read
    text = _ILLEGAL.sub(lambda match: f"_x{ord(match.group()):04X}_", text)
    return escape(text, quote=False).encode()


def _replaced(old: bytes, prefix: bytes, formula: str) -> bytes:
    """Return the formula element in place of *old*, which must be this cell's alone."""
    # Other cells of a shared or array formula hold only their part of it: this one cannot go alone.
    if attribute(old.partition(b">")[0], b"t") not in {None, b"normal"}:
        raise RefusedError(SHARED_FORMULA)
    return formula_element(prefix, formula)


def formula_element(prefix: bytes, formula: str) -> bytes:
    """Return the element of an ordinary formula, none for ""."""
    if formula.startswith("=") or len(formula) > MAX_FORMULA or _ILLEGAL.search(formula):
        raise PlanError(f"no formula that a cell can hold: {formula[:50]}")
    return b"<%sf>%s</%sf>" % (prefix, escape(formula, quote=False).encode(), prefix) if formula else b""


def _element(prefix: bytes, attributes: bytes, inside: bytes) -> bytes:
    start = b"<%sc%s" % (prefix, attributes)
    return b"%s>%s</%sc>" % (start, inside, prefix) if inside else start + b"/>"


def content_of(prefix: bytes, value: Decimal | str, *, cached: bool) -> tuple[bytes, bytes]:
    """Return the type attribute of a cell and what stands in it; both empty for ""."""
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise PlanError(f"{value} cannot stand in a cell")
        return b"", b"<%sv>%s</%sv>" % (prefix, str(excel_number(value)).encode(), prefix)
    text = xml_text(value)
    if cached:
        return b' t="str"', b"<%sv>%s</%sv>" % (prefix, text, prefix)
    if not text:
        return b"", b""
    space = b' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else b""
    return b' t="inlineStr"', b"<%sis><%st%s>%s</%st></%sis>" % (prefix, prefix, space, text, prefix, prefix)
