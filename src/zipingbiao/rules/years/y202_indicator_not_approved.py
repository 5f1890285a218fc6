"""Y202 自评表有批复中没有的指标。

检查内容：自评表中的每项指标，绩效目标批复表中是否都有。
为何重要：自行增加的指标多是容易完成的，分值从批复的指标上挪来，总分就不可比了。
依据：自评以批复的年度绩效目标为对照；改动指标要经批准。
严重程度：警告，因为可能是经批准增加的，或把一项指标拆成了几项，要由填表人核对并说明。一张表只报一次，列出各行。
反例：批复了两项数量指标，自评表又加了“召开会议次数”。
正例：名称略有出入而一一对应的；预算执行率一行（自评表都有，批复表往往没有）。
不检查：没有对应批复表的项目；没有一项指标与批复对应的表（见 Y201）；没有分值的“其中”行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.years.approval import Approval
from zipingbiao.rules.years.match import match
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "Y202"
SEVERITY = Severity.WARNING


def check_targets(evaluation: Evaluation, approval: Approval) -> Iterator[Finding]:
    """Report lines that nobody approved, once per table."""
    found = match(evaluation.rows, approval.lines)
    extra = [row for row in found.left if not row.indicator.is_execution]
    if not extra or not any(not line.is_execution for _, line in found.pairs):
        return
    hits = [
        on_line(
            row, Role.NAME, Role.LEVEL2, Role.TARGET, found=row.indicator.name, at=evaluation.table.anchor
        )
        for row in extra
    ]
    said = f"在批复的绩效目标表（{approval.source}）中没有。请核对，经批准增加的请说明依据。"
    yield from together(CODE, SEVERITY, hits, said)
