"""V113 目标值和业绩值填的是分值。

检查内容：是否有几行的目标值、业绩值都与分值是同一个没有单位的数。
为何重要：把分值复制到了目标值和业绩值，完成率必为100%，什么也没有说明。
依据：公开表中有分值、目标值、业绩值都填12.5的。
严重程度：警告，因为数量恰好等于分值也是可能的，要由填表人核对。一张表只报一次，列出各行。
反例：分值12.5、目标值12.5、业绩值12.5；三行都是分值、目标值、业绩值相同。
正例：分值10、目标值10台、业绩值10台；只有一两行的整数恰好相同。
不检查：写明了单位或符号的数；目标值与业绩值不同的行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.typed import Quantity

CODE = "V113"
SEVERITY = Severity.WARNING

_MANY = 3  # whole numbers that agree by chance do not do so in three lines


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report weights repeated as target and actual, once per table."""
    rows = [row for row in evaluation.rows if _repeats(row.indicator)]
    weights = [row.indicator.weight for row in rows if row.indicator.weight is not None]
    if len(rows) >= _MANY or any(weight != weight.to_integral_value() for weight in weights):
        hits = [on_line(row, Role.TARGET, found=Role.TARGET, also=[Role.ACTUAL, Role.WEIGHT]) for row in rows]
        said = "的目标值和业绩值都与分值相同，像是把分值复制了过去。请核对目标值和业绩值。"
        yield from together(CODE, SEVERITY, hits, said)


def _repeats(indicator: Indicator) -> bool:
    if indicator.is_execution or not indicator.weight or indicator.unit is not None:
        return False
    values = (indicator.value(role) for role in (Role.TARGET, Role.ACTUAL))
    return all(
        isinstance(value, Quantity)
        and value.unit is None
        and value.comparator is None
        and value.number == indicator.weight
        for value in values
    )
