"""S106 定性指标的得分不在所选的一档之内。

检查内容：业绩值是三档用语（达成、部分达成、未达成）或优良中差时，填报得分是否在该档的范围之内；业绩值与目标值文字相同的，视为达成。
为何重要：选的档次与得分不符，两者必有一个填错。
依据：所用评分规则的 bands 项：100%-80%（含）、80%-60%（含）、60%-0%；安徽、四川样表的脚注写有这三档；转移支付的自评表最高一档写作“全部或基本达成预期指标”。
严重程度：错误，因为档次与得分必有一个填错。没有选档次，只是文字与目标值相同而得分偏低的为警告，因为单位可以自行扣分，说明理由即可。只写“基本达成”而按最高一档计分的为警告，因为看不出属于哪一档；写了原因的为提示。
反例：分值10，业绩值“部分达成年度指标并具有一定效果”，得分8；目标值、业绩值都是“效果明显”，分值30，得分20，没有原因。
正例：分值10，业绩值“达成年度指标”，得分8；“部分达成年度指标并具有一定效果”，得分7.9或6；目标值、业绩值都是“效果明显”，分值30，得分27。
不检查：按百分比填报的定性指标；得分超出分值（见 S101）；没有填得分（见 V104）；文字与目标值相同、得分偏低而写了原因的。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import Claim, claims
from zipingbiao.rules.scores.grades import Grade, grade_of
from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import plain

CODE = "S106"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each typed score outside the band of its grade, or in one of two that the words leave open."""
    for claim in claims(evaluation):
        grade = grade_of(claim.rows[0], evaluation.profile)
        if len(claim.rows) > 1 or grade is None or not claim.is_possible:
            continue
        if not grade.holds(claim.stated):
            yield from _outside(claim, grade)
        elif grade.is_open and claim.stated >= grade.top:
            yield _which(claim, grade)


def _outside(claim: Claim, grade: Grade) -> Iterator[Finding]:
    stated, limits = plain(claim.stated), _limits(grade)
    if grade.is_chosen:
        message = (
            f"{claim.name}选的是{_result(claim)}，这一档为{limits}分，填报得分{stated}。请改正档次或得分。"
        )
        yield Finding(CODE, SEVERITY, claim.ref, message, stated, limits)
    elif not claim.has_reason:
        message = (
            f"{claim.name}的业绩值与目标值都是{_result(claim)}，属于达成，这一档为{limits}分，填报得分{stated}。"
            "请核实是否达成，有意扣分的在偏差原因中写明理由。"
        )
        yield Finding(CODE, Severity.WARNING, claim.ref, message, stated)


def _which(claim: Claim, grade: Grade) -> Finding:
    severity = Severity.INFO if claim.has_reason else Severity.WARNING
    top, stated = plain(grade.top), plain(claim.stated)
    message = (
        f"{claim.name}写的是{_result(claim)}，看不出属于达成（{top}分及以上）还是部分达成（{plain(grade.low)}～{top}分），"
        f"填报得分{stated}。请核实属于哪一档，并写明依据。"
    )
    return Finding(CODE, severity, claim.ref, message, stated)


def _result(claim: Claim) -> str:
    return quote(claim.rows[0].indicator.text(Role.ACTUAL))


def _limits(grade: Grade) -> str:
    return f"{plain(grade.low)}（含）～{plain(grade.high)}（{'不含' if grade.below else '含'}）"
