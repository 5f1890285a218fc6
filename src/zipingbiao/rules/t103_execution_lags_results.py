"""T103 指标得分率明显高于预算执行，或结余较多。

检查内容：红色预警：（指标得分率－预算执行得分率）÷指标得分率是否超过5%；黄色预警：结余占全年预算的比例是否超过20%。
为何重要：钱没有花完，各项指标却几乎满分，审核时会被问到；业务系统对这样的表自动预警。
依据：业务系统的通行做法（红色、黄色预警）；指标得分率为预算执行率以外各项得分之和÷分值之和。
严重程度：红色为警告，因为业务系统会要求说明；预算执行率一行已经写了原因的为提示；黄色为提示。一张表只报一次，红色优先。
反例：指标得分率97.1%，预算执行率80.45%，没有说明原因。
正例：指标得分率96.94%，预算执行率95.00%。
不检查：有的指标没有得分；没有全年预算（见 F112、V104）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.evaluation import Evaluation, Scored, level_group
from zipingbiao.finding import Finding, Severity
from zipingbiao.model import AmountKind, Role
from zipingbiao.number import percent, ratio

CODE = "T103"
SEVERITY = Severity.WARNING

_RED = Decimal("0.05")
_YELLOW = Decimal("0.2")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report results far better than the spending, else much money left."""
    execution, results = evaluation.execution, _result_rate(evaluation)
    spent = _spent_rate(execution)
    if execution is None or spent is None:
        return
    ref = execution.indicator.ref(Role.SCORE, Role.ACTUAL) or evaluation.table.anchor
    if results and (results - spent) / results > _RED:
        severity = Severity.INFO if execution.indicator.has_reason else SEVERITY
        message = (
            f"指标得分率{percent(results)}，预算执行得分率{percent(spent)}，"
            f"预算执行低{percent((results - spent) / results)}，超过5%（红色预警）。"
            "请核对各项得分是否偏高，并说明资金没有用完的原因。"
        )
        yield Finding(CODE, severity, ref, message, percent(spent), percent(results))
        return
    left = _left(evaluation)
    if left is not None and left > _YELLOW:
        message = f"结余占全年预算的{percent(left)}，超过20%（黄色预警）。请说明资金没有用完的原因。"
        yield Finding(CODE, Severity.INFO, ref, message, percent(left))


def _result_rate(evaluation: Evaluation) -> Decimal | None:
    """Σ of what counts ÷ Σ of the weights, without the execution; None when it is not complete."""
    execution = evaluation.execution
    if evaluation.adopted_total is None or execution is None or execution.indicator.weight is None:
        return None
    weight = evaluation.weights_total - execution.indicator.weight
    # Not from the total: a place may cap it where little was spent.
    counted = [
        points for group, points in evaluation.parts.items() if group != level_group(execution.indicator)
    ]
    points = sum((part for part in counted if part is not None), Decimal(0))
    return ratio(points, weight) if weight > 0 else None


def _spent_rate(execution: Scored | None) -> Decimal | None:
    """The execution's score by rule as a share of its weight."""
    if execution is None or execution.score is None or not execution.indicator.weight:
        return None
    return ratio(execution.score, execution.indicator.weight)


def _left(evaluation: Evaluation) -> Decimal | None:
    funds = evaluation.table.funds
    if funds is None:
        return None
    budget, executed = funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)
    return ratio(budget - executed, budget) if budget and budget > 0 and executed is not None else None
