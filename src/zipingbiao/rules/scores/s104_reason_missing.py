"""S104 未得满分而没有偏差原因。

检查内容：得分低于分值的指标是否填写了偏差原因分析及改进措施。
为何重要：自评表要求说明未完成的原因和改进措施，空白的会被要求补填。
依据：各地样表都有偏差原因列；业务系统的通行做法：得分低于分值而没有原因的不予保存。
严重程度：警告，因为得分本身没有错，补上说明即可。一张表只报一次，列出各行。
反例：分值15，得分14.25，原因空白；原因只填“0”“/”或“无”；得分低于分值，原因却写“已完成”“无偏差”。
正例：原因写明“网络改造延期，次月补发”。
不检查：没有偏差原因列的表；没有核算得分的行；已由 S101、S103、S105 报告的行；按金额应得满分的预算执行率（见 F106）；达到最高一档的定性指标（不在该档的分数见 S106）；数值或符号可疑的行（先按 V108、V111、V112 核对）；原因写得好不好。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import claims, comparable_claims, is_understated
from zipingbiao.rules.scores.grades import grade_of
from zipingbiao.rules.scores.misread import misread
from zipingbiao.rules.shared.reasons import counted, gives_reason, is_below_full
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

CODE = "S104"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report lines below full marks that give no reason, once per table."""
    understated = [claim for claim in comparable_claims(evaluation) if is_understated(claim)]
    impossible = [claim for claim in claims(evaluation) if not claim.is_possible]
    reported = {id(row) for claim in (*understated, *impossible) for row in claim.rows}
    reported |= {id(row) for row in misread(evaluation)}
    explained = {
        shared
        for row in evaluation.rows
        if row.indicator.shared_score and gives_reason(row.indicator)
        for shared in row.indicator.shared_score
    }
    rows = [
        row
        for row in evaluation.rows
        if id(row) not in reported
        and row.indicator.row not in explained
        and _lacks_reason(row)
        and not _is_reached(row, evaluation)
    ]
    said = "未得满分，没有说明偏差原因。请填写偏差原因分析及改进措施。"
    yield from together(CODE, SEVERITY, map(_hit, rows), said)


def _hit(row: Scored) -> Hit:
    found = row.indicator.text(Role.REASON) or "空白"
    return on_line(row, Role.REASON, detail=_points(row), found=found)


def _lacks_reason(row: Scored) -> bool:
    indicator = row.indicator
    if Role.REASON not in indicator.entries or row.score is None:
        return False
    return is_below_full(row) and not gives_reason(indicator)


def _is_reached(row: Scored, evaluation: Evaluation) -> bool:
    """A qualitative result that is 达成 has no deviation to explain."""
    grade, points = grade_of(row, evaluation.profile), counted(row)
    return grade is not None and points is not None and grade.is_reached(points)


def _points(row: Scored) -> str:
    points = counted(row)
    return "" if points is None else f"得{plain(points)}分"
