"""What somebody put on a workbook so that nobody changes it any more: a signature, a mark, a protection."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zipingbiao.book.read.package import Package, main_part, open_package, related_part
from zipingbiao.book.read.parse import elements, is_true
from zipingbiao.book.read.preflight import Archive, open_archive
from zipingbiao.values.regex import regex

_SIGNATURES = "_xmlsignatures/"
_CUSTOM = "docProps/custom.xml"
_FINAL = regex(rb"""name\s*=\s*["']_MarkAsFinal["'][^>]*>\s*<[^>]*\bbool\s*>\s*(?:true|1)\s*<""")


def seals(data: bytes, sheets: Collection[str]) -> tuple[str, ...]:
    """Return what speaks against writing into these sheets, as ends of a Chinese sentence about the workbook.

    Raises:
        UnreadableError, OddWorkbookError: no workbook that the patcher could write.
    """
    return tuple(_seals(open_package(data), sheets))


def document_seals(data: bytes) -> tuple[str, ...]:
    """Return what speaks against writing into a Word document, as ends of a Chinese sentence about it.

    Raises:
        UnreadableError, OddWorkbookError: no package that can be read.
    """
    return tuple(_document_seals(open_archive(data)))


def _document_seals(archive: Archive) -> Iterator[str]:
    yield from _of_package(archive)
    document = main_part(archive)
    settings = related_part(archive, document, "settings") if document is not None else None
    if settings is None:
        return
    for found in elements(archive.read(settings), settings, {"w:documentProtection"}):
        if is_true(found.attributes.get("w:enforcement")):
            yield "限制了编辑"


def _of_package(archive: Archive) -> Iterator[str]:
    if any(part.startswith(_SIGNATURES) for part in archive.entries):
        yield "有数字签名（写入后签名失效）"
    if _CUSTOM in archive and _FINAL.search(archive.read(_CUSTOM)):
        yield "标记为最终状态"


def _seals(package: Package, sheets: Collection[str]) -> Iterator[str]:
    yield from _of_package(package.archive)
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
