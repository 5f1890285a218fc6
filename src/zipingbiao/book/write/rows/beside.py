"""The parts beside a sheet that know its rows: notes, drawings, tables, charts, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape

from zipingbiao.book.read.package import Package, read_relationships, relationships_of
from zipingbiao.book.read.parse import elements, span_of
from zipingbiao.book.read.sheet_xml import parse_area
from zipingbiao.book.write.rows.formulas import ODD
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.xml_bytes import Edit, apply, require_utf8, with_attribute
from zipingbiao.errors import RefusedError

_ANCHOR_ROW = re.compile(rb"(<(?:[\w.-]+:)?row>\s*)(\d+)(\s*</)")
_CHART_FORMULA = re.compile(rb"(<(?:[\w.-]+:)?f>)([^<]*)(</)")
_THREAD = re.compile(rb'(<threadedComment\b[^>]*?\sref=")([^"]*)(")')
_NOTE_ROW = re.compile(rb"(<(?:[\w.-]+:)?Row>\s*)(\d+)(\s*</)")
_NOTE_ANCHOR = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([\d\s,.-]*)(</)")
_TABLE = {"table": b"ref", "autoFilter": b"ref", "sortState": b"ref", "sortCondition": b"ref"}
_TABLE_FORMULAS = frozenset({"calculatedColumnFormula", "totalsRowFormula"})


def changed_beside(package: Package, part: str, insertion: Insertion) -> Iterator[tuple[str, bytes]]:
    """Give the parts that belong to a sheet or speak of it, as they are with the new rows.

    Args:
        package: the workbook.
        part: that of the sheet.
        insertion: what is inserted there.

    Raises:
        RefusedError: a pivot table stands in the sheet.
    """
    related = read_relationships(package.archive, part) if relationships_of(part) in package.archive else {}
    for relationship in related.values():
        if relationship.kind == "pivotTable":
            raise RefusedError(ODD)
        moved = _MOVERS.get(relationship.kind)
        if moved is not None and relationship.part in package.archive:
            name = package.archive.entries[relationship.part.lower()].name
            yield name, moved(require_utf8(package.read(name)), name, insertion)
    for entry in package.archive.entries.values():
        if re.fullmatch(r"xl/charts/chart\d*\.xml", entry.name, re.IGNORECASE):
            yield entry.name, _charted(require_utf8(package.read(entry.name)), insertion)


def with_moved_names(xml: bytes, part: str, insertion: Insertion) -> bytes:
    """Return the workbook part with the defined names as they are with the new rows."""
    edits = []
    for each in elements(xml, part, {"definedName"}):
        new = insertion.formula(each.text, "")
        if new != each.text:
            span = span_of(xml, each.start, each.close)
            edits.append(Edit(span.tag.end, span.close, escape(new, quote=False).encode()))
    return apply(xml, edits)


def _drawn(xml: bytes, _part: str, insertion: Insertion) -> bytes:
    return _ANCHOR_ROW.sub(lambda found: found[1] + _zero_based(found[2], insertion) + found[3], xml)


def _zero_based(number: bytes, insertion: Insertion) -> bytes:
    return b"%d" % (insertion.row(int(number) + 1) - 1)


def _noted(xml: bytes, part: str, insertion: Insertion) -> bytes:
    edits = []
    for each in elements(xml, part, {"comment"}):
        area = parse_area(each.attributes.get("ref", ""))
        if area is not None:
            start, end = span_of(xml, each.start, each.close).tag
            moved = str(insertion.area(area, grows=False)).encode()
            edits.append(Edit(start, end, with_attribute(xml[start:end], b"ref", moved)))
    return apply(xml, edits)


def _threaded(xml: bytes, _part: str, insertion: Insertion) -> bytes:
    def put(found: re.Match[bytes]) -> bytes:
        area = parse_area(found[2].decode())
        return found.group() if area is None else b"%s%s%s" % (
            found[1], str(insertion.area(area, grows=False)).encode(), found[3],
        )  # fmt: skip

    return _THREAD.sub(put, xml)


def _shaped(xml: bytes, _part: str, insertion: Insertion) -> bytes:
    """The old drawings that show notes and buttons: the row of the note, and the rows of its corners."""

    def anchored(found: re.Match[bytes]) -> bytes:
        numbers = found[2].split(b",")
        for at in (2, 6) if len(numbers) == 8 else ():
            numbers[at] = b" " + _zero_based(numbers[at].strip(), insertion)
        return found[1] + b",".join(numbers) + found[3]

    xml = _NOTE_ROW.sub(lambda found: found[1] + _zero_based(found[2], insertion) + found[3], xml)
    return _NOTE_ANCHOR.sub(anchored, xml)


def _tabled(xml: bytes, part: str, insertion: Insertion) -> bytes:
    edits = []
    for each in elements(xml, part, _TABLE_FORMULAS | set(_TABLE)):
        span = span_of(xml, each.start, each.close)
        if each.name in _TABLE_FORMULAS:
            new = insertion.formula(each.text, insertion.sheet)
            edits.append(Edit(span.tag.end, span.close, escape(new, quote=False).encode()))
        elif (area := parse_area(each.attributes.get("ref", ""))) is not None:
            tag = xml[span.tag.start : span.tag.end]
            edits.append(Edit(*span.tag, with_attribute(tag, b"ref", str(insertion.area(area)).encode())))
    return apply(xml, edits)


def _charted(xml: bytes, insertion: Insertion) -> bytes:
    def put(found: re.Match[bytes]) -> bytes:
        text = unescape(found[2].decode())
        new = insertion.formula(text, "")
        return found.group() if new == text else found[1] + escape(new, quote=False).encode() + found[3]

    return _CHART_FORMULA.sub(put, xml)


_MOVERS: dict[str, Callable[[bytes, str, Insertion], bytes]] = {
    "drawing": _drawn,
    "comments": _noted,
    "threadedComment": _threaded,
    "vmlDrawing": _shaped,
    "table": _tabled,
}
