"""The report and the table as PDF, as this computer prints them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from zipingbiao.book.read import fonts, microsoft, office
from zipingbiao.book.read.package import main_part
from zipingbiao.book.read.parse import elements
from zipingbiao.book.read.preflight import open_archive
from zipingbiao.book.write.shown import only_shown
from zipingbiao.errors import UnreadableError

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_NO_PROGRAM = (
    "没有生成 PDF：这台电脑没有可用的 Word、Excel 或 LibreOffice；需要时请用 WPS 等打开后另存为 PDF。"
)
_FONT_PARTS = re.compile(r"word/(?:document|styles|header\d*|footer\d*)\.xml")
_FONTS = ("w:eastAsia", "w:ascii", "w:hAnsi")
_TABLE, _REPORT = "table", "report.docx"


def print_all(
    workbook: bytes, suffix: str, sheets: Collection[str], report: bytes
) -> tuple[bytes | None, bytes | None, tuple[str, ...]]:
    """Return the PDF of some sheets of a workbook and of its report, None for what could not be made, and notes.

    Args:
        workbook: the workbook, which was read already.
        suffix: its ending.
        sheets: the sheets to print: those with the tables.
        report: the report, a .docx.
    """
    table = f"{_TABLE}{suffix}"
    try:
        files = {table: _only(workbook, sheets), _REPORT: report}
        made = microsoft.printed(files) or office.printed(files)
    except UnreadableError as error:
        return None, None, (str(error),)
    if made is None:
        return None, None, (_NO_PROGRAM,)
    return made.get(table), made.get(_REPORT), tuple(_notes(made, table, report))


def pages_of(pdf: bytes) -> int | None:
    """Return how many pages a PDF has; None where it does not say so plainly."""
    return len(_PAGE.findall(pdf)) or None


def _notes(made: Collection[str], table: str, report: bytes) -> Iterator[str]:
    for name, said in ((table, "自评表"), (_REPORT, "报告")):
        if name not in made:
            yield f"请用 Word、Excel 或 WPS 把{said}另存为 PDF：没有能转换它。"
    if _REPORT not in made:
        return
    lacking = fonts.missing(_fonts_of(report))
    if lacking is None:
        yield "请核对 PDF 的字体再签字：这台电脑说不出装了哪些字体。"
    elif lacking:
        yield (
            f"报告的 PDF 不宜签字盖章，请换一台装有{'、'.join(lacking)}的电脑打包，或用 Word 打开报告另存为 PDF："
            "这台电脑没有这些字体，PDF 中用的是别的字体。"
        )


def _only(workbook: bytes, sheets: Collection[str]) -> bytes:
    """The workbook with other sheets hidden, which nobody prints; as it stands where it is of another format."""
    try:
        return only_shown(workbook, sheets)
    except Exception:  # noqa: BLE001 an old or odd format, which its reader has read
        return workbook


def _fonts_of(report: bytes) -> list[str]:
    """The fonts that a document names, in the order in which they first stand there."""
    archive = open_archive(report)
    names: dict[str, None] = {}
    for entry in archive.entries.values():
        if _FONT_PARTS.fullmatch(entry.name) or entry.name == main_part(archive):
            for each in elements(archive.read(entry.name), entry.name, {"w:rFonts"}):
                names |= dict.fromkeys(each.attributes[key] for key in _FONTS if key in each.attributes)
    return list(names)
