"""W105 评分规则是推定的。

检查内容：能否由表格样式和预算执行率的分值确定适用哪一套评分规则。
为何重要：规则不同，分值要求和等级用词就不同。
依据：本程序选用评分规则的顺序：用户指定，成本单列，执行率分值，表格样式。
严重程度：提示，因为推定的规则多数情况适用，知道即可。
反例：预算执行率分值为15，没有对应的评分规则。
正例：山西附件1样式，或者用 --profile 指定了规则。
不检查：用户指定的规则是否合适。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "W105"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention that the profile is a guess, and what it is."""
    if evaluation.profile_unsure:
        title = evaluation.profile.title
        message = f"{evaluation.profile_why}：“{title}”。如不适用，请指定评分规则后重新核算。"
        yield Finding(CODE, SEVERITY, evaluation.table.anchor, message, title)
