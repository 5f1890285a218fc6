"""Approved targets as rules see them, and whether two targets of one indicator mean the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from zipingbiao.book.cells import Ref
from zipingbiao.scoring.direction import says_percent
from zipingbiao.scoring.qualitative import same_words
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.typed import Comparator, Deadline, Interval, Quantity, Value
from zipingbiao.values.unit import Unit

if TYPE_CHECKING:
    from zipingbiao.table.find.targets import TargetLine

_OPPOSITE = {Comparator.AT_LEAST, Comparator.AT_MOST}
# Further apart than this, with one unit missing, 元 and 万元 were mixed.
_FAR = Decimal(1000)
_TEN_THOUSAND = Decimal(10_000)
_ANY_YEAR = 2023

Measured = tuple[Decimal, Unit | None]


@frozen
class Approval:
    """The approved targets of one project, as the rules of family Y2 ask for them.

    Attributes:
        source: the file in which they stand, for messages.
        documents: 调整文号 in the self-evaluation itself, by the cell of the target that counts.
    """

    source: str
    lines: tuple[TargetLine, ...]
    documents: Mapping[Ref, str] = field(default_factory=dict)


def target_of(indicator: Indicator) -> Value:
    """Return the target with the sign and the unit that its columns add."""
    value = indicator.value(Role.TARGET)
    if isinstance(value, Quantity):
        sign, unit = value.comparator or indicator.sign, value.unit or indicator.unit
        return replace(value, comparator=sign, unit=unit)
    return replace(value, unit=value.unit or indicator.unit) if isinstance(value, Interval) else value


def same_target(indicator: Indicator, other: Value) -> bool | None:
    """Tell whether the target of a line means *other*; None where only a person can say."""
    return same_value(target_of(indicator), other, indicator)


def same_value(own: Value, other: Value, indicator: Indicator) -> bool | None:
    """Tell whether two values of a line mean the same; None where only a person can say."""
    if isinstance(own, Quantity) and isinstance(other, Quantity):
        if {own.comparator, other.comparator} >= _OPPOSITE:
            return False
        return _equal(own.number, own.unit, other.number, other.unit, indicator)
    if isinstance(own, Interval) and isinstance(other, Interval):
        low = _equal(own.low, own.unit, other.low, other.unit, indicator)
        return low and _equal(own.high, own.unit, other.high, other.unit, indicator)
    if isinstance(own, Deadline) and isinstance(other, Deadline):
        year = own.year or other.year or _ANY_YEAR
        return own.last_day(year) == other.last_day(year)
    return True if same_words(own.text, other.text) else None


def on_one_scale(one: Measured, other: Measured, indicator: Indicator) -> tuple[Decimal, Decimal] | None:
    """Return two numbers in one unit; None when their units do not convert, or one is in doubt."""
    (left, unit), (right, other_unit) = one, other
    if unit is not None and other_unit is not None:
        return (left * unit.factor, right * other_unit.factor) if unit.comparable(other_unit) else None
    known = unit or other_unit
    if known.is_percent if known is not None else says_percent(indicator):
        return _as_percentages(left, right)
    far = left and right and not 1 / _FAR < abs(left / right) < _FAR
    if known is None or not far:
        return left, right
    if not known.is_money:
        return None
    # The side without a unit is in 万元 beside 元, and in 元 beside 万元.
    bare = _TEN_THOUSAND if known.factor < _TEN_THOUSAND else Decimal(1)
    return left * (unit.factor if unit else bare), right * (other_unit.factor if other_unit else bare)


def _equal(
    left: Decimal, unit: Unit | None, right: Decimal, other: Unit | None, indicator: Indicator
) -> bool | None:
    scaled = on_one_scale((left, unit), (right, other), indicator)
    return scaled[0] == scaled[1] if scaled is not None else None


def _as_percentages(left: Decimal, right: Decimal) -> tuple[Decimal, Decimal]:
    """0.95 beside 95 is 95 %."""
    if 0 < left <= 1 < right:
        return left * 100, right
    return (left, right * 100) if 0 < right <= 1 < left else (left, right)
