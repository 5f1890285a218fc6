"""V103 目标值与业绩值的单位不一致。

检查内容：目标值与业绩值能否换算成同一单位；目标值是数量或金额时，业绩值是否填成了百分比。
为何重要：单位不同就无法比较。填成百分比时表格只能按“分值×百分比”计分，与按实际数计分往往不同。
依据：山西附件1样表的做法：业绩值为百分比时按分值×百分比计分；2021年的一份样表即是如此。
严重程度：单位不能换算为错误，因为无法核算；业绩值填成百分比为警告，因为表格仍能计分。一张表每种只报一次，目标值为整个预算的成本指标单独报告。
反例：目标值“＜=107.26万元”，业绩值“90%”；目标值“5公里”，业绩值“3个”。
正例：目标值“＜=107.26万元”，业绩值“106.49万元”；目标值“1公里”，业绩值“900米”。
不检查：计数单位之间的差别（个、套、项）；与资金表相差一万倍的金额（见 V107）；目标值是文字而业绩值是百分比的定性指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.cost import score_by_spending
from zipingbiao.rules.shared.say import name_line, quote
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.outcome import ZERO
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

CODE = "V103"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report lines whose two sides have different units: a budget by itself, others together."""
    percentages = [row for row in evaluation.rows if Note.PERCENT_FOR_AMOUNT in row.notes]
    others: list[Scored] = []
    for row in percentages:
        by_amounts = score_by_spending(evaluation, row)
        if by_amounts is None or by_amounts.score is None or row.score is None:
            others.append(row)
        else:
            yield _budget(row, by_amounts)
    said = "的目标值不是百分比，业绩值却是百分比，只能按填报的百分比计分。请改填实际完成的数量或金额。"
    yield from together(CODE, Severity.WARNING, map(_hit, others), said)
    strange = [row for row in evaluation.rows if Note.UNITS_DIFFER in row.notes]
    said = "的目标值与业绩值单位不能换算，没有核算。请改成同一单位。"
    yield from together(CODE, SEVERITY, map(_hit, strange), said)


def _budget(row: Scored, by_amounts: Scored) -> Finding:
    """A percentage against the project's whole budget, and what the money spent would give."""
    indicator = row.indicator
    target, actual = indicator.text(Role.TARGET), indicator.text(Role.ACTUAL)
    form = f"{plain(indicator.weight or ZERO)} × {row.completion_text} = {plain(row.score or ZERO)}分"
    message = (
        f"{name_line(indicator)}的目标值{quote(target)}是金额，业绩值{quote(actual)}却是百分比，"
        f"只能按填报的百分比计{form}；按资金表的全年执行{by_amounts.indicator.text(Role.ACTUAL)}计"
        f"应得{plain(by_amounts.score or ZERO)}分：{by_amounts.explanation}。请改填实际金额。"
    )
    refs = [indicator.ref(role) for role in (Role.ACTUAL, Role.TARGET)]
    spent = by_amounts.indicator.ref(Role.ACTUAL)
    return Finding.about(CODE, Severity.WARNING, [*refs, spent], message, actual, target)


def _hit(row: Scored) -> Hit:
    target, actual = row.indicator.text(Role.TARGET), row.indicator.text(Role.ACTUAL)
    both = f"{quote(target)}与{quote(actual)}"
    return on_line(
        row, Role.ACTUAL, Role.TARGET, detail=both, found=actual, expected=target, also=[Role.TARGET]
    )
