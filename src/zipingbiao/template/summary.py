"""汇总表: one line per project sheet, filled by scoring."""

from __future__ import annotations

from typing import Any

from zipingbiao.table.ours import SUMMARY_HEADINGS, Sheet
from zipingbiao.template import frame
from zipingbiao.template.styles import AMOUNT, PERCENT, POINTS, TEXT, Styles

_TEXTS = {
    "项目编码": 21, "项目名称": 26, "主管部门": 16, "实施单位": 16, "年度": 6, "等级": 6, "工作表": 10,
}  # fmt: skip
_NUMBERS = {
    "序号": ("0", 5), "年初预算": (AMOUNT, 11), "全年预算": (AMOUNT, 11), "全年执行": (AMOUNT, 11),
    "执行率": (PERCENT, 9), "自评总分": (POINTS, 8), "错误": ("0", 5), "警告": ("0", 5),
}  # fmt: skip


def write_summary(book: Any, sheet: Any, styles: Styles) -> None:
    """Write the empty list; amounts in 万元."""
    frame.put_title(sheet, styles, Sheet.SUMMARY, len(SUMMARY_HEADINGS), "评分后自动填写。金额单位：万元")
    columns = [_column(styles, heading) for heading in SUMMARY_HEADINGS]
    frame.put_list(book, sheet, styles, columns, typed=())
    frame.set_up_page(sheet)


def _column(styles: Styles, heading: str) -> frame.Column:
    if heading in _TEXTS:
        align = "center" if heading in {"年度", "等级"} else "left"
        look = styles.of(num_format=TEXT, text_wrap=True, align=align)
        return frame.Column(heading, _TEXTS[heading], look)
    number, width = _NUMBERS.get(heading, (POINTS, 7))
    return frame.Column(heading, width, styles.of(num_format=number, align="right"))
