"""F108 成本指标的业绩值与全年执行数不符。

检查内容：成本指标的目标值等于项目的全部预算时，业绩值是否等于资金表的全年执行数。
为何重要：两处说的是同一笔支出，不一致时有一处填错，或有未付款没有说明。
依据：样表核对的经验：目标值为整个项目预算的成本指标，业绩值就是全年支出。
严重程度：警告，因为可能有未付款等正当的原因，要由填表人说明；容许误差0.01万元。
反例：预算19.48万元，成本业绩值19.27万元，资金表全年执行19.48万元。
正例：成本业绩值119.6525万元，资金表全年执行119.65万元。
不检查：单价、人均等目标值不等于预算的成本指标；业绩值是百分比（见 V103）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.cost import money_of, whole_budget_target
from zipingbiao.rules.shared.money import money
from zipingbiao.rules.shared.say import name_line
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role
from zipingbiao.values.number import CENT

CODE = "F108"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the actual cost of the whole project with the money spent."""
    funds = evaluation.table.funds
    executed = funds.amount(AmountKind.EXECUTED) if funds is not None else None
    if funds is None or executed is None:
        return
    for row in evaluation.rows:
        indicator = row.indicator
        if whole_budget_target(indicator, funds) is None:
            continue
        actual = money_of(indicator, Role.ACTUAL, funds)
        if actual is None or abs(actual - executed) <= CENT:
            continue
        spent = money(funds, executed)
        message = (
            f"{name_line(indicator)}的业绩值为{money(funds, actual)}，资金表的全年执行为{spent}，"
            f"相差{money(funds, abs(actual - executed))}。请核对哪一处正确并说明。"
        )
        entry = funds.entry(AmountKind.EXECUTED)
        refs = [indicator.ref(Role.ACTUAL), entry.ref if entry is not None else None]
        yield Finding.about(CODE, SEVERITY, refs, message, money(funds, actual), spent)
