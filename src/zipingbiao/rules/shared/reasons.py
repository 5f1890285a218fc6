"""What people give as a reason, and for which lines a reason is due."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.words import DENIAL, FILLING, HOLLOW, INTENT
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import round_points
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import is_chinese, normalise

_PUNCTUATION = regex(r"[\W_]+")
_MOST_LEFT = 1
_SAYS_SOMETHING = 2  # signs
_REMEMBERED = 256  # several rules compare the same texts of one table


def counted(row: Scored) -> Decimal | None:
    """What counts for this line alone: a merged score belongs to several."""
    return row.score if row.indicator.shared_score else row.adopted


def is_below_full(row: Scored) -> bool:
    """Tell whether a line has less than its weight, so that a reason is due."""
    points, weight = counted(row), row.indicator.weight
    return points is not None and weight is not None and round_points(points) < weight


def gives_reason(indicator: Indicator) -> bool:
    """Tell whether a line says why it deviates: ``已完成`` and ``无偏差`` do not."""
    if not indicator.has_reason:
        return False
    written = (text for role in (Role.REASON, Role.MANUAL_REASON) if (text := indicator.text(role)))
    return not all(DENIAL.fullmatch(text_key(text)) for text in written)


@once
def given_reasons(evaluation: Evaluation) -> Iterator[tuple[Scored, str]]:
    """The lines below full marks with the text of their reason; each reason cell once."""
    seen = set()
    for row in evaluation.rows:
        ref, text = row.indicator.ref(Role.REASON), row.indicator.text(Role.REASON)
        if text and ref not in seen and gives_reason(row.indicator) and is_below_full(row):
            seen.add(ref)
            yield row, text


@lru_cache(_REMEMBERED)
def text_key(text: str) -> str:
    """Return the form in which reasons are compared: without punctuation and white space."""
    return without_punctuation(normalise(text))


def without_punctuation(spelt: str) -> str:
    """Return a normalised text in that form."""
    return _PUNCTUATION.sub("", spelt)


def is_slogan(text: str) -> bool:
    """Tell whether a reason only declares an intent: ``厉行节约，用好每一笔资金``."""
    key = text_key(text)
    left = FILLING.sub("", INTENT.sub("", key))
    return INTENT.search(key) is not None and len(left) <= _MOST_LEFT


def says_something(answer: str) -> bool:
    """Tell whether an answer to a warning gives anything to go by: ``已核实``, ``同上`` and ``/`` do not."""
    return sum(map(is_chinese, HOLLOW.sub("", text_key(answer)))) >= _SAYS_SOMETHING
