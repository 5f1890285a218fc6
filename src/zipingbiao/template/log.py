"""变更记录: one line per cell that scoring, fixing or undoing changed."""

from __future__ import annotations

from typing import Any

from zipingbiao.table.ours import LOG_HEADINGS, LOG_WIDTHS, Sheet
from zipingbiao.template import frame
from zipingbiao.template.styles import TEXT, Styles

_AS_THEY_ARE = frozenset({"原值", "新值", "批次"})


def write_log(book: Any, sheet: Any, styles: Styles) -> None:
    """Write the empty list; old and new values keep their kind, so that undoing gives back numbers."""
    note = "程序每次写入都记在这里，撤销时按批次恢复；请不要修改或删除。"
    frame.put_title(sheet, styles, Sheet.LOG, len(LOG_HEADINGS), note)
    columns = [
        frame.Column(heading, width, _look(styles, heading))
        for heading, width in zip(LOG_HEADINGS, LOG_WIDTHS, strict=True)
    ]
    frame.put_list(book, sheet, styles, columns, typed=())
    frame.set_up_page(sheet)


def _look(styles: Styles, heading: str) -> Any:
    number = "General" if heading in _AS_THEY_ARE else TEXT
    return styles.of(num_format=number, text_wrap=True, align="left", valign="top")
