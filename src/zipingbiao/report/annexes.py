"""附件2, which every report has: the documents that prove its figures."""

from __future__ import annotations

from zipingbiao.report.blocks import Cell, Table, head
from zipingbiao.report.texts import Basis


def evidence_table(basis: Basis, mark: str) -> Table | None:
    """Return the list of 佐证材料 in their order; None where none is listed."""
    listed = basis.evaluation.table.evidence
    if not listed:
        return None
    rows = [
        (Cell(str(number)), Cell(one.indicator, left=True), Cell(one.name, left=True))
        for number, one in enumerate(listed, 1)
    ]
    return Table((12, 80, 155), [head("序号", "对应指标", "材料名称"), *rows], mark=mark)
