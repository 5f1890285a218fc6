"""F102 预算到位率不等于实际到位除以全年预算。

检查内容：资金表各列的预算到位率(6)是否等于实际到位(3)除以全年预算(2)。
为何重要：到位率是分析预算执行的依据，与金额不符的会被退回。
依据：山西附件1资金表印在表上的公式(6)=(3)/(2)。
严重程度：错误，因为按表上印的公式算不出这个数；容许误差0.01个百分点，只是取整或把百分数写成小数的为提示；有到位数而全年预算未填、无法核对的为警告。各列合并为一条。
反例：全年预算50，实际到位50，小计列到位率0。
正例：到位率100；全年预算为0或空白的列填0或空白。
不检查：到位率空白的列；没有到位率一项的表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import check_rates, report, unchecked_rates
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind, Funds, Source

CODE = "F102"
SEVERITY = Severity.ERROR

_PARTS = (AmountKind.RECEIVED, AmountKind.FULL_YEAR)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the funding rate of each column with its amounts."""
    funds = evaluation.table.funds
    if funds is not None:
        wrong = check_rates(funds, AmountKind.FUNDING_RATE, _PARTS, funds.sources, SEVERITY)
        yield from report(CODE, "预算到位率与金额不符", "请改正到位率，或核对金额。", wrong)
        yield from unchecked_rates(CODE, funds, AmountKind.FUNDING_RATE, _PARTS, _alone(evaluation, funds))


def _alone(evaluation: Evaluation, funds: Funds) -> list[Source]:
    """The columns of which neither V104 nor F103 says that their budget is missing."""
    rates = {source: funds.entry(AmountKind.EXECUTION_RATE, source) for source in funds.sources}
    said = {source for source, rate in rates.items() if rate is not None and not rate.is_empty}
    if evaluation.execution is not None:
        said.add(Source.TOTAL)
    return [source for source in funds.sources if source not in said]
