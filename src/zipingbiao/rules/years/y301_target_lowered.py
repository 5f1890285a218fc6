"""Y301 目标值比上年降低。

检查内容：同一项目同一指标，今年的目标值是否比上年的容易达到：正向指标更小，反向指标更大。
为何重要：目标一年比一年低，年年满分也不说明工作有起色。
依据：核对的经验；确定目标值时应参考上年的完成情况。
严重程度：警告，因为任务量、预算减少时目标相应降低是正常的，但要说明。一张表只报一次，列出各行。
反例：上年“≥95%”，今年“≥90%”；反向指标上年“≤10万元”，今年“≤12万元”。
正例：上年“≥950‰”，今年“≥95%”；反向指标的目标值更小；上年没有的指标。
不检查：没有找到上年的表的项目；定性、区间、时限和“等于”的目标；方向看不出来的指标（见 V105）；两年的单位不能换算的指标；预算执行率。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.rules.years.approval import on_one_scale, target_of
from zipingbiao.rules.years.match import match
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.typed import Quantity

CODE = "Y301"
SEVERITY = Severity.WARNING


def check_last(evaluation: Evaluation, last: Evaluation) -> Iterator[Finding]:
    """Report targets that are easier to reach than last year's, once per table."""
    pairs = match(evaluation.rows, last.rows).pairs
    eased = [(row, before) for row, before in pairs if _is_eased(row, before)]
    said = "的目标值比上年容易达到。请核对，确需降低的请说明原因。"
    yield from together(CODE, SEVERITY, [_hit(row, before) for row, before in eased], said)


def _hit(row: Scored, before: Scored) -> Hit:
    now, then = (line.indicator.text(Role.TARGET) for line in (row, before))
    return on_line(row, Role.TARGET, detail=f"上年{quote(then)}，今年{quote(now)}", found=now, expected=then)


def _is_eased(row: Scored, before: Scored) -> bool:
    now, then = target_of(row.indicator), target_of(before.indicator)
    if row.kind is not before.kind or not isinstance(now, Quantity) or not isinstance(then, Quantity):
        return False
    scaled = on_one_scale((now.number, now.unit), (then.number, then.unit), row.indicator)
    if scaled is None:
        return False
    less, more = scaled[0] < scaled[1], scaled[0] > scaled[1]
    return (less and row.kind is Kind.AT_LEAST) or (more and row.kind is Kind.AT_MOST)
