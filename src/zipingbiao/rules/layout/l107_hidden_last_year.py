"""L107 隐藏的另一年度的表不计入。

检查内容：隐藏的工作表里，是否有同一项目另一年度的自评表。
为何重要：往年的表留在工作簿里备查，不应再评分、再汇总；不说明就不知道它没有计入。
依据：本程序的读表原则：同一项目另一年度的隐藏表不写入、不计入，并且说明。
严重程度：提示，因为多半是有意留存。一张表只报一次，列出工作表。
反例：2024年的自评表旁边藏着同一项目2023年的工作表。
正例：往年的表另存为单独的文件。
不检查：年度相同或没有写年度的隐藏表，照常计入（见 L103）；没有隐藏的往年表。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L107"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report the hidden tables of other years of the same project, once."""
    for problem in evaluation.table.problems:
        if problem.trouble is Trouble.LAST_YEAR:
            sheets = quote("、".join(problem.labels))
            message = (
                f"隐藏的工作表{sheets}是同一项目另一年度的表，没有评分，也不计入汇总。确实要用时请取消隐藏。"
            )
            yield Finding(CODE, SEVERITY, problem.ref, message, "、".join(problem.labels))
