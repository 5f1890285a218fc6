"""Cells that formulas on other sheets of the template point to."""

from __future__ import annotations

from zipingbiao.book.cells import column_letters
from zipingbiao.table import ours
from zipingbiao.table.ours import Sheet
from zipingbiao.table.sections import TEXT_HEADINGS

UNIT_CELLS = {
    "主管部门": "$C$4",
    "实施单位": "$C$5",
    "年度": "$C$6",
    "填报人": "$C$7",
    "审核人": "$C$8",
    "单位负责人": "$C$9",
    "联系电话": "$C$10",
    "填报日期": "$C$11",
}
"""Cells of 单位信息 by their label, which stands in column B of the same row."""

GOAL, ACHIEVED = "年度绩效目标", "年度总体目标实际完成情况"
"""Keys of ``NewProject.texts`` that stand on the project sheet, not on 文字材料."""
GOAL_SECTION = "项目年度绩效目标"
"""The section of 文字材料 that says the goal where :data:`GOAL` is missing."""

TEXT_KEY = len(TEXT_HEADINGS)
"""The hidden column of 文字材料, counted from 0, that says for which sheet and section a line is."""


def text_key(sheet: str, title: str) -> str:
    """Return what stands there, as an expression over the cells or constants that say sheet and section."""
    return f'{sheet}&"|"&{title}'


def from_texts(sheet: str, title: str) -> str:
    """Return the formula that shows a section of 文字材料 for the sheet named in a cell; nothing while it is blank."""
    said, keys = (
        f"{Sheet.TEXTS}!${letters}${ours.FIRST_ROW}:${letters}${ours.LAST_ROW}"
        for letters in (column_letters(TEXT_HEADINGS.index("内容") + 1), column_letters(TEXT_KEY + 1))
    )
    wanted = text_key(sheet, f'"{title}"')
    return f'=IFERROR(INDEX({said},MATCH({wanted},{keys},0))&"","")'


def from_unit(label: str) -> str:
    """Return the formula that shows a cell of 单位信息, and nothing while it is blank."""
    cell = f"{Sheet.UNIT}!{UNIT_CELLS[label]}"
    return f'=IF({cell}="","",{cell})'
