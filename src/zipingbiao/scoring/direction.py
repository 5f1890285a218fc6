"""指标性质: which way is better when an indicator says so only by its name (design.md section 3).

Order of evidence: sign in the target cell, sign or direction column, sign or words in the name,
then the head of the name (its last noun), then what level 2 measures. Nothing certain is said as
None; then a finding asks, and no score is given unless actual equals target.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from zipingbiao.table.records import Indicator, Kind, Role
from zipingbiao.values.spelling import normalise, without_brackets
from zipingbiao.values.typed import Comparator, Interval, Quantity, comparator_in_name
from zipingbiao.values.unit import Unit


class Direction(NamedTuple):
    """A kind and, in a short Chinese phrase, the evidence for it."""

    kind: Kind | None
    why: str


_BY_SIGN = {
    Comparator.AT_LEAST: Kind.AT_LEAST,
    Comparator.AT_MOST: Kind.AT_MOST,
    Comparator.EQUAL: Kind.EQUAL,
}

# What follows the noun that matters: 事故发生率, 投诉件数, 受益人数.
_MEASURE = r"(?:发生|出现)?(?:率|比例|比率|占比|百分比|比重|度|程度|性|次数|起数|件数|例数|人数|户数|数量|数|量|面积|额|金额|幅度|情况|指数)?"
_GOOD_DEEDS = (
    r"解决|处理|处置|办结|办理|化解|整改|修复|排除|消除|响应|及时|合规|合格|达标|覆盖|完成|满意|知晓|受理|回复|回访|规范|优良|优秀|保障|落实|到位|发放|执行|支付"
    r"|完好|成活|利用|使用|提高|提升|增长|增加|改善|控制|防控|防治|预防|治理|下降|降低|减少|压减|节约|节省|缩短|查处|侦破|救治|治愈|监测|达到|实现|结案|发现|整治"
)
_BAD_THINGS = (
    r"事故|投诉|差错|错误|故障|违规|违纪|违法|违约|病害|虫害|变质|成灾|受害|结余|结转|超标|死亡|伤亡|上访|信访|舆情|逾期|安全事件|突发事件|群体性事件|负面事件|公共事件|不良事件|流失|损失|损耗|浪费|污染|返工|闲置|空置|缺陷"
    r"|退货|拖欠|欠薪|失误|失信|火灾|发案|发病|感染|(?:科目|预算|计划|目标)调整|超支|误差|偏差|泄露|泄漏|中断|停机|宕机|能耗|消耗|排放|辍学|失业|返贫|不合格|不满意|未完成"
)
# 查处违规次数 counts what was done about a bad thing.
_DEALT_WITH = r"(?:处理|办理|化解|查处|排查|整治|解决|受理|调处|救助|帮扶|救治|处置|整改|消除|排除|修复|打击|扑救|治理|防治)"
_UNKNOWN = Direction(None, "")
_RATE = re.compile(r"(?:率|比例|比率|占比|百分比|比重|度|程度|性|指数)$")
_COUNT = re.compile(
    r"(?:数|数量|量|次|人次|面积|长度|里程|公里|规模|个数|天数|期数|人员|户|件|套|台|辆|家|亩|场|份|篇|名|条|项|种)$"
)
_SPENDING = re.compile(
    r"成本|支出|费用|经费|投资|投入|花费|开支|造价|单价|价格|报价|限价|资金|金额|补助|补贴|标准|预算|工资|薪酬|租金|造价"
)
_DURATION = re.compile(r"(?:时间|时长|时限|用时|耗时|天数|工期|周期|时效|期限|工作日)$")
_MONEY_GAINED = re.compile(r"收入|增收|产值|销售|利润|税收|效益|节约|节省|募集|筹集|到位|回收|收益|GDP|营收")


def decide(indicator: Indicator, target: Quantity | Interval, actual_unit: Unit | None) -> Direction:
    """Return the kind of a numeric indicator and why; kind None when nothing decides."""
    if isinstance(target, Interval):
        return Direction(Kind.RANGE, "目标值是区间")
    if target.comparator is not None:
        return Direction(_BY_SIGN[target.comparator], "目标值中的符号")
    if indicator.sign is not None:
        return Direction(_BY_SIGN[indicator.sign], f"“{indicator.text(Role.SIGN)}”列")
    in_name = comparator_in_name(indicator.name)
    if in_name is not None:
        return Direction(_BY_SIGN[in_name], "指标名称中的符号")
    return _by_name(indicator, target.unit or indicator.unit or actual_unit)


def says_percent(indicator: Indicator) -> bool:
    """Tell whether the unit column or the name says that plain numbers are percentages."""
    if indicator.unit is not None and indicator.unit.is_percent:
        return True
    name = normalise(indicator.name)
    return "%" in name or bool(re.search(r"(?:率|比例|占比|比重|百分比|满意度)$", _head(name)))


def counts_things(indicator: Indicator) -> bool:
    """Tell whether the indicator counts or measures things, so that a percentage is another unit."""
    if indicator.unit is not None:
        return not indicator.unit.is_percent
    return bool(re.search(r"(?:数|数量|面积|长度|里程|人次|规模)$", _head(indicator.name)))


def _by_name(indicator: Indicator, unit: Unit | None) -> Direction:
    head = _head(indicator.name)
    level = indicator.level2 + indicator.level1
    is_rate = (unit is not None and unit.is_percent) or says_percent(indicator)
    if _MONEY_GAINED.search(head) and not is_rate:
        return Direction(Kind.AT_LEAST, "指标名称是收入或节约")
    if "成本" in level and not is_rate and _is_price(head, unit):
        return Direction(Kind.AT_MOST, "成本指标的金额")
    return _by_head(head) or _by_level(head, level, is_rate=is_rate)


def _by_head(head: str) -> Direction | None:
    if re.search(rf"(?:{_GOOD_DEEDS})的?{_MEASURE}$", head):
        return Direction(Kind.AT_LEAST, "指标名称的中心词")
    if re.search(rf"(?:{_BAD_THINGS})的?{_MEASURE}$", head):
        if re.search(rf"{_DEALT_WITH}.{{0,6}}(?:{_BAD_THINGS})的?{_MEASURE}$", head):
            return Direction(Kind.AT_LEAST, "指标名称是处理的数量")
        return Direction(Kind.AT_MOST, "指标名称的中心词是不希望发生的事")
    if _SPENDING.search(head) and re.search(r"(?:占比|比重|比例)$", head):
        return _UNKNOWN
    return Direction(Kind.AT_LEAST, "指标名称的中心词") if _RATE.search(head) else None


def _by_level(head: str, level: str, *, is_rate: bool) -> Direction:
    if _DURATION.search(head):
        return Direction(Kind.AT_MOST, "时间越短越好") if "时效" in level else _UNKNOWN
    if "成本" in level or (_SPENDING.search(head) and not is_rate and not _COUNT.search(head)):
        return _UNKNOWN
    if _COUNT.search(head) or is_rate or re.search(r"数量|质量|效益|影响|满意|时效|产出", level):
        return Direction(Kind.AT_LEAST, "数量、质量、效益和满意度指标")
    return _UNKNOWN


def _is_price(head: str, unit: Unit | None) -> bool:
    if unit is None:
        return bool(_SPENDING.search(head))
    return unit.is_money or unit.dimension == "scale"


def _head(name: str) -> str:
    """Return the name without brackets and closing punctuation, as its last noun ends it."""
    return re.sub(r"[。,，;；.、:：\s]+$", "", without_brackets(normalise(name))).replace(" ", "")
