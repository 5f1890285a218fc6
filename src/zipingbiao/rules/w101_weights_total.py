"""W101 分值合计与所用评分规则不符。

检查内容：一张自评表全部指标与预算执行率（含未列出而按资金表计入的）的分值之和。
为何重要：合计不等于满分时，总分和等级都失去依据。
依据：所用评分规则的 weight_total 项，文号、施行日期和可信程度写在规则文件里。
严重程度：错误。合计不对的表会被退回。
反例：10 + 60 + 15 + 10 = 95。
正例：10 + 50 + 30 + 10 = 100。
不检查：没有分值列的表（见 L101）；有的分值空白或不是数的表（先按 W106、V101、V102 补正）；权重自定的地方一级指标之间的分配。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.evaluation import Evaluation
from zipingbiao.finding import Finding, Severity
from zipingbiao.model import Role
from zipingbiao.number import plain, same_points

CODE = "W101"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the sum of weights, execution included, with the total of the profile in force."""
    found, expected = evaluation.weights_total, evaluation.profile.weight_total
    if (
        not found
        or same_points(found, expected)
        or any(row.indicator.weight is None for row in evaluation.rows)
    ):
        return
    gap = f"缺{plain(expected - found)}分" if found < expected else f"多{plain(found - expected)}分"
    shown = (
        "" if found == evaluation.weights_sum else f"（表中{plain(evaluation.weights_sum)}，另计预算执行率）"
    )
    ref = evaluation.table.headings.get(Role.WEIGHT, evaluation.table.anchor)
    message = (
        f"分值合计{plain(found)}{shown}，应为{plain(expected)}，{gap}{_levels(evaluation)}。请核对分值列。"
    )
    yield Finding(CODE, SEVERITY, ref, message, plain(found), plain(expected))


def _levels(evaluation: Evaluation) -> str:
    """Name the level-1 groups that are off, only where the profile fixes them."""
    off = []
    for level, points in evaluation.profile.levels.items():
        weights = [row.indicator.weight for row in evaluation.rows if level in row.indicator.level1]
        total = sum(weight for weight in weights if weight is not None)
        if total != points:
            off.append(
                f"{level}{plain(total)}（应{plain(points)}）" if total else f"{level}0（应{plain(points)}）"
            )
    return f"，其中{'、'.join(off)}" if off else ""
