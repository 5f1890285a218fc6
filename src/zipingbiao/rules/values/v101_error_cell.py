"""V101 单元格显示公式错误。

检查内容：指标、资金、合计各单元格是否显示 #REF!、#DIV/0!、#N/A 等错误。
为何重要：错误不是数值，这一项以及引用它的合计都无法核算。
依据：电子表格的通行规则；本程序不把错误当作0。
严重程度：错误，因为错误改正以前无法核算。同一种错误只报一次，列出全部单元格。
反例：得分单元格显示 #DIV/0!。
正例：公式算出数值；或者改为直接填写的数。
不检查：表外的单元格。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book.cells import CellClass
from zipingbiao.rules.shared.say import entries_of
from zipingbiao.rules.shared.together import on_cell, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry

CODE = "V101"
SEVERITY = Severity.ERROR


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report error cells, one finding per kind of error."""
    kinds: dict[str, list[Entry]] = {}
    for entry in entries_of(evaluation, CellClass.ERROR):
        kinds.setdefault(entry.text.strip() or "错误", []).append(entry)
    for error, entries in kinds.items():
        said = f"显示公式错误{error}，无法核算。请修正公式，或直接填写数值。"
        yield from together(CODE, SEVERITY, map(on_cell, entries), said, lead="单元格", found=error)
