"""TEXT: a number printed by the simple formats that self-evaluation tables use."""

from __future__ import annotations

import re
from decimal import Decimal

from zipingbiao.book.formulas.functions.maths import SINGLE as _MATHS
from zipingbiao.book.formulas.values import ExcelError, UnknownError, Value, general, number_of, text_of
from zipingbiao.values.number import HUNDRED
from zipingbiao.values.regex import regex

_GENERAL = {"GENERAL", "G/通用格式"}
_FORMAT = regex(
    r"(?P<before>[^0#?@.,]*)(?P<whole>[0#,]*)(?P<point>\.?)(?P<places>[0#]*)(?P<behind>[^0#?@.,]*)"
)
_QUOTED = regex(r'"([^"]*)"|\\(.)')
# Letters with a meaning of their own (dates, exponents), sections, colours, fill.
_SPECIAL = regex(r"[A-Za-z;\[\]_*/?]")


def printed(value: Value, form: Value) -> str:
    """Return *value* under the number format *form*; text that is no number stays as it is.

    Raises:
        UnknownError: the format is more than digits, a percent sign and words around them.
    """
    shape = text_of(form)
    if isinstance(value, bool):
        return text_of(value)
    if shape == "@":
        return text_of(value)
    if isinstance(value, str):
        try:
            value = number_of(value)
        except ExcelError:
            _parts(shape)
            return text_of(value)
    number = number_of(value)
    if shape.upper() in _GENERAL:
        return general(number)
    before, whole, point, places, behind = _parts(shape)
    for _ in range((before + behind).count("%")):
        number *= HUNDRED
    return before + _digits(number, whole, point, places) + behind


def _parts(shape: str) -> tuple[str, str, str, str, str]:
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(found[1] if found[1] is not None else found[2])
        return chr(0xE000 + len(literals) - 1)

    if shape.upper() in _GENERAL:
        return "", "", "", "", ""
    plain = _QUOTED.sub(kept, shape)
    found = _FORMAT.fullmatch(plain)
    bare = found is None or _SPECIAL.search(found["before"] + found["behind"])
    if found is None or bare or not found["whole"] + found["places"] or "%" in "".join(literals):
        raise UnknownError(f"format {shape}")
    if "," in found["whole"] and not re.fullmatch(r"#,##0|0,000|#,###", found["whole"]):
        raise UnknownError(f"format {shape}")
    restore = {0xE000 + index: text for index, text in enumerate(literals)}
    before, behind = found["before"].translate(restore), found["behind"].translate(restore)
    return before, found["whole"], found["point"], found["places"], behind


def _digits(number: Decimal, whole: str, point: str, places: str) -> str:
    rounded = _MATHS["ROUND"].call(number, Decimal(len(places)))
    sign = "-" if rounded < 0 else ""
    before, _, behind = format(abs(rounded), f".{len(places)}f").partition(".")
    least = len(whole[whole.index("0") :].replace(",", "")) if "0" in whole else 0
    before = before.lstrip("0").rjust(least, "0")
    if "," in whole:
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    kept = len(places[: places.rindex("0") + 1]) if "0" in places else 0
    behind = behind[:kept] + behind[kept:].rstrip("0")
    return f"{sign}{before}{point}{behind}"
