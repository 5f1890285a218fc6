"""F115 几项成本合起来与全年执行数不符。

检查内容：几项成本指标的目标值加起来等于项目的全部预算时，业绩值之和是否等于资金表的全年执行数。
为何重要：各项成本合起来就是项目的支出，与资金表不一致时有一处填错，或有未付款没有说明。
依据：核对的经验：成本按用途分列的表，各项之和就是预算和支出。
严重程度：警告，因为可能有未付款等正当的原因，要由填表人说明；容许误差0.01万元。一张表只报一次。
反例：预算100万元，“养护材料费”≤60万元、“人工费”≤40万元，业绩值58万元和55万元，资金表全年执行95万元。
正例：业绩值55万元和40万元，全年执行95万元。
不检查：目标值等于全部预算的一项（见 F108）；单价、人均等标准；目标值之和不等于预算的；业绩值有空白或不是金额的。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.cost import is_cost, money_of, whole_budget_target
from zipingbiao.rules.shared.money import budgets, money, same_amount
from zipingbiao.rules.shared.say import list_lines
from zipingbiao.rules.words import STANDARD
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Role
from zipingbiao.values.number import CENT

CODE = "F115"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the costs that make up the budget with the money spent, once per table."""
    funds = evaluation.table.funds
    executed = funds.amount(AmountKind.EXECUTED) if funds is not None else None
    if funds is None or executed is None:
        return
    parts = [row for row in evaluation.rows if _is_part(row, funds)]
    planned, spent = _sum(parts, Role.TARGET, funds), _sum(parts, Role.ACTUAL, funds)
    if len(parts) < 2 or planned is None or spent is None or abs(spent - executed) <= CENT:
        return
    if not any(same_amount(funds, planned, budget) for budget in budgets(funds)):
        return
    message = (
        f"{list_lines(parts)}的目标值合计{money(funds, planned)}，就是项目的预算；业绩值合计{money(funds, spent)}，"
        f"资金表的全年执行为{money(funds, executed)}，相差{money(funds, abs(spent - executed))}。请核对哪一处正确并说明。"
    )
    refs = [row.indicator.ref(Role.ACTUAL) for row in parts]
    yield Finding.about(CODE, SEVERITY, refs, message, money(funds, spent), money(funds, executed))


def _is_part(row: Scored, funds: Funds) -> bool:
    """Whether this is the cost of one purpose: an amount, neither the whole budget nor a standard."""
    indicator = row.indicator
    if not is_cost(indicator) or STANDARD.search(indicator.name):
        return False
    return bool(money_of(indicator, Role.TARGET, funds)) and whole_budget_target(indicator, funds) is None


def _sum(rows: list[Scored], role: Role, funds: Funds) -> Decimal | None:
    amounts = [money_of(row.indicator, role, funds) for row in rows]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None
