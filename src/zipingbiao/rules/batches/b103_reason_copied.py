"""B103 几个项目的偏差原因一字不差。

检查内容：不同项目的表里，未得满分的指标是否写着相同的一段偏差原因（标点不计）。
为何重要：不同项目的偏差各有各的原因；成批照抄的原因说明没有逐项分析。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》要求对未完成的目标逐项分析原因（可信程度：未核对原文）。
严重程度：提示，因为几个项目也可能受同一件事影响。每张表报一次，列出各行。
反例：三个项目都写“加强各项工作，确保项目及时完工，发挥项目更大效益”。
正例：“质保金未到期”一类的短句；各项目分别说明。
不检查：不足十二个字的原因；得满分的行；同一项目的几个版本；同一张表之内的相同（见 S108）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.rules.batches.pairs import Sheet, others, project_of
from zipingbiao.rules.shared.reasons import given_reasons, text_key
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role

CODE = "B103"
SEVERITY = Severity.INFO

_LONG = 12


def check_batch(evaluations: Sequence[tuple[str, Evaluation]]) -> Iterator[tuple[str, Finding]]:
    """Mention reasons that another project gives word for word, once per table."""
    users: dict[str, list[Sheet]] = {}
    written = [_reasons(evaluation) for _, evaluation in evaluations]
    for sheet, reasons in zip(evaluations, written, strict=True):
        for key in reasons:
            users.setdefault(key, []).append(sheet)
    shared = {key for key, sheets in users.items() if len({project_of(sheet) for sheet in sheets}) > 1}
    for sheet, reasons in zip(evaluations, written, strict=True):
        copied = [(key, rows) for key, rows in reasons.items() if key in shared]
        if copied:
            yield sheet[0], _finding(sheet, copied, users)


def _reasons(evaluation: Evaluation) -> dict[str, list[Scored]]:
    """The long reasons of a table with their lines."""
    found: dict[str, list[Scored]] = {}
    for row, text in given_reasons(evaluation):
        if len(key := text_key(text)) >= _LONG:
            found.setdefault(key, []).append(row)
    return found


def _finding(sheet: Sheet, copied: list[tuple[str, list[Scored]]], users: dict[str, list[Sheet]]) -> Finding:
    hits = [
        on_line(row, Role.REASON, detail=quote(row.indicator.text(Role.REASON)))
        for _, rows in copied
        for row in rows
    ]
    said = f"的偏差原因与{others(sheet, users[copied[0][0]])}一字不差。请按本项目的实际情况说明。"
    first = quote(copied[0][1][0].indicator.text(Role.REASON))
    return next(together(CODE, SEVERITY, hits, said, found=first))
