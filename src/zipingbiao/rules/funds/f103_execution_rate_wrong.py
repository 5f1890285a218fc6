"""F103 资金表的预算执行率不等于全年执行除以全年预算。

检查内容：资金表各列的预算执行率(7)是否等于全年执行(4)除以全年预算(2)；评分规则以年初预算为分母的，全国样表除以年初预算。
为何重要：执行率直接决定预算执行的得分，与金额不符的会被退回。
依据：山西附件1资金表印在表上的公式(7)=(4)/(2)；全国样表的执行率口径相同。
严重程度：错误，因为按表上印的公式算不出这个数；容许误差0.01个百分点，只是取整或把百分数写成小数的为提示；有执行数而全年预算未填、无法核对的为警告。各列合并为一条。
反例：全年预算107.26，全年执行106.49，执行率98.28。
正例：执行率99.28；全年预算为0或空白的列填0或空白。
不检查：执行率空白的列；资金表本身就是计分行时的总额一列（见 F106）；全年预算为0或空白而无法核算的表（见 V104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import check_rates, report, unchecked_rates
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Place

CODE = "F103"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the execution rate of each column with its amounts."""
    funds = evaluation.table.funds
    row = evaluation.execution
    if funds is None:
        return
    # The Shanxi table prints its formula; elsewhere the rate is the one that is scored.
    base = AmountKind.FULL_YEAR if funds.by_rows else evaluation.budget_kind
    if row is not None and not funds.amount(base):
        return
    is_scored = row is not None and row.indicator.place is Place.FUNDS
    sources = [source for source in funds.sources if source is not Source.TOTAL or not is_scored]
    parts = (AmountKind.EXECUTED, base)
    wrong = check_rates(funds, AmountKind.EXECUTION_RATE, parts, sources, SEVERITY)
    yield from report(CODE, "资金表的预算执行率与金额不符", "请改正执行率，或核对金额。", wrong)
    yield from unchecked_rates(CODE, funds, AmountKind.EXECUTION_RATE, parts, sources)
