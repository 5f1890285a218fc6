"""汇总表: one line per project sheet, filled by scoring."""

from __future__ import annotations

from typing import Any

from zipingbiao.book.write.new_cells import Style
from zipingbiao.result.columns import OWN_SUMMARY, ProjectColumn
from zipingbiao.table.ours import SUMMARY_BEFORE, Sheet
from zipingbiao.template import frame
from zipingbiao.template.styles import TEXT, Styles

_ALIGNMENTS = {Style.TEXT: "left", Style.WORD: "center"}


def write_summary(book: Any, sheet: Any, styles: Styles) -> None:
    """Write the empty list; amounts in 万元."""
    frame.put_title(sheet, styles, Sheet.SUMMARY, len(OWN_SUMMARY), SUMMARY_BEFORE)
    columns = [frame.Column(column.heading, column.width, _look(styles, column)) for column in OWN_SUMMARY]
    frame.put_list(book, sheet, styles, columns, typed=())
    frame.set_up_page(sheet)


def _look(styles: Styles, column: ProjectColumn) -> Any:
    if column.style in _ALIGNMENTS:
        return styles.of(num_format=TEXT, text_wrap=True, align=_ALIGNMENTS[column.style])
    return styles.of(num_format=column.style.number_format, align="right")
