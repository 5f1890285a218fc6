"""校验结果, 变更记录 and 汇总表 in an open workbook: made where they are missing, emptied on request."""

from __future__ import annotations

from typing import Any

from zipingbiao import template
from zipingbiao.errors import RefusedError
from zipingbiao.grid import Book, column_letters


def ensure(book: Any, *sheets: template.Sheet) -> bool:
    """Make the missing ones of these sheets behind the last sheet; tell whether one was made.

    Raises:
        RefusedError: somebody else's sheet has this name, or the workbook's structure is protected.
    """
    made = False
    known = {sheet.name: sheet for sheet in book.sheets}
    for name in sheets:
        headings = list(template.HEADINGS[name])
        if name in known:
            _require_ours(known[name], name, headings)
            continue
        try:
            sheet = book.sheets.add(name.value, after=book.sheets[len(book.sheets) - 1])
            sheet.range("A1").value = name.value
            sheet.range(f"A{template.HEADING_ROW}").value = headings
        except Exception as error:
            raise RefusedError(
                f"不能新建工作表“{name}”（{type(error).__name__}）：可能正在编辑单元格，或工作簿结构受保护。"
                "请结束编辑、撤销工作簿保护后再按一次，没有改动。"
            ) from error
        made = True
    return made


def clear(book: Any, before: Book) -> None:
    """Blank the lines of our sheets below their headings, notes and formats included."""
    for name in template.HEADINGS:
        grid = template.own_sheet(before, name)
        if grid is None or not grid.rows:
            continue
        last, right = max(grid.rows), column_letters(len(template.HEADINGS[name]))
        sheet = book.sheets[name.value]
        sheet.range(f"A{template.HEADING_ROW - 1}").value = None
        if last >= template.FIRST_ROW:
            sheet.range(f"A{template.FIRST_ROW}:{right}{last}").clear_contents()


def _require_ours(sheet: Any, name: template.Sheet, headings: list[str]) -> None:
    row = template.HEADING_ROW
    shown = sheet.range(f"A{row}:{column_letters(len(headings))}{row}").value
    if shown != headings:
        raise RefusedError(f"工作簿里已有一张名为“{name}”的工作表，不是本程序建立的，请先改名，再按一次。")
