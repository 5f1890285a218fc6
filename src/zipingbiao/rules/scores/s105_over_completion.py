"""S105 完成率明显高于目标。

检查内容：完成率达到提醒线（所用评分规则的 ask_from、ask_strongly_from 项）的指标，是否说明了原因。
为何重要：超出很多往往说明目标定得过低，审核时会要求说明；得分按所用评分规则的 deduction 项，没有规定的不扣分。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》只说“高于指标值较多”要分析原因，没有给出数字；提醒线是业务系统的做法，可信程度写在规则文件里。
严重程度：达到 ask_strongly_from 而没有原因，或原因只是重复数字的为警告，因为审核时一定会问；超额完成而自行扣分又没有说明的为警告，因为要写明扣分的依据；有原因的、只比目标多一个（次、项）的为提示；达到 ask_from 而没有原因的为提示，有原因的不报。一张表每种只报一次，列出各行。
反例：目标值130，业绩值221个，原因只写“共维护221个。”；目标值100公里，实际200公里，分值20只得15分，原因空白。
正例：原因写明“年中新增乡镇纳入平台”。
不检查：反向指标、预算执行率、时限，以及没有超过上限的区间；目标值为零的指标；数值或符号可疑的行（先按 V108、V111、V112 核对）；按规则没有得满分又没有原因的行（见 S104）；扣分是否正确（见 S102、S103）；原因是否成立。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.scores.claims import comparable_claims, exceeded, is_far_above, is_understated
from zipingbiao.rules.scores.misread import is_misread
from zipingbiao.rules.shared.reasons import gives_reason, is_below_full
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.rules.words import STOCK
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import HUNDRED, plain
from zipingbiao.values.spelling import is_chinese, normalise
from zipingbiao.values.typed import Interval, Quantity

CODE = "S105"
SEVERITY = Severity.WARNING

_SAYS_SOMETHING = 2
_ABSURD = 10  # ten times the target: rather a wrong figure than a result


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report lines far above their target: one finding that asks, one that informs."""
    profile = evaluation.profile
    asked: list[Scored] = []
    mentioned: list[Scored] = []
    for row in evaluation.rows:
        if row.completion is None or not is_far_above(row, profile):
            continue
        # Below full marks the basis of the deduction is asked for, by S104 where the rules deduct.
        if is_misread(evaluation, row) or (is_below_full(row) and not gives_reason(row.indicator)):
            continue
        far = row.completion >= profile.ask_strongly_from and not _is_one_more(row)
        explained = _is_explained(row)
        if far and not explained:
            asked.append(row)
        elif far or not explained:
            mentioned.append(row)
    line = f"{plain(profile.ask_strongly_from * HUNDRED)}%"
    absurd = any(row.completion is not None and row.completion >= _ABSURD for row in asked)
    first = "核对目标值、业绩值和单位有没有填错，确实无误的" if absurd else ""
    said = f"的完成率达到或超过{line}而没有说明原因（只重复数字不算原因）。请{first}说明超额完成的原因。"
    yield from together(CODE, SEVERITY, map(_hit, asked), said)
    line = f"{plain(profile.ask_from * HUNDRED)}%"
    said = f"的完成率达到或超过{line}，得分却低于核算得分，没有说明原因。请说明超额完成的原因和扣分的依据。"
    yield from together(CODE, SEVERITY, _deducted(evaluation), said)
    said = f"的完成率达到或超过{line}。请核对目标值是否过低、原因是否写清。"
    yield from together(CODE, Severity.INFO, map(_hit, mentioned), said)


def _hit(row: Scored) -> Hit:
    rate = row.completion_text
    return on_line(row, Role.REASON, Role.COMPLETION, Role.ACTUAL, detail=rate, found=rate)


def _deducted(evaluation: Evaluation) -> Iterator[Hit]:
    """Lines above their target from which somebody took points without saying why."""
    for claim in comparable_claims(evaluation):
        row = exceeded(claim, evaluation.profile) if is_understated(claim) else None
        if row is not None:
            detail = f"{row.completion_text}，得{plain(claim.stated)}分"
            yield on_line(
                row, Role.REASON, Role.SCORE, Role.DEDUCTION, detail=detail, found=plain(claim.stated)
            )


def _is_one_more(row: Scored) -> bool:
    """Whether a count is only one above its target: two fairs instead of one are no 200 %."""
    target, actual = row.indicator.value(Role.TARGET), row.indicator.value(Role.ACTUAL)
    if not isinstance(target, Quantity | Interval) or not isinstance(actual, Quantity):
        return False
    if any(value.unit is not None and value.unit.dimension != "count" for value in (target, actual)):
        return False
    goal = target.high if isinstance(target, Interval) else target.number
    return actual.number - goal == 1 and goal == goal.to_integral_value()


def _is_explained(row: Scored) -> bool:
    """Tell whether the reason says anything beyond the name, the figures and their unit."""
    indicator = row.indicator
    if not indicator.has_reason:
        return False
    known = indicator.name + indicator.text(Role.TARGET) + indicator.text(Role.ACTUAL)
    known += indicator.unit.label if indicator.unit is not None else ""
    words = filter(is_chinese, STOCK.sub("", normalise(indicator.text(Role.REASON))))
    return sum(sign not in known for sign in words) >= _SAYS_SOMETHING
