"""W101 分值合计与所用评分规则不符。

检查内容：一张自评表全部指标与预算执行率（含未列出而按资金表计入的）的分值之和。
为何重要：合计不等于满分时，总分和等级都失去依据。
依据：所用评分规则的 weight_total 项，文号、施行日期和可信程度写在规则文件里。
严重程度：错误，因为合计不对的表会被退回。一张表只报一次；知道是哪一级、哪几行的问题时一并指出。
反例：10 + 60 + 15 + 10 = 95；“其中”各行的分值又重复计了上一行的分值，合计110。
正例：10 + 50 + 30 + 10 = 100。
不检查：没有分值列的表（见 L101）；有的分值空白或不是数的表（先按 W106、V101、V102 补正）；合计正确时一级指标之间的分配（见 W102）；没有分值列也没有得分列的表（见 L105）；缺的正好是预算执行率的分值（见 W104），或正好是名称里写的分值（见 W107）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.say import list_lines
from zipingbiao.rules.weights.levels import levels_off
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain, same_points

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
    why = _why(evaluation, found - expected)
    shown = evaluation.weights_sum
    if found == shown:
        said = f"分值合计{plain(found)}，应为{plain(expected)}，{gap}{why}"
    else:  # the execution counts, though the table does not list it
        said = f"表中分值合计{plain(shown)}；补上预算执行率{plain(found - shown)}分后仍{gap}{why}"
    ref = evaluation.table.headings.get(Role.WEIGHT, evaluation.table.anchor)
    message = f"{said}。请核对分值列。"
    weights = [row.indicator.ref(Role.WEIGHT) for row in evaluation.rows]
    yield Finding.about(CODE, SEVERITY, [ref, *weights], message, plain(found), plain(expected))


def _why(evaluation: Evaluation, excess: Decimal) -> str:
    """Name the lines that count twice, else the level-1 groups that are off where the profile fixes them."""
    repeated = _repeated(evaluation) if excess > 0 else []
    if repeated:
        return f"，其中{list_lines(repeated)}重复计了上一行的分值"
    off = levels_off(evaluation)
    return f"，其中{'、'.join(str(level) for level in off)}" if off else ""


def _repeated(evaluation: Evaluation) -> list[Scored]:
    """Lines 其中 … whose weights add up to that of the line above them."""
    repeated: list[Scored] = []
    whole, parts = None, list[Scored]()
    for row in (*evaluation.rows, None):
        if row is not None and row.indicator.name.startswith("其中"):
            parts.append(row)
            continue
        if whole and parts and same_points(whole, _sum(parts)):
            repeated += parts
        whole, parts = row.indicator.weight if row is not None else None, []
    return repeated


def _sum(rows: list[Scored]) -> Decimal:
    return sum((row.indicator.weight or Decimal(0) for row in rows), Decimal(0))
