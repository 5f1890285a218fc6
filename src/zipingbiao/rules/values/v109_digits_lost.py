"""V109 数值超过十五位。

检查内容：指标和资金各单元格里的数，以及以数值填写的项目编码，整数部分是否超过十五位。
为何重要：Excel 和 WPS 只保留十五位有效数字，以后各位已经变成0，存进文件的不再是原来的数。
依据：电子表格的规则：数值最多十五位有效数字。
严重程度：警告，因为多半是把编号、电话或连在一起的几个数填成了数值，不影响核算时也应改正。一张表只报一次，列出单元格。
反例：业绩值1234567890123450000；项目编码140900245580000123以数值填写。
正例：业绩值123456789；编号以文字填写。
不检查：小数部分的位数；以文字填写的长数字（见 V104）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.say import entries, in_order, quote
from zipingbiao.rules.shared.together import on_cell, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble
from zipingbiao.values.number import EXACT_BELOW

CODE = "V109"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report numbers of which a sheet cannot hold all digits, once per table."""
    too_long = (
        entry
        for entry in entries(evaluation)
        if entry.cell is not None
        and isinstance(number := entry.cell.value, Decimal)
        and abs(number) >= EXACT_BELOW
        and not entry.is_formula
    )
    said = "的数超过十五位，表格软件已把后面各位变成0。请核对，改填正确的数或改为文字。"
    hits = map(on_cell, in_order(evaluation, too_long))
    yield from together(CODE, SEVERITY, hits, said, lead="单元格")
    for problem in evaluation.table.problems:
        if problem.trouble is Trouble.LONG_CODE:
            message = (
                f"请核对项目编码{quote(problem.labels[0])}的末几位，并改为文字填写："
                "它以数值填写，超过十五位，表格软件可能已改动末几位。"
            )
            yield Finding(CODE, SEVERITY, problem.ref, message, problem.labels[0])
