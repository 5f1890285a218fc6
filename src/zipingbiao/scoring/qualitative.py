"""定性指标: the three official phrases, band words, scales, and when two texts say the same.

A profile has two bands or more (三档 nationally). How words fall onto them, best band first:

* 达成… is the first band, 未达成… the last, 部分达成… all those between; with two bands there is none
  between, so 部分达成 names no band and a person gives the points.
* 优 (好) is the first band, 良 (较好) the second, 中 (一般) the third, 低 the fourth where there are
  five, 差 (坏) always the last. With fewer than four bands the first is divided for 优 and 良: full
  marks, and its lower half. A word better than 差 never takes the last band.

Source: 财预〔2020〕10号 (three grades 100-80, 80-60, 60-0); band words 优 良 中 差 are the reading of
the Sichuan form, where the target lists the scale and the actual picks one (values.md section 5);
how they fall onto another number of bands is our rule (docs/profiles.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.scoring.words import NONE_HAPPENED
from zipingbiao.values.typed import Blank, Comparator, Filler, Quantity, Value, Words, word_key


class Band(NamedTuple):
    """Bounds of a grade as fractions of the weight, both included."""

    low: Decimal
    high: Decimal


Bands = Sequence[tuple[Decimal, Decimal]]
"""(lower, upper) fraction of the weight, best band first, as a profile has them."""


_PHRASES = (
    # 0 is the first band, 1 those between, 2 the last
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
_FULL, _GOOD, _FAIR, _LOW, _POOR = range(5)
_WORDS = {
    "优": _FULL, "优秀": _FULL, "好": _FULL, "良": _GOOD, "良好": _GOOD, "较好": _GOOD,
    "中": _FAIR, "一般": _FAIR, "低": _LOW, "差": _POOR, "较差": _POOR, "坏": _POOR,
}  # fmt: skip
_ENOUGH = 4  # bands for 优, 良, 中 and 差 to have one each
_BAND_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_SCALES = frozenset({"好坏", "是否", "高中低"})
_FEWEST = 3  # 空气质量“优良” is a result, 优良差 a choice


def band(actual: Words, target: Value, bands: Bands) -> Band | None:
    """Return the band that *actual* names, or None when it is no grade, or none of these bands is meant.

    A band word counts only where the target is a scale (优良中低差) or says nothing: 良好 as the
    actual of 良好 is the same text, not a grade.
    """
    words = word_key(actual.words)
    for grade, phrase in _PHRASES:
        if phrase.fullmatch(words):
            return None if words == word_key(target.text) else _by_phrase(grade, bands)
    chooses = isinstance(target, Blank | Filler) or (isinstance(target, Words) and is_scale(target.words))
    return _by_word(_WORDS[words], bands) if chooses and words in _WORDS else None


def _by_phrase(grade: int, bands: Bands) -> Band | None:
    """The first band, the last one, or all between as one; None with nothing between."""
    meant = (bands[:1], bands[1:-1], bands[-1:])[grade]
    return Band(meant[-1][0], meant[0][1]) if meant else None


def _by_word(grade: int, bands: Bands) -> Band | None:
    """The band of 优, 良, 中, 低 or 差; None where there are too few for it."""
    ladder = [Band(*each) for each in bands]
    if len(bands) < _ENOUGH:
        low, high = bands[0]
        ladder[:1] = [Band(Decimal(1), Decimal(1)), Band(low, (low + high) / 2)]
    last = len(ladder) - 1
    if grade < _LOW:
        return ladder[grade] if grade < last else None
    return ladder[last if grade == _POOR else min(grade, last)]


def is_scale(words: str) -> bool:
    """Tell whether a target lists grades to choose from, best first: ``优良中低差``, ``好坏``."""
    key = word_key(words).replace("/", "")
    listed = _BAND_WORD.findall(key)
    grades = [_WORDS[word] for word in listed]
    is_chain = "".join(listed) == key and len(grades) >= _FEWEST and grades == sorted(set(grades))
    return is_chain or key in _SCALES


def same_words(left: str, right: str) -> bool:
    """Tell whether two texts say the same, punctuation and white space aside."""
    return bool(word_key(left)) and word_key(left) == word_key(right)


def says_none(value: Value, name: str) -> bool:
    """Tell whether a value says that nothing happened of what *name* names: 无, 没有, 未发生投诉, 0起."""
    if isinstance(value, Quantity):
        return not value.number and value.comparator is not Comparator.AT_LEAST
    said = NONE_HAPPENED.match(word_key(value.text)) if isinstance(value, Filler | Words) else None
    return said is not None and said["what"] in word_key(name)
