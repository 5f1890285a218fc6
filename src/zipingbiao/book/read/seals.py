"""What somebody put on a workbook so that nobody changes it any more: a signature, a mark, a protection."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from zipingbiao.book.read.package import Package, open_package
from zipingbiao.book.read.parse import elements, is_true

_SIGNATURES = "_xmlsignatures/"
_CUSTOM = "docProps/custom.xml"
_FINAL = re.compile(rb"""name\s*=\s*["']_MarkAsFinal["'][^>]*>\s*<[^>]*\bbool\s*>\s*(?:true|1)\s*<""")


def seals(data: bytes, sheets: Collection[str]) -> tuple[str, ...]:
    """Return what speaks against writing into these sheets, as ends of a Chinese sentence about the workbook.

    Raises:
        UnreadableError, OddWorkbookError: no workbook that the patcher could write.
    """
    return tuple(_seals(open_package(data), sheets))


def _seals(package: Package, sheets: Collection[str]) -> Iterator[str]:
    if any(part.startswith(_SIGNATURES) for part in package.archive.entries):
        yield "有数字签名（写入后签名失效）"
    if _CUSTOM in package.archive and _FINAL.search(package.read(_CUSTOM)):
        yield "标记为最终状态"
    for found in elements(
        package.read(package.workbook), package.workbook, {"workbookProtection", "fileSharing"}
    ):
        if found.name == "workbookProtection" and is_true(found.attributes.get("lockStructure")):
            yield "设有工作簿保护"
        if found.name == "fileSharing" and is_true(found.attributes.get("readOnlyRecommended")):
            yield "设为建议只读"
    for sheet in package.sheets:
        if sheet.name in sheets and _is_protected(package.read(sheet.part), sheet.part):
            yield f"工作表“{sheet.name}”设有保护"


def _is_protected(xml: bytes, part: str) -> bool:
    if (
        b"sheetProtection" not in xml and b"\0" not in xml[:4]
    ):  # nearly always, and saves a pass over all cells
        return False
    return any(is_true(found.attributes.get("sheet")) for found in elements(xml, part, {"sheetProtection"}))
