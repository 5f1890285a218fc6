"""F111 把预算执行率又设成了产出或成本指标。

检查内容：预算执行率以外的指标，名称是否就是预算（资金）的执行率、支付率；填报的比率是否与资金表一致。
为何重要：预算执行率已经单独计分，再设成指标就重复计分；比率与资金表不一致时，两处必有一处填错。
依据：所用评分规则的 execution_points 项：预算执行率单列计分；成本指标应反映成本的高低，不是支出的进度。
严重程度：比率与资金表不符为警告，因为必有一处填错，要由填表人判断；一致或没有资金表的为提示，因为指标是批准过的。一张表每种只报一次，列出各行。
反例：成本指标“预算执行率”目标值98%、业绩值98%，资金表的执行率为99.84%。
正例：成本指标“项目总成本”目标值≤50万元；质量指标“资金支出合规率”。
不检查：预算执行率本身（见 F106）；政策、制度等的执行率。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import Fit, fit_rate
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.words import EXECUTION_AGAIN
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.outcome import is_percent
from zipingbiao.table.records import Role
from zipingbiao.values.number import percent

CODE = "F111"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report indicators that measure the spending again: contradictions apart from repetitions."""
    rows = [row for row in evaluation.rows if _is_execution_again(row)]
    spent = evaluation.spending
    wrong = [row for row in rows if spent is not None and _differs(row, spent.exact)]
    if wrong and spent is not None:
        hits = [
            on_line(row, Role.ACTUAL, detail=f"填{row.indicator.text(Role.ACTUAL)}", found=Role.ACTUAL)
            for row in wrong
        ]
        said = f"与资金表的预算执行率{percent(spent.rate)}不符，又与预算执行率重复计分。请核对比率，或改用其他指标。"
        yield from together(CODE, SEVERITY, hits, said, expected=percent(spent.rate))
    same = [on_line(row, Role.NAME, Role.ACTUAL) for row in rows if row not in wrong]
    said = "与预算执行率重复计分。请考虑改用反映产出或成本的指标。"
    yield from together(CODE, Severity.INFO, same, said)


def _is_execution_again(row: Scored) -> bool:
    name = "".join(row.indicator.name.split())
    return not row.indicator.is_execution and EXECUTION_AGAIN.search(name) is not None


def _differs(row: Scored, rate: Decimal) -> bool:
    entry = row.indicator.entries.get(Role.ACTUAL)
    return entry is not None and is_percent(entry.value) and fit_rate(entry, rate) is Fit.WRONG
