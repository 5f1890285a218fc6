""".xls, .et, .ett → sheets: xlrd reads the cells, after a walk over the records that says which are formulas.

Of a formula only its result and that it is one are known: its text is not taken apart.
"""

from __future__ import annotations

import io
import logging
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

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
from zipingbiao.book.read.ole import ole_stream
from zipingbiao.book.read.preflight import over_limit
from zipingbiao.book.read.styles import GENERAL, Format, built_in, classify
from zipingbiao.errors import UnreadableError

# Numbers of records, [MS-XLS] 2.3.
_BOF, _EOF, _CONTINUE, _BOUND_SHEET, _FILE_PASS, _SST, _NAME = 0x809, 0x0A, 0x3C, 0x85, 0x2F, 0xFC, 0x18
_MUL_RK, _MERGED, _FORMULAS = 0xBD, 0xE5, frozenset({0x06, 0x206, 0x406})
_OF_THE_BOOK = frozenset({_EOF, _CONTINUE, _BOUND_SHEET, _SST, 0x31, 0x41E, 0xE0, 0x293, 0x22, 0x42})
# NUMBER, LABELSST, LABEL, RSTRING, RK, BOOLERR: one cell each.
_CELLS = frozenset({0x203, 0xFD, 0x204, 0xD6, 0x27E, 0x205})
# ROW, COLINFO, and what stands around a formula: STRING, SHRFMLA, ARRAY, TABLE.
_OF_A_SHEET = (
    _CELLS | _FORMULAS | {_EOF, _CONTINUE, _MUL_RK, _MERGED, 0x208, 0x7D, 0x207, 0x4BC, 0x221, 0x236}
)
_STYLES, _MOST_STYLES = frozenset({0x31, 0x41E, 0xE0}), 65_536  # FONT, FORMAT, XF; Excel makes 4,050 at most
_HEADS, _MORE_HEADS = frozenset({0x14, 0x15}), 0x89C  # HEADER, FOOTER; those of the first and of even pages
_IGNORED = struct.pack("<H", 0xFFFF)  # the number of no record: every reader passes over it
_VERSIONS = frozenset({0x500, 0x600})  # of Excel 5 and 95, of Excel 97 and later; WPS writes the latter
_UNICODE_VERSION = 0x600
_WORKSHEET = 0
_BEFORE_HEADS = 38  # bytes that say of which view they are, and how long each is
_A_STRING = 0x17  # the token of a string constant
_VISIBILITY = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"


def read_xls(content: Content, wanted: Wanted | None) -> Sheets:
    """Read a workbook of Excel 5 to 2003 or of WPS, with classes by number format; dates of 1904 too.

    Raises:
        UnreadableError: why it cannot be read; does not name the file.
    """
    stream = ole_stream(content.data, "Workbook", "Book")
    if stream is None:
        raise UnreadableError(f"是旧版 Office 文件或其他程序的文件，其中没有工作簿，{_SAVE_AS}")
    try:
        budget = Budget(content.limits)
        walk = _Walk(bytearray(stream), budget)
        return finished(_sheets(walk, budget), content.limits, wanted, names=walk.names, heads=walk.heads)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # xlrd raises whatever a damaged record brings about
        logging.getLogger("zipingbiao").info("%s cannot be read", content.file, exc_info=True)
        raise UnreadableError(
            f"文件已损坏或结构异常，无法读取，{_SAVE_AS.removesuffix('。')}，打不开的请重新获取原文件。"
        ) from error


def _sheets(walk: _Walk, budget: Budget) -> Iterator[Filling]:
    try:
        import xlrd
    except ImportError as error:
        raise UnreadableError(
            "读取 .xls 和 .et 需要组件 xlrd，请先安装（pip install xlrd），或用 Excel 或 WPS 打开后另存为 .xlsx。"
        ) from error
    book = xlrd.open_workbook(
        file_contents=bytes(walk.stream), logfile=io.StringIO(), formatting_info=True, ragged_rows=True
    )
    formats = _formats(book)
    for sheet, formulas in zip(book.sheets(), walk.formulas, strict=True):
        filling = Filling(sheet.name, budget, _VISIBILITY[sheet.visibility % len(_VISIBILITY)])
        _fill(filling, sheet, formulas, formats, date1904=bool(book.datemode))
        yield filling


def _fill(
    filling: Filling,
    sheet: Any,
    formulas: set[tuple[int, int]],
    formats: Mapping[int, Format],
    *,
    date1904: bool,
) -> None:
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            formula = UNKNOWN_FORMULA if (row, column) in formulas else None
            shown = formats.get(sheet.cell_xf_index(row, column), GENERAL) if kind in _NUMBERS else GENERAL
            filling.put(row + 1, column + 1, _cell(kind, value, shown, formula, date1904=date1904))
    for top, bottom, left, right in sheet.merged_cells:  # the ends stand behind the last
        filling.merge(Area(top + 1, left + 1, bottom, right))
    for row, shape in sheet.rowinfo_map.items():
        if shape.hidden or not (shape.height or shape.has_default_height):
            filling.hide_rows(row + 1, row + 1)
    for column, shape in sheet.colinfo_map.items():
        if shape.hidden or not shape.width:
            filling.hide_columns(column + 1, column + 1)


_EMPTY, _NUMBERS, _BOOL, _ERROR = frozenset({0, 6}), frozenset({2, 3}), 4, 5


def _cell(kind: int, value: Any, shown: Format, formula: str | None, *, date1904: bool) -> Cell:
    if kind in _EMPTY:
        return Cell(None, CellClass.BLANK)
    if kind in _NUMBERS:
        return number_cell(float(value), shown, date1904=date1904, formula=formula)
    if kind == _BOOL:
        return Cell(bool(value), CellClass.BOOL, formula)
    if kind == _ERROR:
        return Cell(ERRORS.get(value, "#N/A"), CellClass.ERROR, formula)
    return text_cell(str(value), formula)


def _formats(book: Any) -> dict[int, Format]:
    """The number format of each cell style; of one that the file does not spell out, the built-in one."""
    codes = {key: each.format_str for key, each in book.format_map.items() if each.format_str}
    return {
        index: classify(codes[xf.format_key]) if xf.format_key in codes else built_in(xf.format_key)
        for index, xf in enumerate(book.xf_list)
    }


# ------------------------------------------------------------------ the walk over the records


class _Record(NamedTuple):
    at: int
    code: int
    data: bytes


@dataclass
class _Walk:
    """The records of a workbook stream, checked before anybody believes them.

    Attributes:
        stream: afterwards, records that no table needs (drawings, blank cells, …) bear a number that
            a reader passes over.
        formulas: of each worksheet, the places of its formulas, counted from 0.
        names: workbook-wide names that stand for a text, as in an .xlsx: ``"甲"`` in quotes.
        heads: what is printed above and below the pages, with codes.
    """

    stream: bytearray
    budget: Budget
    formulas: list[set[tuple[int, int]]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    heads: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._limits = self.budget.limits
        starts: list[int] = []
        end = styles = 0
        for record in self._records(0, _OF_THE_BOOK):
            end = record.at
            styles += record.code in _STYLES
            if styles > _MOST_STYLES:
                raise ValueError(styles)
            if record.code == _FILE_PASS:
                raise UnreadableError(
                    "文件已加密（设有打开密码，或保护了工作簿结构），请在 Excel 或 WPS 中取消密码和工作簿保护后"
                    "另存为 .xlsx。"
                )
            if record.code == _SST and int.from_bytes(record.data[4:8], "little") > self._limits.strings:
                raise over_limit("共享字符串数", str(self._limits.strings))
            if record.code == _BOUND_SHEET and record.data[5] == _WORKSHEET:
                starts.append(int.from_bytes(record.data[:4], "little"))
            if record.code == _NAME:
                self._note_name(record.data)
        places = {}
        for start in sorted(starts):
            if start <= end:
                raise ValueError(starts)  # sheets in each other, or one twice
            end, places[start] = self._read_sheet(start)
        self.formulas = [places[start] for start in starts]

    def _records(self, at: int, kept: frozenset[int]) -> Iterator[_Record]:
        """The records from a BOF to its EOF, without those of charts between; others than *kept* are hidden."""
        code, length = struct.unpack_from("<HH", self.stream, at)
        version = int.from_bytes(self.stream[at + 4 : at + 6], "little")
        if code != _BOF or version not in _VERSIONS:
            raise UnreadableError(f"是过于古老的工作簿格式，{_SAVE_AS}")
        self._version, depth = version, 0
        while True:
            self.budget.spend()
            at += 4 + length
            code, length = struct.unpack_from("<HH", self.stream, at)
            depth += code == _BOF
            if depth == 0:
                yield _Record(at, code, bytes(self.stream[at + 4 : at + 4 + length]))
            if code == _EOF and depth == 0:
                return
            if code not in kept or depth:
                self.stream[at : at + 2] = _IGNORED
            depth -= code == _EOF

    def _read_sheet(self, start: int) -> tuple[int, set[tuple[int, int]]]:
        """Count what a sheet holds; return where its last record begins, and the places of its formulas."""
        formulas: set[tuple[int, int]] = set()
        cells = merges = end = 0
        for end, code, data in self._records(start, _OF_A_SHEET):  # noqa: B007 - read behind the loop
            if code in _FORMULAS:
                formulas.add(struct.unpack_from("<HH", data))
            if code in _HEADS or code == _MORE_HEADS:
                self.heads += self._heads(code, data)
            cells += code in _CELLS or code in _FORMULAS
            cells += (len(data) - 6) // 6 if code == _MUL_RK else 0
            merges += len(data) // 8 if code == _MERGED else 0
            if cells > self._limits.cells:
                raise over_limit("一张工作表有内容的单元格数", str(self._limits.cells))
            if merges > self._limits.merges:
                raise over_limit("一张工作表的合并区域数", str(self._limits.merges))
        return end, formulas

    def _heads(self, code: int, data: bytes) -> Iterator[str]:
        """Texts behind the number of their characters; one that runs out of its record says nothing."""
        if self._version != _UNICODE_VERSION:
            yield data[1:].decode("gb18030", "replace")  # behind one byte; the usual page of codes
            return
        at = _BEFORE_HEADS if code == _MORE_HEADS else 0
        while at + 3 <= len(data):
            end = at + 3 + int.from_bytes(data[at : at + 2], "little") * (1 + (data[at + 2] & 1))
            yield _text(data[at + 2 : end])
            at = end

    def _note_name(self, data: bytes) -> None:
        if self._version != _UNICODE_VERSION or len(data) < 16 or data[8:10] != b"\0\0":
            return
        at = 15 + data[3] * (1 + (data[14] & 1))
        name, formula = _text(data[14:at]), data[at:]
        if formula[:1] == bytes([_A_STRING]) and len(formula) > 2:
            value = _text(formula[2 : 3 + formula[1] * (1 + (formula[2] & 1))])
            self.names[name] = '"{}"'.format(value.replace('"', '""'))


def _text(raw: bytes) -> str:
    """Characters behind the byte that says how wide they are."""
    return raw[1:].decode("utf-16-le" if raw[0] & 1 else "latin-1", "replace")
