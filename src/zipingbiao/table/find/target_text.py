"""One text for an approved target: sign, number and unit from their columns, or from the name."""

from __future__ import annotations

from dataclasses import replace

from zipingbiao.table.records import Indicator, Role
from zipingbiao.table.words import NO_UNIT
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.typed import (
    Blank,
    Comparator,
    Deadline,
    Filler,
    Interval,
    Quantity,
    Value,
    Words,
    format_value,
    parse_text,
)
from zipingbiao.values.unit import parse_unit

_SIGN = regex(r"[≥≤=＝≧≦⩾⩽≮≯＞＜><═]")
_OPENING, _CLOSING = "（([【", "）)]】"
_STOPS = " ，,。.；;、"
_KINDS = {Comparator.AT_LEAST: "正向", Comparator.AT_MOST: "反向", Comparator.EQUAL: "等于"}


def approved(row: Indicator, text: str) -> str:
    """Return a target as it can be typed: what the sign and unit columns add, words as they stand."""
    value = parse_text(text)
    if isinstance(value, Blank | Filler):
        return ""
    if not isinstance(value, Quantity | Interval):
        return text
    for unit in (_unit(row), ""):
        whole = _combined(value, text, row.sign, unit)
        if isinstance(parse_text(whole), Quantity | Interval):
            return whole
    return text


def unit_lost(row: Indicator, text: str) -> str:
    """Return what stands in the unit column when it could not become part of the target *text*."""
    unit, value = _unit(row), parse_text(text)
    if not isinstance(value, Quantity | Interval):
        return ""
    return unit if value.unit is None else ""


def kind_word(row: Indicator, text: str) -> str:
    """Return the word for 指标性质 that the sign or direction column gives; "" when it gives none."""
    value = parse_text(text)
    if row.qualitative:
        return "定性" if isinstance(value, Words) else ""
    if not isinstance(value, Quantity) or row.sign is None or disagrees(row, value):
        return ""
    return _KINDS[row.sign]


def disagrees(row: Indicator, value: Value) -> bool:
    """Tell whether the target says ≥ where the sign column says ≤, or the other way round."""
    said = {row.sign, value.comparator if isinstance(value, Quantity) else None}
    return said >= {Comparator.AT_LEAST, Comparator.AT_MOST}


def from_name(name: str) -> tuple[str, str] | None:
    """Split ``完成率≥95%`` into name and target; None without an explicit sign and a value behind it."""
    found = _SIGN.search(name)
    if found is None:
        return None
    lead, text = name[: found.start()].rstrip(), name[found.start() :].strip()
    if lead[-1:] in _OPENING and text[-1:] in _CLOSING:
        lead, text = lead[:-1], text[:-1]
    value = parse_text(text)
    is_value = isinstance(value, Interval) or (isinstance(value, Quantity) and value.comparator is not None)
    lead = lead.rstrip(" :：,，、—-")
    return (lead, text.rstrip(_STOPS)) if is_value and lead else None


def _unit(row: Indicator) -> str:
    """The text of the unit column, % in its usual spelling; "" when it names none."""
    text = normalise(row.text(Role.UNIT)).strip("()")
    if not text or text in NO_UNIT or isinstance(parse_text(text), Filler | Deadline):
        return ""
    unit = parse_unit(text)
    return unit.label if unit is not None and unit.is_percent else text


def _combined(value: Quantity | Interval, text: str, sign: Comparator | None, unit: str) -> str:
    unit = "" if value.unit is not None else unit
    own = value.comparator if isinstance(value, Quantity) else None
    if isinstance(value, Interval) or own is not None:
        sign = None
    clean = text.strip()
    if (not sign or clean[0].isdecimal()) and (not unit or clean[-1].isdecimal()):
        return f"{sign or ''}{clean}{unit}"
    if isinstance(value, Interval):
        return clean
    # 不少于12 (个), 12以上 (个): the words stand where sign or unit would go.
    return format_value(replace(value, comparator=own or sign, unit=value.unit or parse_unit(unit), text=""))
