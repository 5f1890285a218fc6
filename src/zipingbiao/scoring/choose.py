"""Which 评分规则 apply to a table, and why."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import SelfEvaluation

STANDARD = "national-2020"


WITH_COST = "national-2021"
OLDER = "national-2016"


def choose_profile(table: SelfEvaluation, given: str | None = None) -> tuple[Profile, str, bool]:
    """Return the profile for a table, why in Chinese, and whether the choice is a guess.

    Order (design.md section 3): given by the user; a level 1 成本 → national 2021; the bands of the
    forms of 2016 in a footnote; the execution points in the table; the form; otherwise national
    2020, with a finding. Hubei prints those bands too: its 20 points go before the footnote.
    """
    if given is not None:
        return profiles.load(given), "由用户指定", False
    if any("成本" in indicator.level1 for indicator in table.indicators):
        return profiles.load(WITH_COST), "一级指标中有成本指标", False
    points = _execution_points(table)
    older = profiles.load(OLDER)
    if table.bands == older.bands and points in (None, older.execution_points):
        return older, "表下注明的定性三档是80%-50%", False
    by_points = [profile for profile in _built_in() if points in (None, profile.execution_points)]
    if not by_points:
        return profiles.load(STANDARD), f"预算执行率分值为{points:f}，没有对应的评分规则，暂按全国规则", True
    if len(by_points) == 1:
        return by_points[0], f"预算执行率分值为{points:f}", False
    own = next((profile for profile in by_points if profile.name == table.form.profile), None)
    if own is not None:
        return own, "按表格样式", False
    return profiles.load(STANDARD), "表格样式不能确定评分规则，暂按全国规则", True


@cache
def _built_in() -> tuple[Profile, ...]:
    return profiles.profiles()


def _execution_points(table: SelfEvaluation) -> Decimal | None:
    """The points of the execution line; one of many that a person scores by a standard says nothing of the form."""
    lines = (row for row in table.indicators if row.is_execution and not row.by_standard)
    return next((row.weight for row in lines), None)
