"""The signs of a formula, and the areas it refers to without parsing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from zipingbiao.book.cells import Area, column_number
from zipingbiao.values.regex import regex

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

_BARE_SHEET = r"[^\s'\"!(),:;+\-*/^&<>=%{}\[\]#$@]+"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<text>"(?:[^"]|"")*")
    | (?P<array>\{{(?:"(?:[^"]|"")*"|[^"{{}}])*\}})
    | (?P<outside>'(?:[^'\[]|'')*\[(?:[^']|'')*'!|\[[^\]]*\]{_BARE_SHEET}!|(?:{_BARE_SHEET}):(?:{_BARE_SHEET})!)
    | (?P<error>(?:(?:'(?:[^']|'')+'|{_BARE_SHEET})!)?\#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!))
    | (?P<area>(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<bare>{_BARE_SHEET}))!)?
        (?P<first>{_CELL}(?::(?P<last>{_CELL}))?|{_COLUMN}:{_COLUMN}|{_ROW}:{_ROW}))(?![\w.(!\[])
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![\w.])
    | (?P<call>[^\W\d][\w.]*)\(
    | (?P<name>[^\W\d][\w.\\?]*)(?![\w.!(\[])
    | (?P<sign><>|<=|>=|[-+*/^&=<>%(),;])
    | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_PART = regex(r"\$?(?P<column>[A-Za-z]{0,3})\$?(?P<row>[0-9]{0,7})")
_REFERRING = {"area", "outside", "name", "call", "other"}
# What these refer to is known only when they are calculated.
_ANYWHERE = {"INDIRECT", "OFFSET"}


class Token(NamedTuple):
    """One sign of a formula: its kind (a group of the pattern above), text, and the area it names."""

    kind: str
    text: str
    sheet: str | None = None
    area: Area | None = None


class References(NamedTuple):
    """What a formula refers to.

    Attributes:
        areas: sheet (None for its own) and area.
        names: defined names.
        anywhere: it may refer to more than can be told from its text.
    """

    areas: tuple[tuple[str | None, Area], ...]
    names: tuple[str, ...]
    anywhere: bool


def tokens(formula: str) -> Iterator[Token]:
    """Return the signs of a formula in order; one of kind ``other`` is beyond our grammar."""
    return map(_token, _TOKEN.finditer(formula))


def with_areas(formula: str, renewed: Callable[[str | None, str], str]) -> str:
    """Return a formula in which each address is what *renewed* makes of its sheet (None: its own) and of itself."""

    def put(found: re.Match[str]) -> str:
        token = _token(found) if found.lastgroup == "area" else None
        if token is None or token.area is None:
            return found.group()
        before = found.start("first") - found.start()
        return found.group()[:before] + renewed(token.sheet, found["first"])

    return _TOKEN.sub(put, formula)


@lru_cache(maxsize=4096)
def references(formula: str) -> References:
    """Return what a formula refers to, whether or not it can be calculated."""
    areas, names, anywhere = [], [], False
    for found in _TOKEN.finditer(formula):
        if found.lastgroup not in _REFERRING:
            continue
        token = _token(found)
        if token.area is not None:
            areas.append((token.sheet, token.area))
            anywhere = anywhere or ":" in (token.sheet or "")  # several sheets: '1月:3月'!A1
        elif token.kind == "outside":
            anywhere = anywhere or "[" not in token.text  # another workbook does not change with ours
        elif token.kind == "name" and token.text.upper() not in {"TRUE", "FALSE"}:
            names.append(token.text)
        elif token.kind == "other" or (token.kind == "call" and token.text.upper() in _ANYWHERE):
            anywhere = True
    return References(tuple(areas), tuple(names), anywhere)


def _token(found: re.Match[str]) -> Token:
    kind = found.lastgroup or ""
    if kind != "area":
        return Token(kind, found[kind])
    area = _area(found["first"])
    if area is None:  # too far to the right or below: a name that looks like a cell
        return Token("other" if "!" in found["area"] else "name", found["area"])
    sheet = found["quoted"].replace("''", "'") if found["quoted"] is not None else found["bare"]
    return Token("area", found["area"], sheet, area)


@lru_cache(maxsize=4096)  # the lines of a table have their total, their funds and their headings in common
def _area(text: str) -> Area | None:
    first, _, last = text.partition(":")
    one, two = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if one is None or two is None:
        return None
    rows = sorted((int(one["row"] or 1), int(two["row"] or LAST_ROW)))
    columns = sorted(
        (
            column_number(one["column"]) if one["column"] else 1,
            column_number(two["column"]) if two["column"] else LAST_COLUMN,
        )
    )
    if not 0 < rows[0] <= rows[1] <= LAST_ROW or columns[1] > LAST_COLUMN:
        return None
    return Area(rows[0], columns[0], rows[1], columns[1])
