"""COUNTIF, SUMIF and their relatives with several conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas import operators
from zipingbiao.book.formulas.cells import Range, every_place
from zipingbiao.book.formulas.functions.numbers import Operand, total
from zipingbiao.book.formulas.functions.table import ANY, Function
from zipingbiao.book.formulas.functions.wildcards import pattern
from zipingbiao.book.formulas.values import VALUE, ExcelError, UnknownError, Value, number_of

Condition = Callable[[Value], bool]
_CRITERION = re.compile(r"(<>|<=|>=|=|<|>)?(.*)", re.DOTALL)


def condition(criterion: Value) -> Condition:
    """Return the test that a criterion such as ``">=60"`` or ``"完成*"`` stands for.

    Raises:
        ExcelError: the criterion is an error.
        UnknownError: it compares the order of texts, or looks like a date.
    """
    if isinstance(criterion, ExcelError):
        raise criterion
    if not isinstance(criterion, str):
        plain = Decimal(0) if criterion is None else criterion
        return lambda value: _equals(value, plain)
    found = _CRITERION.fullmatch(criterion)
    sign, rest = (found[1] or "", found[2]) if found else ("", criterion)
    if not rest:
        return _about_blanks(sign)
    sought = _meant(rest)
    if sign in {"", "="}:
        return lambda value: _equals(value, sought)
    if sign == "<>":
        return lambda value: not _equals(value, sought)
    if not isinstance(sought, Decimal):
        raise UnknownError("order of texts")
    return lambda value: isinstance(value, Decimal) and bool(operators.SIGNS[sign](value, sought))


def _about_blanks(sign: str) -> Condition:
    match sign:
        case "":
            return lambda value: value is None or value == ""
        case "=":
            return lambda value: value is None
        case "<>":
            return lambda value: value is not None
    raise UnknownError("order of nothing")


def _meant(text: str) -> Value:
    if text.upper() in {"TRUE", "FALSE"}:
        return text.upper() == "TRUE"
    try:
        return number_of(text)
    except ExcelError:
        return text


def _equals(value: Value, sought: Value) -> bool:
    if isinstance(sought, str):
        return isinstance(value, str) and bool(pattern(sought).fullmatch(value))
    if isinstance(sought, bool) or isinstance(value, bool):
        return isinstance(sought, bool) and value is sought
    if isinstance(value, str):  # a number typed as text counts as the number
        value = _meant(value)
    return isinstance(value, Decimal) and operators.same(value, sought)


def _pairs(arguments: tuple[Operand, ...]) -> list[tuple[Range, Condition]]:
    pairs = []
    for area, criterion in zip(arguments[::2], arguments[1::2], strict=True):
        if not isinstance(area, Range):
            raise UnknownError("no range")
        single = criterion.single() if isinstance(criterion, Range) else criterion
        pairs.append((area, condition(single)))
    first = pairs[0][0].area
    if any(_shape(area.area) != _shape(first) for area, _ in pairs):
        raise ExcelError(VALUE)
    return pairs


def _shape(area: Area) -> tuple[int, int]:
    return area.bottom - area.top, area.right - area.left


def _meet(pairs: list[tuple[Range, Condition]], row: int, column: int) -> bool:
    """Whether the cells this far from the corner of each area meet its condition."""
    return all(meets(area.at(area.area.top + row, area.area.left + column)) for area, meets in pairs)


def _offsets(area: Range, places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return ((row - area.area.top, column - area.area.left) for row, column in places)


def _count(*arguments: Operand) -> Decimal:
    if len(arguments) % 2:
        raise UnknownError("number of arguments")
    pairs = _pairs(arguments)
    picky = next((area for area, meets in pairs if not meets(None)), None)
    area = picky or pairs[0][0]
    # Where a condition refuses blanks, only used cells can count.
    places = area.cells.used(area.sheet, area.area) if picky else every_place(area.area)
    return Decimal(sum(_meet(pairs, row, column) for row, column in _offsets(area, places)))


def _sum(summed: Range, pairs: list[tuple[Range, Condition]]) -> Decimal:
    numbers = []
    for row, column in _offsets(summed, summed.cells.used(summed.sheet, summed.area)):
        value = summed.at(summed.area.top + row, summed.area.left + column)
        if isinstance(value, Decimal | ExcelError) and _meet(pairs, row, column):
            numbers.append(number_of(value))
    return total(numbers)


def _sum_if(area: Operand, criterion: Operand, summed: Operand = None) -> Decimal:
    """The summed range takes the size of the tested one, from its own corner."""
    pairs = _pairs((area, criterion))
    tested = pairs[0][0]
    if summed is None:
        return _sum(tested, pairs)
    if not isinstance(summed, Range):
        raise UnknownError("no range")
    height, width = _shape(tested.area)
    top, left = summed.area.top, summed.area.left
    return _sum(Range(summed.cells, summed.sheet, Area(top, left, top + height, left + width)), pairs)


def _sum_ifs(summed: Operand, *arguments: Operand) -> Decimal:
    if len(arguments) % 2 or not isinstance(summed, Range):
        raise UnknownError("arguments of SUMIFS")
    pairs = _pairs(arguments)
    if _shape(summed.area) != _shape(pairs[0][0].area):
        raise ExcelError(VALUE)
    return _sum(summed, pairs)


RANGED = {
    "COUNTIF": Function(_count, 2),
    "COUNTIFS": Function(_count, 2, ANY),
    "SUMIF": Function(_sum_if, 2, 3),
    "SUMIFS": Function(_sum_ifs, 3, ANY),
}
