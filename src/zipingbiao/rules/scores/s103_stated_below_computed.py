"""S103 填报得分低于核算得分而没有说明原因。

检查内容：填报的得分低于按评分规则算出的得分时，是否写了原因。
为何重要：达到目标却扣了分，不是得分算错，就是业绩值填错；有意扣分的应说明理由。
依据：所用评分规则；业务系统的通行做法：得分低于分值而没有原因的不予保存。
严重程度：警告，因为单位可以自行扣分，说明理由即可，也不要求把分加回去；只是同一得分四舍五入到整数分、一位小数，或小数取舍不同的为提示，一张表只报一次，列出各行；写了原因的不报。
反例：目标值95%，业绩值95%，分值10，得分8，原因空白或写“无偏差”。
正例：得分8，原因写明“问卷回收不足，自行扣分”。
不检查：有资金表时的预算执行率（见 F106）；按档填分的定性指标，包括业绩值与目标值文字相同的（见 S106）；超额完成而扣分的（见 S105）；数值或符号可疑的行（先按 V108、V111、V112 核对）；原因是否充分。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.causes import cause, mention_rounded
from zipingbiao.rules.scores.claims import comparable_claims, exceeded, is_understated
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.number import plain

CODE = "S103"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score below the computed one that no reason explains."""
    rounded = []
    for claim in comparable_claims(evaluation):
        if claim.computed is None or claim.difference >= 0 or claim.has_reason:
            continue
        if not is_understated(claim):
            rounded.append(claim)
            continue
        if exceeded(claim, evaluation.profile) is not None:
            continue
        message = (
            f"{claim.name}{claim.said}，低于核算得分{plain(claim.computed)}：{claim.sum_shown}；"
            f"{cause(claim, evaluation.profile) or '没有说明原因'}。请核实，有意扣分的在偏差原因中写明理由。"
        )
        yield Finding(CODE, SEVERITY, claim.ref, message, claim.found)
    yield from mention_rounded(CODE, rounded, "低于", evaluation.profile)
