"""V116 数写成了文字，表上的公式没有计入。

检查内容：分值、得分、资金里带了单位（“10分”“700万元”）或者存成文字的数，表上的合计公式是否因此漏计。
为何重要：本程序认得出这些数，表格软件的合计公式却跳过文字，打印出来的合计就与核算的不一样，会被退回。
依据：表格软件的通行规则：SUM、COUNT 只计数值，不计文字。
严重程度：错误，因为印在表上的合计是错的。一张表只报一次，列出各单元格。
反例：权重“10分”“12 分”，合计公式得78而不是100；县区级填“107.26万元”，年度总金额的公式为空白。
正例：权重10；县区级107.26；没有合计公式的表，写“10分”也照样核算；公式把文字也计入了的。
不检查：看不明白的数（见 W106、F116）；合计是直接填写的表（见 W101、T101、F105）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import left_out_by_formula
from zipingbiao.rules.shared.say import quote, shown
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Role
from zipingbiao.values.number import same_points

CODE = "V116"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report numbers that count here and not in the formulas of the sheet, once per table."""
    table = evaluation.table
    entries = [
        *_left_out(evaluation, table.total_weight, evaluation.weights_sum, Role.WEIGHT),
        *_left_out(evaluation, table.total_score, evaluation.adopted_total, Role.SCORE, Role.MANUAL),
    ]
    if table.funds is not None:
        entries += [entry for _, entry in left_out_by_formula(table.funds)]
    hits = [Hit(f"{entry.ref.place_here}的{quote(entry.text)}", entry.ref, shown(entry)) for entry in entries]
    said = "是文字，表上的合计公式没有计入。请只填数，不写单位。"
    yield from together(CODE, SEVERITY, hits, said, expected="只填数")


def _left_out(
    evaluation: Evaluation, total: Entry | None, right: Decimal | None, *roles: Role
) -> Iterator[Entry]:
    """The texts of a column whose total is a formula and differs from what they add up to."""
    if total is None or not total.is_formula or total.is_error or right is None:
        return
    if total.number is not None and same_points(total.number, right):
        return
    for row in evaluation.rows:
        for role in roles:
            entry = row.indicator.entries.get(role)
            if entry is not None and entry.number is not None and entry.is_text:
                yield entry
