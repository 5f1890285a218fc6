"""F109 全年执行数超过全年预算或实际到位。

检查内容：资金表各列的全年执行数是否超过全年预算数、实际到位数。
为何重要：没有预算或没有到位的钱花不出去；超出往往是漏填了年中追加、结转的预算，执行率也就不对。
依据：资金表的口径：全年预算为调整后的预算，包括上年结转；预算到位率、执行率都以它为分母。
严重程度：警告，因为可能有垫付、追加等正当的原因，要由填表人核对并说明；容许误差为表中单位的0.01。各列合并为一条。
反例：全年预算100，全年执行102.59；实际到位50，全年执行60。
正例：全年预算102.59（含追加2.59），全年执行102.59；没有实际到位一项的表。
不检查：总额没有填全年预算的表（见 V104）；执行率和得分怎样计（见 F103、F106）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import amount_of, money, same_amount
from zipingbiao.rules.shared.say import shown
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds, Source

CODE = "F109"
SEVERITY = Severity.WARNING

_LIMITS = (AmountKind.FULL_YEAR, AmountKind.RECEIVED)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report amounts spent beyond the budget or the money received, once per table."""
    funds = evaluation.table.funds
    hits = list(_beyond(funds)) if funds is not None else []
    said = "。请核对金额，年中追加或结转的应计入全年预算和实际到位。"
    found = "、".join(dict.fromkeys(hit.found for hit in hits if hit.found))
    yield from together(CODE, SEVERITY, hits, said, lead="全年执行数超出：", found=found)


def _beyond(funds: Funds) -> Iterator[Hit]:
    for source in funds.sources:
        entry, executed = (
            funds.entry(AmountKind.EXECUTED, source),
            _amount(funds, AmountKind.EXECUTED, source),
        )
        if entry is None or executed is None:
            continue
        for kind in _LIMITS:
            limit = _amount(funds, kind, source)
            if limit is None or executed <= limit or same_amount(funds, executed, limit):
                continue
            if limit or source is not Source.TOTAL:
                name = f"“{source.label}”执行{money(funds, executed)}，{kind.label}{money(funds, limit)}"
                other = funds.entry(kind, source)
                more = (other.ref,) if other is not None else ()
                yield Hit(name, entry.ref, shown(entry), more=more)


def _amount(funds: Funds, kind: AmountKind, source: Source) -> Decimal | None:
    return amount_of(funds, kind, source) if funds.is_clear(kind, source) else None
