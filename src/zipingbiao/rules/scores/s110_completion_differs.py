"""S110 填报的完成率与目标值、业绩值不符。

检查内容：填报的完成率是否等于业绩值÷目标值；没有达到目标却填100%的也算不符。
为何重要：得分按完成率计，完成率填错，得分往往跟着错。
依据：各地样表“完成率”一列的算法：业绩值÷目标值；定性目标为填报的百分比。
严重程度：警告，因为得分不一定跟着错，各地完成率的写法也不一样，要由填表人核对；容许误差0.01个百分点，取整和写成小数的不报。一张表只报一次，列出各行。
反例：目标值95%，业绩值85%，完成率95%。
正例：完成率89.47%或89%；超额完成填170%或100%；反向指标填业绩值÷目标值，不超过目标的填100%，超出的填目标值÷业绩值。
不检查：预算执行率（见 F103、F106）；没有完成率列的表；没有核算出完成率的行；数值或符号可疑的行（先按 V108、V111、V112 核对）；按三档评分的定性指标；公式算出的、本软件写入的完成率（见 S112）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.scores.misread import is_misread
from zipingbiao.rules.shared.money import Fit, fit_rate
from zipingbiao.rules.shared.say import shown
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.number import ratio

CODE = "S110"
SEVERITY = Severity.WARNING

_ONE = Decimal(1)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare each typed completion with the computed one, once per table."""
    hits = [
        _hit(row, shown(entry))
        for row in evaluation.rows
        if (entry := _wrong(row)) is not None and not is_misread(evaluation, row)
    ]
    lead, said = "完成率与目标值、业绩值不符：", "。请改正完成率，或核对业绩值。"
    yield from together(CODE, SEVERITY, hits, said, lead=lead)


def _hit(row: Scored, typed: str) -> Hit:
    right = row.completion_text
    detail, also = f"填{typed}，应为{right}", (Role.TARGET, Role.ACTUAL)
    return on_line(row, Role.COMPLETION, detail=detail, found=typed, expected=right, also=also)


def _wrong(row: Scored) -> Entry | None:
    """The completion cell of a line, when none of the usual ways gives what was typed there."""
    entry, rate = row.indicator.entries.get(Role.COMPLETION), row.completion
    if entry is None or not entry.is_typed or rate is None:
        return None
    if row.indicator.is_execution or Note.BAND in row.notes or Note.ZERO_TARGET in row.notes:
        return None
    is_wrong = all(fit_rate(entry, usual) is Fit.WRONG for usual in _usual(row, rate))
    return entry if is_wrong else None


def _usual(row: Scored, rate: Decimal) -> Iterator[Decimal]:
    """The rates that people give for one result: places differ about upper limits (rules.md 3.3)."""
    yield rate
    if row.met:
        yield _ONE
    if row.kind in {Kind.AT_MOST, Kind.RANGE} and rate:
        yield ratio(_ONE, rate)
        yield 2 - rate
