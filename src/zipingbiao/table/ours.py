"""Our own template: what its writer and those who score, check and undo in it must both know.

The workbook name ``zp_template`` says that a workbook is ours, of which form and version; it only
grants permission. Tables are read by label as everywhere; so are the single cells that we keep
beside them (:data:`SHEET_LABEL`, :data:`UNLISTED_LABEL`, 数据校验码). The sheets 校验结果, 变更记录 and 汇总表 are
wholly ours (result/sheets.py): their headings stand in row :data:`HEADING_ROW`, their lines below.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from zipingbiao.book import marks
from zipingbiao.book.cells import Grid
from zipingbiao.table.forms import form_of
from zipingbiao.table.records import Form
from zipingbiao.values.frozen import frozen

VERSION = "2"

HEADING_ROW = 3
FIRST_ROW = HEADING_ROW + 1
LAST_ROW = 2000
"""The last row of 校验结果 that the marks on project sheets look at."""

SHEET_LABEL = "本表名称"
"""Outside the print area of a project sheet; right of it the sheet's own name, for the marks."""
UNLISTED_LABEL = "未列预算执行率另计"
"""Outside the print area below the total; right of it what an execution line that nobody listed adds."""
UNLISTED_NOTE = "未列预算执行率，按资金表另计"
"""How the printed form and the report begin to say so."""
BUTTON_COMPLETION, BUTTON_SCORE = "按钮完成率", "按钮得分"
"""Headings of the 免宏版: what 评分 found last, shown where the formulas themselves cannot calculate."""


class Sheet(StrEnum):
    """The sheets of a template beside those of the projects."""

    GUIDE = "填报说明"
    UNIT = "单位信息"
    TEXTS = "文字材料"
    EVIDENCE = "佐证材料"
    SUMMARY = "汇总表"
    FINDINGS = "校验结果"
    LOG = "变更记录"
    RULES = "评分规则"


UNPLACED = "未归类内容"
"""The sheet of an imported workbook with what its source says and the form has no cell for."""
OWN_SHEETS = frozenset({*(sheet.value for sheet in Sheet), UNPLACED})
"""Every sheet of a template that is no project's."""

FINDING_HEADINGS = (
    "序号", "级别", "规则", "项目", "位置", "问题", "填报内容", "应为", "规则说明", "核实说明", "错误单元格", "警告单元格", "标识",
)  # fmt: skip
"""Columns A to M of 校验结果; 核实说明 is typed by the unit, the last three are hidden."""
FINDING_WIDTHS = (5, 7, 8, 18, 14, 56, 16, 14, 40, 30, 12, 12, 12)
"""Widths of those columns in characters of ASCII; a Chinese character is two."""
SUMMARY_BEFORE = "评分后自动填写。金额单位：万元"
"""In the row above the headings of 汇总表 as long as nothing stands below them."""
ERROR_CELLS, WARNING_CELLS = "zp_error_cells", "zp_warning_cells"
"""Workbook names of 错误单元格 and 警告单元格 on 校验结果: ``项目1!E7`` per line, for the marks."""

LOG_HEADINGS = ("时间", "动作", "工作表", "单元格", "原值", "新值", "说明", "评分规则", "批次")
"""Columns A to I of 变更记录; one line per changed cell, 批次 counts the presses, the last stands on top."""
LOG_WIDTHS = (20, 12, 16, 10, 24, 24, 40, 24, 6)
"""Widths of those columns, as :data:`FINDING_WIDTHS`."""


@frozen
class Template:
    """What the workbook name says: the form, and whether 得分 calculates natively (免宏版)."""

    form: Form
    version: str
    formulas: bool = False

    @property
    def text(self) -> str:
        """The text of the workbook name: ``shanxi/2`` or ``national/2/formulas``."""
        return "/".join((self.form.key, self.version, *(("formulas",) if self.formulas else ())))


def column_headed(grid: Grid, row: int, heading: str) -> int | None:
    """Return the column that has exactly this heading in a row; None where there is none."""
    columns = grid.rows.get(row, ())
    return next((column for column in columns if grid.cells[row, column].value == heading), None)


def of(names: Mapping[str, str]) -> Template | None:
    """Return what a workbook says of itself, from its defined names; None for anybody else's."""
    key, version, variant = _said(names)
    form = form_of(key)
    return Template(form, version, variant == "formulas") if form is not None and version else None


def is_newer(names: Mapping[str, str]) -> bool:
    """Whether a workbook is a template of ours that a later program made: of a version or a form unknown here."""
    key, version, _ = _said(names)
    return version.isdecimal() and (int(version) > int(VERSION) or form_of(key) is None)


def _said(names: Mapping[str, str]) -> tuple[str, str, str]:
    """Form, version and variant as the workbook name gives them; "" for what it does not say."""
    key, _, rest = names.get(marks.TEMPLATE, "").removeprefix("=").strip('"').partition("/")
    version, _, variant = rest.partition("/")
    return key, version, variant
