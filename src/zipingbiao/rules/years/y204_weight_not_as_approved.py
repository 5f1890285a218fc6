"""Y204 分值与批复不一致。

检查内容：自评表各项指标的分值与绩效目标批复表中写的分值（权重）是否相同。
为何重要：把分值从没有完成的指标挪到完成了的指标上，总分就会虚高。
依据：分值随绩效目标一并批复的，自评按批复的分值打分。
严重程度：警告，因为批复后可能经同意重新分配过分值，而表中没有写明依据的地方，要由填表人说明。一张表只报一次，列出各行。
反例：批复“维护系统数量”20分、“故障解决率”10分，自评表分别为10分、20分。
正例：批复的分值合计100（不含预算执行率），自评表同比例折算为90的。
不检查：没有对应批复表的项目；批复表没有写分值的指标；分值空白或不是数的行（见 W106）；批复表没有预算执行率时它的分值。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import together
from zipingbiao.rules.years.approval import Approval
from zipingbiao.rules.years.match import match, weights_moved
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.number import plain

CODE = "Y204"
SEVERITY = Severity.WARNING


def check_targets(evaluation: Evaluation, approval: Approval) -> Iterator[Finding]:
    """Report weights that differ from the approved ones, once per table."""
    pairs = match(evaluation.rows, approval.lines).pairs
    moved = weights_moved([(row, line.weight) for row, line in pairs])
    hits = [pair.hit(f"批复{plain(pair.before)}，自评表{plain(pair.now)}") for pair in moved]
    said = f"的分值与批复不一致（{approval.source}）。请按批复改正，经同意重新分配的请说明。"
    yield from together(CODE, SEVERITY, hits, said)
