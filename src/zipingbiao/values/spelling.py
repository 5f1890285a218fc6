"""One spelling for what people type: widths, invisible signs, look-alike comparators, labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from zipingbiao.values.regex import regex

# Zero-width, direction and variation signs, and controls that are no white space.
_NOTHING = (
    *range(0x09), *range(0x0E, 0x1C), 0x7F, *range(0x80, 0x85), *range(0x86, 0xA0), 0xAD, 0x034F,
    0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10), 0xFEFF,
)  # fmt: skip
_INVISIBLE = dict.fromkeys(_NOTHING)
_LOOKALIKES = str.maketrans(
    {
        "≧": "≥", "⩾": "≥", "≮": "≥", "≦": "≤", "⩽": "≤", "≯": "≤", "═": "=",
        "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-",
        "\u2015": "—", "─": "—", "━": "—",
        "〜": "~", "∼": "~", "•": "·", "・": "·", "∗": "*", "∶": ":", "∕": "/", "⁄": "/",
    }
)  # fmt: skip
_ESCAPED = regex(r"&(?:amp;)*(lt|gt|le|ge|nbsp|amp);")
_MEANT = {"lt": "<", "gt": ">", "le": "≤", "ge": "≥", "nbsp": " ", "amp": "&"}
_RAISED = regex(r"(?<=[mM米])[²³]")
_SPACE = regex(r"\s+")
_MOST_REMEMBERED = 120  # signs of a text that may come again
_BEFORE_LABEL = "★☆*·"
_BEHIND_LABEL = ":*★☆"
_BRACKETED = regex(r"[(\[【〔（][^()\[\]【】〔〕（）]*[)\]】〕）]")


def normalise(text: str) -> str:
    """Return *text* in one width and one kind of each sign, spaces collapsed and trimmed.

    NFKC turns ％ into %, （ into ( and ㎡ into m2; comparators that only look different become
    ``≥ ≤ =``; HTML escapes left by web copies are undone. Normalising twice changes nothing more.
    A sign that stands for a number (``① ² ½ ㋀``) keeps its form: NFKC would glue it to digits.
    """
    return (_normalised if len(text) <= _MOST_REMEMBERED else _normalised.__wrapped__)(text)


@lru_cache(maxsize=8192)
def _normalised(text: str) -> str:
    if text.isascii() and text.isprintable() and "&" not in text:
        return _SPACE.sub(" ", text).strip()
    if "²" in text or "³" in text:
        text = _RAISED.sub(_lowered, text.translate(_INVISIBLE))
    text = text.translate(_MEANT_SIGN)
    if "&" in text:
        text = _ESCAPED.sub(lambda found: _MEANT[found[1]], text)
    return _SPACE.sub(" ", text).strip()


def label_key(text: str) -> str:
    """Return the form in which labels are compared: no white space, no trailing colon, no stars."""
    key = _label_key if len(text) <= _MOST_REMEMBERED else _label_key.__wrapped__
    return key(text)


@lru_cache(maxsize=8192)
def _label_key(text: str) -> str:
    return _SPACE.sub("", normalise(text)).lstrip(_BEFORE_LABEL).rstrip(_BEHIND_LABEL)


def says(text: str, words: Iterable[str]) -> bool:
    """Tell whether one of the words stands in *text*."""
    return any(word in text for word in words)


def is_chinese(sign: str) -> bool:
    """Tell whether a sign is a Chinese one in common use (CJK Unified Ideographs and their extension A)."""
    return "\u3400" <= sign <= "\u9fff"


def same_text(text: str) -> str:
    """Return a text as names compare: without blanks, full-width signs as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def without_brackets(text: str) -> str:
    """Return *text* without its bracketed parts: ``产出指标(50分)`` becomes ``产出指标``."""
    return _BRACKETED.sub("", text).strip()


def _folded(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign)
    stands_for_number = unicodedata.category(sign) == "No" or folded[:1].isdecimal()
    return sign if stands_for_number and not sign.isdecimal() else folded


class _MeantSign(dict[int, str]):
    """What each sign becomes, nothing for one that nobody sees; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        meant = self[code] = "" if code in _INVISIBLE else _folded(chr(code)).translate(_LOOKALIKES)
        return meant


_MEANT_SIGN = _MeantSign()


def _lowered(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])
