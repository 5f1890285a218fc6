"""Leaving out the calcChain part, the list of formula cells that Excel makes anew when it is missing."""

from __future__ import annotations

import posixpath
import re

from zipingbiao.book.read.package import Package
from zipingbiao.book.write.xml_bytes import ATTRIBUTES, NAME, attribute, require_utf8

_LINE = re.compile(
    rb"<(?P<name>(?:%s:)?(?:Relationship|Override))%s\s*(?:/>|>\s*</(?P=name)\s*>)" % (NAME, ATTRIBUTES)
)


def without_calc_chain(package: Package) -> dict[str, bytes | None]:
    """Return the parts that change when the list goes: itself (None) and the two that name it."""
    part = package.related("calcChain")
    if part is None:
        return {}
    folder, file = posixpath.split(package.workbook)
    naming = {
        posixpath.join(folder, "_rels", f"{file}.rels"): (b"Type", b"/calcChain"),
        "[Content_Types].xml": (b"ContentType", b".calcChain+xml"),
    }
    changed: dict[str, bytes | None] = {part: None}
    for name, (key, ending) in naming.items():
        member = package.archive.entries[name.lower()].name
        changed[member] = _without(require_utf8(package.read(member)), key, ending)
    return changed


def _without(xml: bytes, key: bytes, ending: bytes) -> bytes:
    """Return a part without the lines whose attribute ends so."""
    return _LINE.sub(
        lambda line: b"" if (attribute(line.group(), key) or b"").endswith(ending) else line.group(), xml
    )
