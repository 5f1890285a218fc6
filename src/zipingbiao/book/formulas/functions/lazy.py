"""Functions that look at their arguments only when they need them, or as whole arrays."""

from __future__ import annotations

from decimal import Decimal
from typing import Protocol

from zipingbiao.book.cells import CellClass
from zipingbiao.book.formulas.cells import Range, Spot
from zipingbiao.book.formulas.functions.table import ANY, Function
from zipingbiao.book.formulas.syntax import Node
from zipingbiao.book.formulas.values import (
    NOT_AVAILABLE,
    VALUE,
    WIDE,
    ExcelError,
    UnknownError,
    Value,
    number_of,
    truth_of,
    whole_of,
)

Operand = Value | Range
Matrix = list[list[Value]]


class Evaluator(Protocol):
    """What a lazy function asks of the evaluator that calls it, which knows all functions."""

    @property
    def spot(self) -> Spot:
        """The cell whose formula is evaluated."""

    def value(self, node: Node) -> Value:
        """Return a single value."""

    def operand(self, node: Node) -> Operand:
        """Return a single value or, for a reference, its range."""

    def matrix(self, node: Node) -> Matrix:
        """Return an array; a single value is one of 1 × 1."""


def _if(run: Evaluator, test: Node, yes: Node, no: Node | None = None) -> Operand:
    if truth_of(run.value(test)):
        return run.operand(yes)
    return False if no is None else run.operand(no)


def _if_error(run: Evaluator, tried: Node, otherwise: Node) -> Operand:
    value = run.value(tried)
    return run.operand(otherwise) if isinstance(value, ExcelError) else value


def _if_missing(run: Evaluator, tried: Node, otherwise: Node) -> Operand:
    value = run.value(tried)
    missing = isinstance(value, ExcelError) and value.code == NOT_AVAILABLE
    return run.operand(otherwise) if missing else value


def _choose(run: Evaluator, which: Node, *choices: Node) -> Operand:
    number = whole_of(run.value(which))
    if not 1 <= number <= len(choices):
        raise ExcelError(VALUE)
    return run.operand(choices[number - 1])


def _sum_product(run: Evaluator, *arguments: Node) -> Decimal:
    """Of several arrays only the numbers count, text in them is 0; an error is the result."""
    matrices = [run.matrix(argument) for argument in arguments]
    if len({(len(matrix), len(matrix[0])) for matrix in matrices}) > 1:
        raise ExcelError(VALUE)
    result = Decimal(0)
    for rows in zip(*matrices, strict=True):
        for values in zip(*rows, strict=True):
            product = Decimal(1)
            for value in values:
                factor = number_of(value) if isinstance(value, Decimal | ExcelError) else Decimal(0)
                product = WIDE.multiply(product, factor)
            result = WIDE.add(result, product)
    return result


def _row(run: Evaluator, where: Node | None = None) -> Decimal:
    return Decimal(run.spot[1] if where is None else _single_cell(run, where).area.top)


def _single_cell(run: Evaluator, where: Node) -> Range:
    operand = run.operand(where)
    if not isinstance(operand, Range) or operand.area.top != operand.area.bottom:
        raise UnknownError("ROW of several cells")
    return operand


def _cell(run: Evaluator, asked: Node, where: Node) -> str:
    """CELL("format", …) as far as a cell's class tells: percent, date, or anything else."""
    if run.value(asked) != "format":
        raise UnknownError("CELL")
    cells = _single_cell(run, where)
    kind = cells.kind()
    letter = {CellClass.PERCENT: "P", CellClass.DATE: "D", CellClass.CURRENCY: "C"}.get(
        kind or CellClass.BLANK, "G"
    )
    return letter if letter == "G" else f"{letter}2"


LAZY = {
    "CELL": Function(_cell, 2),
    "IF": Function(_if, 2, 3),
    "IFERROR": Function(_if_error, 2),
    "IFNA": Function(_if_missing, 2),
    "CHOOSE": Function(_choose, 2, ANY),
    "SUMPRODUCT": Function(_sum_product, 1, ANY),
    "ROW": Function(_row, 0, 1),
}
