"""S101 得分超出分值或为负数。

检查内容：填报的得分是否在0与该项分值之间。
为何重要：任何计分方法都不会给出高于分值的得分。
依据：业务系统的通行做法：得分高于分值不予保存；早年全国样表写明“最高不得超过分值上限”。
严重程度：错误，因为任何计分方法都得不出这个分数。
反例：分值10，得分12；得分-1。
正例：分值10，得分10；合并的得分单元格不超过各行分值之和。
不检查：得分是否算对（见 S102、S103）；分值不是有效的数的行（见 W106）；得分列是公式的行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import claims
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.number import plain

CODE = "S101"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score outside 0 and the weight."""
    for claim in claims(evaluation):
        if claim.is_possible:
            continue
        stated = plain(claim.stated)
        limits = "不小于0" if claim.weight is None else f"0～{plain(claim.weight)}"
        problem = "为负数" if claim.stated < 0 else f"高于分值{limits.removeprefix('0～')}"
        right = "" if claim.computed is None else f"，核算得分为{plain(claim.computed)}：{claim.sum_shown}"
        message = f"{claim.name}的得分{stated}{problem}{right}。请改正得分。"
        yield Finding(CODE, SEVERITY, claim.ref, message, stated, limits)
