"""F106 预算执行率一项与资金表的金额不符。

检查内容：计分的预算执行率（指标表的一行，或资金表的执行率和得分）是否与全年执行÷全年预算（评分规则另有规定的为年初预算）相符。
为何重要：执行率的得分应由金额算出；先取整再计分，会多计或少计。
依据：所用评分规则的 execution_points 项；全国样表“执行率×该项分值”；得分保留两位小数。
严重程度：错误，因为得分与金额对不上会被退回；只是把执行率取整为整数百分比，或把得分四舍五入的为提示。执行率和得分合并为一条。
反例：全年预算100，全年执行86.2，执行率填96%，得9.6分。
正例：执行率86.2%，得8.62分；填86%、得8.6分或9分（只是取整，为提示）。
不检查：得分高于分值（见 S101）；没有资金表（按填报的执行率，见 S102、S103）；没有全年预算（见 V104）；资金合计为0，执行率和得分也跟着填0（见 F107）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.scores.causes import rounded_rate
from zipingbiao.rules.shared.money import Fit, fit_rate, money
from zipingbiao.rules.shared.rounding import rounding
from zipingbiao.rules.shared.say import name_line, shown
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import HUNDRED, plain, round_points, same_points

CODE = "F106"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the typed rate and score of the execution line with the amounts."""
    row, funds, spent = evaluation.execution, evaluation.table.funds, evaluation.spending
    if row is None or funds is None or spent is None or row.indicator.place is Place.IMPLIED:
        return
    rate = spent.exact
    entry = _rate_entry(row, funds)
    fit = fit_rate(entry, rate) if entry is not None else None
    rate_level = _rate_severity(entry, rate, fit)
    score_level = _score_severity(row)
    levels = [level for level in (rate_level, score_level) if level is not None]
    if not levels:
        return
    severity = min(levels, key=lambda level: level.rank)
    base = evaluation.budget_kind.label
    how = f"全年执行{money(funds, spent.executed)} ÷ {base}{money(funds, spent.budget)}"
    said = _said(entry if rate_level else None, row.indicator.stated_score if score_level else None)
    right = _right(row, rate)
    if severity is SEVERITY:
        advice = "请按金额改正"
    elif fit is Fit.DECIMAL and score_level is None:
        advice = "只是把百分数写成了小数，不必改"
    else:
        advice = "只是取整的差别，不必改，得分按金额计算，保留两位小数"
    message = f"{name_line(row.indicator)}填{said}，按资金表应为{right}（{how}）。{advice}。"
    rate_ref = entry.ref if entry is not None and rate_level else None
    refs = [rate_ref, row.indicator.ref(Role.SCORE) if score_level else None]
    first = refs if rate_level is severity else refs[::-1]
    yield Finding.about(
        CODE, severity, [*first, *([] if any(first) else [funds.anchor])], message, said, right
    )


def _rate_entry(row: Scored, funds: Funds) -> Entry | None:
    """The cell in which the rate of the scored line was typed."""
    cells = [row.indicator.entries.get(role) for role in (Role.ACTUAL, Role.COMPLETION)]
    if row.indicator.place is Place.FUNDS:
        cells.append(funds.entry(AmountKind.EXECUTION_RATE))
    return next((each for each in cells if each is not None and not each.is_empty and not each.ours), None)


def _rate_severity(entry: Entry | None, rate: Decimal, fit: Fit | None) -> Severity | None:
    if entry is None or fit in {None, Fit.SAME}:
        return None
    if rate > 1 and fit_rate(entry, Decimal(1)) is Fit.SAME:
        return None  # more spent than budgeted, shown as the 100 % that counts
    return SEVERITY if fit is Fit.WRONG else Severity.INFO


def _score_severity(row: Scored) -> Severity | None:
    stated, score, weight = row.indicator.stated_score, row.score, row.indicator.weight
    if stated is None or score is None or weight is None or same_points(stated, score):
        return None
    if not 0 <= round_points(stated) <= round_points(weight):
        return None
    if rounding(stated, score) is not None or rounded_rate(row, stated) is not None:
        return Severity.INFO
    return SEVERITY


def _said(entry: Entry | None, stated: Decimal | None) -> str:
    parts = [shown(entry)] if entry is not None else []
    if stated is not None:
        parts.append(f"{plain(stated)}分")
    return "、".join(parts)


def _right(row: Scored, rate: Decimal) -> str:
    parts = [f"{plain(round_points(rate * HUNDRED))}%"]
    if row.score is not None:
        parts.append(f"{plain(row.score)}分")
    return "、".join(parts)
