"""Values of cells and formulas, and how Excel turns one kind into another."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from zipingbiao.values.number import HUNDRED, exact, plain, stored

# Wider than the 15 digits of Excel, so that only the end of a calculation is cut.
WIDE = Context(prec=40, rounding=ROUND_HALF_UP)
_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
_LARGEST = Decimal("9.99999999999999E+307")
# Within these bounds General prints no exponent whatever the width of a column.
_PLAINLY = (Decimal("0.0001"), Decimal("1E+15"))
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?P<percent>%?)",
    re.ASCII,
)


class UnknownError(Exception):
    """Nothing can be said of this formula: it is left to Excel. Passes through IFERROR."""


class ExcelError(Exception):
    """An error value such as ``#DIV/0!``; a value of a cell, or raised by what cannot use it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


DIVISION, VALUE, NUMBER, REFERENCE, NOT_AVAILABLE = "#DIV/0!", "#VALUE!", "#NUM!", "#REF!", "#N/A"

Value = Decimal | str | bool | ExcelError | None
"""What a cell can hold; None is a blank cell."""


def number_of(value: Value) -> Decimal:
    """Return a value as an operand of arithmetic; blank is 0.

    Raises:
        ExcelError: it is an error, or text that is no number.
        UnknownError: text that Excel may take for a date or an amount.
    """
    if isinstance(value, ExcelError):
        raise value
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    return value if isinstance(value, Decimal) else _typed(value)


def text_of(value: Value) -> str:
    """Return a value as an operand of ``&``; blank is empty.

    Raises:
        ExcelError: it is an error.
        UnknownError: a number that General may print with an exponent.
    """
    if isinstance(value, ExcelError):
        raise value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return general(value) if isinstance(value, Decimal) else value


def truth_of(value: Value) -> bool:
    """Return a value as a condition; blank is FALSE.

    Raises:
        ExcelError: it is an error, or text other than TRUE and FALSE.
    """
    if isinstance(value, str):
        if value.upper() in {"TRUE", "FALSE"}:
            return value.upper() == "TRUE"
        raise ExcelError(VALUE)
    return number_of(value) != 0


def whole_of(value: Value) -> int:
    """Return a count or a position: its decimals are cut off."""
    return int(fifteen(number_of(value)))


def fifteen(number: Decimal) -> Decimal:
    """Cut a number to the 15 digits that Excel keeps: ``1/3*3`` is 1 again.

    Raises:
        ExcelError: it is larger than any number of Excel.
    """
    cut = _FIFTEEN.plus(number)
    if not cut.is_finite() or abs(cut) > _LARGEST:
        raise ExcelError(NUMBER)
    return cut


def general(number: Decimal) -> str:
    """Print a number as the format General does, 15 digits and no trailing zeros.

    Raises:
        UnknownError: it is so small or large that an exponent may be printed.
    """
    cut = fifteen(number)
    if cut and not _PLAINLY[0] <= abs(cut) < _PLAINLY[1]:
        raise UnknownError(f"General of {cut}")
    return plain(cut)


def compare(left: Value, right: Value) -> int:
    """Return below, at or above 0 as *left* sorts before, with or after *right*.

    Numbers come before text, text before TRUE and FALSE; text goes without regard to case. Blank
    takes the kind of the other side.

    Raises:
        ExcelError: one of them is an error.
        UnknownError: the order of two texts depends on the language of the computer.
    """
    left, right = _like(left, right), _like(right, left)
    if _rank(left) != _rank(right):
        return _rank(left) - _rank(right)
    if isinstance(left, str) and isinstance(right, str):
        return _compare_texts(left.casefold(), right.casefold())
    difference = fifteen(number_of(left)) - fifteen(number_of(right))
    return (difference > 0) - (difference < 0)


def _like(value: Value, other: Value) -> Value:
    if isinstance(value, ExcelError):
        raise value
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else Decimal(0)


def _rank(value: Value) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def _compare_texts(left: str, right: str) -> int:
    if left == right:
        return 0
    if left and right and not (left + right).isalnum():
        raise UnknownError("order of signs")
    if left and right and not (left + right).isascii():
        raise UnknownError("order of words")
    return -1 if left < right else 1


# The end of a number and of no date, time or amount, except the fifth of June.
_EXPONENT = re.compile(r".*(?<!jun)e[+-]?\d+", re.IGNORECASE | re.ASCII | re.DOTALL)


def _typed(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text.strip(" "))
    if found is None:
        has_digits = any(sign.isdecimal() for sign in text)
        if has_digits and not (_EXPONENT.fullmatch(text) and _digits_are_ascii(text)):
            raise UnknownError(f"maybe a date: {text}")
        raise ExcelError(VALUE)
    number = exact(stored(found["number"].replace(",", "")))
    if number is None:
        raise ExcelError(VALUE)
    return WIDE.divide(number, HUNDRED) if found["percent"] else number


def _digits_are_ascii(text: str) -> bool:
    return all(sign.isascii() for sign in text if sign.isdecimal())
