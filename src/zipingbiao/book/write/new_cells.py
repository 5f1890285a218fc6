"""Cells of a workbook that we write: one value in, one cell out, text always as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from math import ceil
from typing import Any, Generic, TypeVar

from zipingbiao.values.number import excel_number, plain

T = TypeVar("T")
Value = str | int | Decimal | None

LONGEST_TEXT = 32_767
MOST_LINE_FEEDS = 253
LARGEST_NUMBER = Decimal("9E307")
LINE_HEIGHT = 14.0
MOST_LINES = 10
CUT_MARK = "…（超长，后面已截去）"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_LINK = '#\\"<>|*?%'
_BREAK = re.compile(r"\r\n?|\u2028|\u2029")


class Style(StrEnum):
    """How a cell looks; the number formats are those of every output of ours."""

    TEXT = "text"
    WORD = "word"
    COUNT = "count"
    AMOUNT = "amount"
    PERCENT = "percent"
    SCORE = "score"
    WEIGHT = "weight"
    HEADING = "heading"
    TITLE = "title"
    NOTE = "note"
    UNIT = "unit"
    PLAIN = "plain"
    WARNING = "warning"

    @property
    def number_format(self) -> str:
        """The Excel number format of the style."""
        return _NUMBER_FORMATS.get(self.value, "General")


_NUMBER_FORMATS = {
    "count": "0",
    "amount": "#,##0.00##",
    "percent": "0.00%",
    "score": "0.00",
    "weight": "General",  # 0.## would show 10 as "10."
}

_BARE: dict[Style, dict[str, Any]] = {
    Style.NOTE: {"text_wrap": True, "align": "left"},
    Style.UNIT: {"align": "right"},
    Style.PLAIN: {},
    Style.WARNING: {"align": "right", "bold": True, "font_color": "#FF0000"},
}
_THICK = 5
_ALIGNMENTS: dict[Style, dict[str, Any]] = {
    Style.TEXT: {"text_wrap": True, "align": "left"},
    Style.WORD: {"align": "center"},
    Style.COUNT: {"align": "center"},
}


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a sheet: heading, width in characters, style, and the value for a record.

    Attributes:
        link: the file that the cell opens, relative to the workbook, with ``/``; "" for none.
    """

    heading: str
    width: float
    style: Style
    value: Callable[[T], Value]
    link: Callable[[T], str] | None = field(default=None, kw_only=True)


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, bool, bool, bool], Any] = {}

    def get(self, style: Style, *, total: bool = False, parted: bool = False, asked: bool = False) -> Any:
        """Return the format of a style: bold for totals, *parted* from above by a thick line, yellow where *asked*."""
        key = (style, total, parted, asked)
        if key not in self._made:
            look = _properties(style, total=total)
            if parted:
                look["top"] = _THICK
            if asked:
                look["bg_color"] = "#FFFF99"
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]


def _properties(style: Style, *, total: bool) -> dict[str, Any]:
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    if style is Style.TITLE:
        return {**base, "font_size": 16, "bold": True, "align": "center"}
    if style in _BARE:
        return {**base, **_BARE[style], **({"bold": True} if total else {})}
    if style is Style.HEADING:
        return {
            **base,
            "bold": True,
            "bg_color": "#D9D9D9",
            "border": 1,
            "align": "center",
            "text_wrap": True,
        }
    cell = {**base, "border": 1, "num_format": style.number_format}
    cell.update(_ALIGNMENTS.get(style, {"align": "right"}))
    if total:
        cell.update({"bold": True, "bg_color": "#F2F2F2"})
    return cell


def clean(text: str) -> str:
    """Return a text that a cell may hold: signs that XML forbids become �, the rest is kept.

    Excel counts UTF-16 units; what is longer ends in a visible mark. Line feeds beyond Excel's
    limit become blanks.
    """
    if len(text) <= LONGEST_TEXT // 2 and text.isprintable():
        return text  # nearly every text: on one line, of signs that may all stand in XML
    text = _ILLEGAL.sub("\ufffd", _BREAK.sub("\n", text))
    if text.count("\n") > MOST_LINE_FEEDS:
        *lines, rest = text.split("\n", MOST_LINE_FEEDS)
        text = "\n".join([*lines, rest.replace("\n", " ")])
    units = text.encode("utf-16-le")
    if len(units) > LONGEST_TEXT * 2:
        kept = units[: (LONGEST_TEXT - len(CUT_MARK)) * 2].decode("utf-16-le", "ignore")
        text = kept + CUT_MARK
    return text


def put(sheet: Any, row: int, column: int, value: Value, cell_format: Any) -> None:
    """Write one cell, rows and columns counted from 0; what a person typed is never a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, column, clean(value), cell_format)
    elif abs(number := Decimal(value)) > LARGEST_NUMBER:
        sheet.write_string(row, column, plain(number), cell_format)
    else:
        sheet.write_number(row, column, excel_number(number), cell_format)


def put_headings(sheet: Any, row: int, columns: Sequence[Column[T]], formats: Formats) -> None:
    """Write the heading row, two lines high, and set the widths of its columns."""
    sheet.set_row(row, 2 * LINE_HEIGHT)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        put(sheet, row, place, column.heading, formats.get(Style.HEADING))


def put_record(sheet: Any, row: int, columns: Sequence[Column[T]], record: T, looks: Sequence[Any]) -> None:
    """Write one record as a row, high enough for its longest text; *looks* is one format per column.

    The height is set here because not every program fits rows to wrapped text when it opens a file.
    """
    lines = 1
    for place, (column, look) in enumerate(zip(columns, looks, strict=True)):
        value = column.value(record)
        if isinstance(value, str) and column.style is not Style.WORD:  # a word is not wrapped
            lines = max(lines, lines_needed(value, column.width))
        target = column.link(record) if column.link is not None else ""
        if not (target and isinstance(value, str) and _put_link(sheet, (row, place), target, value, look)):
            put(sheet, row, place, value, look)
    if lines > 1:
        sheet.set_row(row, height_of(lines))


def _put_link(sheet: Any, place: tuple[int, int], target: str, shown: str, look: Any) -> bool:
    """Write a text that opens a file; False where Excel cannot hold such a link."""
    if not target.isprintable() or _ILLEGAL.search(target) or any(sign in target for sign in _NO_LINK):
        return False
    done: int = sheet.write_url(*place, f"external:{target}", look, clean(shown))
    return done == 0


@lru_cache(maxsize=1024)  # names of files, units and projects come again on each line of theirs
def lines_needed(text: str, width: float) -> int:
    """Return on how many lines a text of wide and narrow signs stands in a column of this width."""
    usable = max(width - 1, 2)  # a cell keeps a little room at both sides
    return sum(max(1, ceil(_width(line) / usable)) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """Return the height of a row for so many lines, in points; a very long text is not shown whole."""
    return LINE_HEIGHT * min(lines, MOST_LINES) + 1


def _width(line: str) -> int:
    # A Chinese sign takes the room of two digits, as it takes two bytes in this code.
    return len(line.encode("gb18030", "replace"))
