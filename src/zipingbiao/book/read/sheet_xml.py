"""The one view of a sheet's XML: the place of each cell, and the bytes in which it stands.

Reading (:mod:`zipingbiao.book.read.scan`) and patching (:func:`locate`) share the rules for places:
a cell or row without ``r`` follows the one before it, and ``<dimension>`` is never believed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from zipingbiao.book.cells import Area, column_letters, column_number
from zipingbiao.book.read.formula import LAST_COLUMN, LAST_ROW
from zipingbiao.book.read.parse import Attributes, feed, sheet_parser
from zipingbiao.errors import UnreadableError

_DIGITS = "0123456789"
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?")


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
        place = _place_of(self.cell["r"])
        self.row = place[0]
        return place


@lru_cache(maxsize=16384)  # tables fill the same few rows and columns of every sheet of every file
def _place_of(ref: str) -> tuple[int, int]:
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


class Span(NamedTuple):
    """Byte offsets in the part, end exclusive."""

    start: int
    end: int


@dataclass(slots=True)
class RowSpan:
    """One ``row`` element.

    Attributes:
        tag: its start tag (the whole element when self-closing).
        self_closing: whether it is ``<row …/>``.
        close: where ``</row>`` begins; for a self-closing row, the end of the tag.
        columns: (column, byte where the ``c`` element begins) of its cells, in file order.
    """

    tag: Span
    self_closing: bool
    close: int
    columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SheetSpans:
    """Where things stand in the bytes of a sheet part.

    Attributes:
        cells: the whole ``c`` element of each wanted cell that exists.
        rows: every row that exists, in file order.
        data: the start tag of ``sheetData`` (the whole element when self-closing).
        data_self_closing: whether it is ``<sheetData/>``.
        data_close: where ``</sheetData>`` begins; for a self-closing one, the end of the tag.
        dimension: the whole ``dimension`` element, None when there is none.
        prefix: what stands before each element name: ``""`` or such as ``x:``.
    """

    cells: Mapping[tuple[int, int], Span]
    rows: Mapping[int, RowSpan]
    data: Span
    data_self_closing: bool
    data_close: int
    dimension: Span | None
    prefix: str


# A tag up to its end: a `>` may stand inside an attribute value.
_TAG = re.compile(rb"""<[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""")


class _Locator(Places):
    """Notes byte offsets while the parser walks the same elements as a scan."""

    def __init__(self, xml: bytes, wanted: Collection[tuple[int, int]]) -> None:
        super().__init__()
        self.cells: dict[tuple[int, int], Span] = {}
        self.rows: dict[int, RowSpan] = {}
        self.data: Span | None = None
        self.data_close = 0
        self.dimension: Span | None = None
        self._xml = xml
        self._wanted = frozenset(wanted)
        self._row = RowSpan(Span(0, 0), self_closing=False, close=0)
        self._cell_start = 0
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
        self._parser = sheet_parser(self._start, self._end)
        self._parser.XmlDeclHandler = _refuse_encoding

    def read(self, part: str) -> None:
        feed(self._parser, self._xml, part)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name in self._starts:
            self._starts[name](attributes)

    def _end(self, name: str) -> None:
        if name in self._ends:
            self._ends[name]()

    def _here(self) -> int:
        return self._parser.CurrentByteIndex

    def _tag(self, start: int) -> Span:
        match = _TAG.match(self._xml, start)
        return Span(start, start if match is None else match.end())

    def _closes_itself(self, tag: Span) -> bool:
        return self._xml[tag.end - 2 : tag.end] == b"/>"

    def _close_of(self, tag: Span) -> int:
        """Return where the end tag begins, in the handler of that end; of ``<c/>``, the end."""
        return tag.end if self._closes_itself(tag) else self._here()

    def _element(self, start: int) -> Span:
        """Return the span of the element that ends here."""
        tag = self._tag(start)
        return tag if self._closes_itself(tag) else Span(start, self._tag(self._here()).end)

    def _start_data(self, _: Attributes) -> None:
        self.data = self._tag(self._here())

    def _end_data(self) -> None:
        if self.data is not None:
            self.data_close = self._close_of(self.data)

    def _start_row(self, attributes: Attributes) -> None:
        self.enter_row(attributes)
        tag = self._tag(self._here())
        self._row = RowSpan(tag, self_closing=self._closes_itself(tag), close=tag.end)
        self.rows.setdefault(self.row, self._row)

    def _end_row(self) -> None:
        self._row.close = self._close_of(self._row.tag)

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell = attributes if "r" in attributes else {"r": self.following()}
        self._cell_start = self._here()
        self._row.columns.append((self.place()[1], self._cell_start))

    def _end_cell(self) -> None:
        if self.place() in self._wanted:
            self.cells[self.place()] = self._element(self._cell_start)

    def _start_dimension(self, _: Attributes) -> None:
        self.dimension = self._tag(self._here())

    def _end_dimension(self) -> None:
        if self.dimension is not None:
            self.dimension = self._element(self.dimension.start)


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
    name = xml[found.data.start + 1 : found.data.end].split(b"sheetData", 1)[0]
    return SheetSpans(
        cells=found.cells,
        rows=found.rows,
        data=found.data,
        data_self_closing=xml[found.data.end - 2 : found.data.end] == b"/>",
        data_close=found.data_close,
        dimension=found.dimension,
        prefix=name.decode(),
    )
