"""F117 全年预算与名单不同。

检查内容：自评表的全年预算数与财政部门名单中该项目的调整后预算（没有的取年初预算）是否相同，容许误差0.01万元。
为何重要：执行率以全年预算数为分母，预算填小了执行率就虚高；汇总的金额也与财政的账对不上。
依据：全年预算数以批复和调整的预算为准，名单由财政部门按预算指标编制。
严重程度：警告，因为名单也可能没有及时更新，要由填表人和财政部门核对。
反例：名单的调整后预算120万元，自评表全年预算100万元。
正例：名单107.26万元，自评表1072600元；名单19.48万元，自评表19.4812万元。
不检查：没有给名单或名单中没有这个项目；名单没有预算数；自评表没有全年预算数；恰好相差一万倍的（汇总时列入待认定）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.kept import Kept
from zipingbiao.rules.shared.registered import Registered, differing
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind

CODE = "F117"
SEVERITY = Severity.WARNING


def check_registered(table: Kept, registered: Registered) -> Iterator[Finding]:
    """Compare the budget of the year with that of the list."""
    listed = (registered.budget_label, registered.budget, registered.place)
    yield from differing(CODE, SEVERITY, table, AmountKind.FULL_YEAR, listed)
