"""From what a cell element holds (type, style, text) to a :class:`~zipingbiao.book.cells.Cell`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from zipingbiao.book.cells import Cell, CellClass, Scalar
from zipingbiao.book.read.parse import unescape
from zipingbiao.book.read.styles import GENERAL, Format
from zipingbiao.values import number

_MILLISECONDS = Decimal(86_400_000)
_LAST_SERIAL = 2_958_466  # 10000-01-01: a year that no date has
_LEAP_DAY_1900 = 60
_EXACT_DIGITS = 15
_ONE, _LONGEST_CODE = Decimal(1), Decimal(10) ** 30
# In a loop over all cells, looking a member up in its enum shows.
_TEXT, _NUMBER, _DATE, _BLANK = CellClass.TEXT, CellClass.NUMBER, CellClass.DATE, CellClass.BLANK


class CellFactory:
    """Makes the cells of one workbook; equal cells are one object, for they are frozen.

    Args:
        formats: by style index.
        shared: the shared strings.
        date1904: whether serials count from 1904.
    """

    def __init__(self, formats: Sequence[Format], shared: Sequence[str], *, date1904: bool) -> None:
        self._formats = formats
        self._shared = shared
        self._date1904 = date1904
        self._made: dict[str | tuple[str, str, str], Cell | None] = {}

    def plain(self, kind: str, style: str, text: str) -> Cell | None:
        """Return the cell without formula of a type, a style index and a stored text.

        None when it shows nothing: empty text, an empty reference to a shared string.

        Raises:
            LookupError, ValueError: the shared string it points to does not exist.
        """
        made = self._made
        key = text if kind == "s" else (kind, style, text)  # the style of a text does not matter
        if key not in made:
            cell = self._read(kind, style, text)
            shown = cell.value
            made[key] = None if shown is None or (isinstance(shown, str) and not shown) else cell
        return made[key]

    def computed(self, kind: str, style: str, text: str | None, formula: str) -> Cell:
        """Return the cell of a formula, with its cached value; BLANK when there is none.

        Raises:
            LookupError, ValueError: as :meth:`plain`.
        """
        if text is None or (text == "" and kind != "str"):
            shown = self._format(style)
            return Cell(None, _BLANK, formula, shown.decimals, shown.kind)
        return self._read(kind, style, text, formula)

    def _read(self, kind: str, style: str, text: str, formula: str | None = None) -> Cell:
        if kind == "s":
            return Cell(self._shared_text(text) if text else None, _TEXT, formula)
        if kind == "n":
            return stored_cell(text, self._format(style), date1904=self._date1904, formula=formula)
        if kind == "d":
            value, of_class, _ = iso_date(text)
            return Cell(value, of_class, formula)
        if kind == "b":
            return Cell(text.strip() in {"1", "true"}, CellClass.BOOL, formula)
        if kind == "e":
            return Cell(text, CellClass.ERROR, formula)
        # The pieces of an inline string were unescaped where they were joined.
        return Cell(text if kind == "inlineStr" else unescape(text), _TEXT, formula)

    def _format(self, style: str) -> Format:
        index = int(style) if style.isdecimal() else len(self._formats)
        return self._formats[index] if index < len(self._formats) else GENERAL

    def _shared_text(self, text: str) -> str:
        index = int(text)
        if index < 0:
            raise IndexError(text)
        return self._shared[index]


def stored_cell(text: str, shown: Format, *, date1904: bool = False, formula: str | None = None) -> Cell:
    """Return the cell of a number that is stored as text, under a number format; no number stays text.

    The tables of all units hold the same few points and rates: short ones are remembered.
    """
    read = _stored_cell if len(text) <= _EXACT_DIGITS else _stored_cell.__wrapped__
    cell = read(text, shown, date1904)
    return cell if formula is None else cell._replace(formula=formula)


@lru_cache(maxsize=4096)
def _stored_cell(text: str, shown: Format, date1904: bool) -> Cell:  # noqa: FBT001 - part of the key
    value, kind, decimals = numeric(text, shown, date1904=date1904)
    return Cell(value, kind, None, decimals, None, digits(text, shown))


def numeric(text: str, shown: Format, *, date1904: bool) -> tuple[Scalar, CellClass, int | None]:
    """Return value, class and decimals of a number as stored; text that is no number stays text."""
    value = number.stored(text)
    if value is None:
        return (text, _TEXT, None) if text.strip() else (None, _BLANK, None)
    if shown.kind is not _DATE:
        return value, shown.kind, shown.decimals
    moment = from_serial(value, date1904=date1904)
    return (value, _NUMBER, None) if moment is None else (moment, _DATE, None)


def digits(text: str, shown: Format) -> str | None:
    """Return the digits of a whole number as stored, or as its format fills them up, where its value lacks them."""
    if shown.kind is not _NUMBER or (not shown.mask and len(text) <= _EXACT_DIGITS):
        return None
    try:
        whole = Decimal(text.strip())
    except ArithmeticError:
        return None
    if not _ONE <= whole < _LONGEST_CODE or whole != whole.to_integral_value():
        return None
    written = format(whole, "f").partition(".")[0]
    if shown.mask:
        filled = _filled(written, shown.mask)
        return None if filled == written else filled
    return None if number.stored(text) == whole else written


def _filled(written: str, mask: str) -> str:
    """Return digits in the places of a mask, from the right; more than it has stand before it."""
    rest, made = list(written), ""
    for sign in reversed(mask):
        made = ((rest.pop() if rest else "0") if sign == "0" else sign) + made
    return "".join(rest) + made


def from_serial(serial: Decimal, *, date1904: bool) -> dt.datetime | dt.time | None:
    """Return the moment of a date serial to the millisecond, None when no date has it.

    Below 1 it is a time of day. Serial 60 of the 1900 system is 1900-02-29, a day that never was:
    it is read as 1900-02-28, as other readers do.
    """
    if not 0 <= serial < _LAST_SERIAL:
        return None
    since = dt.timedelta(milliseconds=int((serial * _MILLISECONDS).to_integral_value()))
    midnight = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
    if serial < 1 and not since.days:
        return (midnight + since).time()
    if not date1904 and serial < _LEAP_DAY_1900:
        since += dt.timedelta(days=1)
    try:
        return midnight + since
    except OverflowError:
        return None


def iso_date(text: str) -> tuple[Scalar, CellClass, int | None]:
    """Return value, class and decimals of a date or time as ISO 8601 writes it; anything else stays text."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            return dt.time.fromisoformat(text.strip()), _DATE, None
        except ValueError:
            return text, _TEXT, None
    return moment.replace(tzinfo=None), _DATE, None
