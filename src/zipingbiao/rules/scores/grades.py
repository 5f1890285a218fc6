"""The grade of a qualitative result, chosen in words or implied by the words of its target."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from zipingbiao.scoring import qualitative
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.number import round_points
from zipingbiao.values.typed import Words


class Grade(NamedTuple):
    """A band in points.

    Attributes:
        low, high: its limits, both included; ``below`` says that *high* belongs to the next better one.
        top: from where on the first band begins.
        below: whether *high* is excluded.
        is_chosen: whether the words name the grade; otherwise they repeat the target.
        is_open: whether they leave open which of two grades is meant.
    """

    low: Decimal
    high: Decimal
    top: Decimal
    below: bool
    is_chosen: bool
    is_open: bool

    def holds(self, points: Decimal) -> bool:
        """Whether some points lie in the band."""
        rounded = round_points(points)
        return self.low <= rounded < self.high if self.below else self.low <= rounded <= self.high

    def is_reached(self, points: Decimal) -> bool:
        """Whether the result with these points is 达成, so that there is nothing to explain."""
        return self.low >= self.top or (self.is_open and round_points(points) >= self.top)


def grade_of(row: Scored, profile: Profile) -> Grade | None:
    """Return the grade of one line; None where its result is no grade or it has no weight."""
    indicator, bands = row.indicator, profile.bands
    actual, weight = indicator.value(Role.ACTUAL), indicator.weight
    if not isinstance(actual, Words) or weight is None:
        return None
    band = chosen = qualitative.band(actual, indicator.value(Role.TARGET), bands)
    if band is None and row.met and row.kind is Kind.QUALITATIVE:
        band = qualitative.reached(bands)
    if band is None:
        return None
    low, high, top = (round_points(weight * share) for share in (band.low, band.high, bands[0][0]))
    # The limit between two bands belongs to the upper one: 80%（含）.
    below = any(band.high == lower for lower, _ in bands)
    return Grade(low, high, top, below, chosen is not None, band.is_open)
