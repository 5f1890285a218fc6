"""The one view of a sheet's XML: the place of each cell, and the bytes in which it stands.

Reading (:mod:`zipingbiao.book.read.scan`) and patching (:func:`locate`) share the rules for places:
a cell or row without ``r`` follows the one before it, and ``<dimension>`` is never believed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

from zipingbiao.book.cells import Area, column_letters, column_number
from zipingbiao.book.read.formula import LAST_COLUMN, LAST_ROW
from zipingbiao.book.read.parse import (
    SOUND_TEXT,
    TEXT,
    Attributes,
    ElementSpan,
    Span,
    feed,
    plain_texts,
    sheet_parser,
    span_of,
    tag_at,
    usual_text,
)
from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

_DIGITS = "0123456789"
_BLANK = re.compile(r'<c r="[A-Z0-9]++" s="[0-9]++" ?(?:/>|></c>)')
"""A cell that has only a format: it says nothing."""
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[1-9][0-9]*+)"(?: s="([0-9]++)")?(?: t="(\w++)")? ?>'
    rf"(?:<f>({TEXT})</f>)?"
    rf"(?:<v>({TEXT})</v>"
    rf'|<is><t(?: xml:space="preserve")?>({TEXT})</t></is>)</c>'
)
"""A cell as nearly everybody writes it: nothing in it has to be resolved or put together."""
_ATTRIBUTES = r'(?: \w++="[^"<&\0-\x1f]*+")*+'
_SILENT = re.compile(
    r'<row r="[1-9][0-9]{0,5}"(?: (?:spans|s|customFormat|customHeight)="[^"<&]*+"| ht="[1-9][0-9.]*+")*+ ?'
    r"(?:/>|></row>)"
    rf'|<conditionalFormatting sqref="[^"<&]*+">(?:<cfRule{_ATTRIBUTES}>'
    rf"(?:<formula>{SOUND_TEXT}</formula>)*+</cfRule>)++</conditionalFormatting>"
    rf"|<dataValidation{_ATTRIBUTES} ?(?:/>|>(?:<formula1>{SOUND_TEXT}</formula1>)?+"
    rf"(?:<formula2>{SOUND_TEXT}</formula2>)?+</dataValidation>)"
    r'|<col(?: (?:min|max|style|customWidth|bestFit|outlineLevel|collapsed)="[0-9a-z]*+"'
    r'| hidden="(?:0|false)"| width="[1-9][0-9.]*+")*+ ?/>'
)
"""A row in which nothing is left and a column, neither hidden; what only colours cells or limits what is typed."""
_ODD = re.compile(r"<!|<\?(?!xml )|<(?:c|row)\b(?! r=\")")
"""What may hold something that looks like a cell, or a cell or row that hangs on the one before it."""
_AREA = regex(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


PlainCell: TypeAlias = tuple[str, str | None, str | None, str | None, str | None, str | None]
"""Address, style, type, formula, value and text of its own of a cell; None is not written."""


def plain_cells(xml: bytes) -> tuple[bytes, Iterable[PlainCell]]:
    """Take out of a sheet the cells that one pattern understands; return what is left for the parser, and them.

    Where a row or cell has no address and hangs on the one before it, where comments, CDATA or instructions
    may hold what looks like a cell, and in any other encoding, all is left. So is every cell with
    an attribute of a formula, or with anything else unusual. Whether an address, a style or a shared
    string exists is not asked here, and nobody looks whether what is left stands in the same lines.

    Raises:
        LookupError: an entity that is no plain one.
    """
    text = usual_text(xml)
    if text is None:
        return xml, ()
    between, refs, styles, kinds, *texts = _columns(_CELL.split(_BLANK.sub("", text)))
    left = "".join(between)
    if _ODD.search(left):
        return xml, ()
    return _SILENT.sub("", left).encode(), zip(refs, styles, kinds, *map(plain_texts, texts), strict=True)


def _columns(parts: list[Any]) -> Iterator[list[Any]]:
    """What stands between the matches of a pattern that was split, then each of its groups."""
    return (parts[place :: _CELL.groups + 1] for place in range(_CELL.groups + 1))


class Places:
    """Where in the sheet the parser stands: the current row, and the cell as its attributes say."""

    def __init__(self) -> None:
        self.row = 0
        self.cell: Attributes = {}

    def enter_row(self, attributes: Attributes) -> None:
        """Take the place of a ``row`` element."""
        text = attributes.get("r")
        self.row = self.row + 1 if text is None else whole(text)
        self.cell = {}
        if not 0 < self.row <= LAST_ROW:
            raise _bad_place(text or str(self.row))

    def following(self) -> str:
        """Return the address of a ``c`` element that has none: it follows the one before it."""
        column = self.place()[1] + 1 if self.cell else 1
        return f"{column_letters(column)}{self.row}"

    def place(self) -> tuple[int, int]:
        """Return row and column of the current cell; its own address counts, whatever row it is in."""
        place = place_of(self.cell["r"])
        self.row = place[0]
        return place


@lru_cache(maxsize=16384)  # tables fill the same few rows and columns of every sheet of every file
def place_of(ref: str) -> tuple[int, int]:
    """Return row and column of an address.

    Raises:
        UnreadableError: no sheet has such a cell.
    """
    letters = ref.rstrip(_DIGITS)
    known = letters.isascii() and letters.isalpha() and len(letters) <= len("XFD")
    row, column = whole(ref[len(letters) :]), column_number(letters) if known else 0
    if not 0 < column <= LAST_COLUMN or not 0 < row <= LAST_ROW:
        raise _bad_place(ref)
    return row, column


def whole(text: str) -> int:
    """Return a number written in digits, 0 for anything else."""
    return int(text) if text.isdecimal() else 0


def _bad_place(ref: str) -> UnreadableError:
    return UnreadableError(f"单元格地址 {ref} 无效，文件已损坏，请用 Excel 或 WPS 打开修复后另存为 .xlsx。")


@lru_cache(maxsize=4096)  # forms merge the same cells in every file
def parse_area(ref: str) -> Area | None:
    """Return the rectangle of a reference such as ``A1:C3`` or ``B2``, None when it is none."""
    match = _AREA.fullmatch(ref.strip())
    if match is None:
        return None
    left, top, right, bottom = match.groups()
    rows = sorted((int(top), int(bottom or top)))
    columns = sorted((column_number(left), column_number(right or left)))
    if rows[0] < 1 or rows[1] > LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])


# ------------------------------------------------------------------ finding bytes


@dataclass(slots=True)
class RowSpan:
    """One ``row`` element.

    Attributes:
        element: where it stands; while it is read, its start tag alone.
        columns: (column, byte where the ``c`` element begins) of its cells, in file order.
    """

    element: ElementSpan
    columns: list[tuple[int, int]] = field(default_factory=list)


class CellSpan(NamedTuple):
    """One ``c`` element, and what of it makes its value.

    Attributes:
        element: where it stands.
        formula: its ``f`` element, None when it has none.
        values: its ``v`` and ``is`` elements.
    """

    element: ElementSpan
    formula: Span | None
    values: tuple[Span, ...]


@frozen
class SheetSpans:
    """Where things stand in the bytes of a sheet part.

    Attributes:
        cells: each wanted cell that exists.
        rows: every row that exists, in file order.
        data: the ``sheetData`` element.
        dimension: the whole ``dimension`` element, None when there is none.
    """

    cells: Mapping[tuple[int, int], CellSpan]
    rows: Mapping[int, RowSpan]
    data: ElementSpan
    dimension: Span | None


class _Locator(Places):
    """Notes byte offsets while the parser walks the same elements as a scan."""

    def __init__(self, xml: bytes, wanted: Collection[tuple[int, int]]) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], CellSpan] = {}
        self.rows: dict[int, RowSpan] = {}
        self.data: ElementSpan | None = None
        self.dimension: Span | None = None
        self._xml = xml
        self._wanted = frozenset(wanted)
        self._row = RowSpan(ElementSpan(Span(0, 0), 0, 0))
        self._data_start = self._dimension_start = self._cell_start = 0
        self._depth = 0  # 1 inside of a wanted cell, 2 inside of its children
        self._child_start = 0
        self._children: list[tuple[str, Span]] = []
        self._starts = {
            "sheetData": self._start_data,
            "row": self._start_row,
            "c": self._start_cell,
            "dimension": self._start_dimension,
        }
        self._ends = {
            "sheetData": self._end_data,
            "row": self._end_row,
            "c": self._end_cell,
            "dimension": self._end_dimension,
        }
        self._parser = sheet_parser(xml, self._start, self._end)
        self._parser.XmlDeclHandler = _refuse_encoding

    def read(self, part: str) -> None:
        feed(self._parser, self._xml, part)

    def _start(self, name: str, attributes: Attributes) -> None:
        if self._depth:
            if self._depth == 1:
                self._child_start = self._here()
            self._depth += 1
        elif name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        if self._depth > 1:
            self._depth -= 1
            if self._depth == 1:
                self._children.append((name, self._element(self._child_start).whole))
        elif name in self._ends:
            self._ends[name]()

    def _here(self) -> int:
        return self._parser.CurrentByteIndex

    def _element(self, start: int) -> ElementSpan:
        """Return the span of the element that ends here."""
        return span_of(self._xml, start, self._here())

    def _start_data(self, _: Attributes) -> None:
        self._data_start = self._here()

    def _end_data(self) -> None:
        self.data = self._element(self._data_start)

    def _start_row(self, attributes: Attributes) -> None:
        self.enter_row(attributes)
        tag = tag_at(self._xml, self._here())
        self._row = RowSpan(ElementSpan(tag, tag.end, tag.end))
        self.rows.setdefault(self.row, self._row)

    def _end_row(self) -> None:
        self._row.element = self._element(self._row.element.tag.start)

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell = attributes if "r" in attributes else {"r": self.following()}
        self._cell_start = self._here()
        place = self.place()
        self._row.columns.append((place[1], self._cell_start))
        if place in self._wanted:
            self._depth = 1
            self._children.clear()

    def _end_cell(self) -> None:
        if self._depth:
            self._depth = 0
            formula = next((span for name, span in self._children if name == "f"), None)
            values = tuple(span for name, span in self._children if name in {"v", "is"})
            self.cells[self.place()] = CellSpan(self._element(self._cell_start), formula, values)

    def _start_dimension(self, _: Attributes) -> None:
        self._dimension_start = self._here()

    def _end_dimension(self) -> None:
        self.dimension = self._element(self._dimension_start).whole


def _refuse_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise _other_encoding()


def _other_encoding() -> UnreadableError:
    return UnreadableError(
        "工作表不是 UTF-8 编码，无法原样改写其中的单元格，请用 Excel 或 WPS 打开后另存为 .xlsx。"
    )


def locate(xml: bytes, wanted: Collection[tuple[int, int]], part: str = "worksheet") -> SheetSpans:
    """Find the bytes of the wanted cells, counted from 1, and all that inserting a cell needs.

    Raises:
        UnreadableError: not well-formed, not UTF-8, a bad address, or no ``sheetData``.
    """
    if b"\0" in xml[:4]:
        raise _other_encoding()
    found = _Locator(xml, wanted)
    found.read(part)
    if found.data is None:
        raise UnreadableError(f"部件 {part} 中没有单元格数据，请用 Excel 或 WPS 打开后另存为 .xlsx。")
    return SheetSpans(found.cells, found.rows, found.data, found.dimension)
