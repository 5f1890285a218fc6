"""The value of a formula's tree with the rules of Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas import functions, operators
from zipingbiao.book.formulas.cells import Cells, Range, Spot
from zipingbiao.book.formulas.functions.lazy import Matrix, Operand
from zipingbiao.book.formulas.syntax import Array, Call, Chain, Literal, Name, Node, Reference, Signed
from zipingbiao.book.formulas.values import ExcelError, UnknownError, Value


class Evaluator:
    """Calculates trees for the cell at *spot*; errors are values here, so that IFERROR sees them.

    Every method raises UnknownError where our grammar, functions or knowledge end.
    """

    def __init__(self, cells: Cells, names: Mapping[str, Node], spot: Spot) -> None:
        self.cells = cells
        self.names = names
        self.spot = spot

    def value(self, node: Node) -> Value:
        """Return a single value."""
        operand = self.operand(node)
        return operand.single() if isinstance(operand, Range) else operand

    def operand(self, node: Node) -> Operand:
        """Return a single value or, for a reference, its range."""
        try:
            return self._operand(node)
        except ExcelError as error:
            return error

    def _operand(self, node: Node) -> Operand:
        match node:
            case Literal(ExcelError() as error):
                return ExcelError(error.code)  # to be raised: the tree is shared
            case Literal(value):
                return value
            case Array():
                raise UnknownError("several constants for one value")
            case Reference(sheet, area):
                return self._range(sheet, area)
            case Name(name):
                return self.operand(self._named(name))
            case Signed(operand, signs):
                return operators.signed(self.value(operand), signs)
            case Chain(first, rest):
                result = self.value(first)
                for sign, other in rest:
                    result = _caught(operators.SIGNS[sign], result, self.value(other))
                return result
            case Call(name, arguments):
                return self._call(name, arguments)

    def matrix(self, node: Node) -> Matrix:
        """Return an array, as SUMPRODUCT calculates its arguments: a single value is one of 1 × 1."""
        match node:
            case Array(rows):
                return [[constant.value for constant in row] for row in rows]
            case Signed(operand, signs):
                return _spread(lambda value: operators.signed(value, signs), self.matrix(operand))
            case Chain(first, rest):
                result = self.matrix(first)
                for sign, other in rest:
                    result = _spread(operators.SIGNS[sign], result, self.matrix(other))
                return result
            case Call(name, arguments) if name in functions.SINGLE:
                function = functions.SINGLE[name].checked(len(arguments))
                return _spread(function, *(self.matrix(argument) for argument in arguments))
        whole = self.operand(node)
        return whole.matrix() if isinstance(whole, Range) else [[whole]]

    def _range(self, name: str | None, area: Area) -> Range:
        sheet = self.spot[0] if name is None else self.cells.sheet(name)
        if sheet is None:
            raise UnknownError(f"no sheet {name}")
        return Range(self.cells, sheet, area)

    def _named(self, name: str) -> Node:
        node = self.names.get(name.casefold())
        if node is None:
            raise UnknownError(f"no name {name}")
        return node

    def _call(self, name: str, arguments: Sequence[Node]) -> Operand:
        result: Operand
        if name in functions.SINGLE:
            function = functions.SINGLE[name].checked(len(arguments))
            result = function(*(self.value(argument) for argument in arguments))
        elif name in functions.RANGED:
            ranged = functions.RANGED[name].checked(len(arguments))
            result = ranged(*(self.operand(argument) for argument in arguments))
        elif name in functions.LAZY:
            lazy = functions.LAZY[name].checked(len(arguments))
            result = lazy(self, *arguments)
        else:
            raise UnknownError(f"no function {name}")
        return result


def _caught(function: Callable[..., Value], *values: Value) -> Value:
    try:
        return function(*values)
    except ExcelError as error:
        return error


def _spread(function: Callable[..., Value], *matrices: Matrix) -> Matrix:
    """Apply a function place by place; a single row or column goes with each of the others."""
    height, width = max(len(matrix) for matrix in matrices), max(len(matrix[0]) for matrix in matrices)
    if any(len(matrix) not in {1, height} or len(matrix[0]) not in {1, width} for matrix in matrices):
        raise UnknownError("arrays of different size")
    return [
        [
            _caught(
                function,
                *(
                    matrix[row if len(matrix) > 1 else 0][column if len(matrix[0]) > 1 else 0]
                    for matrix in matrices
                ),
            )
            for column in range(width)
        ]
        for row in range(height)
    ]
