"""F105 资金总额不等于各项来源之和。

检查内容：资金表每项金额的年度总金额是否等于财政资金、上年结转、单位资金、其他资金等之和。
为何重要：总额用来计算执行率，明细用来汇总，两者不一致就有一处是错的。
依据：山西附件1和全国样表的资金表结构：总额下分各项来源。
严重程度：错误，因为总额与明细必有一处填错；容许误差为表中单位的0.01。明细全部空白的为提示，因为不影响核算。各项合并为一条。
反例：年度总金额24.5，财政拨款20，其他资金空白。
正例：年度总金额24.5，财政拨款24.5；上年结转“—”。
不检查：总额为0或空白而明细有数（见 F107）；没有明细的表；资金结余和各种比率（见 F101～F103）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import check_sums
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import Source

CODE = "F105"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare the total with its sources in each amount."""
    funds = evaluation.table.funds
    if funds is not None:
        yield from check_sums(CODE, "资金总额", funds, Source.TOTAL, funds.total_parts, SEVERITY)
