"""T103 指标得分率明显高于预算执行，或结余较多。

检查内容：红色预警：（指标得分率－预算执行得分率）÷指标得分率是否超过5%（所用评分规则的 lag_above 项）；黄色预警：结余占全年预算（评分规则另有规定的为年初预算）的比例是否超过20%（left_above 项）。
为何重要：钱没有花完，各项指标却几乎满分，审核时会被问到；业务系统对这样的表自动预警。
依据：业务系统的通行做法（红色、黄色预警）；指标得分率为预算执行率以外各项得分之和÷分值之和。
严重程度：红色为警告，因为业务系统会要求说明；预算执行率一行已经写了原因的（没有原因栏的，别处说到资金没有用完的）为提示；黄色为提示，写了原因的不报。一张表只报一次，红色优先。
反例：指标得分率97.1%，预算执行率80.45%，没有说明原因。
正例：指标得分率96.94%，预算执行率95.00%。
不检查：有的指标没有得分或分值；没有全年预算（见 F112、V104）；预算执行由人按评分标准打分的表，得分不是执行率。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.reasons import gives_reason
from zipingbiao.rules.texts.said import is_goal, texts
from zipingbiao.rules.words import MONEY_LEFT
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import HUNDRED, percent, plain, ratio

CODE = "T103"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report results far better than the spending, else much money left."""
    execution, results, profile = evaluation.execution, _result_rate(evaluation), evaluation.profile
    spent = _spent_rate(execution)
    if execution is None or spent is None or execution.indicator.by_standard:
        return
    ref = execution.indicator.ref(Role.SCORE, Role.ACTUAL) or evaluation.table.anchor
    if results and (results - spent) / results > profile.lag_above:
        explained = _is_explained(evaluation, execution)
        severity = Severity.INFO if explained else SEVERITY
        # With a column for reasons S104 asks for one.
        asks = not explained and Role.REASON not in execution.indicator.entries
        message = (
            f"指标得分率{percent(results)}，预算执行得分率{percent(spent)}，"
            f"预算执行低{percent((results - spent) / results)}，超过{_line(profile.lag_above)}（红色预警）。"
            f"请核对各项得分是否偏高{'，并说明资金没有用完的原因' if asks else ''}。"
        )
        yield Finding(CODE, severity, ref, message, percent(spent), percent(results))
        return
    left = evaluation.spending.left if evaluation.spending is not None else None
    if left is not None and left > profile.left_above and not _is_explained(evaluation, execution):
        message = (
            f"结余占{evaluation.budget_kind.label}的{percent(left)}，超过{_line(profile.left_above)}（黄色预警）。"
            "请说明资金没有用完的原因。"
        )
        yield Finding(CODE, Severity.INFO, ref, message, percent(left))


def _is_explained(evaluation: Evaluation, execution: Scored) -> bool:
    """Whether somebody says why money is left; a funds block has no column for it, so anywhere counts."""
    if Role.REASON in execution.indicator.entries:
        return gives_reason(execution.indicator)
    said = [row.indicator.text(Role.REASON) for row in evaluation.rows]
    said += [text.spelt for text in texts(evaluation) if not is_goal(text.title)]
    return any(MONEY_LEFT.search(text) for text in said)


def _result_rate(evaluation: Evaluation) -> Decimal | None:
    """Σ of what counts ÷ Σ of the weights, without the execution; None when it is not complete."""
    execution, total = evaluation.execution, evaluation.uncapped_total  # a place may cap the total
    weights = [row.indicator.weight for row in evaluation.rows]
    if execution is None or execution.adopted is None or execution.indicator.shared_score or total is None:
        return None
    if any(weight is None or weight < 0 for weight in weights):
        return None
    weight = evaluation.weights_total - (execution.indicator.weight or Decimal(0))
    return ratio(total - execution.adopted, weight) if weight > 0 else None


def _spent_rate(execution: Scored | None) -> Decimal | None:
    """The execution's score by rule as a share of its weight."""
    if execution is None or execution.score is None or not execution.indicator.weight:
        return None
    return ratio(execution.score, execution.indicator.weight)


def _line(share: Decimal) -> str:
    return f"{plain(share * HUNDRED)}%"
