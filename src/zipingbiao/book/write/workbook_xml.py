"""The workbook part: the hidden names that remember what we wrote, and recalculation on load."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from zipingbiao.book.changes import PlanError
from zipingbiao.book.read.parse import Element, ElementSpan, elements, is_true, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply, prefix_of, with_attribute
from zipingbiao.values.regex import regex

MAX_NAME_TEXT = 255
"""Characters that Excel allows in a text constant of a formula."""

# The schema's order: these stand before definedNames, and calcPr follows it.
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_WANTED = frozenset({"workbook", *_BEFORE_NAMES, "definedNames", "definedName", "calcPr"})
_ILLEGAL = regex("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")

Names = Iterable[tuple[str, str | None]]


class _Workbook:
    """A workbook part that was opened before, with the places of what matters in it."""

    def __init__(self, xml: bytes, part: str) -> None:
        self._xml = xml
        found = elements(xml, part, _WANTED)
        self.names = [each for each in found if each.name == "definedName" and each.parent == "definedNames"]
        self._children = {each.name: each for each in found if each.parent == "workbook"}
        self.prefix = self.prefix_in(found[-1])  # the root ends last

    def child(self, name: str) -> Element | None:
        """Return an element right below the root."""
        return self._children.get(name)

    def span(self, element: Element) -> ElementSpan:
        return span_of(self._xml, element.start, element.close)

    def prefix_in(self, element: Element) -> bytes:
        """Return the prefix that new elements inside of another one take: its own."""
        start, end = self.span(element).tag
        return prefix_of(self._xml[start:end])

    def end_of(self, *names: str) -> int:
        """Return where the last of some elements right below the root ends; there is always ``sheets``."""
        return max(self.span(self._children[name]).end for name in names if name in self._children)


def with_names(xml: bytes, part: str, names: Names) -> bytes:
    """Return the workbook part with hidden names set to text constants; None removes a name.

    Raises:
        PlanError: a text is longer than a name can hold, or has characters that XML cannot.
    """
    book = _Workbook(xml, part)
    listed = book.child("definedNames")
    prefix = book.prefix if listed is None else book.prefix_in(listed)
    known = {
        each.attributes.get("name", "").casefold(): each
        for each in book.names
        if "localSheetId" not in each.attributes
    }
    edits: list[Edit] = []
    added = b""
    for name, text in names:
        new = b"" if text is None else _defined_name(prefix, name, text)
        old = known.get(name.casefold())
        if old is not None:
            edits.append(Edit(*book.span(old).whole, new))
        else:
            added += new
    left = len(book.names) - sum(not edit.new for edit in edits)
    if added:
        edits.append(_added(book, listed, prefix, added))
    elif not left and listed is not None:
        edits = [Edit(*book.span(listed).whole, b"")]
    return apply(xml, edits)


def recalculated(xml: bytes, part: str) -> bytes:
    """Return the workbook part with full recalculation on load."""
    book = _Workbook(xml, part)
    found = book.child("calcPr")
    if found is None:
        at = book.end_of(*_BEFORE_NAMES, "definedNames")
        return apply(xml, [Edit(at, at, b'<%scalcPr fullCalcOnLoad="1"/>' % book.prefix)])
    if is_true(found.attributes.get("fullCalcOnLoad")):
        return xml
    start, end = book.span(found).tag
    return apply(xml, [Edit(start, end, with_attribute(xml[start:end], b"fullCalcOnLoad", b"1"))])


def _defined_name(prefix: bytes, name: str, text: str) -> bytes:
    if len(text) > MAX_NAME_TEXT or _ILLEGAL.search(text):
        raise PlanError(f"the name {name} cannot hold this text")
    quoted = text.replace('"', '""')
    tag = f'definedName name="{escape(name)}" hidden="1"'.encode()
    return b'<%s%s>"%s"</%sdefinedName>' % (prefix, tag, escape(quoted, quote=False).encode(), prefix)


def _added(book: _Workbook, listed: Element | None, prefix: bytes, added: bytes) -> Edit:
    """Return where new names go: into the list, or into a new list where the schema wants it."""
    whole = b"<%sdefinedNames>%s</%sdefinedNames>" % (prefix, added, prefix)
    if listed is None:
        at = book.end_of(*_BEFORE_NAMES)
        return Edit(at, at, whole)
    span = book.span(listed)
    return Edit(*span.whole, whole) if span.self_closing else Edit(span.close, span.close, added)
