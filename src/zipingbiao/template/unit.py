"""单位信息: what the unit says of itself once; every project sheet shows it by formula."""

from __future__ import annotations

from typing import Any

from zipingbiao.book.write.new_cells import put
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Project
from zipingbiao.template import frame
from zipingbiao.template.places import UNIT_CELLS
from zipingbiao.template.styles import TEXT, Styles

# Right of an input nothing may stand: a table's head is read from there while the input is blank.
_HINTS = {
    "主管部门": ("必填", "项目的主管部门，填全称。"),
    "实施单位": ("必填", "填报本表的单位，填全称，与公章一致。"),
    "年度": ("必填", "资金所属的预算年度，四位数字，例如 2021。"),
    "填报人": ("必填", "填写本表的人。"),
    "审核人": ("选填", "复核本表的人，一般不是填报人。"),
    "单位负责人": ("必填", "单位主要负责人，打印后由本人签字。"),
    "联系电话": ("必填", "能找到填报人的电话，固定电话请带区号。"),
    "填报日期": ("必填", "例如 2022年1月15日。"),
}
_NUMBERS = {"年度": "General", "填报日期": 'yyyy"年"m"月"d"日"'}
_HEIGHT = 26


def write_unit(sheet: Any, styles: Styles, unit: Project) -> None:
    """Write the labels and inputs at the cells that other sheets point to."""
    frame.put_title(
        sheet, styles, Sheet.UNIT, 3, "本工作簿只填这一次，各项目表自动带出；黄色格填写，点中格子可看要求。"
    )
    for column, width in enumerate((9, 20, 56)):
        sheet.set_column(column, column, width)
    sheet.set_row(frame.HEADING, _HEIGHT)
    for column, heading in enumerate(("要求", "栏目", "填写内容")):
        put(sheet, frame.HEADING, column, heading, styles.label())
    known = {"主管部门": unit.department, "实施单位": unit.unit, "年度": unit.year}
    for label, cell in UNIT_CELLS.items():
        row, (need, hint) = int(cell.rsplit("$", 1)[1]) - 1, _HINTS[label]
        sheet.set_row(row, _HEIGHT)
        put(sheet, row, 0, need, styles.of(border=1, align="center"))
        put(sheet, row, 1, label, styles.label())
        look = styles.typed(_NUMBERS.get(label, TEXT), align="left", indent=1)
        put(sheet, row, 2, _value(label, known.get(label, "")), look)
        sheet.data_validation(row, 2, row, 2, _validation(label, hint))
    frame.set_up_page(sheet, landscape=False)
    sheet.set_selection(3, 2, 3, 2)


def _value(label: str, text: str) -> str | int:
    """A year goes in as the number that a person would have typed."""
    return int(text) if label == "年度" and text.isascii() and text.isdigit() else text


def _validation(label: str, hint: str) -> dict[str, object]:
    message = {"input_title": label, "input_message": hint}
    if label != "年度":
        return {"validate": "any", **message}
    return {
        **message,
        "validate": "integer",
        "criteria": "between",
        "minimum": 2000,
        "maximum": 2099,
        "error_type": "warning",
        "error_title": label,
        "error_message": "年度应为四位数字，例如 2021。",
    }
