"""Text: parts of it, searching, spelling, and numbers printed by a format."""

from __future__ import annotations

import re
from decimal import Decimal

from zipingbiao.book.formulas.functions.formats import printed
from zipingbiao.book.formulas.functions.table import ANY, Function
from zipingbiao.book.formulas.functions.wildcards import pattern
from zipingbiao.book.formulas.values import (
    VALUE,
    ExcelError,
    UnknownError,
    Value,
    number_of,
    text_of,
    whole_of,
)

_ONE = Decimal(1)


def _count(value: Value, least: int = 0) -> int:
    count = whole_of(value)
    if count < least:
        raise ExcelError(VALUE)
    return count


def _left(value: Value, count: Value = _ONE) -> str:
    return text_of(value)[: _count(count)]


def _right(value: Value, count: Value = _ONE) -> str:
    text = text_of(value)
    return text[max(len(text) - _count(count), 0) :]


def _mid(value: Value, start: Value, count: Value) -> str:
    text, first = text_of(value), _count(start, 1) - 1
    return text[first : first + _count(count)]


def _trim(value: Value) -> str:
    return re.sub(" +", " ", text_of(value)).strip(" ")


def _substitute(value: Value, old: Value, new: Value, which: Value = None) -> str:
    text, gone, put = text_of(value), text_of(old), text_of(new)
    if not gone:
        return text
    if which is None:
        return text.replace(gone, put)
    parts, number = text.split(gone), _count(which, 1)
    if number >= len(parts):
        return text
    return gone.join(parts[:number]) + put + gone.join(parts[number:])


def _find(sought: Value, value: Value, start: Value = _ONE) -> Decimal:
    text, first = text_of(value), _count(start, 1) - 1
    place = text.find(text_of(sought), first)
    if place < 0:
        raise ExcelError(VALUE)
    return Decimal(place + 1)


def _search(sought: Value, value: Value, start: Value = _ONE) -> Decimal:
    text, first = text_of(value), _count(start, 1) - 1
    found = pattern(text_of(sought)).search(text, first)
    if found is None or first > len(text):
        raise ExcelError(VALUE)
    return Decimal(found.start() + 1)


def _value(value: Value) -> Decimal:
    if isinstance(value, bool):
        raise ExcelError(VALUE)
    return number_of(value)


def _char(value: Value) -> str:
    code = whole_of(value)
    if not (code in {9, 10, 13} or 32 <= code <= 126):
        raise UnknownError("beyond ASCII it depends on the computer")
    return chr(code)


def _link(address: Value, shown: Value = None) -> Value:
    text_of(address)
    return address if shown is None else shown


SINGLE = {
    "LEN": Function(lambda value: Decimal(len(text_of(value))), 1),
    "LEFT": Function(_left, 1, 2),
    "RIGHT": Function(_right, 1, 2),
    "MID": Function(_mid, 3),
    "TRIM": Function(_trim, 1),
    "SUBSTITUTE": Function(_substitute, 3, 4),
    "FIND": Function(_find, 2, 3),
    "SEARCH": Function(_search, 2, 3),
    "EXACT": Function(lambda left, right: text_of(left) == text_of(right), 2),
    "CONCATENATE": Function(lambda *values: "".join(map(text_of, values)), 1, ANY),
    "CHAR": Function(_char, 1),
    "VALUE": Function(_value, 1),
    "TEXT": Function(printed, 2),
    "HYPERLINK": Function(_link, 1, 2),
}
