"""B101 同一单位几个项目的资金完全相同。

检查内容：同一单位、同一年度的几个项目，年初预算、全年预算、全年执行三个数是否都相同。
为何重要：同一笔资金报了两次，汇总的金额就多算一份。
依据：核对的经验；每个预算项目有自己的预算。
严重程度：警告，因为几个项目的预算也可能凑巧相同，要由填表人核对。每张表报一次，写明与哪些项目相同。
反例：两个项目的年初预算、全年预算都是107.26，全年执行都是106.49。
正例：两个项目的预算都是10（凑巧相同的整数不报）；同一项目的几个版本。
不检查：有效数字不到四位的金额；不同单位之间；没有资金表或没有填全年执行的表。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zipingbiao.rules.batches.pairs import Sheet, groups, others, project_of, unit_of
from zipingbiao.rules.shared.money import money
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind

CODE = "B101"
SEVERITY = Severity.WARNING

_DIGITS = 4


def check_batch(evaluations: Sequence[tuple[str, Evaluation]]) -> Iterator[tuple[str, Finding]]:
    """Report tables of one unit and year that show the same money."""
    for _, members in groups(evaluations, _key, project_of):
        for path, evaluation in members:
            funds = evaluation.table.funds
            if funds is None:
                continue
            budget = money(funds, funds.amount(AmountKind.FULL_YEAR) or Decimal(0))
            spent = money(funds, funds.amount(AmountKind.EXECUTED) or Decimal(0))
            message = (
                f"全年预算{budget}、全年执行{spent}，与本单位{others((path, evaluation), members)}完全相同，"
                "疑似同一资金重复填报。请核对。"
            )
            entry = funds.entry(AmountKind.FULL_YEAR) or next(iter(funds.entries.values()))
            executed = funds.entry(AmountKind.EXECUTED)
            refs = [entry.ref, executed.ref if executed is not None else None]
            yield path, Finding.about(CODE, SEVERITY, refs, message, f"{budget}、{spent}")


def _key(sheet: Sheet) -> tuple[object, ...] | None:
    table = sheet[1].table
    if table.funds is None:
        return None
    amounts = [
        table.funds.amount(kind) for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)
    ]
    if not amounts[1] or not amounts[2] or max(_digits(amount) for amount in amounts) < _DIGITS:
        return None
    return (unit_of(sheet), table.project.year, *amounts)


def _digits(amount: Decimal | None) -> int:
    return 0 if amount is None else len(amount.normalize().as_tuple().digits)
