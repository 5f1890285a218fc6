"""Rates that are a share of a whole, which nothing can make larger than 100 %: 满意度 合格率 覆盖率."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from zipingbiao.scoring.direction import says_percent
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.spelling import normalise, without_brackets
from zipingbiao.values.typed import Quantity

# Not 完成率, 执行率, 增长率 or 利用率: those may pass 100 %.
_SHARE = re.compile(
    r"(?:满意|合格|达标|覆盖|及时|准确|正确|准时|完好|完整|成活|知晓|发放|接种|签约|入学|巩固|合规|规范|优良|优秀|受理|办结|整改|参与)(?:率|度)$"
)
_REMEMBERED = 256  # several rules ask about the lines of one table


def is_share(indicator: Indicator) -> bool:
    """Tell whether the name ends in such a rate."""
    return _is_share(indicator.name)


@lru_cache(_REMEMBERED)
def _is_share(written: str) -> bool:
    name = without_brackets(normalise(written)).replace(" ", "")
    return bool(_SHARE.search(name.rstrip("。,;.、:")))


def percentage(indicator: Indicator, role: Role) -> Decimal | None:
    """Return the number of a cell in percent; None when it is no percentage."""
    value = indicator.value(role)
    if not isinstance(value, Quantity):
        return None
    if value.unit is None:
        return value.number if says_percent(indicator) else None
    return value.number * value.unit.factor * 100 if value.unit.is_percent else None
