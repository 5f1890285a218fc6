"""W104 没有预算执行率。

检查内容：表中没有预算执行率，而且无法按资金表补算。
为何重要：预算执行率是必评项，缺了它总分不完整，也无法与其他项目比较。
依据：所用评分规则的 execution_points 项，可信程度写在规则文件里。
严重程度：警告，因为有的地方或部门的样表不评预算执行率，要由填表人核对；分值合计正好缺这一项的为错误，因为合计不对的表会被退回。
反例：没有资金表，指标表也没有预算执行率；或其他指标的分值合计已经是100。
正例：指标表有预算执行率一行；或资金表有分值和得分两列。
不检查：完全没有分值的表（见 L105）；按指标解释、评分标准打分的表；可以按资金表补算的表（见 W103）；部门整体支出、转移支付的自评表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role, Scope
from zipingbiao.values.number import plain

CODE = "W104"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report that no execution is scored, and why it could not be implied."""
    weights = [row.indicator.weight for row in evaluation.rows]
    if evaluation.table.scope is not Scope.PROJECT:
        return
    if evaluation.execution is not None or not any(weights) or not evaluation.profile.execution_points:
        return
    if evaluation.table.by_standard:
        return
    points = plain(evaluation.profile.execution_points)
    message = f"表中没有预算执行率，{_why(evaluation)}。请补上预算执行率（{points}分）并核对各项分值。"
    ref = evaluation.table.headings.get(Role.WEIGHT) or evaluation.table.anchor
    yield Finding(CODE, SEVERITY, ref, message, None, f"预算执行率{points}分")


def _why(evaluation: Evaluation) -> str:
    funds, profile = evaluation.table.funds, evaluation.profile
    if funds is None:
        return "也没有资金表，无法补算"
    if any(funds.is_unreadable(kind) for kind in (evaluation.budget_kind, AmountKind.EXECUTED)):
        return "资金表的金额看不明白，无法补算"
    if evaluation.spending is None:
        return f"资金表缺少{evaluation.budget_kind.label}或全年执行数，无法补算"
    if evaluation.weights_sum + profile.execution_points > profile.weight_total:
        return f"其他指标的分值合计已有{plain(evaluation.weights_sum)}分，没有余地补算"
    return "有的指标分值不明，无法补算"
