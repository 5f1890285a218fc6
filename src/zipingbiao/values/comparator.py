"""Comparators as people write them: signs, words before or behind a number, words in a name."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise
from zipingbiao.values.words import COMPARING, MAY, NEGATIVE, POSITIVE, WEAK


class Comparator(StrEnum):
    """Which way a target is meant; ``>`` counts as ``≥`` and ``<`` as ``≤`` (no table tells them apart)."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EQUAL = "="


_SIGNS = {
    "least": r">\s*=?|=\s*>|≥\s*=?|》\s*=?",
    "most": r"<\s*=?|=\s*<|≤\s*=?|《\s*=?",
    "equal": r"=+",
}


def _any(words: dict[str, str]) -> str:
    return "|".join(f"(?P<{name}>{pattern})" for name, pattern in words.items())


_FIRM = _any({name: f"{_SIGNS[name]}|{COMPARING[name]}" for name in _SIGNS})
_BEFORE = regex(rf"(?:(?:{_any(WEAK)})\s*)?(?:{_FIRM})?\s*")
_AFTER = regex(
    r"(?:\(不?含\))?[及或]?(?:(?P<least>以上)|(?P<most>以内|以下|之内|之下|范围内|封顶|为限))(?:\(不?含\))?"
)
_INSIDE = regex(r"内(?![容部外])")
_IN_NAME = (
    (
        Comparator.AT_LEAST,
        regex(
            rf"[≥>]|不{MAY}(?:低|少|小)于|(?<!不)大于|至少|以上(?:\)|$)|最低\d|下限",
            holds=("≥", ">", "于", "至少", "以上", "最低", "下限"),
        ),
    ),
    (
        Comparator.AT_MOST,
        regex(
            rf"[≤<]|不{MAY}(?:超过|超出|高于|大于|多于)|(?<!不)小于|(?<!不)低于(?!.*率)"
            r"|控制在.*(?:以内|以下|之内)|(?:以内|以下|之内)(?:\)|$)|最高\d|上限",
            holds=("≤", "<", "过", "出", "于", "以内", "以下", "之内", "最高", "上限"),
        ),
    ),
)
_BY_NAME = {"least": Comparator.AT_LEAST, "most": Comparator.AT_MOST, "equal": Comparator.EQUAL}
_LONGEST_NAME = 200


def take_before(text: str) -> tuple[Comparator | None, bool, str]:
    """Split a leading comparator from *text*: what it is, whether it is firm, and the rest.

    达到 and 控制在 are not firm: they give way to 以内 or 以上 behind the number.
    """
    found = _BEFORE.match(text)
    return (*_meaning(found), text[found.end() :]) if found else (None, False, text)


def take_end(text: str) -> tuple[Comparator | None, bool, str]:
    """Split the comparator with which *text* ends from what leads to it: ``费用不超过`` is ≤, 费用."""
    for start in range(len(text)):
        if found := _BEFORE.fullmatch(text, start):
            return *_meaning(found), text[:start]
    return None, False, text


def take_after(text: str, *, duration: bool = False) -> tuple[Comparator | None, str]:
    """Split 以上, 以内 and the like from the start of *text*; 内 alone counts behind a duration."""
    if found := _AFTER.match(text):
        comparator = Comparator.AT_LEAST if found["least"] else Comparator.AT_MOST
        return comparator, text[found.end() :].strip()
    if duration and (found := _INSIDE.match(text)):
        return Comparator.AT_MOST, text[found.end() :].strip()
    return None, text


@lru_cache(maxsize=4096)
def parse_comparator(text: str) -> Comparator | None:
    """Return the comparator of a sign or direction column: ``≧`` ``大于等于`` ``正向`` ``反向``."""
    key = normalise(text).replace(" ", "")
    if key in POSITIVE:
        return Comparator.AT_LEAST
    if key in NEGATIVE:
        return Comparator.AT_MOST
    comparator, firm, rest = take_before(key)
    return comparator if firm and not rest else None


@lru_cache(maxsize=4096)
def comparator_in_name(name: str) -> Comparator | None:
    """Return the comparator that stands in an indicator's name: ``(≥**人)``, 不超过, 一户年最高5300元.

    ``控制`` alone is none (高血压随访控制数 is a count to be reached), nor is a word inside a noun.
    A name that says both, as in ``(≥10且≤20)``, has none.
    """
    clean = normalise(name)[:_LONGEST_NAME]
    said = [comparator for comparator, pattern in _IN_NAME if pattern.search(clean)]
    return said[0] if len(said) == 1 else None


def _meaning(found: re.Match[str]) -> tuple[Comparator | None, bool]:
    for names, firm in ((("least", "most", "equal"), True), (("weak_least", "weak_most"), False)):
        for name in names:
            if found[name]:
                return _BY_NAME[name.removeprefix("weak_")], firm
    return None, False
