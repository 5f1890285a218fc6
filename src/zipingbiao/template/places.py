"""Cells that formulas on other sheets of the template point to."""

from __future__ import annotations

from zipingbiao.table.ours import Sheet

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


def from_unit(label: str) -> str:
    """Return the formula that shows a cell of 单位信息, and nothing while it is blank."""
    cell = f"{Sheet.UNIT}!{UNIT_CELLS[label]}"
    return f'=IF({cell}="","",{cell})'
