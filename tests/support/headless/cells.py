"""What Excel makes of a value that is assigned to a cell, and what it gives back when asked."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from typing import Any

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel, to_excel

GENERAL, AS_TEXT = "General", "@"
ERRORS = {
    "#DIV/0!": -2146826281, "#N/A": -2146826246, "#NAME?": -2146826259, "#NULL!": -2146826288,
    "#NUM!": -2146826252, "#REF!": -2146826265, "#VALUE!": -2146826273, "#SPILL!": -2146826243,
}  # fmt: skip
"""Error values as COM numbers; xlwings does not know the last one."""

_FIFTEEN = Context(prec=15, rounding=ROUND_DOWN)
_NUMBER = re.compile(
    r"(\(?)([+-]?)[¥￥$€£]?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(E[+-]?\d+)?(%?)\)?", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?(?: +(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})(?:[-/]|月)(\d{1,2})日?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_CURRENCY = re.compile(r"[¥￥$€£]|\[\$[^\]-]")


@dataclass(frozen=True, slots=True)
class Error:
    """An error value."""

    text: str


Value = float | str | bool | Error | None


@dataclass(frozen=True, slots=True)
class Held:
    """What one cell holds: a constant, or a formula without its ``=`` and its result, and its format."""

    value: Value = None
    formula: str | None = None
    format: str = GENERAL


def typed(old: Held, data: object) -> Held:
    """Return what a cell holds after ``Range.Value = data``."""
    blank = Held(format=old.format)
    if data is None or data == "":
        return blank
    if isinstance(data, str):
        return _typed_text(blank, data)
    if isinstance(data, dt.datetime | dt.date):
        return _formatted(blank, serial(data), "yyyy/m/d")
    assert isinstance(data, bool | int | float), f"{type(data).__name__} does not go over as it is"
    if old.format == AS_TEXT:
        return replace(blank, value=str(data).upper() if isinstance(data, bool) else f"{data:.15g}")
    return replace(blank, value=data if isinstance(data, bool) else float(data))


def serial(moment: Any) -> float:
    """Return the number by which a cell holds a date or time."""
    return float(to_excel(moment))  # type: ignore[no-untyped-call]  # openpyxl gives no types here


def raw(held: Held) -> object:
    """Return ``Range.Value`` of one cell: dates and currency by the format, errors by number."""
    value = held.value
    if isinstance(value, Error):
        return ERRORS[value.text]
    if isinstance(value, float) and is_date_format(held.format):
        return from_excel(value)
    if isinstance(value, float) and _CURRENCY.search(held.format):
        return Decimal(repr(value)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return value


def formula(held: Held) -> str:
    """Return ``Range.Formula`` of one cell: the constant itself, as text, where there is none."""
    if held.formula is not None:
        return f"={held.formula}"
    if isinstance(held.value, Error):
        return held.value.text
    if isinstance(held.value, bool):
        return str(held.value).upper()
    return f"{held.value:.15g}" if isinstance(held.value, float) else held.value or ""


def _typed_text(blank: Held, text: str) -> Held:
    if text.startswith("'"):
        return replace(blank, value=text[1:])
    if blank.format == AS_TEXT:
        return replace(blank, value=text)
    if text.startswith("=") and len(text) > 1:
        return replace(blank, formula=text[1:])
    plain = unicodedata.normalize("NFKC", text).strip()
    return _number(blank, plain) or _moment(blank, plain) or _word(blank, plain) or replace(blank, value=text)


def _number(blank: Held, text: str) -> Held | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    bracket, sign, digits, exponent, percent = found.groups()
    number = _FIFTEEN.create_decimal(digits.replace(",", "") + (exponent or ""))
    value = float(-number if sign == "-" or bracket else number)
    if percent:
        return _formatted(blank, value / 100, "0.00%" if "." in digits else "0%")
    return _formatted(blank, value, "0.00E+00" if exponent else GENERAL)


def _moment(blank: Held, text: str) -> Held | None:
    if found := _DATE.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    elif found := _MONTH_AND_DAY.fullmatch(text):
        (month, day), (year, hour, minute, second) = map(int, found.groups()), (2026, 0, 0, 0)
    elif found := _TIME.fullmatch(text):
        hour, minute, second = (int(part or 0) for part in found.groups())
        return _formatted(blank, (hour * 3600 + minute * 60 + second) / 86400, "h:mm")
    else:
        return None
    try:
        moment = dt.datetime(year, month, day or 1, hour, minute, second)  # noqa: DTZ001 a cell has no zone
    except ValueError:
        return None
    return _formatted(blank, serial(moment), "yyyy/m/d")


def _word(blank: Held, text: str) -> Held | None:
    if text.upper() in {"TRUE", "FALSE"}:
        return replace(blank, value=text.upper() == "TRUE")
    if text.upper() in ERRORS:
        return replace(blank, value=Error(text.upper()))
    if text[:1] in {"+", "-", "@"} and len(text) > 1:
        return replace(blank, formula=text.lstrip("+@"))
    return None


def _formatted(blank: Held, value: float, number_format: str) -> Held:
    """Give the value, and its format where the cell has none of its own."""
    return replace(blank, value=value, format=number_format if blank.format == GENERAL else blank.format)
