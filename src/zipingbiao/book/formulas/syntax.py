"""From the text of a formula to its tree, with the precedence of Excel.

From tight to loose: sign (``-2^2`` is 4), ``%``, ``^``, ``*`` ``/``, ``+`` ``-``, ``&``, comparisons;
operators of one rank go from left to right, ``^`` too.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas.tokens import Token, tokens
from zipingbiao.book.formulas.values import ExcelError, UnknownError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import stored


@frozen
class Literal:
    """A constant; None for an argument left out."""

    value: Decimal | str | bool | ExcelError | None


@frozen
class Reference:
    """An area; without a sheet that of the formula's own."""

    sheet: str | None
    area: Area


@frozen
class Name:
    """A defined name."""

    name: str


@frozen
class Signed:
    """An operand with the signs before it (``-``) and behind it (``%``), in order of application."""

    operand: Node
    signs: str


@frozen
class Chain:
    """Operands with operators of one rank between them: one node, however long the sum is."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@frozen
class Array:
    """Constants in braces, row by row."""

    rows: tuple[tuple[Literal, ...], ...]


@frozen
class Call:
    """A function, its name in capitals, and its arguments."""

    function: str
    arguments: tuple[Node, ...]


Node = Literal | Array | Reference | Name | Signed | Chain | Call

_LOOSE_TO_TIGHT = ("= <> < > <= >=", "&", "+ -", "* /", "^")
_RANKS = {sign: rank for rank, signs in enumerate(_LOOSE_TO_TIGHT) for sign in signs.split()}
_DEEPEST = 64  # as in Excel


# The sheets of a template have the same long formulas, project after project: those of a whole 免宏版 fit in.
@lru_cache(maxsize=4096)
def parse(formula: str) -> Node:
    """Return the tree of a formula without its ``=``.

    Raises:
        UnknownError: something in it is outside our grammar.
    """
    parser = _Parser(tokens(formula))
    node = parser.expression()
    parser.expect("")
    return node


class _Parser:
    def __init__(self, stream: Iterator[Token]) -> None:
        self._stream = stream
        self._depth = 0
        self._token = self._next()

    def _next(self) -> Token:
        return next(self._stream, Token("sign", ""))

    def _take(self) -> Token:
        taken, self._token = self._token, self._next()
        return taken

    def _at(self, *signs: str) -> bool:
        return self._token.kind == "sign" and self._token.text in signs

    def expect(self, sign: str) -> None:
        """Take a sign; the empty one is the end."""
        if not self._at(sign):
            raise UnknownError(f"unexpected {self._token.text}")
        self._take()

    def expression(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UnknownError("nested too deep")
        node = self._chain(0)
        self._depth -= 1
        return node

    def _chain(self, least: int) -> Node:
        """Read operands as long as the operators between them bind at least so tight."""
        node = self._signed()
        while (rank := self._rank()) >= least:
            rest = []
            while self._rank() == rank:
                rest.append((self._take().text, self._chain(rank + 1)))
            node = Chain(node, tuple(rest))
        return node

    def _rank(self) -> int:
        return _RANKS.get(self._token.text, -1) if self._token.kind == "sign" else -1

    def _signed(self) -> Node:
        before = ""
        while self._at("-", "+"):
            before += self._take().text
        operand = self._operand()
        behind = ""
        while self._at("%"):
            behind += self._take().text
        signs = before.replace("+", "") + behind
        return Signed(operand, signs) if signs else operand

    def _operand(self) -> Node:
        if self._at("("):
            self._take()
            node = self.expression()
            self.expect(")")
            return node
        token = self._take()
        if token.area is not None:
            return Reference(token.sheet, token.area)
        match token.kind:
            case "text":
                return Literal(token.text[1:-1].replace('""', '"'))
            case "array":
                return _array(token.text)
            case "number":
                return Literal(_constant(token.text))
            case "error":
                return Literal(ExcelError("#" + token.text.rpartition("#")[2]))
            case "name":
                logical = {"TRUE": True, "FALSE": False}.get(token.text.upper())
                return Name(token.text) if logical is None else Literal(logical)
            case "call":
                return Call(token.text.upper().removeprefix("_XLFN."), self._arguments())
        raise UnknownError(f"unexpected {token.text}")

    def constants(self) -> Array:
        """Read what stands between braces."""
        rows: list[list[Literal]] = [[]]
        while True:
            constant = self._signed()
            if not isinstance(constant, Literal):
                raise UnknownError("no constant in braces")
            rows[-1].append(constant)
            if not self._at(",", ";"):
                self.expect("")
                return Array(tuple(map(tuple, rows)))
            if self._take().text == ";":
                rows.append([])

    def _arguments(self) -> tuple[Node, ...]:
        if self._at(")"):
            self._take()
            return ()
        arguments = [self._argument()]
        while self._at(","):
            self._take()
            arguments.append(self._argument())
        self.expect(")")
        return tuple(arguments)

    def _argument(self) -> Node:
        return Literal(None) if self._at(",", ")") else self.expression()


# The long word lists of a template stand in hundreds of its formulas.
@lru_cache(maxsize=64)
def _array(text: str) -> Array:
    return _Parser(tokens(text[1:-1])).constants()


def _constant(text: str) -> Decimal:
    number = stored(text)
    if number is None:
        raise UnknownError(f"no number of Excel: {text}")
    return number
