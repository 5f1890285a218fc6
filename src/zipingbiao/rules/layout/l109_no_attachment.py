"""L109 自评报告没有附件1。

检查内容：Word 自评报告里是否有附件1“项目支出绩效自评表”；没有的，按正文“项目绩效情况”各表合起来评分。
为何重要：附件1才有完成率和偏差原因，是上报和汇总的依据；正文各表没有这两栏。
依据：山西省项目支出绩效自评报告的格式：正文之后附附件1、附件2。
严重程度：提示，因为有的地方附件1另成一个文件。一份报告只报一次。
反例：报告到“六、进一步加强项目管理措施及建议”为止，后面没有自评表。
正例：报告后面附有附件1，或报告只是一张自评表。
不检查：工作簿；正文里也没有评分表的文档。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L109"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a report whose evaluation was read from its body, once."""
    for problem in evaluation.table.problems:
        if problem.trouble is Trouble.NO_ATTACHMENT:
            message = "请在报告后面附上附件1“项目支出绩效自评表”：现在没有找到，已按正文各表合起来评分。"
            yield Finding(CODE, SEVERITY, problem.ref, message)
