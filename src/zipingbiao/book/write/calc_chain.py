"""Leaving out the calcChain part, the list of formula cells that Excel makes anew when it is missing."""

from __future__ import annotations

from zipingbiao.book.read.package import Package, relationships_of
from zipingbiao.book.read.parse import elements, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply, require_utf8

_TYPES = "[Content_Types].xml"


def without_calc_chain(package: Package) -> dict[str, bytes | None]:
    """Return the parts that change when the list goes: itself (None) and the two that name it."""
    part = package.related("calcChain")
    if part is None:
        return {}
    changed: dict[str, bytes | None] = {part: None}
    for name, line, key, ending in (
        (relationships_of(package.workbook), "rels:Relationship", "Type", "/calcChain"),
        (_TYPES, "types:Override", "ContentType", ".calcChain+xml"),
    ):
        member = package.archive.entries[name.lower()].name
        changed[member] = _without(require_utf8(package.read(member)), member, line, key, ending)
    return changed


def _without(xml: bytes, part: str, name: str, key: str, ending: str) -> bytes:
    """Return a part without the lines of this name whose attribute ends so."""
    return apply(
        xml,
        (
            Edit(*span_of(xml, line.start, line.close).whole, b"")
            for line in elements(xml, part, {name})
            if line.attributes.get(key, "").endswith(ending)
        ),
    )
