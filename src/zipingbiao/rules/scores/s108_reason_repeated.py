"""S108 几项指标的偏差原因相同。

检查内容：同一张表里，未得满分的几项指标是否写着完全相同的偏差原因（标点不计）。
为何重要：不同的指标一般有不同的原因；照抄的原因往往只对其中一项成立。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》要求逐项分析未完成的原因（可信程度：未核对原文）。
严重程度：提示，因为几项指标也可能受同一件事影响。一张表只报一次，列出各行。
反例：响应及时率和可持续影响的原因都是“村多路远，维护不够及时。”。
正例：各行分别说明；原因单元格合并，几行共用一个说明。
不检查：得满分的行；只写数字、“无”等没有内容的原因（见 S104）；不同表之间的相同（见 B103）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import given_reasons, text_key
from zipingbiao.rules.shared.say import list_lines, quote
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "S108"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention lines that share one wording, once per table."""
    groups: dict[str, list[tuple[Scored, str]]] = {}
    for row, text in given_reasons(evaluation):
        groups.setdefault(text_key(text), []).append((row, text))
    repeated = [group for key, group in groups.items() if key and len(group) > 1]
    if not repeated:
        return
    parts = [f"{list_lines([row for row, _ in group])}都写{quote(group[0][1])}" for group in repeated]
    message = f"偏差原因相同：{'；'.join(parts)}。请核对是否照抄，分别说明各项的原因。"
    refs = [row.indicator.ref(Role.REASON) for group in repeated for row, _ in group]
    yield Finding.about(CODE, SEVERITY, refs, message, "、".join(group[0][1] for group in repeated))
