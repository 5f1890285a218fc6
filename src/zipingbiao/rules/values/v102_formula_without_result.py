"""V102 公式没有计算结果。

检查内容：指标、资金、合计各单元格的公式是否存有计算结果。
为何重要：由其他软件生成而没有用 Excel 或 WPS 保存过的文件只有公式，没有数，无法核算。
依据：电子表格文件格式：公式的结果由 Excel 或 WPS 在保存时写入。
严重程度：警告，因为内容没有错，重新保存一次就有结果。一张表只报一次，列出单元格。
反例：得分列是公式，文件里没有存结果。
正例：同一文件用 Excel 或 WPS 打开并保存一次。
不检查：公式结果是否最新。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.cells import CellClass
from zipingbiao.rules.shared.say import entries_of
from zipingbiao.rules.shared.together import on_cell, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "V102"
SEVERITY = Severity.WARNING


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report formulas that were never calculated, once per table."""
    entries = entries_of(evaluation, CellClass.BLANK)
    said = "的公式没有计算结果。请用 Excel 或 WPS 打开文件，保存后再核算。"
    yield from together(CODE, SEVERITY, map(on_cell, entries), said, lead="单元格")
