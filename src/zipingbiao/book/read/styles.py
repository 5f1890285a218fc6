"""Number formats: what a style says about the class of a cell and the decimals it shows."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from zipingbiao.book.cells import CellClass
from zipingbiao.book.read.parse import elements
from zipingbiao.values.regex import regex


class Format(NamedTuple):
    """What matters of a number format: the class of a number under it, its fixed decimals, its leading zeros.

    *mask* is that of a format that fills a number up with zeros: ``0000000``, ``0000-00``; else "".
    """

    kind: CellClass
    decimals: int | None
    mask: str = ""


GENERAL = Format(CellClass.NUMBER, None)
_DATE = Format(CellClass.DATE, None)
_CURRENCY = Format(CellClass.CURRENCY, None)

# ECMA-376 part 1, 18.8.30. The numbers left out of the standard's table (27 to 36, 50 to 58) are
# dates in every East Asian locale.
_BUILT_IN = {
    **dict.fromkeys((5, 6, 7, 8, 42, 44), _CURRENCY),
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), _DATE),
    **dict.fromkeys((1, 3, 37, 38, 41), Format(CellClass.NUMBER, 0)),
    **dict.fromkeys((2, 4, 39, 40, 43), Format(CellClass.NUMBER, 2)),
    9: Format(CellClass.PERCENT, 0),
    10: Format(CellClass.PERCENT, 2),
}

_NAMED = {
    "percent": "0.00%",
    "fixed": "0.00",
    "standard": "#,##0.00",
    "currency": "¥#,##0.00",
    "euro currency": "€#,##0.00",
    "scientific": "0.00E+00",
    "general number": "General",
    **dict.fromkeys(("general date", "long date", "medium date", "short date"), "yyyy-mm-dd"),
    **dict.fromkeys(("long time", "medium time", "short time"), "h:mm"),
}

_CURRENCY_SIGN = regex(r"\[\$[^\]-]|[¥￥$€£](?![^\[]*\])", holds="$¥￥€£")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = regex(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_QUOTED = regex(r'"[^"]*"|\\.')
_DATE_LETTER = regex(r"[ymdhs]|aaa")
_GENERAL_NAME = regex(r"general|g/通用格式")
_PLACEHOLDERS = regex(r"[#0?.][#0?.,/e+-]*")
_MASK = regex(r"(?=(?:-*0){2})[0-]+")
_FIXED = regex(r"(?:[#0?,]*[#0?])?(?:\.(0*))?")


def read_styles(xml: bytes, part: str) -> tuple[Format, ...]:
    """Return the format of each cell style, by the index that a cell's ``s`` attribute gives.

    Raises:
        UnreadableError: the part is not well-formed.
    """
    found = elements(xml, part, {"numFmt", "xf"})
    custom = {
        element.attributes.get("numFmtId"): classify(element.attributes.get("formatCode", ""))
        for element in found
        if element.name == "numFmt" and element.parent == "numFmts"
    }
    return tuple(
        _of_style(element.attributes.get("numFmtId", "0"), custom)
        for element in found
        if element.name == "xf" and element.parent == "cellXfs"
    )


@lru_cache(maxsize=1024)
def classify(code: str) -> Format:
    """Return what a format code does to a number; its first section speaks for it."""
    section = _first_section(code)
    bare = _GENERAL_NAME.sub("", _LITERAL.sub("", section).lower())
    if "%" in bare:
        return Format(CellClass.PERCENT, _decimals(bare))
    if _ELAPSED.search(section) or _DATE_LETTER.search(bare):
        return _DATE
    if _CURRENCY_SIGN.search(section):
        return _CURRENCY
    return Format(CellClass.NUMBER, _decimals(bare), _mask(section))


def _mask(section: str) -> str:
    """Return a format of zeros and hyphens alone, without colours and the signs that mark a literal."""
    plain = re.sub(r"\[[^\]]*\]|[\\\"]", "", section)
    return plain if _MASK.fullmatch(plain) else ""


def _of_style(number: str, custom: dict[str | None, Format]) -> Format:
    if number in custom:
        return custom[number]
    return built_in(int(number)) if number.isdecimal() else GENERAL


def built_in(number: int) -> Format:
    """Return the format that every workbook knows by this number without spelling it out."""
    return _BUILT_IN.get(number, GENERAL)


def named(code: str) -> Format:
    """As :func:`classify`; a code may also be one of the English names that tables of the web and XML 2003 use."""
    return classify(_NAMED.get(code.strip().lower(), code))


def _first_section(code: str) -> str:
    """Return the part before the first ``;`` that is not quoted."""
    masked = _QUOTED.sub(lambda match: "x" * len(match.group()), code)
    end = masked.find(";")
    return code if end < 0 else code[:end]


def _decimals(bare: str) -> int | None:
    """Return the decimals that a format without literals always shows, None if it does not fix them."""
    digits = _PLACEHOLDERS.search(bare.replace(" ", ""))
    fixed = digits and _FIXED.fullmatch(digits.group())
    return len(fixed.group(1) or "") if fixed else None
