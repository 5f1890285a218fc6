"""V112 符号与指标的含义相反。

检查内容：成本金额、事故投诉等越小越好的指标，目标值的符号是否写成了≥；满意度、合格率等越大越好的指标是否写成了≤。
为何重要：符号优先于名称，写反了就按相反的方向计分：花得越多越得满分。
依据：本程序的判断顺序：目标值中的符号、符号列或性质列、指标名称；公开表中有“≤”误作“≥”的。
严重程度：警告，因为按填写的符号照样核算，也可能有特别的含义，要由填表人核对。一张表只报一次，列出各行。
反例：“项目总成本”目标值“≥90万元”、业绩值95万元、得满分；“投诉次数”目标值“≥5次”；“群众满意度”目标值“≤90%”。
正例：“项目总成本”≤90万元；“补助标准”≥1000元/人；“社会化发放率”≥95%；“车辆采购数量”≤1。
不检查：发给个人的补助、工资和救助标准；按偏差计算的预算编制准确率；时效指标；目标值为100%的比率；没有符号的目标值（见 V105）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.rules.values.shares import is_share, percentage
from zipingbiao.rules.words import DEVIATION, PAID_TO_PEOPLE
from zipingbiao.scoring.direction import decide_by_name
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.number import HUNDRED
from zipingbiao.values.typed import Comparator, Quantity

CODE = "V112"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report signs that say the opposite of the name, once per table."""
    hits = [_hit(row, _sign(row), _meant(row)) for row in doubtful(evaluation)]
    said = "的符号与指标的含义相反，暂按填写的符号核算。请核对符号。"
    yield from together(CODE, SEVERITY, hits, said)


def _hit(row: Scored, sign: str, meant: str) -> Hit:
    return on_line(
        row,
        Role.TARGET,
        detail=f"{sign}，应为{meant}",
        found=sign,
        expected=meant,
        also=[Role.SIGN, Role.NAME],
    )


@once
def doubtful(evaluation: Evaluation) -> Iterator[Scored]:
    """Return the lines whose sign says the opposite of their name."""
    yield from filter(_is_contradicted, evaluation.rows)


def _is_contradicted(row: Scored) -> bool:
    target = row.indicator.value(Role.TARGET)
    if row.indicator.is_execution or not isinstance(target, Quantity) or "时效" in row.indicator.level2:
        return False
    if row.kind is Kind.AT_LEAST and target.number:
        return _sign(row) == Comparator.AT_LEAST and _is_unwanted(row, target)
    if row.kind is Kind.AT_MOST and is_share(row.indicator) and not DEVIATION.search(row.indicator.name):
        limit = percentage(row.indicator, Role.TARGET)
        return _sign(row) == Comparator.AT_MOST and limit is not None and 0 < limit < HUNDRED
    return False


def _is_unwanted(row: Scored, target: Quantity) -> bool:
    """Whether less is better by the name, the sign left out."""
    indicator, actual = row.indicator, row.indicator.value(Role.ACTUAL)
    if PAID_TO_PEOPLE.search(indicator.name) or percentage(indicator, Role.TARGET) == HUNDRED:
        return False
    unit = target.unit or indicator.unit or (actual.unit if isinstance(actual, Quantity) else None)
    return decide_by_name(indicator, unit).kind is Kind.AT_MOST


def _sign(row: Scored) -> str:
    target = row.indicator.value(Role.TARGET)
    own = target.comparator if isinstance(target, Quantity) else None
    return str(own or row.indicator.sign or "")


def _meant(row: Scored) -> str:
    return str(Comparator.AT_MOST if row.kind is Kind.AT_LEAST else Comparator.AT_LEAST)
