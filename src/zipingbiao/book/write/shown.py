"""A copy of a workbook that shows some of its sheets alone: what a printer prints."""

from __future__ import annotations

from collections.abc import Collection

from zipingbiao.book.read.package import open_package
from zipingbiao.book.read.parse import Element, elements, span_of
from zipingbiao.book.write.xml_bytes import Edit, apply, require_utf8, with_attribute, without_attributes
from zipingbiao.book.write.zip_copy import rewrite

_PRINT_AREA = "_xlnm.print_area"


def only_shown(data: bytes, names: Collection[str]) -> bytes:
    """Return an .xlsx or .xlsm file with these sheets shown and all others hidden, without their print areas.

    LibreOffice prints a hidden sheet that has a print area, and no sheet without one where another has one: the
    areas of the shown sheets stay where each of them has one.

    Raises:
        UnreadableError, OddWorkbookError, RefusedError: it is built in a way that cannot be patched.
    """
    package = open_package(data)
    front = next((at for at, sheet in enumerate(package.sheets) if sheet.name in names), 0)
    part = package.workbook
    xml = require_utf8(package.read(part))
    found = elements(xml, part, {"sheet", "workbookView", "definedName"})
    shown = {str(at) for at, sheet in enumerate(package.sheets) if sheet.name in names}
    areas = {at: each for each in found if (at := _whose_area(each)) is not None}
    kept = shown if shown <= areas.keys() else set()
    edits = [
        Edit(*span_of(xml, each.start, each.close).whole, b"") for at, each in areas.items() if at not in kept
    ]
    numbers = iter(package.sheets)
    for each in found:
        start, end = span_of(xml, each.start, each.close).tag
        if each.name == "workbookView":
            new = with_attribute(xml[start:end], b"activeTab", str(front).encode())
        elif each.name == "sheet" and each.parent == "sheets":
            state = b"visible" if next(numbers).name in names else b"hidden"
            new = with_attribute(xml[start:end], b"state", state)
        else:
            continue
        edits.append(Edit(start, end, new))
    replaced: dict[str, bytes | None] = {part: apply(xml, edits)}
    for number, sheet in enumerate(package.sheets):
        if number != front:  # a selected sheet is shown though it is hidden
            replaced[sheet.part] = _not_selected(package.read(sheet.part), sheet.part)
    return rewrite(data, replaced)


def _whose_area(name: Element) -> str | None:
    """The number of the sheet whose print area a name is; None for another name."""
    is_area = name.attributes.get("name", "").casefold() == _PRINT_AREA
    return name.attributes.get("localSheetId") if is_area else None


def _not_selected(xml: bytes, part: str) -> bytes:
    edits = []
    for each in elements(xml, part, {"sheetView"}):
        start, end = span_of(require_utf8(xml), each.start, each.close).tag
        edits.append(Edit(start, end, without_attributes(xml[start:end], (b"tabSelected",))))
    return apply(xml, edits)
