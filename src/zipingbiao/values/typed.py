"""Text of 目标值 and 业绩值 → typed values that remember what was typed.

Eight forms exist: :class:`Quantity`, :class:`Interval`, :class:`Deadline`, :class:`Words`,
:class:`Filler`, :class:`Blank` and :class:`Unclear`. No input raises; what cannot be understood
is Words or Unclear, never 0 and never a guess. Two values are equal when they mean the same,
however they were typed.
"""

from __future__ import annotations

from dataclasses import field, replace
from decimal import Decimal
from functools import lru_cache

from zipingbiao.values import deadline
from zipingbiao.values.comparator import (
    Comparator,
    comparator_in_name,
    parse_comparator,
    take_after,
    take_before,
    take_end,
)
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.doubt import Doubt, count_numbers, doubt_of, doubt_of_rest
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import exact, plain
from zipingbiao.values.numerals import with_percents, with_tenths
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.unit import Unit, is_known, parse_unit, split_per, split_unit
from zipingbiao.values.words import FILLERS, OTHER_THAN_VALUE

__all__ = [
    "FILLERS",
    "Blank",
    "Comparator",
    "Deadline",
    "Doubt",
    "Filler",
    "Interval",
    "Quantity",
    "Unclear",
    "Value",
    "Words",
    "comparator_in_name",
    "format_value",
    "parse_comparator",
    "parse_text",
    "word_key",
]


@frozen
class Quantity:
    """A number, as typed, with its unit: ``≤202.6万元``. A percent cell of 0.95 is 95 %."""

    number: Decimal
    unit: Unit | None = None
    comparator: Comparator | None = None
    text: str = field(default="", compare=False)


@frozen
class Interval:
    """A range with both bounds included: ``3-5``, ``±10%``, ``≥20且≤30``."""

    low: Decimal
    high: Decimal
    unit: Unit | None = None
    text: str = field(default="", compare=False)


@frozen
class Words:
    """Words in normal spelling: ``及时``, ``达成年度指标``; :func:`word_key` compares them."""

    words: str
    text: str = field(default="", compare=False)


@frozen
class Filler:
    """``/`` ``—`` ``一`` 无 暂无: not applicable, or nothing to say."""

    sign: str
    text: str = field(default="", compare=False)


@frozen
class Blank:
    """Nothing was typed."""

    text: str = field(default="", compare=False)


@frozen
class Unclear:
    """Text that looks like a value but must be asked about."""

    doubt: Doubt
    sign: str
    text: str = field(default="", compare=False)


Value = Quantity | Interval | Deadline | Words | Filler | Blank | Unclear


_NUMBER = (
    r"[+-]?(?:(?:[1-9]\d{0,2}(?:(?:,\d{3}){1,5}|(?: \d{3}){1,5})|0|[1-9]\d{0,14})(?:\.\d{1,30})?|\.\d{1,30})"
    r"(?!\d|[.,]\d)"
)
_WHOLE = regex(rf"(?P<number>{_NUMBER})(?P<tail>.*)")
_EACH = regex(r"每(?P<lead>[^\d]{1,12})(?P<rest>\d.*)", holds="每")
_CURRENCY = regex(r"(?:人民币|RMB|¥)\s*")
_EMBEDDED = regex(rf"(?<![\d第A-Za-z.,+-])(?P<number>{_NUMBER})")
_PART = regex(rf"(?<![\d第A-Za-z.,])(?P<number>{_NUMBER})(?P<tail>[^\d]*)")
_YEAR = regex(r"(?:19|20)\d\d")
# 2021届, 2021期: a year, not a count.
_COUNTED_BY_YEAR = {"年", "届", "度", "期"}
_DURATIONS = {"seconds", "months", "workdays"}

_INSIDE = regex(r"^(?:控制在|保持在|稳定在|在|介于)\s*")
_RANGE = regex(
    rf"(?P<low>{_NUMBER}[^\d~至到—-]{{0,8}})(?:-+|~|—+|至|到)\s*(?P<high>{_NUMBER}.*)", holds="-~—至到"
)
_BAND = regex(rf"±\s*({_NUMBER}.*)", holds="±")
_AND = regex(r"并且|[且并和、;]|,(?!\d{3})")

_TRAILING = regex(r"[。;；,，.!！\s]+$")
_NOT_DESCRIBING = regex(r"^[前后第×x*]|[\d%‰/<>≥≤=~]|左右|上下")
# Words, and no dash or the like before the number, which would be a sign of its own.
_SENTENCE = regex(r"[^\W\d_].*(?<![-—~+×x*/])$")
_PUNCTUATION = regex(r"[\s。,，;；、:：.!！\"'“”‘’()\[\]《》<>]+")
_LONGEST_VALUE = 200
_LONGEST_REMEMBERED = 400
_LONGEST_SENTENCE = 40

_Typed = Quantity | Interval | Deadline | Doubt | None


def parse_text(text: str) -> Value:
    """Return the typed value of a text. Never raises; equal meanings give equal values."""
    return _remembered(text) if len(text) <= _LONGEST_REMEMBERED else _parse(text)


def _parse(text: str) -> Value:
    clean = normalise(text)
    if not clean:
        return Blank(text)
    if len(clean) > _LONGEST_VALUE:
        return Words(clean, text)
    body = _TRAILING.sub("", clean) or clean
    if (sign := body.replace(" ", "")) in FILLERS:
        return Filler(sign, text)
    value = _typed(_in_digits(body))
    if value is None:
        return Words(clean, text)
    return Unclear(value, clean, text) if isinstance(value, Doubt) else replace(value, text=text)


# The same few hundred texts fill most cells of a batch.
_remembered = lru_cache(maxsize=8192)(_parse)


def format_value(value: Value) -> str:
    """Write a value in canonical spelling; :func:`parse_text` reads an equal value back.

    That holds for numbers of up to 15 whole digits and units of the inventory.
    """
    match value:
        case Quantity(number, unit, comparator):
            label = _label(unit)
            short = f"{comparator or ''}{plain(number)}{label}"
            # Thousands separators tell an amount from a date or a code: 20,211,231.
            return (
                short if parse_text(short) == value else f"{comparator or ''}{number.normalize():,f}{label}"
            )
        case Interval(low, high, unit):
            bounds = Quantity(low, unit, Comparator.AT_LEAST), Quantity(high, unit, Comparator.AT_MOST)
            return "且".join(format_value(bound) for bound in bounds)
        case Deadline():
            return deadline.write(value)
        case Words(words):
            return words
        case Filler(sign) | Unclear(_, sign):
            return sign
        case Blank():
            return ""


def word_key(text: str) -> str:
    """Return the form in which words compare: one width, no punctuation, no white space."""
    return _PUNCTUATION.sub("", normalise(text))


def _typed(text: str) -> _Typed:
    if "《" in text and "》" in text:
        return None  # the title of a document
    if not any(map(str.isdecimal, text)):  # without a digit only a date is said, such as 年底
        return deadline.parse(text) or doubt_of_rest(text)
    return (
        deadline.parse(text)
        or doubt_of(text)
        or _interval(text)
        or _quantity(text)
        or _embedded(text)
        or doubt_of_rest(text)
    )


def _in_digits(text: str) -> str:
    """Write 百分之九十五, 百分之百, 九成, 零 and 零次 with digits; other Chinese numerals stay words."""
    text = with_tenths(with_percents(text))
    is_zero = text[0] in "零〇" and (len(text) == 1 or is_known(text[1:]))
    return f"0{text[1:]}" if is_zero else text


def _quantity(text: str) -> Quantity | None:
    before, firm, core = take_before(text)
    if each := _EACH.fullmatch(core):
        return _per(each["lead"], each["rest"], before)
    currency = _CURRENCY.match(core)
    value = _measured(core[currency.end() :] if currency else core, before, firm=firm)
    if value is None:
        return _total(core, before)
    if currency and (value.unit is None or value.unit.dimension == "scale"):
        yuan = parse_unit(f"{_label(value.unit)}元")
        return replace(value, unit=yuan) if yuan else None
    return value


def _measured(
    text: str, before: Comparator | None = None, *, firm: bool = False, words: int = 12
) -> Quantity | None:
    """Read number, unit and comparator; at most *words* signs that describe may stand behind."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    number, tail = exact(found["number"]), found["tail"].strip()
    unit: Unit | None = None
    after, rest = take_after(tail)
    if rest and after is None:
        split = split_unit(tail)
        if split is None:
            return None
        unit, rest = split
        after, rest = take_after(rest, duration=unit.dimension in _DURATIONS)
    is_year = unit and unit.label in _COUNTED_BY_YEAR and _YEAR.fullmatch(found["number"])
    if number is None or is_year or (rest and unit is None):
        return None
    if rest and (len(rest) > words or _NOT_DESCRIBING.search(rest)):
        return None
    if firm and after and after != before:
        return None
    return Quantity(number, unit, after or before)


def _per(lead: str, rest: str, before: Comparator | None) -> Quantity | None:
    """``每亩300``, ``每人每月不少于500元``: the denominator stands before the number."""
    comparator, _, noun = take_end(lead)
    per, value = split_per(noun.strip()), _quantity(rest)
    if per is None or value is None:
        return None
    unit = parse_unit(f"{_label(value.unit)}/{per}")
    said = {before, comparator, value.comparator} - {None}
    return Quantity(value.number, unit, said.pop() if said else None) if unit and len(said) < 2 else None


def _total(text: str, comparator: Comparator | None) -> Quantity | None:
    """``854万(建设400万元,畅通454万元)``: the first number is the total if the rest adds up to it."""
    parts = []
    for found in _PART.finditer(text):
        number, split = exact(found["number"]), split_unit(found["tail"].strip())
        if number is None or split is None:
            return None
        parts.append((number, split[0]))
    bases = [number * unit.factor for number, unit in parts]
    return Quantity(*parts[0], comparator) if len(parts) > 2 and bases[0] == sum(bases[1:]) else None


def _interval(text: str) -> Interval | Doubt | None:
    before, _, core = take_before(text)
    if (band := _BAND.fullmatch(core)) and before is not Comparator.AT_LEAST:
        value = _measured(band[1], words=0)
        if value is None or value.comparator is Comparator.AT_LEAST:
            return None
        return Interval(-abs(value.number), abs(value.number), value.unit)
    if (found := _RANGE.fullmatch(_INSIDE.sub("", text.removesuffix("之间").strip()))) is None:
        return _between(*_bounds(text))
    if text[0] == "-" and "--" in text:
        return Doubt.GARBLED  # -5--3: a dash, or the sign of the second number
    return _between(_measured(found["low"], words=0), _measured(found["high"]))


def _bounds(text: str) -> tuple[Quantity | None, Quantity | None]:
    """``≥20且≤30``: the two bounds in order, None for both when they are no such pair."""
    parts = [_quantity(part.strip()) for part in _AND.split(text)]
    by_sign = {part.comparator: replace(part, comparator=None) for part in parts if part}
    pair = by_sign.get(Comparator.AT_LEAST), by_sign.get(Comparator.AT_MOST)
    return pair if len(parts) == 2 and None not in pair else (None, None)


def _between(low: Quantity | None, high: Quantity | None) -> Interval | Doubt | None:
    if low is None or high is None:
        return None
    if low.comparator or high.comparator:
        return Doubt.APPROXIMATE  # 5-10天以内
    if low.unit and high.unit and not low.unit.same_scale(high.unit):
        return None
    if low.number > high.number:
        return Doubt.GARBLED
    # 1万-2万元: the unit that says more counts for both.
    plainer = high.unit is None or (low.unit is not None and high.unit.dimension == "scale")
    return Interval(low.number, high.number, low.unit if plainer else high.unit)


def _embedded(text: str) -> Quantity | None:
    """``按合同10.5万元``, ``满意率达95%以上``: the one number with a known unit in a short sentence."""
    if len(text) > _LONGEST_SENTENCE or count_numbers(text) != 1:
        return None
    found = _EMBEDDED.search(text)
    if found is None:
        return None
    comparator, firm, lead = take_end(text[: found.start()])
    if OTHER_THAN_VALUE.search(lead.strip()) or not (lead == "" or _SENTENCE.search(lead)):
        return None
    value = _measured(text[found.start() :], comparator, firm=firm, words=_LONGEST_SENTENCE)
    return value if value and value.unit else None


def _label(unit: Unit | None) -> str:
    return unit.label if unit else ""
