"""S102 填报得分高于核算得分。

检查内容：填报的得分是否高于按目标值、业绩值和评分规则算出的得分。
为何重要：多计的分会抬高总分和等级，审核时会被退回。
依据：所用评分规则；未达到目标的定量指标按分值×业绩值÷目标值计分（财预〔2020〕10号《项目支出绩效评价管理办法》，可信程度：未核对原文；另见各业务系统的算法）。
严重程度：错误，因为多计的分会被退回；只是同一得分四舍五入到整数分、一位小数，或小数取舍不同的为提示，一张表只报一次，列出各行。
反例：分值10，目标值95，业绩值85%，得分10（应为8.95）。
正例：得分8.95；得分9（只是取整，为提示）。
不检查：得分高于分值（见 S101）；有资金表时的预算执行率（见 F106）；按档填分的定性指标（见 S106）；数值或符号可疑的行（先按 V108、V111、V112 核对）；得分列是公式的行。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.causes import cause, mention_rounded
from zipingbiao.rules.scores.claims import comparable_claims
from zipingbiao.rules.shared.rounding import rounding
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.number import plain

CODE = "S102"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score above the computed one."""
    rounded = []
    for claim in comparable_claims(evaluation):
        if claim.computed is None or claim.difference <= 0:
            continue
        if rounding(claim.stated, claim.computed) is not None:
            rounded.append(claim)
            continue
        why = f"；{said}" if (said := cause(claim, evaluation.profile)) else ""
        message = (
            f"{claim.name}{claim.said}，高于核算得分{plain(claim.computed)}：{claim.sum_shown}{why}。"
            f"请改为{claim.remedy}，或更正业绩值。"
        )
        yield Finding(CODE, SEVERITY, claim.ref, message, claim.found, claim.expected)
    yield from mention_rounded(CODE, rounded, "高于", evaluation.profile)
