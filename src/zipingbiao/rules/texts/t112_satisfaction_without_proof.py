"""T112 满意度指标没有列出佐证材料。

检查内容：本软件模板的“佐证材料”表已经开始填写的，有分值、有业绩值的满意度指标是否列了问卷、测评等材料。
为何重要：满意度来自调查，没有问卷或统计表，业绩值无从核对，复核时没有问卷的可能计0分。
依据：山西样表附件2为绩效自评相关资料；2026年某区复核自评表的规则：满意度没有问卷的计0分。
严重程度：提示，因为材料可能另行保存，由填报人补列。一张表只报一次。
反例：佐证材料只列了合同和验收单，满意度业绩值95%。
正例：列有“受益群众满意度调查问卷及统计表”。
不检查：没有“佐证材料”表的工作簿；该表一行也没有填的；没有业绩值或没有分值的指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.words import PROOF
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key

CODE = "T112"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report satisfaction without a document, once per table."""
    listed = evaluation.table.evidence
    if not listed or any(PROOF.search(one.indicator + one.name) for one in listed):
        return
    proved = {label_key(one.indicator) for one in listed}
    bare = [
        on_line(row, Role.ACTUAL, Role.NAME)
        for row in evaluation.rows
        if _is_claimed(row) and label_key(row.indicator.name) not in proved
    ]
    said = "在“佐证材料”中没有对应的材料。请列出满意度调查的问卷、统计表等材料；复核时没有问卷可能计0分。"
    yield from together(CODE, SEVERITY, bare, said)


def _is_claimed(row: Scored) -> bool:
    """A satisfaction indicator with points and a result."""
    indicator = row.indicator
    entry = indicator.entries.get(Role.ACTUAL)
    named = "满意" in indicator.level1 + indicator.level2 + indicator.name
    return named and bool(indicator.weight) and entry is not None and not entry.is_empty
