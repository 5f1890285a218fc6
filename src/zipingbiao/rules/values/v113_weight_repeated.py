"""V113 目标值和业绩值填的是分值。

检查内容：是否有几行的目标值、业绩值都与分值是同一个没有单位的数；没有分值列的表，目标值和业绩值两列是否各自合计100（或各项分值之和）。
为何重要：把分值填到了目标值和业绩值，完成率必为100%，什么也没有说明。
依据：公开表中有分值、目标值、业绩值都填12.5的，也有没有分值列而把分值填在指标值、完成值里的。
严重程度：警告，因为数量恰好等于分值也是可能的，要由填表人核对。一张表只报一次，列出各行。
反例：分值12.5、目标值12.5、业绩值12.5；三行都是分值、目标值、业绩值相同；没有分值列，三行的指标值50、30、20，完成值50、30、20。
正例：分值10、目标值10台、业绩值10台；只有一两行的整数恰好相同；没有分值列，指标值50公里、30%、20次。
不检查：写明了单位或符号的数；有分值列时目标值与业绩值不同的行。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Indicator, Place, Role
from zipingbiao.values.number import plain, same_points
from zipingbiao.values.typed import Quantity

CODE = "V113"
SEVERITY = Severity.WARNING

_MANY = 3  # whole numbers that agree by chance do not do so in three lines


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report weights repeated, or typed, as target and actual, once per table."""
    if Role.WEIGHT not in evaluation.table.headings and (typed := list(_typed_as_values(evaluation))):
        yield from typed
        return
    rows = [row for row in evaluation.rows if _repeats(row.indicator)]
    weights = [row.indicator.weight for row in rows if row.indicator.weight is not None]
    if len(rows) >= _MANY or any(weight != weight.to_integral_value() for weight in weights):
        hits = [on_line(row, Role.TARGET, found=Role.TARGET, also=[Role.ACTUAL, Role.WEIGHT]) for row in rows]
        said = "的目标值和业绩值都与分值相同，像是把分值复制了过去。请核对目标值和业绩值。"
        yield from together(CODE, SEVERITY, hits, said)


def _typed_as_values(evaluation: Evaluation) -> Iterator[Finding]:
    """Two columns of values that add up to the points of a table without a column for them."""
    lines = [row.indicator for row in evaluation.rows if row.indicator.place is Place.ROW]
    lines = [line for line in lines if not line.is_unfilled]
    if len(lines) < _MANY or any(line.text(Role.UNIT) for line in lines):
        return
    sums = []
    for role in (Role.TARGET, Role.ACTUAL):
        numbers = [number for line in lines if (number := _plain_number(line, role)) is not None]
        if len(numbers) < len(lines):
            return
        sums.append(sum(numbers, Decimal(0)))
    if all(any(same_points(found, whole) for whole in _wholes(evaluation)) for found in sums):
        shown = "、".join(plain(found) for found in sums)
        refs = [line.ref(role) for role in (Role.TARGET, Role.ACTUAL) for line in lines]
        message = (
            f"请核对目标值和业绩值：两列合计为{shown}，像是填成了分值。分值和得分请另加两列填写，"
            "目标值和业绩值填写指标的数。"
        )
        yield Finding.about(CODE, SEVERITY, refs, message, shown)


def _wholes(evaluation: Evaluation) -> Iterator[Decimal]:
    """What the points of the lines may add up to: all, those beside the execution, those in the captions."""
    whole = evaluation.profile.weight_total
    yield whole
    if not any(row.indicator.is_execution and row.indicator.place is Place.ROW for row in evaluation.rows):
        yield whole - evaluation.profile.execution_points
    weights = [row.indicator.weight for row in evaluation.rows if row.indicator.place is Place.ROW]
    if None not in weights:
        yield sum((weight for weight in weights if weight is not None), Decimal(0))


def _plain_number(indicator: Indicator, role: Role) -> Decimal | None:
    value = indicator.value(role)
    if not isinstance(value, Quantity) or value.comparator is not None:
        return None
    return value.number if value.unit is None or value.unit.label == "分" else None


def _repeats(indicator: Indicator) -> bool:
    if indicator.is_execution or not indicator.weight or indicator.unit is not None:
        return False
    return all(_plain_number(indicator, role) == indicator.weight for role in (Role.TARGET, Role.ACTUAL))
