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

from zipingbiao.rules.shared.mixed import Mixed, mixed_amounts
from zipingbiao.rules.shared.money import money
from zipingbiao.rules.shared.say import shown, with_detail
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import Funds
from zipingbiao.table.records import Role

CODE = "V107"
SEVERITY = Severity.WARNING

_LABELS = {Role.TARGET: "目标值", Role.ACTUAL: "业绩值"}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report amounts that are ten thousand times off those of the funds, once per table."""
    funds = evaluation.table.funds
    if funds is None:
        return
    hits = [_hit(mixed, funds) for mixed in mixed_amounts(evaluation)]
    said = "与资金表的金额恰好相差一万倍，像是元与万元混用。请在目标值和业绩值中写明单位，或改正金额。"
    yield from together(CODE, SEVERITY, hits, said)


def _hit(mixed: Mixed, funds: Funds) -> Hit:
    """The cell of a line that is off, with what it is beside."""
    written = shown(mixed.entry)
    beside = f"{_LABELS[mixed.role]}{written}，资金表{mixed.kind.label}{money(funds, mixed.known)}"
    amounts = funds.entry(mixed.kind)
    more = (amounts.ref,) if amounts is not None else ()
    return Hit(with_detail(mixed.row, beside), mixed.entry.ref, written, more=more)
