"""V107 金额与资金表相差一万倍。

检查内容：成本等金额指标的目标值、业绩值，是否恰为资金表预算、到位或执行数的一万倍或万分之一。
为何重要：多半是把元写成了万元，或资金表的单位写错，汇总时会差一万倍。
依据：元与万元相差一万倍；公开的自评表里两种单位常在一张表中混用。
严重程度：警告，因为得分可能碰巧不受影响，也要由填表人判断哪一处的单位写错。一张表只报一次，列出各行。
反例：资金表全年预算19.48万元，成本指标目标值194800、没有单位。
正例：目标值19.48，或194800元；目标值与资金表各项金额都不成一万倍。
不检查：一边没有单位而相差悬殊，已经无法核算的行（见 V104）；目标值是百分比；单价、人均等与资金表没有关系的金额。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.cost import money_of
from zipingbiao.rules.shared.money import TYPED_KINDS, money
from zipingbiao.rules.shared.say import shown, with_detail
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import TEN_THOUSAND
from zipingbiao.values.typed import Quantity

CODE = "V107"
SEVERITY = Severity.WARNING

_LABELS = {Role.TARGET: "目标值", Role.ACTUAL: "业绩值"}
_TOLERANCE = Decimal("0.001")  # 194812元 beside 19.48万元


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report amounts that are ten thousand times off those of the funds, once per table."""
    funds = evaluation.table.funds
    if funds is None:
        return
    hits = [
        hit
        for row in evaluation.rows
        if not row.indicator.is_execution
        and Note.UNIT_UNSURE not in row.notes
        and (hit := _mixed(row, funds)) is not None
    ]
    said = "与资金表的金额恰好相差一万倍，像是元与万元混用。请在目标值和业绩值中写明单位，或改正金额。"
    yield from together(CODE, SEVERITY, hits, said)


def _mixed(row: Scored, funds: Funds) -> Hit | None:
    """The cell of a line that is off, with what it is beside."""
    for role, label in _LABELS.items():
        entry = row.indicator.entries.get(role)
        if entry is None or not _is_money(row.indicator, entry):
            continue
        amount = money_of(row.indicator, role, funds)
        if not amount:
            continue
        for kind in TYPED_KINDS:
            known = funds.amount(kind)
            if known and _is_mixed(amount, known):
                beside = f"{label}{shown(entry)}，资金表{kind.label}{_written(funds, kind)}"
                amounts = funds.entry(kind)
                more = (amounts.ref,) if amounts is not None else ()
                return Hit(with_detail(row, beside), entry.ref, shown(entry), more=more)
    return None


def _is_money(indicator: Indicator, entry: Entry) -> bool:
    """A plain number is money only for a cost: 20万 people are none, and neither are 300 households."""
    unit = entry.value.unit if isinstance(entry.value, Quantity) else None
    if unit is not None and unit.is_money:
        return not unit.per
    return "成本" in indicator.level1 + indicator.level2


def _is_mixed(amount: Decimal, known: Decimal) -> bool:
    small, large = sorted((abs(amount), abs(known)))
    return bool(small) and abs(large - small * TEN_THOUSAND) <= large * _TOLERANCE


def _written(funds: Funds, kind: AmountKind) -> str:
    return money(funds, funds.amount(kind) or Decimal(0))
