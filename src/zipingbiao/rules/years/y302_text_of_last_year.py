"""Y302 文字照抄上年。

检查内容：偏差原因、改进措施、业绩值中较长的文字，是否与同一项目上年的表一字不差。
为何重要：今年的原因和措施与上年相同，说明没有分析，或上年的措施没有落实。
依据：核对的经验；偏差原因要写当年的具体情况。
严重程度：提示，因为同样的困难可能连续两年存在，由审核人判断。一张表只报一次，列出各行。
反例：两年都写“受降雨影响，施工队推迟进场两个月，明年提前安排招标”。
正例：“按计划完成”一类的短句；写了今年情况的。
不检查：没有找到上年的表的项目；二十个字以下的文字；目标值和指标名称（相同是正常的）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import text_key
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Role

CODE = "Y302"
SEVERITY = Severity.INFO

_LONG = 20
_LABELS = {Role.REASON: "原因", Role.MANUAL_REASON: "手工得分理由", Role.ACTUAL: "业绩值"}


def check_last(evaluation: Evaluation, last: Evaluation) -> Iterator[Finding]:
    """Report long texts that last year's table holds word for word, once per table."""
    before = {text_key(entry.text) for _, _, entry in _long_texts(last)}
    copied = [text for text in _long_texts(evaluation) if text_key(text[2].text) in before]
    hits = [on_line(row, role, detail=_LABELS[role]) for row, role, _ in copied]
    yield from together(CODE, SEVERITY, hits, "的文字与上年的表完全相同。请核对是否写了今年的情况。")


def _long_texts(evaluation: Evaluation) -> Iterator[tuple[Scored, Role, Entry]]:
    """Each cell once: a merged reason belongs to several lines."""
    seen = set()
    for row in evaluation.rows:
        for role in _LABELS:
            entry = row.indicator.entries.get(role)
            if entry is not None and entry.ref not in seen and len(text_key(entry.text)) >= _LONG:
                seen.add(entry.ref)
                yield row, role, entry
