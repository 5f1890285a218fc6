"""Sums and counts over values and ranges: a range gives only its numbers, a single value is converted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zipingbiao.book.formulas.cells import Range, size
from zipingbiao.book.formulas.functions.table import ANY, Function
from zipingbiao.book.formulas.values import (
    DIVISION,
    NUMBER,
    VALUE,
    WIDE,
    ExcelError,
    Value,
    number_of,
    truth_of,
)

Operand = Value | Range


def numbers_in(operands: Iterable[Operand]) -> Iterator[Decimal]:
    """Yield the numbers that SUM adds up.

    Raises:
        ExcelError: an error is among the values, or a single value is no number.
    """
    for operand in operands:
        if not isinstance(operand, Range):
            yield number_of(operand)
            continue
        for value in operand.values():
            if isinstance(value, ExcelError):
                raise value
            if isinstance(value, Decimal):
                yield value


def total(numbers: Iterable[Decimal]) -> Decimal:
    """Add up."""
    result = Decimal(0)
    for number in numbers:
        result = WIDE.add(result, number)
    return result


def _average(*operands: Operand) -> Decimal:
    numbers = list(numbers_in(operands))
    if not numbers:
        raise ExcelError(DIVISION)
    return WIDE.divide(total(numbers), Decimal(len(numbers)))


def _product(*operands: Operand) -> Decimal:
    result, any_number = Decimal(1), False
    for number in numbers_in(operands):
        result, any_number = WIDE.multiply(result, number), True
    return result if any_number else Decimal(0)


def _median(*operands: Operand) -> Decimal:
    numbers = sorted(numbers_in(operands))
    if not numbers:
        raise ExcelError(NUMBER)
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return WIDE.divide(WIDE.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def _count(*operands: Operand) -> Decimal:
    return Decimal(sum(1 for operand in operands for _ in _countable(operand)))


def _countable(operand: Operand) -> Iterator[Value]:
    if isinstance(operand, Range):
        yield from (value for value in operand.values() if isinstance(value, Decimal))
        return
    try:
        yield number_of(operand)
    except ExcelError:
        return


def _count_all(*operands: Operand) -> Decimal:
    """A blank cell does not count, a left out argument does."""
    counts = (sum(1 for _ in one.values()) if isinstance(one, Range) else 1 for one in operands)
    return Decimal(sum(counts))


def _count_blank(operand: Operand) -> Decimal:
    if not isinstance(operand, Range):
        raise ExcelError(VALUE)
    filled = sum(1 for value in operand.values() if value != "")
    return Decimal(size(operand.area) - filled)


def _truths(operands: Iterable[Operand]) -> list[bool]:
    """The conditions among the arguments: text in a range is none."""
    found = []
    for operand in operands:
        if not isinstance(operand, Range):
            found.append(truth_of(operand))
            continue
        found += [truth_of(value) for value in operand.values() if not isinstance(value, str)]
    if not found:
        raise ExcelError(VALUE)
    return found


RANGED = {
    "SUM": Function(lambda *operands: total(numbers_in(operands)), 1, ANY),
    "MIN": Function(lambda *operands: min(numbers_in(operands), default=Decimal(0)), 1, ANY),
    "MAX": Function(lambda *operands: max(numbers_in(operands), default=Decimal(0)), 1, ANY),
    "AVERAGE": Function(_average, 1, ANY),
    "MEDIAN": Function(_median, 1, ANY),
    "PRODUCT": Function(_product, 1, ANY),
    "COUNT": Function(_count, 1, ANY),
    "COUNTA": Function(_count_all, 1, ANY),
    "COUNTBLANK": Function(_count_blank, 1),
    "AND": Function(lambda *operands: all(_truths(operands)), 1, ANY),
    "OR": Function(lambda *operands: any(_truths(operands)), 1, ANY),
}
