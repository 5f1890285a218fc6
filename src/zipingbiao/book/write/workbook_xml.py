"""The workbook part: the hidden names that remember what we wrote, and recalculation on load."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from xml.parsers import expat

from zipingbiao.book.read.parse import NAMESPACES, is_true
from zipingbiao.book.write.xml_bytes import ATTRIBUTES, NAME, Edit, apply, with_attribute
from zipingbiao.errors import RefusedError

MAX_NAME_TEXT = 255
"""Characters that Excel allows in a text constant of a formula."""

# The schema's order: these stand before definedNames, and calcPr follows it.
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_WANTED = {
    f"{space} {name}": name
    for space in NAMESPACES
    for name in (*_BEFORE_NAMES, "definedNames", "definedName", "calcPr")
}
_TAG = re.compile(rb"</?(?P<prefix>(?:%s:)?)%s%s\s*/?>" % (NAME, NAME, ATTRIBUTES))
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Names = Iterable[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class _Element:
    """Bytes of one element: its start tag ends at *inside*, its end tag begins at *close*."""

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    close: int
    end: int


def with_names(xml: bytes, names: Names) -> bytes:
    """Return the workbook part with hidden names set to text constants; None removes a name.

    Raises:
        ValueError: a text is longer than a name can hold, or has characters that XML cannot.
    """
    found = _elements(xml)
    prefix = _prefix(xml, found)
    known = {
        each.attributes.get("name", "").casefold(): each
        for each in found
        if each.name == "definedName" and "localSheetId" not in each.attributes
    }
    edits: list[Edit] = []
    added = b""
    for name, text in names:
        new = b"" if text is None else _defined_name(prefix, name, text)
        old = known.get(name.casefold())
        if old is not None:
            edits.append(Edit(old.start, old.end, new))
        else:
            added += new
    left = sum(each.name == "definedName" for each in found) - sum(not edit.new for edit in edits)
    return apply(xml, [*edits, *_added(found, prefix, added)] if left or added else _all_gone(found))


def recalculated(xml: bytes) -> bytes:
    """Return the workbook part with full recalculation on load."""
    found = _elements(xml)
    for each in found:
        if each.name == "calcPr":
            if is_true(each.attributes.get("fullCalcOnLoad")):
                return xml
            tag = with_attribute(xml[each.start : each.inside], b"fullCalcOnLoad", b"1")
            return apply(xml, [Edit(each.start, each.inside, tag)])
    at = _last_end(found, (*_BEFORE_NAMES, "definedNames"))
    return apply(xml, [Edit(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % _prefix(xml, found))])


def _defined_name(prefix: bytes, name: str, text: str) -> bytes:
    if len(text) > MAX_NAME_TEXT or _ILLEGAL.search(text):
        raise ValueError(f"the name {name} cannot hold this text")
    quoted = text.replace('"', '""')
    tag = f'definedName name="{escape(name)}" hidden="1"'.encode()
    return b'<%s%s>"%s"</%sdefinedName>' % (prefix, tag, escape(quoted, quote=False).encode(), prefix)


def _added(found: list[_Element], prefix: bytes, added: bytes) -> list[Edit]:
    """Return where new names go: into the list, or into a new list where the schema wants it."""
    if not added:
        return []
    whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, added, prefix)
    for each in found:
        if each.name == "definedNames":
            if each.close < each.end:
                return [Edit(each.close, each.close, added)]
            return [Edit(each.start, each.end, whole)]
    at = _last_end(found, _BEFORE_NAMES)
    return [Edit(at, at, whole)]


def _all_gone(found: list[_Element]) -> list[Edit]:
    return [Edit(each.start, each.end, b"") for each in found if each.name == "definedNames"]


def _last_end(found: list[_Element], names: tuple[str, ...]) -> int:
    return max(each.end for each in found if each.name in names)


def _prefix(xml: bytes, found: list[_Element]) -> bytes:
    sheets = next(each for each in found if each.name == "sheets")
    match = _TAG.match(xml, sheets.start)
    return match["prefix"] if match else b""


def _elements(xml: bytes) -> list[_Element]:
    """Return the elements that matter, in the order in which they end; there is always ``sheets``."""
    found: list[_Element] = []
    opened: list[tuple[int, dict[str, str]]] = []
    # Whether the part is well-formed and without DTD was seen when it was opened.
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in _WANTED:
            opened.append((parser.CurrentByteIndex, attributes))

    def end(name: str) -> None:
        if name in _WANTED:
            first, attributes = opened.pop()
            inside, close = _tag_end(xml, first), parser.CurrentByteIndex
            # For <name/> expat stands behind the element already, else before the end tag.
            stop = inside if xml[inside - 2 : inside] == b"/>" else _tag_end(xml, close)
            found.append(_Element(_WANTED[name], attributes, first, inside, close, stop))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(xml, True)  # noqa: FBT003 - expat takes no keyword
    return found


def _tag_end(xml: bytes, at: int) -> int:
    match = _TAG.match(xml, at)
    if match is None:
        raise RefusedError("工作簿部件的结构特殊，没有写入；请用 Excel 或 WPS 打开后另存，再重试。")
    return match.end()
