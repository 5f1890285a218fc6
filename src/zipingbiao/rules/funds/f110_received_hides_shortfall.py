"""F110 实际到位等于全年执行而少于全年预算。

检查内容：实际到位与全年执行相同、结余为零，而两者都少于全年预算。
为何重要：到位数按支出数填写时，看不出没有用完的钱是没有到位，还是到位后没有支出；结余也被填成了零。
依据：资金表的公式(5)=(3)-(4)、(6)=(3)/(2)、(7)=(4)/(2)：到位率与执行率成了同一个数。
严重程度：提示，因为国库集中支付的资金常按支付数确认到位。一张表只报一次。
反例：全年预算107.26，实际到位106.49，全年执行106.49，结余0，两个比率都是99.28%。
正例：全年预算50，实际到位50，全年执行49.92，结余0.08。
不检查：没有实际到位一项的表；全年执行为零。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import money, same_amount
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind

CODE = "F110"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention money received that equals the money spent and falls short of the budget."""
    funds = evaluation.table.funds
    entry = funds.entry(AmountKind.RECEIVED) if funds is not None else None
    if funds is None or entry is None:
        return
    budget, received, executed = (
        funds.amount(kind) for kind in (AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
    )
    if not budget or not executed or received is None or not same_amount(funds, received, executed):
        return
    if received >= budget or same_amount(funds, received, budget):
        return
    gap = money(funds, budget - received)
    message = (
        f"实际到位与全年执行都是{money(funds, received)}，比全年预算少{gap}，结余为0。"
        f"请核对这{gap}是没有到位，还是到位后没有支出。"
    )
    others = (funds.entry(kind) for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED))
    refs = [entry.ref, *(other.ref for other in others if other is not None)]
    yield Finding.about(CODE, SEVERITY, refs, message, money(funds, received), money(funds, budget))
