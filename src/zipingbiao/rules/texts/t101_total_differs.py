"""T101 总分与各项得分之和不符。

检查内容：表中填写的总分（包括公式算出的）是否等于各项得分之和；只有扣分栏的表，扣分合计是否等于各项扣分之和；评分规则按执行率限制总分的，是否不超过上限。
为何重要：总分决定等级；总分与明细不符，两者必有一个是错的。
依据：总分为各项得分之和，各地样表都如此（财预〔2020〕10号《项目支出绩效评价管理办法》的计分方法，可信程度：未核对原文）。
严重程度：错误，因为总分与明细必有一个是错的。按0.01分比较；得分列是公式时，每行容许0.01分的舍入误差。
反例：各项得分之和89.5，总分填90；各项共扣3.56分，扣分合计填3。
正例：总分填89.5；得分空白的行按核算得分计入；扣分空白的行，别的行填了扣分的按没有扣分计入。
不检查：没有填总分的表；得分还没有填全、总分公式正确的表；本软件上次写入、再评分即会更新的总分；有的行既没有填得分也无法核算（见 V104）；漏列预算执行率而总分等于表中得分之和（见 W103）；相差的正好是分值合计多出或缺少的分（见 W101）；总分只是上次评分写入的得分之和（见 S112）。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.deductions import taken_off
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import CENT, plain, round_points, same_points

CODE = "T101"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the total that the form states with the sum of what counts."""
    yield from _deductions(evaluation)
    entry, expected = evaluation.table.total_score, evaluation.adopted_total
    stated = entry.number if entry is not None else None
    if entry is None or entry.ours or stated is None or expected is None or same_points(stated, expected):
        return
    if entry.is_formula and _adds_up_so_far(evaluation, stated):
        return
    follows = same_points(stated, _shown_sum(evaluation) or expected)
    if evaluation.uncapped_total != expected:
        yield _above_cap(entry, stated, expected, evaluation.cap_note)
        return
    if _is_sum_without_execution(evaluation, stated, expected):
        return
    if follows and abs(stated - expected) <= CENT * len(evaluation.rows):
        return
    gap = f"{'多' if stated > expected else '少'}{plain(abs(round_points(stated) - expected))}分"
    if follows:
        message = f"总分为{plain(stated)}，是得分列公式的结果之和，按评分规则为{plain(expected)}，{gap}。{_advice(evaluation, '请检查得分列的公式')}。"
    else:
        advice = _advice(evaluation, "请检查总分的公式" if entry.is_formula else "请改正总分")
        message = f"总分为{plain(stated)}，各项得分之和为{plain(expected)}，{gap}。{advice}。"
    yield Finding(CODE, SEVERITY, entry.ref, message, plain(stated), plain(expected))


def _deductions(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare what the total row takes off with what the lines do, before any cap."""
    entry, left = evaluation.table.total_deduction, evaluation.uncapped_total
    stated = taken_off(entry) if entry is not None and not entry.is_empty else None
    if entry is None or entry.ours or stated is None or left is None:
        return
    off = evaluation.weights_total - left
    if not same_points(stated, off):
        message = f"扣分合计为{plain(stated)}，各项扣分之和为{plain(off)}。请改正扣分合计。"
        yield Finding(CODE, SEVERITY, entry.ref, message, plain(stated), plain(off))


def _advice(evaluation: Evaluation, elsewhere: str) -> str:
    """What to do: in our template 修复 knows the formulas of 得分 and 总分."""
    return "请用修复（zpb fix）恢复公式" if Role.COMPUTED in evaluation.table.headings else elsewhere


def _above_cap(entry: Entry, stated: Decimal, expected: Decimal, cap: str) -> Finding:
    gap = f"{'多' if stated > expected else '少'}{plain(abs(round_points(stated) - expected))}分"
    message = f"总分为{plain(stated)}，应为{plain(expected)}（{cap}），{gap}。请改正总分。"
    return Finding(CODE, SEVERITY, entry.ref, message, plain(stated), plain(expected))


def _adds_up_so_far(evaluation: Evaluation, stated: Decimal) -> bool:
    """Whether a total's formula is right although score cells are still blank: nothing to correct."""
    entries = [
        entry for row in evaluation.rows if (entry := row.indicator.entries.get(Role.SCORE)) is not None
    ]
    shown = [entry.number for entry in entries if entry.number is not None]
    return any(entry.is_empty for entry in entries) and same_points(stated, sum(shown, Decimal(0)))


def _shown_sum(evaluation: Evaluation) -> Decimal | None:
    """Σ of the score cells as they show, results of formulas included; None without such formulas."""
    entries = [
        entry for row in evaluation.rows if (entry := row.indicator.entries.get(Role.SCORE)) is not None
    ]
    shown = [entry.number for entry in entries if entry.number is not None]
    return sum(shown, Decimal(0)) if any(entry.is_formula for entry in entries) else None


def _is_sum_without_execution(evaluation: Evaluation, stated: Decimal, expected: Decimal) -> bool:
    row = evaluation.execution
    if row is None or row.indicator.place is not Place.IMPLIED or row.score is None:
        return False
    return same_points(stated, expected - row.score)
