"""What a workbook with macros has beside its sheets: a VBA project, texts for it, buttons, a ribbon."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zipingbiao.values.frozen import frozen

TEXTS_SHEET = "zp_texts"

BUTTON_WIDTH, BUTTON_HEIGHT, GAP = 92, 34, 6  # pixels
_ABOVE = 6  # in the row of the title, which is 48 high
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date: same input, same bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}

_WORKBOOK_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = b"application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = (
    '<Relationship Id="rIdRibbon"'
    ' Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    f' Target="{_RIBBON_PART}"/>'
).encode()


@frozen
class Button:
    """A button on every project sheet: what stands on it, the procedure that it calls, and what that does."""

    caption: str
    procedure: str
    help: str


@frozen
class Macros:
    """What makes a template a button template.

    Attributes:
        buttons: from left to right.
        texts: what VBA says, by key; they stand on a hidden sheet.
        vba: the project; b"" to learn first which sheets the workbook has.
    """

    buttons: tuple[Button, ...]
    texts: Mapping[str, str]
    vba: bytes = b""


def add_macros(book: Any, sheets: Iterable[Any], macros: Macros) -> None:
    """Give an XlsxWriter workbook its buttons, left of the title of each sheet, its texts and its project.

    Buttons are not printed.
    """
    for sheet in sheets:
        for number, button in enumerate(macros.buttons):
            put_button(sheet, 0, button, BUTTON_HEIGHT, number * (BUTTON_WIDTH + GAP), _ABOVE)
    _add_hidden(book, TEXTS_SHEET, list(macros.texts.items()))
    _add_project(book, macros.vba)


def put_button(sheet: Any, row: int, button: Button, height: int, left: int, above: int) -> None:
    """Draw a button, so many pixels right of and below the first cell of a row counted from 0."""
    place = {
        "caption": button.caption, "macro": button.procedure, "width": BUTTON_WIDTH, "height": height,
        "x_offset": left, "y_offset": above,
    }  # fmt: skip
    sheet.insert_button(row, 0, place)


def addin_workbook(
    title: str, greeting: str, sheets: Mapping[str, Sequence[Sequence[str]]], vba: bytes, ribbon: str
) -> bytes:
    """Return an .xlam: one sheet that says what it is, hidden sheets of texts, a project, a ribbon.

    Args:
        title: the name in Excel's list of add-ins.
        greeting: for somebody who opens it as a workbook.
        sheets: rows of texts by the name of the hidden sheet.
        vba: the project; b"" to learn first which sheets the workbook has (then it is an .xlsx).
        ribbon: customUI14.xml.
    """
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": title, "comments": greeting, "created": _CREATED})
    book.add_worksheet(title).write_string(0, 0, greeting)
    for name, rows in sheets.items():
        _add_hidden(book, name, rows)
    _add_project(book, vba)
    book.close()
    return _as_addin(target.getvalue(), ribbon) if vba else target.getvalue()


def _add_hidden(book: Any, name: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.very_hidden()
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text)


def _add_project(book: Any, vba: bytes) -> None:
    if vba:
        book.add_vba_project(io.BytesIO(vba), is_stream=True)


def _as_addin(workbook: bytes, ribbon: str) -> bytes:
    """Change the type of a workbook with macros to that of an add-in, and add the ribbon."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "[Content_Types].xml":
                data = _replaced(data, _WORKBOOK_TYPE, _ADDIN_TYPE)
            if part.filename == "_rels/.rels":
                data = _replaced(data, b"</Relationships>", _RIBBON_RELATION + b"</Relationships>")
            new.writestr(part, data)
        added = zipfile.ZipInfo(_RIBBON_PART, old.infolist()[0].date_time)
        added.compress_type = zipfile.ZIP_DEFLATED
        new.writestr(added, ribbon.encode())
    return target.getvalue()


def _replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    """Replace what stands there exactly once; else XlsxWriter writes another package than it did."""
    if data.count(old) != 1:
        raise ValueError(f"XlsxWriter wrote no single {old.decode()}")
    return data.replace(old, new)
