"""W102 一级指标的分值分配与评分规则不同。

检查内容：分值合计正确的表，产出、效益、满意度等一级指标各自的分值合计是否与所用评分规则一致。
为何重要：分配不同的项目之间不便比较；是有意调整还是填错，需要填表人知道。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》的权重规定（可信程度：未核对原文）和所用评分规则的 levels 项，可信程度写在规则文件里。
严重程度：提示，因为办法说的是“原则上”，可以根据项目情况调整。一张表只报一次。
反例：全国规则下产出40、效益40、满意度10。
正例：产出50、效益30、满意度10；没有满意度指标时，效益40；权重自定的地方，任何分配。
不检查：分值合计不对（见 W101）；有的分值空白（见 W106）；评分规则是推定的（见 W105）；有决策、过程等其他一级指标的表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import listed
from zipingbiao.rules.weights.levels import levels_off
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain, same_points

CODE = "W102"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention the groups whose points are not those of the profile, once per table."""
    if evaluation.profile_unsure or any(row.indicator.weight is None for row in evaluation.rows):
        return
    if not same_points(evaluation.weights_total, evaluation.profile.weight_total):
        return
    off = levels_off(evaluation)
    if off:
        ref = evaluation.table.headings.get(Role.WEIGHT, evaluation.table.anchor)
        message = (
            f"一级指标的分值分配与评分规则“{evaluation.profile.title}”不同："
            f"{listed([str(level) for level in off])}。请核对各级的分值，有意调整的不必改。"
        )
        found, expected = (
            "、".join(f"{level.name}{plain(points)}" for level, points in pairs)
            for pairs in (
                [(level, level.found) for level in off],
                [(level, level.expected) for level in off],
            )
        )
        weights = [row.indicator.ref(Role.WEIGHT) for row in evaluation.rows]
        yield Finding.about(CODE, SEVERITY, [ref, *weights], message, found, expected)
