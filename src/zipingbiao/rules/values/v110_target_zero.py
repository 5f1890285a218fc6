"""V110 目标值为零。

检查内容：越大越好的指标，目标值是否为零。
为何重要：零除不出完成率，不管做到多少都算达到或都算没达到，这样的目标没有考核意义。
依据：完成率等于业绩值除以目标值；样表中有“成本节约率”目标值0、业绩值0得满分的。
严重程度：业绩值达到零目标而得满分的为提示，因为得分没有争议；业绩值超过零、按规则得零分的为警告。一张表每种只报一次，列出各行。
反例：“成本节约率”目标值0、业绩值0；“新增就业人数”目标值0、业绩值5。
正例：“安全事故”目标值0、业绩值0；“变质比例”目标值0%；目标值写“=0”。
不检查：事故、投诉等越小越好的指标；目标值空白（见 V104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Kind, Role

CODE = "V110"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report zero targets of lines in which more is better, one finding per result."""
    rows = [row for row in evaluation.rows if Note.ZERO_TARGET in row.notes and row.kind is Kind.AT_LEAST]
    for severity, met, what in (
        (SEVERITY, True, "按达到目标计分。请核对目标值是否填错"),
        (Severity.WARNING, False, "业绩值大于零却只能得0分。请改正目标值，或在目标值前写上≥"),
    ):
        hits = [on_line(row, Role.TARGET, found=Role.TARGET) for row in rows if bool(row.met) is met]
        said = f"的目标值为零，算不出完成率，{what}。"
        yield from together(CODE, severity, hits, said, expected="大于零的数")
