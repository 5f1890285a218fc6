"""L108 同一个单元格存了两次。

检查内容：文件里是否有单元格存了两次，也就是同一个地址有两份内容。
为何重要：不同的软件各取一份，看到的数不同，得分也就不同。
依据：表格文件的规则：一个单元格只有一份内容。
严重程度：错误，因为取哪一份不能猜，另存以后才有唯一的内容。一张表只报一次，列出单元格。
反例：由其他系统导出的文件里，权重单元格D18先写15，又写99。
正例：用 Excel 或 WPS 保存过的文件。
不检查：自评表以外的单元格；没有内容的单元格。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Trouble

CODE = "L108"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report the cells that stand twice in the file, once per table."""
    twice = (problem for problem in evaluation.table.problems if problem.trouble is Trouble.CELL_TWICE)
    said = "在文件里存了两次，本程序取了后一份。请用 Excel 或 WPS 打开，核对这些单元格后另存为 .xlsx。"
    yield from together(
        CODE, SEVERITY, (Hit(each.ref.place_here, each.ref) for each in twice), said, lead="单元格"
    )
