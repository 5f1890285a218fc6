"""L105 表中没有分值和得分，不计算总分。

检查内容：指标表是否既没有分值（权重）列，也没有得分列。
为何重要：没有分值就没有总分和等级；填表人应知道这不是程序漏算。
依据：有的公开表只对照目标与完成情况，不打分；全国样表和山西附件1都有分值和得分两列。
严重程度：提示，因为有的表本来就不打分，目标值和业绩值照样核对。一张表只报一次。
反例：表头只有三级指标、年度指标值、实际完成值三列。
正例：有分值列而得分列空白或没有，照样核算；分值写在指标名称里，例如“产出指标（50分）”。
不检查：有得分列而没有分值列（见 L101）；有两列都像分值列或得分列（见 L102）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "L105"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Say why a table without points has no total."""
    if not evaluation.without_points:
        return
    message = (
        "表中没有分值列和得分列，只核对目标值和业绩值，不计算得分、总分和等级。需要打分的请增加“分值”列。"
    )
    yield Finding(CODE, SEVERITY, evaluation.table.anchor, message, None, "分值")
