"""How a scored line is put together: the three outcomes that every formula ends in."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.table.records import Indicator, Kind, Role
from zipingbiao.values.number import percent, plain, round_points, round_rate
from zipingbiao.values.typed import Quantity

ZERO = Decimal(0)
ONE = Decimal(1)


def met(indicator: Indicator, kind: Kind | None, why: str, what: str, *notes: Note) -> Scored:
    """A line that reached its target: full marks, completion 100 %."""
    weight = indicator.weight or ZERO
    return result(indicator, kind, why, ONE, weight, f"{what}，得满分 {plain(weight)}", notes, reached=True)


def nothing(indicator: Indicator, kind: Kind | None, why: str, note: Note, *more: Note | str) -> Scored:
    """A line that cannot be computed: no score, and the reason."""
    detail = next((text for text in more if not isinstance(text, Note)), "")
    notes = (note, *(other for other in more if isinstance(other, Note)))
    sentence = f"未计算：{note.value}" + (f"（{detail}）" if detail else "")
    return Scored(indicator, kind, why, None, "", None, sentence, notes, str(detail))


def result(
    indicator: Indicator,
    kind: Kind | None,
    why: str,
    rate: Decimal | None,
    score: Decimal,
    sentence: str,
    notes: tuple[Note, ...],
    *,
    reached: bool | None,
) -> Scored:
    """A computed line: *rate* as an exact fraction, *score* in points, both rounded here once."""
    shown = "" if rate is None else percent(rate)
    rounded = None if rate is None else round_rate(rate)
    return Scored(indicator, kind, why, rounded, shown, round_points(score), sentence, notes, "", reached)


def is_percent(value: object) -> bool:
    """Whether a typed value is a percentage."""
    return isinstance(value, Quantity) and value.unit is not None and value.unit.is_percent


def by_percentage(indicator: Indicator, kind: Kind | None, why: str, *notes: Note) -> Scored:
    """Weight × the percentage typed as 业绩值: the practice of the Shanxi form for text targets.

    Raises:
        TypeError: the actual is no percentage.
    """
    actual = indicator.value(Role.ACTUAL)
    if not isinstance(actual, Quantity) or actual.unit is None:
        raise TypeError(f"not a percentage: {actual!r}")
    weight = indicator.weight or ZERO
    rate = actual.number * actual.unit.factor
    score = round_points(weight * min(max(rate, ZERO), ONE))
    typed = f"{plain(actual.number)}{actual.unit.label}"
    sentence = f"{plain(weight)} × {typed} = {plain(score)}（按填报的百分比计）"
    return Scored(indicator, kind, why, round_rate(rate), typed, score, sentence, notes, "", rate >= ONE)
