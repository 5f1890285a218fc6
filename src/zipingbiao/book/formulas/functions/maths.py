"""Numbers, and what a value is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, ROUND_UP, Decimal

from zipingbiao.book.formulas.functions.table import Function
from zipingbiao.book.formulas.values import (
    NOT_AVAILABLE,
    NUMBER,
    WIDE,
    ExcelError,
    Value,
    fifteen,
    number_of,
    truth_of,
    whole_of,
)

_MOST_PLACES = 30


def _rounding(mode: str) -> Callable[..., Decimal]:
    def rounded(value: Value, places: Value = None) -> Decimal:
        number, digits = fifteen(number_of(value)), whole_of(places)
        if digits > _MOST_PLACES or not number:
            return number
        if digits < -_MOST_PLACES - number.adjusted():
            digits = -_MOST_PLACES
        step = Decimal(1).scaleb(-digits)
        return WIDE.multiply(WIDE.divide(number, step).to_integral_value(mode), step)

    return rounded


def _floor(value: Value) -> Decimal:
    return fifteen(number_of(value)).to_integral_value(ROUND_FLOOR)


def _log10(value: Value) -> Decimal:
    number = number_of(value)
    if number <= 0:
        raise ExcelError(NUMBER)
    return WIDE.log10(number)


def _n(value: Value) -> Decimal:
    return Decimal(0) if isinstance(value, str) else number_of(value)


def _is_number(value: Value) -> bool:
    return isinstance(value, Decimal)


def _is_error(value: Value) -> bool:
    return isinstance(value, ExcelError)


def _is_missing(value: Value) -> bool:
    return isinstance(value, ExcelError) and value.code == NOT_AVAILABLE


def _missing() -> ExcelError:
    return ExcelError(NOT_AVAILABLE)


SINGLE = {
    "NA": Function(_missing, 0),
    "TRUE": Function(lambda: True, 0),  # as LibreOffice saves the constants
    "FALSE": Function(lambda: False, 0),
    "ROUND": Function(_rounding(ROUND_HALF_UP), 2),
    "ROUNDUP": Function(_rounding(ROUND_UP), 2),
    "ROUNDDOWN": Function(_rounding(ROUND_DOWN), 2),
    "TRUNC": Function(_rounding(ROUND_DOWN), 1, 2),
    "INT": Function(_floor, 1),
    "ABS": Function(lambda value: abs(number_of(value)), 1),
    "LOG10": Function(_log10, 1),
    "N": Function(_n, 1),
    "NOT": Function(lambda value: not truth_of(value), 1),
    "ISNUMBER": Function(_is_number, 1),
    "ISTEXT": Function(lambda value: isinstance(value, str), 1),
    "ISBLANK": Function(lambda value: value is None, 1),
    "ISERROR": Function(_is_error, 1),
    "ISERR": Function(lambda value: _is_error(value) and not _is_missing(value), 1),
    "ISNA": Function(_is_missing, 1),
}
