"""F107 资金合计为0或空白而明细有数。

检查内容：资金表的总额为0或空白时，下面的财政资金、结转、其他资金等是否填有金额。
为何重要：合计没有汇总上来时，按合计计算的执行率没有意义；本程序改按明细合计，请填表人确认。
依据：公开的自评表中常见这种情况，明细是真实填报数。
严重程度：警告，因为按明细合计可以核算，但要由填表人确认明细是全的；执行率和得分也因此填错的为错误，因为得分与金额对不上会被退回。一张表只报一次。
反例：全年预算合计0，当年财政拨款24.5。
正例：合计24.5，当年财政拨款24.5；或者两处都空白。
不检查：没有合计一栏的表；合计与明细都有数而不相等（见 F105）；合计看不明白（见 F116）；明细带了单位，合计的公式没有计入（见 V116）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import TYPED_KINDS, is_left_out, money
from zipingbiao.rules.shared.say import shown
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds

CODE = "F107"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report totals that were not carried over from their parts, once per table."""
    funds = evaluation.table.funds
    if funds is None:
        return
    missing = [kind for kind in TYPED_KINDS if is_not_carried(funds, kind)]
    if not missing:
        return
    sums = "、".join(
        f"{kind.label}{money(funds, funds.parts_amount(kind) or Decimal(0))}" for kind in missing
    )
    entries = [entry for kind in missing if (entry := funds.entry(kind)) is not None]
    found = "、".join(shown(entry) for entry in entries)
    message = f"资金合计为0或空白，而明细合计为{sums}，核算时按明细合计。请把明细汇总到合计。"
    yield Finding.about(CODE, SEVERITY, [entry.ref for entry in entries], message, found, sums)


def is_not_carried(funds: Funds, kind: AmountKind) -> bool:
    """Tell whether a total cell of 0 or nothing stands above filled parts."""
    entry = funds.entry(kind)
    if entry is None or entry.is_error or entry.lacks_result or funds.typed_amount(kind):
        return False
    if funds.is_unreadable(kind) or is_left_out(funds, kind):
        return False
    return bool(funds.parts_amount(kind))
