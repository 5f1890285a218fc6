"""F101 资金结余不等于实际到位减全年执行。

检查内容：资金表各列的资金结余(5)是否等于实际到位(3)减全年执行(4)。
为何重要：结余要按规定收回或结转，数字错了会影响资金处理。
依据：山西附件1资金表印在表上的公式(5)=(3)-(4)。
严重程度：错误，因为按表上印的公式算不出这个数；容许误差为表中单位的0.01。各列合并为一条。
反例：实际到位50，全年执行49.92，资金结余0。
正例：资金结余0.08；没有资金的列填0或空白。
不检查：结余空白的列；到位和执行只填了一个的列；没有结余一项的表。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import Mismatch, amount_of, money, readable, report, same_amount
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds

CODE = "F101"
SEVERITY = Severity.ERROR

_PARTS = (AmountKind.RECEIVED, AmountKind.EXECUTED)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the balance of each column with its amounts."""
    funds = evaluation.table.funds
    if funds is not None:
        yield from report(
            CODE, "资金结余与到位、执行数不符", "请改正资金结余，或核对到位和执行数。", _wrong(funds)
        )


def _wrong(funds: Funds) -> Iterator[Mismatch]:
    for source in funds.sources:
        entry = funds.entry(AmountKind.BALANCE, source)
        stated = funds.typed_amount(AmountKind.BALANCE, source)
        if entry is None or stated is None or not readable(funds, _PARTS, (source,)):
            continue
        received, executed = (amount_of(funds, kind, source) for kind in _PARTS)
        if (received is None) != (executed is None):
            continue
        received, executed = received or Decimal(0), executed or Decimal(0)
        if not same_amount(funds, stated, received - executed):
            how = f"{money(funds, received)} − {money(funds, executed)}"
            yield Mismatch(source.label, entry, money(funds, received - executed), how, SEVERITY)
