"""L106 模板的公式被覆盖。

检查内容：本程序的模板里，得分、总分、等级、资金结余、预算到位率、预算执行率等公式单元格是否被填上了数或文字。
为何重要：覆盖以后改动业绩值或重新评分，这些单元格不再跟着变，打印出来的表前后不一致。
依据：本程序的模板约定：得分＝手工得分，没有手工得分时为核算得分。
严重程度：警告，因为数值可能仍是对的，要由填表人恢复公式，或把手工给分写到“手工得分”一栏。
反例：从旧表整块粘贴，得分一列的公式变成了数。
正例：得分一列都是公式，手工给分写在“手工得分”一栏并写明理由。
不检查：别的表格（没有“核算得分”一栏）；年度总金额和小计，允许直接填数。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import listed
from zipingbiao.rules.shared.together import on_cell, together
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role

CODE = "L106"
SEVERITY = Severity.WARNING

_CALCULATED = (AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Name the cells once per table."""
    hits = [on_cell(entry) for entry in overwritten(evaluation)]
    said = "的公式被填写的内容覆盖。请用修复（zpb fix）恢复公式，手工给分请写在“手工得分”一栏。"
    found = listed([hit.name for hit in hits])
    yield from together(CODE, SEVERITY, hits, said, lead="单元格", found=found)


def overwritten(evaluation: Evaluation) -> tuple[Entry, ...]:
    """Return the cells of a table of our template where a formula should stand and something typed does."""
    table = evaluation.table
    if Role.COMPUTED not in table.headings:
        return ()
    lines = [row.indicator for row in evaluation.rows if row.indicator.place is Place.ROW]
    entries = [line.entries[Role.SCORE] for line in lines if Role.SCORE in line.entries]
    if table.funds is not None:
        entries += [entry for (kind, _), entry in table.funds.entries.items() if kind in _CALCULATED]
        entries += [table.funds.score] if table.funds.score is not None else []
    entries += [entry for entry in (table.total_score, table.grade) if entry is not None]
    typed = {entry.ref: entry for entry in entries if entry.is_typed and not entry.is_empty}
    return tuple(typed[ref] for ref in sorted(typed))
