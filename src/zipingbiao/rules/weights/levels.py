"""The points of the level-1 groups beside those that the profile fixes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import Indicator
from zipingbiao.values.number import plain, same_points

_SATISFACTION, _BENEFIT = "满意度", "效益"


class Level(NamedTuple):
    """One level-1 group whose points differ from the profile's."""

    name: str
    found: Decimal
    expected: Decimal

    def __str__(self) -> str:
        return f"{self.name}{plain(self.found)}（应{plain(self.expected)}）"


def levels_off(evaluation: Evaluation) -> list[Level]:
    """Return the groups that are off; none where the profile leaves them free.

    None either when a line belongs to no group of the profile (决策, 过程): the place then divides
    otherwise. 满意度 counts wherever it stands, and where it is missing 效益 may have its points.
    """
    expected = dict(evaluation.profile.levels)
    groups = [
        (_group(row.indicator, evaluation.profile), row.indicator.weight)
        for row in evaluation.rows
        if not row.indicator.is_execution
    ]
    names = {name for name, _ in groups}
    if not expected or not names or None in names:
        return []
    found = {
        level: sum((weight for name, weight in groups if name == level and weight is not None), Decimal(0))
        for level in expected
    }
    if _SATISFACTION not in names and {_SATISFACTION, _BENEFIT} <= set(expected):
        both = expected[_BENEFIT] + expected[_SATISFACTION]
        if same_points(found[_BENEFIT], both):
            expected |= {_BENEFIT: both, _SATISFACTION: Decimal(0)}
    return [
        Level(level, found[level], points)
        for level, points in expected.items()
        if not same_points(found[level], points)
    ]


def _group(indicator: Indicator, profile: Profile) -> str | None:
    levels = profile.levels
    if _SATISFACTION in levels and _SATISFACTION in indicator.level1 + indicator.level2:
        return _SATISFACTION
    return next((level for level in levels if profile.belongs(level, indicator.level1)), None)
