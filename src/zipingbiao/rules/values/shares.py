"""Rates that are a share of a whole, which nothing can make larger than 100 %: 满意度 合格率 覆盖率."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from zipingbiao.rules.words import SHARE
from zipingbiao.scoring.direction import says_percent
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.spelling import normalise, without_brackets
from zipingbiao.values.typed import Quantity

_REMEMBERED = 256  # several rules ask about the lines of one table


def is_share(indicator: Indicator) -> bool:
    """Tell whether the name ends in such a rate."""
    return _is_share(indicator.name)


@lru_cache(_REMEMBERED)
def _is_share(written: str) -> bool:
    name = without_brackets(normalise(written)).replace(" ", "")
    return name.rstrip("。,;.、:").endswith(SHARE)


def percentage(indicator: Indicator, role: Role) -> Decimal | None:
    """Return the number of a cell in percent; None when it is no percentage."""
    value = indicator.value(role)
    if not isinstance(value, Quantity):
        return None
    if value.unit is None:
        return value.number if says_percent(indicator) else None
    return value.number * value.unit.factor * 100 if value.unit.is_percent else None
