"""定性指标: the three official phrases, band words, scales, and when two texts say the same.

Source: 财预〔2020〕10号 (three grades 100-80, 80-60, 60-0); band words 优 良 中 差 are the reading of
the Sichuan form, where the target lists the scale and the actual picks one (values.md section 5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.values.typed import Blank, Filler, Value, Words, word_key


class Band(NamedTuple):
    """Bounds of a grade as fractions of the weight, both included."""

    low: Decimal
    high: Decimal


_PHRASES = (
    # the order matters: 部分达成 and 未达成 contain 达成
    (2, re.compile(r"未(?:能)?(?:达成|达到|完成)(?:年度|预期|绩效)?(?:指标|目标)?(?:且效果较差|且效果差)?")),
    (
        1,
        re.compile(
            r"(?:部分|基本)(?:达成|达到|完成)(?:年度|预期|绩效)?(?:指标|目标)?(?:并?(?:具有|取得)一定效果)?"
        ),
    ),
    (0, re.compile(r"(?:全部|已)?(?:达成|达到)(?:年度|预期|绩效)(?:指标|目标)?")),
)
_FULL, _GOOD, _FAIR, _POOR = range(4)
_WORDS = {
    "优": _FULL, "优秀": _FULL, "好": _FULL, "良": _GOOD, "良好": _GOOD, "较好": _GOOD,
    "中": _FAIR, "一般": _FAIR, "低": _POOR, "差": _POOR, "较差": _POOR, "坏": _POOR,
}  # fmt: skip
_SCALE = re.compile(r"(?=.{2,8}$)(?:优秀?|良好?|中等?|低|差|较好|好|坏|一般|较差|合格|不合格|、|/)+")
_SCALES = frozenset(
    {"优良中差", "优良中低差", "优良差", "好坏", "优良中", "好中差", "好一般差", "是否", "高中低"}
)


def band(actual: Words, target: Value, bands: Sequence[tuple[Decimal, Decimal]]) -> Band | None:
    """Return the band that *actual* names, or None when it is no grade.

    A band word counts only where the target is a scale (优良中低差) or says nothing: 良好 as the
    actual of 良好 is the same text, not a grade.
    """
    words = word_key(actual.words)
    for grade, phrase in _PHRASES:
        if phrase.fullmatch(words):
            return None if words == word_key(target.text) else Band(*bands[grade])
    chooses = isinstance(target, Blank | Filler) or (isinstance(target, Words) and is_scale(target.words))
    return _by_word(_WORDS[words], bands) if chooses and words in _WORDS else None


def _by_word(grade: int, bands: Sequence[tuple[Decimal, Decimal]]) -> Band:
    """优 is full marks, 良 the lower half of the upper band, 中 and 差 the other two bands."""
    if grade == _FULL:
        return Band(Decimal(1), Decimal(1))
    low, high = bands[grade - 1]
    return Band(low, (low + high) / 2 if grade == _GOOD else high)


def is_scale(words: str) -> bool:
    """Tell whether a target lists grades to choose from: ``优良中低差``, ``好坏``."""
    return word_key(words).replace("/", "") in _SCALES


def same_words(left: str, right: str) -> bool:
    """Tell whether two texts say the same, punctuation and white space aside."""
    return bool(word_key(left)) and word_key(left) == word_key(right)
