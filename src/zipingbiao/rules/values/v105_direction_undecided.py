"""V105 看不出越大越好还是越小越好。

检查内容：目标值没有符号，指标名称也说明不了方向，而业绩值又不等于目标值的指标。
为何重要：方向不同得分就不同，猜错了会多给分或少给分。
依据：本程序的判断顺序：目标值中的符号、符号列或性质列、指标名称。
严重程度：警告，因为目标本身可能没有错，只要补一个符号。一张表只报一次，列出各行。
反例：成本指标“其他”目标值5，业绩值4；“三公经费变动率”目标值0%，业绩值-5%。
正例：目标值写“≤5”；或在指标性质列写“反向”。
不检查：业绩值等于目标值的指标（方向不影响得分）；符号与名称相反的指标（见 V112）；金额和单价的成本指标（按反向）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "V105"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Ask for the direction of undecided lines, once per table."""
    hits = [
        on_line(row, Role.TARGET, Role.NAME, found=Role.TARGET)
        for row in evaluation.rows
        if Note.UNDECIDED in row.notes
    ]
    said = "看不出是越大越好还是越小越好，没有核算。请在目标值前写上≥或≤。"
    yield from together(CODE, SEVERITY, hits, said, expected="≥或≤")
