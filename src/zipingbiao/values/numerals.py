"""Numbers in Chinese words, as papers count their parts: 一, 十二, 一百零三."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


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
