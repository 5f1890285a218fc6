"""Y201 批复的指标在自评表中没有。

检查内容：绩效目标批复表中的每项指标，自评表中是否都有。
为何重要：漏报的往往是没有完成的指标；少了它，总分说明不了批复的目标完成得怎样。
依据：自评以批复的年度绩效目标为对照；各地样表都要求逐项填报批复的指标。
严重程度：错误，因为漏报指标的表会被退回。没有一项指标对得上时为警告，多半是用错了目标表。一张表只报一次，列出缺少的指标。
反例：批复了“维护系统数量”“故障解决率”“群众满意度”，自评表只有前两项。
正例：名称略有出入（“培训人数”与“培训人数（人次）”）而一一对应的；批复表没有预算执行率的。
不检查：没有对应批复表的项目；预算执行率（见 W104）；自评表多出的指标（见 Y202）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.years.approval import Approval
from zipingbiao.rules.years.match import match
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "Y201"
SEVERITY = Severity.ERROR


def check_targets(evaluation: Evaluation, approval: Approval) -> Iterator[Finding]:
    """Report approved indicators without a line, once per table."""
    found = match(evaluation.rows, approval.lines)
    missing = [line for line in found.right if not line.is_execution]
    if not missing:
        return
    ref = evaluation.table.headings.get(Role.NAME, evaluation.table.anchor)
    if not any(not line.is_execution for _, line in found.pairs):
        message = (
            f"没有一项指标与批复的绩效目标表（{approval.source}）对应。请核对两张表是否为同一项目同一年度。"
        )
        yield Finding(CODE, Severity.WARNING, ref, message)
        return
    names = [quote(line.name or line.level2) for line in missing]
    message = (
        f"缺少批复的{len(missing)}项指标：{listed(names)}（{approval.source}）。请按批复的绩效目标补报。"
    )
    yield Finding(CODE, SEVERITY, ref, message, expected="、".join(line.name for line in missing))
