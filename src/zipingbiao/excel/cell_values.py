"""A value as Excel hands it over, to a macro or to a worksheet function → the cell it stands for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from zipingbiao.book.cells import Cell, CellClass
from zipingbiao.values.number import exact

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
# Errors newer than those xlwings knows (#SPILL! and others) come as their number.
_NEWER_ERRORS = range(-2146826300, -2146826200)


def is_error(value: object) -> bool:
    """Tell whether a value is the text of an error."""
    return isinstance(value, str) and value in _ERRORS


def cell_of(value: object) -> Cell | None:
    """Return the cell of a value: float, currency as Decimal, datetime, text, bool; None for a blank."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Cell(value, CellClass.BOOL)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return Cell(value, CellClass.DATE)
    if isinstance(value, int) and value in _NEWER_ERRORS:
        return Cell("#ERROR!", CellClass.ERROR)
    if isinstance(value, int | float | Decimal):
        number = exact(value)
        kind = CellClass.CURRENCY if isinstance(value, Decimal) else CellClass.NUMBER
        return None if number is None else Cell(number, kind)
    return Cell(str(value), CellClass.ERROR if is_error(value) else CellClass.TEXT)
