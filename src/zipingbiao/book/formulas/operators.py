"""The operators of Excel on single values; each raises ExcelError where Excel shows an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, DecimalException

from zipingbiao.book.formulas.values import (
    DIVISION,
    NUMBER,
    WIDE,
    ExcelError,
    Value,
    compare,
    fifteen,
    number_of,
    text_of,
)
from zipingbiao.values.number import HUNDRED


def add(left: Value, right: Value) -> Decimal:
    """``+``."""
    return WIDE.add(number_of(left), number_of(right))


def subtract(left: Value, right: Value) -> Decimal:
    """``-``."""
    return WIDE.subtract(number_of(left), number_of(right))


def multiply(left: Value, right: Value) -> Decimal:
    """``*``."""
    return WIDE.multiply(number_of(left), number_of(right))


def divide(left: Value, right: Value) -> Decimal:
    """``/``."""
    top, bottom = number_of(left), number_of(right)
    if not bottom:
        raise ExcelError(DIVISION)
    return WIDE.divide(top, bottom)


def power(left: Value, right: Value) -> Decimal:
    """``^``; 0^0 and the root of a negative number are errors."""
    base, exponent = number_of(left), number_of(right)
    if not base and exponent < 0:
        raise ExcelError(DIVISION)
    try:
        return fifteen(WIDE.power(base, exponent))
    except DecimalException:
        raise ExcelError(NUMBER) from None


def join(left: Value, right: Value) -> str:
    """``&``."""
    return text_of(left) + text_of(right)


def signed(value: Value, signs: str) -> Value:
    """The signs ``-`` and ``%`` of an operand, in this order."""
    number = number_of(value)
    for sign in signs:
        number = WIDE.minus(number) if sign == "-" else WIDE.divide(number, HUNDRED)
    return number


def _comparing(meets: Callable[[int], bool]) -> Callable[[Value, Value], bool]:
    return lambda left, right: meets(compare(left, right))


def same(left: Value, right: Value) -> bool:
    """``=``: for any two texts, whatever their order."""
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    return compare(left, right) == 0


SIGNS: Mapping[str, Callable[[Value, Value], Value]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "^": power,
    "&": join,
    "=": same,
    "<>": lambda left, right: not same(left, right),
    "<": _comparing(lambda order: order < 0),
    "<=": _comparing(lambda order: order <= 0),
    ">": _comparing(lambda order: order > 0),
    ">=": _comparing(lambda order: order >= 0),
}
