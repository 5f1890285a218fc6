"""L104 资金表对不上自评表。

检查内容：工作簿里的资金表能否确定属于哪一张自评表。
为何重要：资金表配错了项目，预算执行率和得分就是别的项目的。
依据：本程序的读表原则：对不上时不用，也不猜。
严重程度：警告，因为不用这张资金表也能核算其他指标，要由填表人指明它属于哪个项目。
反例：两张自评表，另一个工作表里只有一张没写项目名称的资金表。
正例：资金表与自评表在同一个工作表，或者项目名称相同。
不检查：没有资金表的工作簿（见 W104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L104"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a funds table that was found but not used."""
    for problem in evaluation.table.problems:
        if problem.trouble is Trouble.FUNDS_ELSEWHERE:
            sheets = "、".join(problem.labels)
            where = f"工作表{quote(sheets)}中的" if sheets else ""
            message = (
                f"{where}{problem.what}无法确定属于哪张自评表，没有采用。"
                "请把它移到自评表所在的工作表，或在两处写上相同的项目名称。"
            )
            yield Finding(CODE, SEVERITY, problem.ref, message, sheets or None)
