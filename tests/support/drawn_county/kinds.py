"""Sheets as the files that offices hand in: workbooks of every program, documents, texts; and files that are broken."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter

from support import old_excel
from support.drawn_county.layouts import Cell, Sheet
from support.drawn_county.project import plain
from support.other_kinds import binary_workbook, delimited, spreadsheet_2003, web_page
from support.sent import document
from zipingbiao.book import cells

_ODS = "urn:oasis:names:tc:opendocument:xmlns"
_FIXED = (2026, 1, 15, 8, 0, 0)


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of today."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name[:31])
        for number, row in enumerate(sheet.rows):
            page.write_row(number, 0, [float(each) if isinstance(each, Decimal) else each for each in row])
        for top, left, bottom, right in sheet.merges:
            page.merge_range(top, left, bottom, right, sheet.rows[top][left])
        if sheet.hidden:
            page.hide()
    book.close()
    return stream.getvalue()


def xls(sheets: Sequence[Sheet]) -> bytes:
    """A workbook of old Excel, and of WPS."""
    return old_excel.old_workbook([_grid(sheet) for sheet in sheets])


def xlsb(sheets: Sequence[Sheet]) -> bytes:
    """A binary workbook."""
    return binary_workbook([_grid(sheet) for sheet in sheets])


def xml(sheets: Sequence[Sheet]) -> bytes:
    """A workbook as XML of 2003 that calls itself an old one."""
    return spreadsheet_2003([_grid(sheet) for sheet in sheets]).encode()


def html(sheets: Sequence[Sheet]) -> bytes:
    """A web page in Chinese signs that calls itself a workbook."""
    return web_page(_grid(_together(sheets))).encode("gb18030")


def csv(sheets: Sequence[Sheet]) -> bytes:
    """A text of values between commas."""
    return delimited(_grid(_together(sheets))).encode("gb18030")


def docx(sheets: Sequence[Sheet]) -> bytes:
    """A Word document with one table."""
    rows = _together(sheets).rows
    width = max(map(len, rows))
    return document([[_text(each) for each in row] + [""] * (width - len(row)) for row in rows])


def ods(sheets: Sequence[Sheet]) -> bytes:
    """An OpenDocument workbook."""
    tables = "".join(
        f'<table:table table:name="{escape(sheet.name)}">{"".join(map(_ods_row, sheet.rows))}</table:table>'
        for sheet in sheets
    )
    spaces = f'xmlns:o="{_ODS}:office:1.0" xmlns:table="{_ODS}:table:1.0" xmlns:text="{_ODS}:text:1.0"'
    content = f"<o:document-content {spaces}><o:body><o:spreadsheet>{tables}</o:spreadsheet></o:body></o:document-content>"
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    )


def _ods_row(row: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row)) or '<table:table-cell/>'}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    said = "".join(f"<text:p>{escape(part)}</text:p>" for part in _text(cell).split("\n"))
    if isinstance(cell, str):
        return f'<table:table-cell o:value-type="string">{said}</table:table-cell>'
    return f'<table:table-cell o:value-type="float" o:value="{_text(cell)}">{said}</table:table-cell>'


WRITERS: Mapping[str, Callable[[Sequence[Sheet]], bytes]] = {
    "xlsx": xlsx, "xls": xls, "et": xls, "xlsb": xlsb, "xml": xml, "ods": ods, "html": html, "csv": csv, "docx": docx,
}  # fmt: skip
"""How each kind is written."""

ENDINGS = {"html": "xls", "xml": "xls"}
"""The ending of a kind's files, where it is another word."""

ONE_SHEET = frozenset({"html", "csv", "docx"})
"""Kinds that have room for one table."""


def _grid(sheet: Sheet) -> cells.Grid:
    found = {}
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, str) and cell:
                found[number, column] = cells.Cell(cell, cells.CellClass.TEXT)
            elif cell is not None and not isinstance(cell, str):
                found[number, column] = cells.Cell(Decimal(cell), cells.CellClass.NUMBER)
    hidden = cells.Visibility.HIDDEN if sheet.hidden else cells.Visibility.VISIBLE
    return cells.Grid(sheet.name, found, visibility=hidden)


def _together(sheets: Sequence[Sheet]) -> Sheet:
    (sheet,) = sheets
    return sheet


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else plain(Decimal(cell))


def zipped(files: Mapping[str, bytes], *, gbk: bool = False) -> bytes:
    """An archive, the same bytes each time; with *gbk* its names are as Chinese programs write them."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr((_Gbk if gbk else zipfile.ZipInfo)(name, _FIXED), data)
    return stream.getvalue()


class _Gbk(zipfile.ZipInfo):
    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 the library's name
        return self.filename.encode("gb18030"), self.flag_bits


def locked() -> bytes:
    """A workbook with a password to open it."""
    return old_excel.compound({"EncryptionInfo": b"\4\0\4\0" + bytes(99), "EncryptedPackage": bytes(5000)})
