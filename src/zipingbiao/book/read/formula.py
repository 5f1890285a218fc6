"""Shared formulas: the text of a dependent, from the text of the first cell of the group."""

from __future__ import annotations

import re

from zipingbiao.book.cells import column_letters, column_number
from zipingbiao.values.regex import regex

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_COLUMN = r"(\$?)([A-Za-z]{1,3})"
_ROW = r"(\$?)([0-9]{1,7})"
_BEFORE = r"(?<![\w.$])"
_AFTER = r"(?![\w.(!\[])"
_TOKEN = regex(
    r"""(?P<kept>"(?:[^"]|"")*"|'(?:[^']|'')*'|\[[^\]]*\])"""  # text, quoted sheet, table column, book
    rf"|{_BEFORE}{_COLUMN}{_ROW}{_AFTER}"
    rf"|{_BEFORE}{_COLUMN}:{_COLUMN}{_AFTER}"
    rf"|{_BEFORE}{_ROW}:{_ROW}{_AFTER}"
)


def shift(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it reads when moved: relative references move along, ``$`` ones stay.

    A reference that would leave the sheet becomes ``#REF!``. Text, quoted sheet names and names
    in brackets stay as they are.
    """

    def moved(match: re.Match[str]) -> str:
        if match["kept"] is not None:
            return match.group()
        _, c, column, r, row, c1, left, c2, right, r1, top, r2, bottom = match.groups()
        if column is not None:
            if column_number(column) > LAST_COLUMN or not 0 < int(row) <= LAST_ROW:
                return match.group()  # looks like a cell but is a name
            return _joined("", _column(c, column, columns), _row(r, row, rows))
        if left is not None:
            return _joined(":", _column(c1, left, columns), _column(c2, right, columns))
        return _joined(":", _row(r1, top, rows), _row(r2, bottom, rows))

    return _TOKEN.sub(moved, formula)


def _joined(between: str, first: str | None, second: str | None) -> str:
    return "#REF!" if first is None or second is None else f"{first}{between}{second}"


def _column(fixed: str, letters: str, by: int) -> str | None:
    if fixed:
        return f"${letters}"
    number = column_number(letters) + by
    return column_letters(number) if 0 < number <= LAST_COLUMN else None


def _row(fixed: str, digits: str, by: int) -> str | None:
    if fixed:
        return f"${digits}"
    number = int(digits) + by
    return str(number) if 0 < number <= LAST_ROW else None
