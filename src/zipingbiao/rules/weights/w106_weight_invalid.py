"""W106 指标分值空白或不是有效的数。

检查内容：每一项计分指标的分值（权重）是否填写，是否为大于零的数。
为何重要：没有分值就无法计分，合计也无从核对。
依据：业务系统的通行做法：分值必填；全国样表每项指标都有分值。
严重程度：空白、文字和负数为错误，因为无法计分；0分为警告，因为不影响总分，但这一项等于没有评。一张表每种只报一次，列出各行。
反例：分值空白；分值“十分”；分值-5；分值0。
正例：分值10；分值“10分”。
不检查：没有分值列的表（见 L101）；整行未填写（见 V115）；分值单元格是公式错误（见 V101、V102）；“其中”等不计分的行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import shown, unreadable
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "W106"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report lines without a usable weight: one finding for those without points, one for zeros."""
    right = "大于零的数"
    hits = [
        on_line(row, Role.WEIGHT, detail=typed, found=typed)
        for row in evaluation.rows
        if _is_invalid(row)
        for typed in [shown(row.indicator.entries[Role.WEIGHT])]
    ]
    said = "的分值不是有效的数，没有计分。请填写分值，不计分的行请删除。"
    yield from together(CODE, SEVERITY, hits, said, expected=right)
    zero = [on_line(row, Role.WEIGHT) for row in evaluation.rows if row.indicator.weight == 0]
    said = "的分值为0，等于没有评。要评的请填写分值，不评的请删除这一行。"
    yield from together(CODE, Severity.WARNING, zero, said, found="0", expected=right)


def _is_invalid(row: Scored) -> bool:
    weight = row.indicator.weight
    if (weight is not None and weight >= 0) or Note.UNFILLED in row.notes:
        return False
    return Role.WEIGHT in row.indicator.entries and not unreadable(row.indicator, Role.WEIGHT)
