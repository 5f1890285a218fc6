"""S111 得了满分，原因里却说没有完成。

检查内容：得满分的指标，偏差原因是否写着“未完成”“尚未”“滞后”等。
为何重要：满分说的是已经完成，原因说的是没有完成，两处必有一处不对，审核时会被退回。
依据：核对的经验；没有完成的指标按完成情况计分。
严重程度：警告，因为原因也可能说的是别的事，要由填表人核对。一张表只报一次，列出各行。
反例：验收合格率得满分，原因写“部分路段未通过验收，尚未完成整改”。
正例：“质保金尚未支付”；“上年未完成的部分今年已完成”；“无未完成事项”；“一度滞后，年底前已全部完成”。
不检查：没有得满分的行；与没有得满分的行合用一个原因单元格的；预算执行率；说的是付款、上年或定目标时的（付款见 F114）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.reasons import counted, is_below_full
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.words import MADE_UP, NONE_UNDONE, NOT_THE_WORK, TO_COME, UNDONE
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

CODE = "S111"
SEVERITY = Severity.WARNING

_CLAUSE = regex(r"[,;。!\n]")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report full marks beside a reason that speaks of work not done, once per table."""
    undone = [(row, clause) for row in evaluation.rows if (clause := _undone(row)) and _is_full(row)]
    if not undone:
        return
    others = {row.indicator.ref(Role.REASON) for row in evaluation.rows if is_below_full(row)}
    hits = [
        on_line(row, Role.REASON, detail=quote(clause), found=clause)
        for row, clause in undone
        if row.indicator.ref(Role.REASON) not in others
    ]
    said = "得满分，原因里却说没有完成。请核对完成情况，改正得分或原因。"
    yield from together(CODE, SEVERITY, hits, said)


def _is_full(row: Scored) -> bool:
    return not row.indicator.is_execution and counted(row) is not None and not is_below_full(row)


def _undone(row: Scored) -> str:
    """The first clause of the reason that says this year's work is not done; "" where none does."""
    reason = row.indicator.text(Role.REASON)
    clauses = _CLAUSE.split(normalise(reason)) if reason else ()
    for number, clause in enumerate(clauses):
        said = UNDONE.search(clause)
        if said is None or NONE_UNDONE.search(clause) or NOT_THE_WORK.search(clause):
            continue
        if not any(map(_makes_up, (clause[said.start() :], *clauses[number + 1 :]))):
            return clause.strip()
    return ""


def _makes_up(clause: str) -> bool:
    return MADE_UP.search(clause) is not None and not TO_COME.search(clause)
