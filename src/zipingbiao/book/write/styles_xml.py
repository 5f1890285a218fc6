"""Cell styles under which a number is seen as it is, made from those that show it as something else."""

from __future__ import annotations

from zipingbiao.book.cells import SHOWN_OTHERWISE
from zipingbiao.book.read.package import Package
from zipingbiao.book.read.parse import elements, span_of, tag_at
from zipingbiao.book.write.xml_bytes import Edit, apply, require_utf8, with_attribute


class PlainStyles:
    """The styles of a workbook, and the further ones that it needs: equal but for the number format 常规."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._made: dict[int, int] = {}

    def plain(self, style: bytes | None) -> bytes | None:
        """Return a style like this one under which 45 is seen as 45, not as 4500% or as a date; mostly itself."""
        formats = self._package.formats
        number = int(style) if style is not None and style.isdigit() else len(formats)
        if number >= len(formats) or formats[number].kind not in SHOWN_OTHERWISE:
            return style
        return b"%d" % self._made.setdefault(number, len(formats) + len(self._made))

    def changed(self) -> dict[str, bytes]:
        """Return the part of the styles with those that were made behind the others; nothing where none was."""
        part = self._package.related("styles")
        if part is None or not self._made:
            return {}
        xml = require_utf8(self._package.read(part))
        found = elements(xml, part, {"cellXfs", "xf"})
        listed = next(each for each in found if each.name == "cellXfs")
        spans = [span_of(xml, each.start, each.close) for each in found if each.parent == "cellXfs"]
        new = b"".join(_general(xml[slice(*spans[number].whole)]) for number in self._made)
        around = span_of(xml, listed.start, listed.close)
        tag = with_attribute(xml[slice(*around.tag)], b"count", b"%d" % (len(spans) + len(self._made)))
        return {part: apply(xml, [Edit(*around.tag, tag), Edit(around.close, around.close, new)])}


def _general(xf: bytes) -> bytes:
    """Return an ``xf`` with the format that every workbook has for numbers as they are."""
    tag = xf[slice(*tag_at(xf, 0))]
    shown = with_attribute(with_attribute(tag, b"numFmtId", b"0"), b"applyNumberFormat", b"1")
    return shown + xf[len(tag) :]
