"""S101 得分超出分值、为负数或不是数。

检查内容：填报的得分是否是数，是否在0与该项分值之间。
为何重要：任何计分方法都不会给出高于分值的得分；不是数的得分算不进总分。
依据：业务系统的通行做法：得分高于分值不予保存；早年全国样表写明“最高不得超过分值上限”。
严重程度：错误，因为任何计分方法都得不出这个分数。
反例：分值10，得分12；得分-1；得分“十五”“满分”；只有扣分栏的表，分值10，扣12分。
正例：分值10，得分10；合并的得分单元格不超过各行分值之和。
不检查：得分是否算对（见 S102、S103）；得分空白或为“/”“—”的行；公式错误（见 V101）；分值不是有效的数的行（见 W106）；得分列是公式的行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import claims
from zipingbiao.rules.shared.say import name_line, quote
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.deductions import taken_off
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

CODE = "S101"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score outside 0 and the weight."""
    for claim in claims(evaluation):
        if claim.is_possible:
            continue
        if claim.off is not None:
            most = "0" if claim.weight is None else plain(claim.weight)
            message = f"{claim.name}扣{claim.found}分，高于分值{most}。请改正扣分。"
            yield Finding(CODE, SEVERITY, claim.ref, message, claim.found, f"0～{most}")
            continue
        stated = plain(claim.stated)
        limits = "不小于0" if claim.weight is None else f"0～{plain(claim.weight)}"
        problem = "为负数" if claim.stated < 0 else f"高于分值{limits.removeprefix('0～')}"
        right = "" if claim.computed is None else f"，核算得分为{plain(claim.computed)}：{claim.sum_shown}"
        message = f"{claim.name}的得分{stated}{problem}{right}。请改正得分。"
        yield Finding(CODE, SEVERITY, claim.ref, message, stated, limits)
    hits = list(_no_numbers(evaluation))
    yield from together(CODE, SEVERITY, hits, "的得分不是数，没有计入。请改为数字。")
    hits = list(_unclear_deductions(evaluation))
    yield from together(CODE, SEVERITY, hits, "的扣分看不出是几分，没有计入。请只填数，原因写在另一栏。")


def _unclear_deductions(evaluation: Evaluation) -> Iterator[Hit]:
    """The typed deductions from which no number of points can be read."""
    for row in evaluation.rows:
        entry = row.indicator.entries.get(Role.DEDUCTION)
        if entry is not None and entry.is_typed and not entry.is_error and taken_off(entry) is None:
            yield on_line(row, Role.DEDUCTION, detail=f"填{quote(entry.text)}", found=Role.DEDUCTION)


def _no_numbers(evaluation: Evaluation) -> Iterator[Hit]:
    """The typed scores that are words; where a grade waits for its points, V104 asks for them."""
    for row in evaluation.rows:
        entry = row.indicator.entries.get(Role.MANUAL) or row.indicator.entries.get(Role.SCORE)
        if entry is None or entry.number is not None or entry.is_empty:
            continue
        if entry.is_error or not entry.is_typed:
            continue
        first = row.indicator.shared_score[:1] in ((), (row.indicator.row,))
        if first and not {Note.NEEDS_SCORE, Note.NEEDS_POINTS} & set(row.notes):
            expected = None if row.score is None else plain(row.score)
            name = f"{name_line(row.indicator)}（填“{entry.text.strip()}”）"
            yield Hit(name, entry.ref, entry.text.strip(), expected)
