"""F116 资金表的金额看不明白。

检查内容：资金表各项金额填了内容，能否读成一个确定的金额。
为何重要：看不明白的金额不能当作没有，也不能当作0，执行率、得分和汇总都要等改正后才算得出。
依据：本程序的读数原则：看不明白的数列为问题，不猜，也不按0计。
严重程度：错误，因为改正以前无法核算和汇总。一张表只报一次，列出各单元格。
反例：全年执行“7,00.0,77”；全年预算“约700”“待定”“95%”。
正例：700；“700万元”；“7,000.77”；没有资金的栏空白或填“—”。
不检查：公式错误（见 V101）、没有结果的公式（见 V102）；各种比率（见 F102、F103）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import TYPED_KINDS
from zipingbiao.rules.shared.say import quote, shown
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind

CODE = "F116"
SEVERITY = Severity.ERROR

_KINDS = (*TYPED_KINDS, AmountKind.BALANCE)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Quote the amounts that nobody can read, once per table."""
    funds = evaluation.table.funds
    if funds is None:
        return
    entries = [
        funds.entries[kind, source]
        for source in funds.sources
        for kind in _KINDS
        if funds.is_unreadable(kind, source)
    ]
    hits = [Hit(f"{entry.ref.place_here}的{quote(entry.text)}", entry.ref, shown(entry)) for entry in entries]
    said = f"看不明白，请填一个数（单位{funds.unit.label}）。"
    yield from together(CODE, SEVERITY, hits, said, expected="一个数")
