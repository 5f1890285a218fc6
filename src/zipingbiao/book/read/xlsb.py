""".xlsb → sheets: the records of the binary parts, read as the scanner reads the XML of an .xlsx.

Of a formula only its result and that it is one are known: its text is not taken apart.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from zipingbiao.book.cells import Area, Cell, CellClass, Visibility
from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.filling import (
    ERRORS,
    UNKNOWN_FORMULA,
    Budget,
    Filling,
    finished,
    number_cell,
    text_cell,
)
from zipingbiao.book.read.package import WORKSHEET, read_relationships
from zipingbiao.book.read.parse import OddWorkbookError
from zipingbiao.book.read.preflight import Limits, over_limit
from zipingbiao.book.read.styles import GENERAL, Format, built_in, classify
from zipingbiao.errors import UnreadableError

# Numbers of records, [MS-XLSB] 2.3.
_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH = 0, 1, 2, 3, 4, 5, 6, 7, 62
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_SHORT = range(12, 19)  # cells without a column of their own, which no known program writes
_MERGE, _COLUMNS, _HEADS = 176, 60, 479
_EACH_HEAD = 6  # above and below odd pages, even ones, the first
_STRING, _FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 19, 44, 47, 617, 618
_SHEET, _NAME, _WORKBOOK = 156, 39, 153
_FORMULAS = {_FORMULA_TEXT: _TEXT, _FORMULA_NUMBER: _REAL, _FORMULA_BOOL: _BOOL, _FORMULA_ERROR: _ERROR}

_CELL_HEAD = 8  # column, style
_A_STRING = 0x17  # the token of a string constant
_VISIBILITY = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"


class _Listed(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    relationship: str
    visibility: Visibility


@dataclass
class _Workbook:
    """What the workbook part says."""

    date1904: bool = False
    sheets: list[_Listed] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


class _Shared(NamedTuple):
    """What all sheets of a workbook point into."""

    strings: Sequence[str]
    formats: Sequence[Format]
    date1904: bool


def read_xlsb(content: Content, wanted: Wanted | None) -> Sheets:
    """Read the worksheets of a binary workbook, with classes by number format.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    try:
        return _read(content, wanted)
    except (struct.error, LookupError, ValueError, OddWorkbookError) as error:
        raise UnreadableError(f"二进制工作簿（.xlsb）结构异常，无法读取，{_SAVE_AS}") from error


def _read(content: Content, wanted: Wanted | None) -> Sheets:
    archive, main = content.archive, content.main or "xl/workbook.bin"
    related = read_relationships(archive, main)
    parts = {each.kind: each.part for each in related.values()}
    book = _workbook(archive.read(main))
    strings = (
        _strings(archive.read(parts["sharedStrings"]), content.limits) if "sharedStrings" in parts else ()
    )
    formats = _formats(archive.read(parts["styles"])) if "styles" in parts else ()
    shared, budget = _Shared(strings, formats, book.date1904), Budget(content.limits)

    heads: list[str] = []

    def sheets() -> Iterator[Filling]:
        for listed in book.sheets:
            found = related[listed.relationship]
            if found.kind == WORKSHEET:
                filling = Filling(listed.name, budget, listed.visibility)
                _fill(filling, archive.read(found.part), shared, heads)
                yield filling

    return finished(sheets(), content.limits, wanted, names=book.names, heads=heads)


def _workbook(part: bytes) -> _Workbook:
    book = _Workbook()
    for kind, data in _records(part):
        if kind == _WORKBOOK:
            book.date1904 = bool(data[0] & 1)
        elif kind == _SHEET:
            relationship, end = _wide(data, 8)
            visibility = _VISIBILITY[int.from_bytes(data[:4], "little") % len(_VISIBILITY)]
            book.sheets.append(_Listed(_wide(data, end)[0], relationship, visibility))
        elif kind == _NAME and data[5:9] == b"\xff\xff\xff\xff":  # of the whole workbook
            name, end = _wide(data, 9)
            book.names[name] = _constant(data[end + 4 :])
    return book


def _constant(formula: bytes) -> str:
    """The text that a name stands for, in quotes as in an .xlsx; "" for any other formula."""
    if formula[:1] != bytes([_A_STRING]):
        return ""
    text = formula[3 : 3 + 2 * int.from_bytes(formula[1:3], "little")].decode("utf-16-le", "replace")
    return '"{}"'.format(text.replace('"', '""'))


def _strings(part: bytes, limits: Limits) -> list[str]:
    found = []
    for kind, data in _records(part):
        if kind == _STRING:
            found.append(_wide(data, 1)[0])
            if len(found) > limits.strings:
                raise over_limit("共享字符串数", str(limits.strings))
    return found


def _formats(part: bytes) -> list[Format]:
    """The number format of each cell style."""
    custom: dict[int, Format] = {}
    found: list[Format] = []
    of_cells = False
    for kind, data in _records(part):
        if kind == _FORMAT:
            custom[int.from_bytes(data[:2], "little")] = classify(_wide(data, 2)[0])
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            of_cells = kind == _STYLES_BEGIN
        elif kind == _STYLE and of_cells:
            number = int.from_bytes(data[2:4], "little")
            found.append(custom.get(number) or built_in(number))
    return found


def _fill(filling: Filling, part: bytes, shared: _Shared, heads: list[str]) -> None:
    row = 0
    for kind, data in _records(part):
        if kind == _ROW:
            row = int.from_bytes(data[:4], "little") + 1
            of_no_height = data[11] & 0x20 and not any(data[8:10])  # a height of its own, and that is none
            if data[11] & 0x10 or of_no_height:
                filling.hide_rows(row, row)
        elif kind in _SHORT:
            raise ValueError(kind)
        elif _RK <= kind <= _FORMULA_ERROR or kind == _RICH:
            filling.put(row, int.from_bytes(data[:4], "little") + 1, _cell(kind, data, shared))
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", data)
            filling.merge(Area(top + 1, left + 1, bottom + 1, right + 1))
        elif kind == _HEADS:
            at = 2  # behind the flags
            for _ in range(_EACH_HEAD):
                text, at = _wide(data, at)
                heads.append(text)
        elif kind == _COLUMNS:
            first, last, width = struct.unpack_from("<3I", data)
            if data[16] & 1 or not width:
                filling.hide_columns(first + 1, last + 1)


def _cell(kind: int, data: bytes, shared: _Shared) -> Cell:
    formula = UNKNOWN_FORMULA if kind in _FORMULAS else None
    kind = _FORMULAS.get(kind, kind)
    if kind in (_RK, _REAL):
        style = int.from_bytes(data[4:7], "little")
        shown = shared.formats[style] if style < len(shared.formats) else GENERAL
        value = _rk(data) if kind == _RK else struct.unpack_from("<d", data, _CELL_HEAD)[0]
        return number_cell(value, shown, date1904=shared.date1904, formula=formula)
    if kind == _BOOL:
        return Cell(bool(data[_CELL_HEAD]), CellClass.BOOL, formula)
    if kind == _ERROR:
        return Cell(ERRORS.get(data[_CELL_HEAD], "#N/A"), CellClass.ERROR, formula)
    if kind == _SHARED:
        return text_cell(shared.strings[int.from_bytes(data[8:12], "little")], formula)
    return text_cell(_wide(data, _CELL_HEAD + (kind == _RICH))[0], formula)


def _rk(data: bytes) -> float:
    """A number in 30 bits: a whole one, or the upper half of a float, perhaps times a hundred."""
    (raw,) = struct.unpack_from("<i", data, _CELL_HEAD)
    value = float(raw >> 2) if raw & 2 else struct.unpack("<d", struct.pack("<q", (raw & ~3) << 32))[0]
    return value / 100 if raw & 1 else value


def _wide(data: bytes, at: int) -> tuple[str, int]:
    """A text behind the number of its characters, and where it ends; a missing one is empty."""
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + (0 if length == 0xFFFFFFFF else 2 * length)
    if end > len(data):
        raise ValueError(length)
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(part):
        kind, at = _varied(part, at, 2)
        length, at = _varied(part, at, 4)
        if at + length > len(part):
            raise ValueError(length)
        yield kind, part[at : at + length]
        at += length


def _varied(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to *most* bytes with 7 bits each, and where it ends."""
    value = 0
    for shift in range(most):
        byte = part[at + shift]
        value |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            break
    return value, at + shift + 1
