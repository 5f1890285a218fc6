"""F119 项目资金在10亿元以上。

检查内容：以万元为单位的资金表，年度总金额的年初预算、全年预算、实际到位、全年执行是否达到100000万元（10亿元）。
为何重要：多半是照元填写而表头写的是万元，汇总时这一个项目就会比其余项目的合计还多。
依据：元与万元相差一万倍；一个县一年的预算一般是几十亿元。
严重程度：警告，因为大的工程和补助确有10亿元以上的，要由填表人核对。一张表只报一次。
反例：资金表单位万元，全年预算2300000（实为230万元）。
正例：全年预算230；单位为元的资金表，全年预算2300000。
不检查：部门整体支出；成本等指标的金额恰好相差一万倍的（见 V107，汇总时列入待认定）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.mixed import mixed_amounts
from zipingbiao.rules.shared.money import TYPED_KINDS, money
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Scope
from zipingbiao.values.number import TEN_THOUSAND, plain

CODE = "F119"
SEVERITY = Severity.WARNING

_LARGE = Decimal(100000)  # 10亿元


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report amounts in 万元 that are rather 元, once per table."""
    table = evaluation.table
    funds = table.funds
    if funds is None or funds.unit.factor != TEN_THOUSAND or table.scope is Scope.DEPARTMENT:
        return
    large = [
        (kind, amount)
        for kind in TYPED_KINDS
        if (amount := funds.amount(kind)) is not None and amount >= _LARGE
    ]
    if not large or mixed_amounts(evaluation):
        return
    kind, amount = large[0]
    refs = [entry.ref for kind, _ in large if (entry := funds.entry(kind)) is not None]
    found = money(funds, amount)
    message = (
        f"{kind.label}为{found}，即{plain(amount / TEN_THOUSAND)}亿元，像是照元填写的。"
        "请核对金额单位，确是10亿元以上的请说明。"
    )
    yield Finding.about(CODE, SEVERITY, refs or [table.anchor], message, found)
