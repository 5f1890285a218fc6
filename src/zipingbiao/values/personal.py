"""What a text says that is a person's own, made unreadable: telephone numbers, numbers of identity cards."""

from __future__ import annotations

import re
from collections.abc import Collection

from zipingbiao.values.regex import regex
from zipingbiao.values.words import IDENTITY_CARD, PERSONAL_LABEL, TELEPHONE

_SIGN = "*"
_DIGIT = regex(r"[0-9０-９]")
# One sign each, so that places in a text stay: wide digits and hyphens are read as narrow ones.
_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ＋－", "0123456789Xx+-")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_LOST = "000"  # what Excel leaves of the last digits of such a number
_LEAST_DIGITS = 7


def masked(text: str, codes: Collection[str] = ()) -> str:
    """Return a text of the same length whose personal numbers are asterisks, all else as it stands.

    Args:
        text: any text.
        codes: numbers that are known to be codes of projects: they stay.
    """
    if len(_DIGIT.findall(text)) < _LEAST_DIGITS:
        return text
    narrow = text.translate(_NARROW)
    signs = list(text)
    found = [*TELEPHONE.finditer(narrow), *filter(_is_card, IDENTITY_CARD.finditer(narrow))]
    for match in found:
        if not any(match[0] in code for code in codes):
            for at in range(*match.span()):
                if narrow[at] in "0123456789Xx":
                    signs[at] = _SIGN
    return "".join(signs)


def without_digits(text: str) -> str:
    """Return what stands beside a label of :func:`is_personal`, its digits as asterisks where they make a number."""
    return _DIGIT.sub(_SIGN, text) if len(_DIGIT.findall(text)) >= _LEAST_DIGITS else text


def is_personal(label: str) -> bool:
    """Whether a cell with this text says that a personal number stands beside it."""
    return PERSONAL_LABEL.fullmatch("".join(label.split()).rstrip(":：")) is not None


def _is_card(match: re.Match[str]) -> bool:
    """By its check sign, or because the text says so; one whose last digits Excel has lost has no sign any more."""
    card = match[0]
    if match["said"]:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, card, strict=False))
    return card.endswith(_LOST) or _CHECK_SIGNS[total % 11] == card[-1].upper()
