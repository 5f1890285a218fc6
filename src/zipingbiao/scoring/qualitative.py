"""定性指标: the three official phrases, band words, scales, and when two texts say the same.

A profile has two bands or more (三档 nationally). How words fall onto them, best band first:

* 达成… and 全部或基本达成… are the first band, 未达成… the last, 部分达成… all those between; with two
  bands there is none between, so 部分达成 names no band and a person gives the points. 基本达成 alone
  may mean the first band or the one above the last.
* 优 (好) is the first band, 良 (较好) the second, 中 (一般) the third, 低 the fourth where there are
  five, 差 (坏) always the last. With fewer than four bands 良 is the lower half of the first, and 优
  without a typed score has full marks. A word better than 差 never takes the last band.
* A result in the words of its target is 达成 too.

Source: 财预〔2020〕10号 (three grades 100-80, 80-60, 60-0); band words 优 良 中 差 are the reading of
the Sichuan form, where the target lists the scale and the actual picks one (values.md section 5);
how they fall onto another number of bands is our rule (docs/profiles.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.scoring.words import (
    GRADE_MISSED,
    GRADE_NEARLY,
    GRADE_PARTLY,
    GRADE_REACHED,
    NONE_HAPPENED,
    SCALE_RANKS,
    SHORT_SCALES,
)
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import Blank, Comparator, Filler, Interval, Quantity, Value, Words, word_key


class Band(NamedTuple):
    """Bounds of a grade as fractions of the weight, both included.

    Attributes:
        presumed: what counts without a typed score; None where a person has to give it.
        is_open: whether the words leave open which of two bands is meant.
    """

    low: Decimal
    high: Decimal
    presumed: Decimal | None = None
    is_open: bool = False


Bands = Sequence[tuple[Decimal, Decimal]]
"""(lower, upper) fraction of the weight, best band first, as a profile has them."""


_ONE = Decimal(1)
_LOW, _POOR = 3, 4  # ranks of 低 and 差
_ENOUGH = 4  # bands for 优, 良, 中 and 差 to have one each
_BAND_WORD = regex("|".join(sorted(SCALE_RANKS, key=len, reverse=True)))
_MEASURED = (Quantity, Interval, Deadline)
_FEWEST = 3  # 空气质量“优良” is a result, 优良差 a choice


def band(actual: Words, target: Value, bands: Bands) -> Band | None:
    """Return the band that *actual* names, or None when it is no grade, or none of these bands is meant.

    A band word counts only where the target is a scale (优良中低差) or says nothing: 良好 as the
    actual of 良好 is the same text, not a grade. 基本完成 beside a number or a date leaves out the result.
    """
    words = word_key(actual.words)
    for phrases, meant in _PHRASES:
        if phrases.fullmatch(words):
            found = None if words == word_key(target.text) else meant(bands)
            return None if found is not None and found.is_open and isinstance(target, _MEASURED) else found
    chooses = isinstance(target, Blank | Filler) or (isinstance(target, Words) and is_scale(target.words))
    grade = SHORT_SCALES.get(_scale_key(target.text), SCALE_RANKS).get(words)
    return _by_word(grade, bands) if chooses and grade is not None else None


def reached(bands: Bands) -> Band:
    """Return the first band: that of 达成, and of a result in the words of its target."""
    return Band(*bands[0])


def _nearly(bands: Bands) -> Band:
    return Band(bands[-2][0], bands[0][1], is_open=True)


def _partly(bands: Bands) -> Band | None:
    between = bands[1:-1]
    return Band(between[-1][0], between[0][1]) if between else None


def _missed(bands: Bands) -> Band:
    return Band(*bands[-1])


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[Bands], Band | None]], ...] = (
    (GRADE_MISSED, _missed),
    (GRADE_PARTLY, _partly),
    (GRADE_NEARLY, _nearly),
    (GRADE_REACHED, reached),
)


def _by_word(grade: int, bands: Bands) -> Band | None:
    """The band of 优, 良, 中, 低 or 差; None where there are too few for it."""
    ladder = [Band(*each) for each in bands]
    if len(bands) < _ENOUGH:
        low, high = bands[0]
        ladder[:1] = [Band(low, high, presumed=_ONE), Band(low, (low + high) / 2)]
    last = len(ladder) - 1
    if grade < _LOW:
        return ladder[grade] if grade < last else None
    return ladder[last if grade == _POOR else min(grade, last)]


def is_scale(words: str) -> bool:
    """Tell whether a target lists grades to choose from, best first: ``优良中低差``, ``好坏``."""
    key = _scale_key(words)
    listed = _BAND_WORD.findall(key)
    grades = [SCALE_RANKS[word] for word in listed]
    is_chain = "".join(listed) == key and len(grades) >= _FEWEST and grades == sorted(set(grades))
    return is_chain or key in SHORT_SCALES


def _scale_key(words: str) -> str:
    return word_key(words).replace("/", "")


def same_words(left: str, right: str) -> bool:
    """Tell whether two texts say the same, punctuation and white space aside."""
    return bool(word_key(left)) and word_key(left) == word_key(right)


def none_of_the_same(values: Sequence[Value]) -> bool:
    """Tell whether values say in words that the same thing did not happen: 不发生安全事故 and 未发生安全事故."""
    said = [NONE_HAPPENED.match(word_key(value.text)) for value in values if isinstance(value, Words)]
    what = {found["what"] for found in said if found is not None}
    return len(said) == len(values) and None not in said and len(what) == 1 and "" not in what


def says_none(value: Value, name: str) -> bool:
    """Tell whether a value says that nothing happened of what *name* names: 无, 没有, 未发生投诉, 0起."""
    if isinstance(value, Quantity):
        return not value.number and value.comparator is not Comparator.AT_LEAST
    said = NONE_HAPPENED.match(word_key(value.text)) if isinstance(value, Filler | Words) else None
    return said is not None and said["what"] in word_key(name)
