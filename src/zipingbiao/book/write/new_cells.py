"""Cells of a workbook that we write: one value in, one cell out, text always as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import Any, Generic, TypeVar

from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import excel_number, plain
from zipingbiao.values.regex import regex

T = TypeVar("T")
Value = str | int | Decimal | None

LONGEST_TEXT = 32_767
MOST_LINE_FEEDS = 253
LARGEST_NUMBER = Decimal("9E307")
LINE_HEIGHT = 15.0
"""Of a row of one line in points; each of several lines takes less."""
HEADING_HEIGHT = 27.0
MOST_LINES = 33  # above that Excel knows no height
CUT_MARK = "…（超长，后面已截去）"

_ILLEGAL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SEVERAL_LINES_HEIGHT = 12.75  # whole pixels, as all heights
_NO_LINK = '#\\"<>|*?%'
_UNBROKEN = regex("[\u2e80-\u2fff\u3400-\u9fff][^\\w\\s]*|[^\u2e80-\u2fff\u3400-\u9fff]+")
_BREAK = regex(r"\r\n?|\u2028|\u2029")


class Style(StrEnum):
    """How a cell looks; the number formats are those of every output of ours."""

    TEXT = "text"
    FITTED = "fitted"
    WORD = "word"
    COUNT = "count"
    AMOUNT = "amount"
    MONEY = "money"
    PERCENT = "percent"
    SCORE = "score"
    WEIGHT = "weight"
    HEADING = "heading"
    UPPER_HEADING = "upper heading"
    LOWER_HEADING = "lower heading"
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
    "money": "#,##0.00",  # as it is handed up
    "percent": "0.00%",
    "score": "0.00",
    "weight": "General",  # 0.## would show 10 as "10."
}

_BARE: dict[Style, dict[str, Any]] = {
    Style.NOTE: {"text_wrap": True, "align": "left"},
    Style.UNIT: {"align": "right"},
    Style.PLAIN: {},
    Style.WARNING: {"text_wrap": True, "align": "right", "bold": True, "font_color": "#FF0000"},
}
_HEADINGS: dict[Style, dict[str, Any]] = {
    Style.HEADING: {},
    Style.UPPER_HEADING: {"bottom": 0},
    Style.LOWER_HEADING: {"top": 0},
}
_THICK = 5
_ON_ONE_LINE = frozenset({Style.WORD, Style.COUNT, Style.PLAIN})
GREY = "#D9D9D9"
_FITS = 1.6
"""How much a text may be too long for a line, to become smaller instead of taking a second line."""
_WIDE, _NARROW, _UNIT = 12, 7, 6.6
"""The pixels of a Chinese sign of 9 points, of a digit (in the wider of the fonts that stand in for 宋体), and of
one of the units in which a column's width is told (in the narrower of the programs that print it)."""
DEFAULT_FONT = {"font_name": "Arial", "font_size": 9, "font_scheme": "none"}
"""By whose digits a program measures columns: 7 pixels, and a like font is on every computer."""
_ALIGNMENTS: dict[Style, dict[str, Any]] = {
    Style.TEXT: {"text_wrap": True, "align": "left"},
    Style.FITTED: {"shrink": True, "align": "left"},
    Style.WORD: {"align": "center", "shrink": True},
    Style.COUNT: {"align": "center", "shrink": True},
}


@frozen
class Column(Generic[T]):
    """One column of a sheet: heading, width in characters, style, and the value for a record.

    Attributes:
        link: the file that the cell opens, relative to the workbook, with ``/``; "" for none.
        within: the place in that file, ``'表'!B3``; "" for none.
        group: the heading above it and its neighbours; "" for none.
        colour: in which the text stands, ``#FF0000``; "" for black.
        hidden: whether nobody sees it, so that no row grows for it.
        joined: whether its value is known only where all files are, so that it is never kept with those of one.
    """

    heading: str
    width: float
    style: Style
    value: Callable[[T], Value]
    link: Callable[[T], str] | None = field(default=None, kw_only=True)
    within: Callable[[T], str] | None = field(default=None, kw_only=True)
    group: str = field(default="", kw_only=True)
    colour: Callable[[T], str] | None = field(default=None, kw_only=True)
    hidden: bool = field(default=False, kw_only=True)
    joined: bool = field(default=False, kw_only=True)

    @property
    def looks_differ(self) -> bool:
        """Whether the look of its cells depends on what they hold."""
        return self.colour is not None or self.style is Style.FITTED


class Formats:
    """The cell formats of one workbook, each made once."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[Style, bool, bool, bool, str], Any] = {}

    def get(
        self,
        style: Style,
        *,
        total: bool = False,
        parted: bool = False,
        asked: bool = False,
        colour: str = "",
    ) -> Any:
        """Return the format of a style: bold for totals, *parted* from above by a thick line, yellow where *asked*."""
        key = (style, total, parted, asked, colour)
        if key not in self._made:
            look = _properties(style, total=total)
            if parted:
                look["top"] = _THICK
            if asked:
                look["bg_color"] = "#FFFF99"
            if colour:
                look["font_color"] = colour
            self._made[key] = self._workbook.add_format(look)
        return self._made[key]

    def of(self, columns: Sequence[Column[T]], *, total: bool = False) -> list[Look[T]]:
        """Return what each cell of a record looks like."""
        return [self._of(column, total=total) for column in columns]

    def _of(self, column: Column[T], *, total: bool) -> Look[T]:
        colour = column.colour
        if colour is not None:
            return lambda record: self.get(column.style, total=total, colour=colour(record))
        if column.style is not Style.FITTED:
            return self.get(column.style, total=total)
        smaller, wrapped = (self.get(style, total=total) for style in (Style.FITTED, Style.TEXT))
        return lambda record: smaller if lines_in(column, column.value(record)) == 1 else wrapped


Look = Any | Callable[[T], Any]
"""The format of a cell, or what gives it for a record."""


def _properties(style: Style, *, total: bool) -> dict[str, Any]:
    base: dict[str, Any] = {"font_name": "宋体", "font_size": 9, "valign": "vcenter"}
    if style is Style.TITLE:
        return {**base, "font_name": "黑体", "font_size": 16, "align": "center", "shrink": True}
    if style in _BARE:
        return {**base, **_BARE[style], **({"bold": True} if total else {})}
    if style in _HEADINGS:
        look = {"bold": True, "bg_color": GREY, "border": 1, "align": "center", "text_wrap": True}
        return {**base, **look, **_HEADINGS[style]}
    cell = {**base, "border": 1, "num_format": style.number_format}
    # A number that is too wide becomes smaller instead of ####.
    cell.update(_ALIGNMENTS.get(style, {"align": "right", "shrink": True}))
    if total:
        cell.update({"bold": True, "bg_color": GREY})
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


def in_cell(value: Value) -> str | Decimal:
    """Return what stands in the cell of a value: "" for nothing, and a number that no cell can hold as text."""
    if value is None or isinstance(value, str):
        return clean(value or "")
    number = Decimal(value)
    return plain(number) if abs(number) > LARGEST_NUMBER else number


def put(sheet: Any, row: int, column: int, value: Value, cell_format: Any) -> None:
    """Write one cell, rows and columns counted from 0; what a person typed is never a formula."""
    held = in_cell(value)
    if isinstance(held, Decimal):
        sheet.write_number(row, column, excel_number(held), cell_format)
    elif held:
        sheet.write_string(row, column, held, cell_format)
    else:
        sheet.write_blank(row, column, None, cell_format)


def put_headings(sheet: Any, row: int, columns: Sequence[Column[T]], formats: Formats) -> None:
    """Write the heading row, two lines high, and set the widths of its columns."""
    sheet.set_row(row, HEADING_HEIGHT)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        put(sheet, row, place, column.heading, formats.get(Style.HEADING))


def put_grouped_headings(sheet: Any, row: int, columns: Sequence[Column[T]], formats: Formats) -> None:
    """Write two heading rows: the group above its columns; a column without one has no line between both.

    Nothing is joined over two rows: a workbook of constant memory writes one after the other. So the
    lower row holds the heading of every column.
    """
    sheet.set_row(row + 1, HEADING_HEIGHT)
    first, lines = 0, 1
    for group, found in groupby(columns, key=lambda column: column.group):
        several = list(found)
        lines = max(lines, body_lines(group, sum(column.width for column in several)))
        if group:
            put_across(sheet, row, (first, first + len(several) - 1), group, formats.get(Style.HEADING))
        else:
            for place in range(first, first + len(several)):
                put(sheet, row, place, None, formats.get(Style.UPPER_HEADING))
        first += len(several)
    sheet.set_row(row, height_of(lines))
    for place, column in enumerate(columns):
        style = Style.HEADING if column.group else Style.LOWER_HEADING
        sheet.set_column(place, place, column.width)
        put(sheet, row + 1, place, column.heading, formats.get(style))


def put_across(sheet: Any, row: int, columns: tuple[int, int], text: str, look: Any) -> None:
    """Write a text across the columns from the first to the last one."""
    if columns[0] < columns[1]:
        sheet.merge_range(row, columns[0], row, columns[1], "", look)
    put(sheet, row, columns[0], text, look)


def put_record(
    sheet: Any,
    row: int,
    columns: Sequence[Column[T]],
    record: T,
    looks: Sequence[Look[T]],
    *,
    folded: bool = False,
) -> None:
    """Write one record as a row, high enough for its longest text; *looks* is one per column, a *folded* row is hidden.

    The height is set here because not every program fits rows to wrapped text when it opens a file.
    """
    lines = 1
    for place, (column, look) in enumerate(zip(columns, looks, strict=True)):
        lines = max(lines, lines_in(column, column.value(record)))
        put_cell(sheet, (row, place), column, record, look)
    if lines > 1 or folded:
        sheet.set_row(row, height_of(lines), None, {"hidden": folded})


def put_cell(sheet: Any, place: tuple[int, int], column: Column[T], record: T, look: Look[T]) -> None:
    """Write what a column says of a record, with its link where it has one."""
    value = column.value(record)
    shape = look(record) if callable(look) else look
    address = address_of(column, record) if isinstance(value, str) and value else ""  # nothing to press
    if address and sheet.write_url(*place, address, shape, in_cell(value)) == 0:
        return
    put(sheet, *place, value, shape)


def address_of(column: Column[T], record: T) -> str:
    """Return what the cell of a record opens, as XlsxWriter names it; "" for nothing, or what Excel cannot open."""
    target = column.link(record) if column.link is not None else ""
    if not target or not _is_link(target):
        return ""
    if len(target) == 1:
        target = f"./{target}"  # XlsxWriter looks for the colon of a drive
    within = column.within(record) if column.within is not None else ""
    return f"external:{target}#{within}" if within and within.isprintable() else f"external:{target}"


@lru_cache(maxsize=1024)  # each line about a file links to it
def _is_link(target: str) -> bool:
    """Whether Excel can hold a link to a file of this name."""
    return (
        target.isprintable() and not _ILLEGAL.search(target) and not any(sign in target for sign in _NO_LINK)
    )


def record_lines(columns: Sequence[Column[T]], record: T) -> int:
    """Return on how many lines the longest text of a record stands."""
    return max((lines_in(column, column.value(record)) for column in columns), default=1)


def lines_in(column: Column[T], value: Value) -> int:
    """Return on how many lines a value stands: only a text is wrapped, and a fitted one that is a little too long is not."""
    if not isinstance(value, str) or column.hidden or column.style in _ON_ONE_LINE:
        return 1
    if column.style is Style.FITTED and _pixels(value) <= _FITS * _UNIT * column.width and "\n" not in value:
        return 1
    return body_lines(value, column.width)


@lru_cache(maxsize=1024)  # names of files, units and projects come again on each line of theirs
def body_lines(text: str, width: float) -> int:
    """Return on how many lines a text of 9 points stands in a column."""
    usable = _UNIT * width
    return sum(1 if _pixels(line) <= usable else _wrapped(line, usable) for line in text.split("\n"))


def _wrapped(line: str, usable: float) -> int:
    """On how many lines a text is wrapped; between other signs than Chinese ones no program ends a line for sure."""
    lines, left = 1, usable
    for part in _UNBROKEN.findall(line):
        pixels = _pixels(part)
        if pixels > left and left < usable:
            lines, left = lines + 1, usable
        more = ceil(pixels / usable) - 1
        lines, left = lines + more, left + usable * more - pixels
    return lines


def _pixels(line: str) -> int:
    wide = _width(line) - len(line)
    return _WIDE * wide + _NARROW * (len(line) - wide)


@lru_cache(maxsize=1024)  # names of files, units and projects come again on each line of theirs
def lines_needed(text: str, width: float) -> int:
    """Return on how many lines a text of wide and narrow signs stands in a column of this width."""
    usable = max(width - 1, 2)  # a cell keeps a little room at both sides
    return sum(max(1, ceil(_width(line) / usable)) for line in text.split("\n"))


def height_of(lines: int) -> float:
    """Return the height of a row for so many lines, in points; a very long text is not shown whole."""
    return LINE_HEIGHT if lines == 1 else _SEVERAL_LINES_HEIGHT * min(lines, MOST_LINES)


def _width(line: str) -> int:
    # A Chinese sign takes the room of two digits, as it takes two bytes in this code.
    return len(line.encode("gb18030", "replace"))
