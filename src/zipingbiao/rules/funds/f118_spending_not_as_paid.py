"""F118 全年执行数与名单的国库支付数不同。

检查内容：自评表的全年执行数与财政部门名单中该项目的国库支付数是否相同，容许误差0.01万元。
为何重要：执行率和预算执行的得分由全年执行数算出，多报执行数，得分就虚高。
依据：全年执行数是当年实际支付的资金，财政资金以国库支付数为准。
严重程度：警告，因为项目可能还有财政专户和单位资金的支出，要由填表人说明。
反例：国库支付数80万元，自评表全年执行100万元。
正例：国库支付数106.49万元，自评表1064900元。
不检查：没有给名单或名单中没有这个项目；名单没有国库支付数；自评表没有全年执行数；恰好相差一万倍的（汇总时列入待认定）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.kept import Kept
from zipingbiao.rules.shared.registered import Registered, differing
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind

CODE = "F118"
SEVERITY = Severity.WARNING


def check_registered(table: Kept, registered: Registered) -> Iterator[Finding]:
    """Compare what was spent with what the treasury paid."""
    listed = ("国库支付数", registered.row.paid, registered.place)
    yield from differing(CODE, SEVERITY, table, AmountKind.EXECUTED, listed)
