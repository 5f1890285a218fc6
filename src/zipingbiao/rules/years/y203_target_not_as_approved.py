"""Y203 目标值与批复不一致。

检查内容：自评表的目标值与绩效目标批复表中同一指标的指标值，意思是否相同。
为何重要：完成率和得分都以目标值为基准，改低目标值就能得满分。
依据：自评以批复的年度指标值为对照；年度中经批准调整的，以调整后的为准。
严重程度：错误，因为目标值不是批复的会被退回，除非填写调整后目标值和批准文号。两边都是文字而写法不同、单位不能换算、调整后目标值没有文号的为警告，要由人核对。
反例：批复“≥150个”，自评表130；批复“≤20万元”，自评表“≥20万元”。
正例：批复“≥130个”，自评表130；批复“95%”，自评表0.95；批复“12月底前”，自评表“2025年12月31日前”；填写了调整后目标值和文号的。
不检查：没有对应批复表的项目；自评表目标值空白（见 V104）或显示错误（见 V101）的行；批复表没有指标值的指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import name_line, quote, unreadable
from zipingbiao.rules.years.approval import Approval, same_target
from zipingbiao.rules.years.match import match
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.find.targets import TargetLine
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.typed import Blank, Filler, parse_text

CODE = "Y203"
SEVERITY = Severity.ERROR

_CORRECT = "请按批复改正，经批准调整的请填写调整后目标值和文号。"
_COMPARE = "请核对意思是否相同，不同的请按批复改正。"
_DOCUMENT = "请补填批准调整的文号，没有批准的请改回。"


def check_targets(evaluation: Evaluation, approval: Approval) -> Iterator[Finding]:
    """Report targets that differ in meaning from the approved ones, line by line."""
    for row, line in match(evaluation.rows, approval.lines).pairs:
        indicator = row.indicator
        ref = indicator.ref(Role.TARGET)
        if (
            ref in approval.documents
            or isinstance(indicator.value(Role.TARGET), Blank | Filler)
            or unreadable(indicator, Role.TARGET)
        ):
            continue
        if (verdict := _verdict(indicator, line)) is not None:
            severity, approved, advice = verdict
            found = indicator.text(Role.TARGET)
            message = (
                f"{name_line(indicator)}的目标值{quote(found)}与批复的{quote(approved)}不一致"
                f"（{approval.source} {line.ref.place}）。{advice}"
            )
            yield Finding(CODE, severity, ref, message, found, approved)


def _verdict(indicator: Indicator, line: TargetLine) -> tuple[Severity, str, str] | None:
    """How bad a difference is, what was approved, and what to do; None when there is nothing to say."""
    approved = line.adjusted if line.adjusted and (line.document or not line.target) else line.target
    if isinstance(parse_text(approved), Blank | Filler):
        return None
    same = same_target(indicator, parse_text(approved))
    if same:
        return None
    if line.adjusted and same_target(indicator, parse_text(line.adjusted)):
        return Severity.WARNING, approved, _DOCUMENT
    return (Severity.WARNING, approved, _COMPARE) if same is None else (SEVERITY, approved, _CORRECT)
