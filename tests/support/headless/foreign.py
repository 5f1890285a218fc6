"""A workbook as other people make them: merged levels and head, mixed formats, sums, blank scores."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

HEADINGS = (
    "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "完成率", "偏差原因分析及改进措施",
)  # fmt: skip
FIRST = 8
"""The row of the first indicator."""

Line = Sequence[Any]
LINES: tuple[Line, ...] = (
    ("产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 25),
    ("", "质量指标", "验收合格率", 0.95, 0.9, 25),
    ("效益指标", "社会效益指标", "业务办结率", "≥80%", 0.72, 30),
    ("满意度指标", "服务对象满意度指标", "群众满意度", 0.95, 0.96, 10),
)
"""Percentages as numbers under a percent format, beside texts in the same column; the first level is merged."""


def foreign(*, sheets: int = 1, lines: Sequence[Line] = LINES) -> bytes:
    """Return a workbook with a national table on each of its sheets 表1, 表2…; no score is filled in."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    looks = {name: book.add_format({"num_format": code}) for name, code in _FORMATS.items()}
    for number in range(1, sheets + 1):
        _fill(book.add_worksheet(f"表{number}"), looks, f"培训项目{number}", lines)
    book.close()
    return target.getvalue()


_FORMATS = {"percent": "0%", "exact": "0.00%", "money": "¥#,##0.00", "text": "@"}


def _fill(sheet: Any, looks: dict[str, Any], project: str, lines: Sequence[Line]) -> None:
    sheet.merge_range("A1:I1", "项目支出绩效自评表")
    sheet.merge_range("A2:B2", "项目名称")
    sheet.merge_range("C2:I2", project, looks["text"])
    sheet.merge_range("A4:B5", "项目资金\n（万元）")
    sheet.write_row("D4", ["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"])
    sheet.write("C5", "年度资金总额")
    for column, amount in enumerate((40, 40, 38), 3):
        sheet.write_number(4, column, amount, looks["money"])
    sheet.write_number("G5", 10)
    sheet.write_formula("H5", "=F5/E5", looks["exact"], 0.95)
    sheet.write_row(FIRST - 2, 0, HEADINGS)
    for row, line in enumerate(lines, FIRST - 1):
        for column, value in enumerate(line):
            if value == "":
                continue
            is_rate = column in (3, 4) and isinstance(value, float)
            sheet.write(row, column, value, looks["percent"] if is_rate else None)
    first, last = FIRST, FIRST + len(lines) - 1
    sheet.merge_range(f"A{first}:A{first + 1}", lines[0][0])
    sheet.merge_range(f"A{last + 1}:E{last + 1}", "总分")
    sheet.write_formula(f"F{last + 1}", f"=SUM(F{first}:F{last})+G5", None, 100)
    sheet.write_formula(f"G{last + 1}", f"=SUM(G{first}:G{last})+I5", None, 0)
