"""The units that the formulas of the 免宏版 know, each with its dimension and factor, as the core has them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.values.unit import is_known, known_labels, parse_unit
from zipingbiao.values.words import SCALES

DIMENSIONS = {
    "money": "金额", "ratio": "比率", "area": "面积", "length": "长度", "volume": "体积", "mass": "质量",
    "data": "数据量", "seconds": "时间", "months": "月数", "workdays": "工作日", "count": "计数", "scale": "数量级",
}  # fmt: skip
"""How the table names a dimension."""

_TIMES = tuple(f"{one}次" for one in "人户车批台架艘例趟项家册件头只处辆")
_PARTS = ("元", "万元", "次", "人次", "个", "吨", "公斤", "千克")
_OF_EACH = ("人", "户", "月", "年", "天", "日", "次", "亩", "公里", "平方米", "㎡", "个", "套", "台", "件", "场", "期", "学期", "学年", "生", "村")  # fmt: skip
_OF_EACH_IN = tuple(
    f"{one}{sign}{time}" for one in "人户生" for sign in "·/" for time in ("月", "年", "天", "次", "学期")
)
_FINEST = Decimal("0.001")  # a smaller factor would need more decimals than the comparison has


class UnitLine(NamedTuple):
    """One line of the table: the unit as typed, its dimension (``金额/人``) and its factor to the base."""

    label: str
    dimension: str
    factor: Decimal


def unit_lines() -> tuple[UnitLine, ...]:
    """Return the table, in one order. A label with digits is left out: the formulas find a number by its digits.

    MATCH takes G for g; only the first of the two is found, and the other asks.
    """
    lines = (_line(label) for label in sorted(set(_labels()), key=str.swapcase))
    return tuple(line for line in lines if line is not None)


def _labels() -> Iterator[str]:
    known = known_labels()
    yield from (*known, *_TIMES, *(f"万{label}" for label in _TIMES))
    yield from ("㎡", "m²", "m³", "万", "亿")
    yield from (f"万{label}" for label in known if not label.isascii() and label[0] not in SCALES)
    yield from (f"{part}/{each}" for part in _PARTS for each in (*_OF_EACH, *_OF_EACH_IN))


def _line(label: str) -> UnitLine | None:
    unit = parse_unit(label)
    if unit is None or not is_known(label) or any(sign.isdigit() and sign.isascii() for sign in label):
        return None
    if unit.factor < _FINEST or (unit.is_percent and unit.label != "%"):
        return None
    dimension = DIMENSIONS[unit.dimension]
    return UnitLine(label, f"{dimension}/{unit.per}" if unit.per else dimension, unit.factor)
