"""Numbers in Chinese words: as papers count their parts, and as a few write points."""

from __future__ import annotations

import re

from zipingbiao.values.regex import regex

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_POINTS = regex(
    r"(?<![零〇一二三四五六七八九十百千万])(?P<whole>一百|[二三四五六七八九]十[一二三四五六七八九]?)(?P<rest>点[零〇一二三四五六七八九]{1,2})?(?=分(?!之))"
)
_HUNDREDTHS = regex(
    r"百分之\s*(?:(?P<digits>\d+(?:\.\d+)?)|(?P<whole>百|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?P<rest>点[零〇一二三四五六七八九]{1,4})?)"
    r"(?![\d零一二三四五六七八九十百点.])"
)
# Example: 十五个、三项、两个. Near miss: 第一项、几十个、一个半.
_COUNTS = regex(
    r"(?<![第零〇一二两三四五六七八九十百千万几数])(?P<whole>[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])(?P<rest>)(?=[个项条](?!半))"
)
# Example: 九成以上, 8成, 九成五, at the end of the text or before a comparator. Near miss: 九成新, 三成本.
_TENTHS = regex(
    r"(?<![零一二三四五六七八九十百千万亿几数\d.])(?P<tens>[一二三四五六七八九1-9])\s*成(?P<ones>[一二三四五六七八九半])?"
    r"(?=(?:\(含\))?(?:及|或|\(含\))?(?:以[上下内]|之?内)?$)"
)
_YEAR_IN_WORDS = regex(
    r"(?<!\d)(?:二[〇○零O0][〇○零O0一二三四五六七八九]{2}(?![〇○零一二三四五六七八九十])|２０[０-９]{2}(?!\d))"
)
_YEAR_DIGITS = str.maketrans("〇○零O一二三四五六七八九０１２３４５６７８９", "00001234567890123456789")


def ordinal(number: int) -> str:
    """Return a number from 1 to 9999 in words."""
    told, rest, skipped = "", number, False
    for size, word in _PLACES:
        digit, rest = divmod(rest, size)
        if digit:
            told += (_DIGITS[0] if skipped else "") + _DIGITS[digit] + word
        skipped = bool(told) and not digit
    if rest:
        told += (_DIGITS[0] if skipped else "") + _DIGITS[rest]
    return told.removeprefix("一") if told.startswith("一十") else told


def with_points(text: str) -> str:
    """Return a text with 九十六点七五分 and 一百分 written with digits; 十分 and 三分 are seldom points and stay."""
    return _POINTS.sub(_in_digits, text)


def with_years(text: str) -> str:
    """Return a text with 二〇二四 and ２０２４ written 2024, as titles of official papers write the year."""
    if "二" not in text and "２" not in text:
        return text
    return _YEAR_IN_WORDS.sub(lambda found: found[0].translate(_YEAR_DIGITS), text)


def with_percents(text: str) -> str:
    """Return a text with 百分之九十五 written 95% and 百分之百 100%."""
    if "百分之" not in text:
        return text
    return _HUNDREDTHS.sub(lambda found: f"{found['digits'] or _in_digits(found)}%", text)


def with_counts(text: str) -> str:
    """Return a text with 十五个 and 两项 written 15个 and 2项."""
    return _COUNTS.sub(_in_digits, text)


def with_tenths(text: str) -> str:
    """Return a text that ends in tenths, or in a comparator behind them, with 九成 written 90% and 九成五 95%."""
    return _TENTHS.sub(_tenths, text) if "成" in text else text


def _tenths(found: re.Match[str]) -> str:
    tens, ones = found["tens"], found["ones"] or "零"
    first = int(tens) if tens.isascii() else _DIGITS.index(tens)
    return f"{first * 10 + (5 if ones == '半' else _DIGITS.index(ones))}%"


def _in_digits(found: re.Match[str]) -> str:
    """The number of which ``whole`` stands before the point in words, ``rest`` with the point behind it."""
    if found["whole"].endswith("百"):
        return "100"
    tens, ten, ones = found["whole"].rpartition("十")
    ones = ones.replace("两", "二")
    number = (_DIGITS.index(tens or "一") if ten else 0) * 10 + _DIGITS.index(ones or "零")
    behind = (found["rest"] or "").removeprefix("点").replace("〇", "零")
    return f"{number}{'.' if behind else ''}{''.join(str(_DIGITS.index(word)) for word in behind)}"
