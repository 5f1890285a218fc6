"""W103 指标表漏列预算执行率。

检查内容：指标表和资金表里都没有预算执行率的分值（漏列，或列了而未填写），但资金表可以算出执行率，分值也留有余地。
为何重要：预算执行率是必评项，漏列后表中各项得分加起来不等于总分。
依据：所用评分规则的 execution_points 项，可信程度写在规则文件里；山西附件1样表把它作为第一行。
严重程度：错误，因为表中的合计与总分对不上，会被退回。
反例：各项权重合计85，没有预算执行率；资金表全年预算50、全年执行49.92，应得9.98分。
正例：指标表第一行是预算执行率，权重10；或资金表有分值和得分两列。
不检查：没有资金表，或其他指标的分值已经占满（见 W104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import name_line
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import plain

CODE = "W103"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report the implied execution line with its points and its score."""
    row = evaluation.execution
    if row is None or row.indicator.place is not Place.IMPLIED or row.indicator.weight is None:
        return
    points = plain(row.indicator.weight)
    score = f"，得{plain(row.score)}分：{row.explanation}" if row.score is not None else ""
    message = f"指标表漏列预算执行率，按资金表另计{points}分{score}。请在指标表中补上这一行。"
    headings = evaluation.table.headings
    ref = headings.get(Role.NAME) or headings.get(Role.WEIGHT) or evaluation.table.anchor
    blank = next((line for line in evaluation.table.indicators if line.is_execution), None)
    if blank is not None:
        message = f"{name_line(blank)}未填写，按资金表另计{points}分{score}。请填上这一行的分值。"
        ref = blank.ref(Role.WEIGHT, Role.NAME) or ref
    yield Finding(CODE, SEVERITY, ref, message, None, f"预算执行率{points}分")
