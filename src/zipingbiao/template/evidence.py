"""佐证材料 (附件2): the list of documents behind the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zipingbiao.book.write.new_cells import put
from zipingbiao.template import frame
from zipingbiao.template.content import NewProject
from zipingbiao.template.styles import TEXT, Styles

HEADINGS = ("序号", "所属项目", "对应指标", "材料名称", "文号或日期", "存放位置（附件页码）", "备注")
"""所属项目 for the reason given at :data:`zipingbiao.table.sections.TEXT_HEADINGS`."""
READY_ROWS = 30
SPARE_ROWS = 5
_WIDTHS = (6, 26, 24, 36, 20, 20, 18)


def write_evidence(sheet: Any, styles: Styles, projects: Sequence[NewProject] = ()) -> None:
    """Write the headings, what is known, and ready rows; a row numbers itself when something stands in it."""
    known = [(one.project.name, *line) for one in projects for line in one.evidence]
    rows = max(READY_ROWS, len(known) + SPARE_ROWS)
    note = "指标完成情况、支出数、满意度等各有什么材料证明，逐项列出；材料按序号排在附件2。"
    frame.put_title(sheet, styles, "佐证材料（附件2）", len(HEADINGS), note)
    bare = styles.of(num_format=TEXT, text_wrap=True)
    columns = [frame.Column(*each, bare) for each in zip(HEADINGS, _WIDTHS, strict=True)]
    frame.put_headings(sheet, styles, columns)
    for row in range(frame.FIRST, frame.FIRST + rows):
        number = f'=IF(COUNTA(B{row + 1}:G{row + 1})=0,"",ROW()-{frame.HEADING + 1})'
        sheet.write_formula(row, 0, number, styles.formula("0"), "")
        line = known[row - frame.FIRST] if row - frame.FIRST < len(known) else ()
        for column in range(1, len(HEADINGS)):
            value = line[column - 1] if column <= len(line) else None
            put(sheet, row, column, value, styles.typed(TEXT, align="left"))
    sheet.freeze_panes(frame.FIRST, 0)
    sheet.autofilter(frame.HEADING, 0, frame.FIRST + rows - 1, len(HEADINGS) - 1)
    frame.set_up_page(sheet)
