"""Looking things up in ranges, by exact match only."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas.cells import Range
from zipingbiao.book.formulas.functions.numbers import Operand
from zipingbiao.book.formulas.functions.table import Function
from zipingbiao.book.formulas.functions.wildcards import pattern
from zipingbiao.book.formulas.operators import same
from zipingbiao.book.formulas.values import (
    NOT_AVAILABLE,
    REFERENCE,
    VALUE,
    ExcelError,
    UnknownError,
    Value,
    whole_of,
)


def _single(operand: Operand) -> Value:
    return operand.single() if isinstance(operand, Range) else operand


def _range(operand: Operand) -> Range:
    if not isinstance(operand, Range):
        raise UnknownError("no range")
    return operand


def _position(sought: Value, area: Range) -> int:
    """Return how far from the corner of a row or column the value stands first."""
    if isinstance(sought, ExcelError):
        raise sought
    if sought is None:
        raise UnknownError("looking for nothing")
    places = (
        row - area.area.top + column - area.area.left
        for row, column in area.cells.used(area.sheet, area.area)
        if _is(area.at(row, column), sought)
    )
    first = min(places, default=None)
    if first is None:
        raise ExcelError(NOT_AVAILABLE)
    return first


def _is(value: Value, sought: Value) -> bool:
    if isinstance(value, str) and isinstance(sought, str):
        return bool(pattern(sought).fullmatch(value))
    return type(value) is type(sought) and not isinstance(value, ExcelError) and same(value, sought)


def _match(sought: Operand, where: Operand, how: Operand = Decimal(1)) -> Decimal:
    area = _range(where)
    if whole_of(_single(how)) != 0:
        raise UnknownError("MATCH in sorted values")
    if area.area.top != area.area.bottom and area.area.left != area.area.right:
        raise ExcelError(NOT_AVAILABLE)
    return Decimal(_position(_single(sought), area) + 1)


def _index(where: Operand, row: Operand, column: Operand = None) -> Operand:
    """A row or column number of 0 means all of them."""
    area = _range(where)
    down, right = whole_of(_single(row)), whole_of(_single(column))
    box = area.area
    if column is None and box.top == box.bottom:
        down, right = 1, down
    if down < 0 or right < 0:
        raise ExcelError(VALUE)
    top, bottom = (box.top + down - 1,) * 2 if down else (box.top, box.bottom)
    # In a single column the column number may be left out.
    left, last = (box.left + right - 1,) * 2 if right else (box.left, box.right)
    if bottom > box.bottom or last > box.right:
        raise ExcelError(REFERENCE)
    return Range(area.cells, area.sheet, Area(top, left, bottom, last))


def _vertical(sought: Operand, where: Operand, column: Operand, sorted_: Operand = Decimal(1)) -> Operand:
    area, number = _range(where), whole_of(_single(column))
    if _single(sorted_) not in {False, Decimal(0)}:
        raise UnknownError("VLOOKUP in sorted values")
    box = area.area
    if number < 1:
        raise ExcelError(VALUE)
    if box.left + number - 1 > box.right:
        raise ExcelError(REFERENCE)
    first = Range(area.cells, area.sheet, Area(box.top, box.left, box.bottom, box.left))
    return area.at(box.top + _position(_single(sought), first), box.left + number - 1)


RANGED = {
    "MATCH": Function(_match, 2, 3),
    "INDEX": Function(_index, 2, 3),
    "VLOOKUP": Function(_vertical, 3, 4),
}
