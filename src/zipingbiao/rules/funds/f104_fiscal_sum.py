"""F104 财政资金小计不等于各级之和。

检查内容：资金表每项金额的财政资金小计是否等于中央、省、市、县区各级之和。
为何重要：各级资金是汇总和对账的口径，加不平就无法汇总。
依据：山西附件1资金表的列：小计下分中央级、省级、市级、县区级。
严重程度：错误，因为加不平的数无法汇总；容许误差为表中单位的0.01。各级全部空白的为提示，因为不影响核算。各项合并为一条。
反例：小计50，省级45，其余空白。
正例：小计50，省级50，其余空白。
不检查：没有分级各列的表；小计为0或空白；资金结余和各种比率（见 F101～F103）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.money import check_sums
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import FISCAL_PARTS, Source

CODE = "F104"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare 小计 with its levels in each amount."""
    funds = evaluation.table.funds
    if funds is not None:
        yield from check_sums(CODE, "财政资金小计", funds, Source.FISCAL, FISCAL_PARTS, SEVERITY)
