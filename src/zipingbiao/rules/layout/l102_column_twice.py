"""L102 有两列都像同一列。

检查内容：是否有两个表头都可以是同一列，例如两个“业绩值”。
为何重要：取哪一列得分就不同，程序不替填表人选择。
依据：本程序的读表原则：列名不明时指出来，不猜。
严重程度：错误，因为用哪一列不能猜，改好以前无法核算。
反例：同时有“实际完成值”和“全年完成值”两列。
正例：只有“实际完成值”一列；另一列叫“上年完成值”。
不检查：符号、计量单位等可以重复的列。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L102"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each role that two headings claim, and name both."""
    for problem in evaluation.table.problems:
        if problem.trouble is not Trouble.TWO_COLUMNS:
            continue
        claimants = "".join(f"「{' '.join(label.split())}」" for label in problem.labels)
        message = (
            f"{claimants}都可能是「{problem.what}」列，无法判断用哪一列。请只保留一列，或改掉另一列的表头。"
        )
        refs, found = (problem.ref, *problem.more), "、".join(problem.labels) or None
        yield Finding.about(CODE, SEVERITY, refs, message, found, problem.what)
