"""指标性质: which way is better when an indicator says so only by its name (design.md section 3).

Order of evidence: sign in the target cell, sign or direction column, sign or words in the name,
then the head of the name (its last noun), then what level 2 measures. Nothing certain is said as
None; then a finding asks, and no score is given unless actual equals target.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from zipingbiao.scoring.words import (
    BAD_THINGS,
    BURDENS,
    CAPS,
    CHANGES,
    COUNT,
    DEALT_WITH,
    DURATION,
    EFFECT,
    GOOD_DEEDS,
    MEASURE,
    MONEY_GAINED,
    POLLUTANTS,
    RATE,
    SPENDING,
    UNWANTED,
)
from zipingbiao.table.records import Indicator, Kind, Role
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise, says, without_brackets
from zipingbiao.values.typed import Comparator, Interval, Quantity, comparator_in_name
from zipingbiao.values.unit import Unit

_BAD = rf"(?:{BAD_THINGS}|{POLLUTANTS}|[不未](?:{GOOD_DEEDS}))的?{MEASURE}$"
_BAD_THING = regex(_BAD)
_GOOD_DEED = regex(rf"(?<![不未])(?:{GOOD_DEEDS})的?{MEASURE}$")
_DEALT_WITH = regex(rf"{DEALT_WITH}.{{0,6}}{_BAD}")
_SHARE_OF = ("占比", "比重", "比例")
_PERCENTAGE = ("率", "比例", "占比", "比重", "百分比", "满意度")
_AMOUNT_OF = ("数", "数量", "面积", "长度", "里程", "人次", "规模")
_MORE_IS_BETTER = ("数量", "质量", "效益", "影响", "满意", "时效", "产出")
_CONTENT = ("浓度", "含量", "温度", "湿度", "酸碱度", "pH", "pH值")  # more of it may be better or worse
_CLOSING = regex(r"[。,，;；.、:：\s]+$")


class Direction(NamedTuple):
    """A kind and, in a short Chinese phrase, the evidence for it."""

    kind: Kind | None
    why: str


_BY_SIGN = {
    Comparator.AT_LEAST: Kind.AT_LEAST,
    Comparator.AT_MOST: Kind.AT_MOST,
    Comparator.EQUAL: Kind.EQUAL,
}

_UNKNOWN = Direction(None, "")
_REMEMBERED = 1024  # names: each is asked about several times, and many lines of a batch bear the same


def decide(indicator: Indicator, target: Quantity | Interval, actual_unit: Unit | None) -> Direction:
    """Return the kind of a numeric indicator and why; kind None when nothing decides."""
    if isinstance(target, Interval):
        return Direction(Kind.RANGE, "目标值是区间")
    if target.comparator is not None:
        return Direction(_BY_SIGN[target.comparator], "目标值中的符号")
    if indicator.sign is not None:
        typed = indicator.text(Role.SIGN)
        return Direction(_BY_SIGN[indicator.sign], f"“{typed}”列" if typed else "目标值前的符号")
    if not target.number and is_unwanted(indicator):
        return Direction(Kind.AT_MOST, "目标值为零，名称是不应有的事")
    return decide_by_name(indicator, target.unit or indicator.unit or actual_unit)


def decide_by_name(indicator: Indicator, unit: Unit | None) -> Direction:
    """Return what :func:`decide` does where no sign stands beside the target, which is in *unit*."""
    in_name = comparator_in_name(indicator.name)
    if in_name is not None:
        return Direction(_BY_SIGN[in_name], "指标名称中的符号")
    return _by_head_and_level(indicator, unit)


def better_beyond(indicator: Indicator) -> Kind | None:
    """Return which way out of a range is still better by the name; None where it is not, or nobody knows.

    97% for 合格率 90%～95% is no shortfall, 3 days for 办理时限 5～10天 neither; a pH of 10 is one.
    """
    head = _head(indicator.name)
    if CAPS.search(head) or _is_bad(head) or ("时效" in indicator.level2 and head.endswith(DURATION)):
        return Kind.AT_MOST
    return Kind.AT_LEAST if _GOOD_DEED.search(head) else None


def is_output(indicator: Indicator) -> bool:
    """Tell whether an indicator counts what was done: 25 trained are no fault where 10～20人次 were planned."""
    head = _head(indicator.name)
    counted = "数量" in indicator.level2 and head.endswith(COUNT)
    return counted and not (
        _is_bad(head) or CAPS.search(head) or says(head, SPENDING) or head.endswith(DURATION)
    )


def is_unwanted(indicator: Indicator) -> bool:
    """Tell whether an indicator names something that should not be: 负面影响, 投诉, and what a project costs others."""
    head = _head(indicator.name)
    if says(indicator.level2, BURDENS) and head.endswith(EFFECT):
        return True
    return _is_bad(head) or UNWANTED.search(head) is not None


def says_percent(indicator: Indicator) -> bool:
    """Tell whether the unit column or the name says that plain numbers are percentages."""
    if indicator.unit is not None and indicator.unit.is_percent:
        return True
    return _names_percentage(indicator.name)


@lru_cache(_REMEMBERED)
def _names_percentage(name: str) -> bool:
    return "%" in normalise(name) or _head(name).endswith(_PERCENTAGE)


def counts_things(indicator: Indicator) -> bool:
    """Tell whether the indicator counts or measures things, so that a percentage is another unit."""
    if indicator.unit is not None:
        return not indicator.unit.is_percent
    return _head(indicator.name).endswith(_AMOUNT_OF)


def _by_head_and_level(indicator: Indicator, unit: Unit | None) -> Direction:
    head = _head(indicator.name)
    level = indicator.level2 + indicator.level1
    is_rate = (unit is not None and unit.is_percent) or says_percent(indicator)
    if says(head, MONEY_GAINED) and not is_rate:
        return Direction(Kind.AT_LEAST, "指标名称是收入或节约")
    if "成本" in level and not is_rate and _is_price(head, unit):
        return Direction(Kind.AT_MOST, "成本指标的金额")
    return _by_head(head) or _by_level(head, level, is_rate=is_rate)


@lru_cache(_REMEMBERED)
def _by_head(head: str) -> Direction | None:
    if CAPS.search(head):
        return Direction(Kind.AT_MOST, "控制率是上限")
    if CHANGES.search(head):
        return _UNKNOWN
    if _GOOD_DEED.search(head):
        return Direction(Kind.AT_LEAST, "指标名称的中心词")
    if _is_bad(head):
        return Direction(Kind.AT_MOST, "指标名称的中心词是不希望发生的事")
    if _BAD_THING.search(head):
        return Direction(Kind.AT_LEAST, "指标名称是处理的数量")
    if head.endswith(_CONTENT) or (says(head, SPENDING) and head.endswith(_SHARE_OF)):
        return _UNKNOWN
    return Direction(Kind.AT_LEAST, "指标名称的中心词") if head.endswith(RATE) else None


def _is_bad(head: str) -> bool:
    """Whether the last noun is a bad thing that is counted itself, not what was done about it."""
    return _BAD_THING.search(head) is not None and not _DEALT_WITH.search(head)


def _by_level(head: str, level: str, *, is_rate: bool) -> Direction:
    if head.endswith(DURATION):
        return Direction(Kind.AT_MOST, "时间越短越好") if "时效" in level else _UNKNOWN
    if "成本" in level or (says(head, SPENDING) and not is_rate and not head.endswith(COUNT)):
        return _UNKNOWN
    if head.endswith(COUNT) or is_rate or says(level, _MORE_IS_BETTER):
        return Direction(Kind.AT_LEAST, "数量、质量、效益和满意度指标")
    return _UNKNOWN


def _is_price(head: str, unit: Unit | None) -> bool:
    if unit is None:
        return says(head, SPENDING)
    return unit.is_money or unit.dimension == "scale"


@lru_cache(_REMEMBERED)
def _head(name: str) -> str:
    """Return the name without brackets and closing punctuation, as its last noun ends it."""
    return _CLOSING.sub("", without_brackets(normalise(name))).replace(" ", "")
