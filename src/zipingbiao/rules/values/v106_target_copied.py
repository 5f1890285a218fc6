"""V106 业绩值照抄了带符号的目标值。

检查内容：业绩值是否与目标值一样带着≥、≤等符号或区间。
为何重要：“≥95%”只说达到了目标，没有报告实际完成多少。
依据：全国样表的列名是“实际完成值”，应填实际数。
严重程度：提示，因为有的业务系统就是连符号一起打印的；仍按达到目标计分。一张表只报一次，列出各行。
反例：目标值“≥95%”，业绩值“≥95%”。
正例：目标值“≥95%”，业绩值“96.5%”或“95%”。
不检查：与目标值相同但不带符号的业绩值；定性指标的文字。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "V106"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention copied targets, once per table."""
    hits = [
        on_line(row, Role.ACTUAL, found=Role.ACTUAL)
        for row in evaluation.rows
        if Note.COPIED_TARGET in row.notes
    ]
    said = "的业绩值照抄了目标值，按达到目标计分。请填写实际完成的数。"
    yield from together(CODE, SEVERITY, hits, said)
