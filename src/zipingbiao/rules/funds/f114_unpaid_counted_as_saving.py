"""F114 成本低于目标是因为款项还没有支付。

检查内容：目标值为整个项目预算的成本指标低于目标时，偏差原因是否写着质保金、尾款等尚未支付。
为何重要：没有付的钱以后还要付，不是节约；这样的成本指标得满分，下年再付时又没有预算。
依据：核对的经验：样表中5%的结余是未到期的质保金，成本指标却按已支付数计为低于预算。
严重程度：提示，因为各地对应付未付款是否计入成本没有统一口径。一张表只报一次。
反例：成本目标值125.95万元，业绩值119.65万元，原因“质保金未到期，到期后支付”。
正例：成本低于目标，原因“公开招标节约”。
不检查：单价、人均等目标值不等于预算的成本指标；没有写原因的行（业绩值与执行数不符见 F108）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.cost import money_of, whole_budget_target
from zipingbiao.rules.shared.money import money, same_amount
from zipingbiao.rules.shared.say import name_line, quote
from zipingbiao.rules.words import UNPAID
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role

CODE = "F114"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention a cost below the budget whose own reason, or that of the execution, says unpaid."""
    funds, execution = evaluation.table.funds, evaluation.execution
    if funds is None or funds.amount(AmountKind.EXECUTED) is None:
        return
    spending = execution.indicator.text(Role.REASON) if execution is not None else ""
    for row in evaluation.rows:
        target = whole_budget_target(row.indicator, funds)
        actual = money_of(row.indicator, Role.ACTUAL, funds) if target is not None else None
        if target is None or actual is None or actual >= target or same_amount(funds, actual, target):
            continue
        reason = next(
            (text for text in (row.indicator.text(Role.REASON), spending) if UNPAID.search(text)), ""
        )
        if not reason:
            continue
        message = (
            f"{name_line(row.indicator)}比目标值少{money(funds, target - actual)}，原因却是{quote(reason)}，"
            "没有支付的款项不是节约。请核对成本是否应包括应付未付的数。"
        )
        told = row if UNPAID.search(row.indicator.text(Role.REASON)) else execution
        refs = [row.indicator.ref(role) for role in (Role.ACTUAL, Role.TARGET)]
        refs.append(told.indicator.ref(Role.REASON) if told is not None else None)
        yield Finding.about(CODE, SEVERITY, refs, message, money(funds, actual), money(funds, target))
        return
