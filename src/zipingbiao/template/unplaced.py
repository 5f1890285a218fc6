"""未归类内容: what an imported source says and the form has no cell for, so that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zipingbiao.book.write.new_cells import Value, put
from zipingbiao.table import ours
from zipingbiao.template import frame
from zipingbiao.template.content import Unplaced
from zipingbiao.template.styles import TEXT, Styles

_HEADINGS = ("序号", "原来的位置", "内容", "怎样处理")
_WIDTHS = (6, 24, 80, 40)


def write_unplaced(sheet: Any, styles: Styles, unplaced: Sequence[Unplaced]) -> None:
    """Write one line per text, in the order of the source."""
    note = "导入时没有对应栏目的内容，请逐条核对：需要的抄到相应的栏目，不需要的删去。"
    frame.put_title(sheet, styles, ours.UNPLACED, len(_HEADINGS), note)
    words = styles.of(border=1, text_wrap=True, valign="top", num_format=TEXT)
    number = styles.of(border=1, align="center", valign="top")
    looks = (number, words, words, words)
    columns = [frame.Column(*each) for each in zip(_HEADINGS, _WIDTHS, looks, strict=True)]
    frame.put_headings(sheet, styles, columns)
    for row, line in enumerate(unplaced, frame.FIRST):
        values: tuple[Value, ...] = (row - frame.FIRST + 1, line.place, line.text, line.advice)
        for column, value in enumerate(values):
            put(sheet, row, column, value, looks[column])
        sheet.set_row(row, frame.height((str(v), w) for v, w in zip(values, _WIDTHS, strict=True)))
    sheet.freeze_panes(frame.FIRST, 0)
    frame.set_up_page(sheet)
