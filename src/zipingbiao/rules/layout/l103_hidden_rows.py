"""L103 表中有隐藏的内容。

检查内容：自评表所在的工作表或行是否被隐藏；Word 文档的表中，是否有设为隐藏或白色的文字。
为何重要：隐藏的行照样计入总分，看表和盖章的人却看不到；隐藏或白色的字照样读作业绩值、得分。
依据：本程序的读表原则：隐藏的内容照读，并且说明。
严重程度：警告，因为隐藏可能是有意的，要由填表人核对后取消隐藏或说明。
反例：第9行的指标被隐藏，权重却计入合计；业绩值“90公里”后面还有白色的“95公里”。
正例：没有隐藏的行；或者隐藏的行都是空行；深色底纹上的白色表头。
不检查：与自评表无关的隐藏工作表；工作簿里白色的字；由样式隐藏的文字。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L103"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report each hidden part of the table."""
    for problem in evaluation.table.problems:
        if problem.trouble is not Trouble.HIDDEN:
            continue
        match problem.what:
            case "行":
                where, how = f"第{listed(problem.labels)}行", "被隐藏"
            case "单元格":
                where, how = listed(problem.labels), "有隐藏或白色的文字，纸上看不到"
            case what:
                where, how = f"{what}{quote('、'.join(problem.labels))}", "被隐藏"
        message = f"{where}{how}，但仍计入核算。请取消隐藏并核对，不需要的请删除。"
        yield Finding.about(CODE, SEVERITY, (problem.ref, *problem.more), message, where)
