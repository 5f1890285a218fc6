"""评分规则: the profile in force and the 指标性质, readable, each value with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zipingbiao.book import marks
from zipingbiao.book.write.new_cells import put
from zipingbiao.scoring.profile import Profile
from zipingbiao.scoring.profile.words import kind_lines, profile_lines
from zipingbiao.table.ours import Sheet
from zipingbiao.template import frame
from zipingbiao.template.styles import Styles

_WIDTHS = (20, 70, 46, 12, 12, 12)
_HEADINGS = ("名称", "规定", "依据", "施行日期", "可信程度", "核对日期")
_NOTE = "“已核对”指与公开的原文或表格核对过；“通行做法”指没有统一规定、按常见做法；“待核对原文”指条款原文尚待核对。"


def write_rules(sheet: Any, styles: Styles, profile: Profile) -> None:
    """Write the values of the profile, then how each 指标性质 is scored."""
    note = f"{profile.title}　规则代号 {profile.name}　版本 {profile.hash}　得分四舍五入，保留两位小数　程序 {marks.PROGRAM}"
    frame.put_title(sheet, styles, Sheet.RULES, len(_HEADINGS), note)
    columns = [frame.Column(*each, None) for each in zip(_HEADINGS, _WIDTHS, strict=True)]
    frame.put_headings(sheet, styles, columns)
    row = frame.FIRST
    for line in profile_lines(profile):
        _put_line(
            sheet, styles, row, (line.title, line.value, line.source, line.since, line.trust, line.checked_on)
        )
        row += 1
    put(sheet, row, 0, _NOTE, styles.of(font_size=10))
    row = _put_kinds(sheet, styles, row + 2, profile)
    sheet.freeze_panes(frame.FIRST, 0)
    sheet.print_area(0, 0, row - 1, len(_HEADINGS) - 1)
    frame.set_up_page(sheet, tall=1)


def _put_kinds(sheet: Any, styles: Styles, row: int, profile: Profile) -> int:
    """Write the table of 指标性质; return the row below it."""
    for column, heading in enumerate(("指标性质", "怎样得分")):
        put(sheet, row, column, heading, styles.label())
    for kind, sentence in kind_lines(profile):
        row += 1
        _put_line(sheet, styles, row, (kind.label, sentence))
    return row + 1


def _put_line(sheet: Any, styles: Styles, row: int, texts: Sequence[str]) -> None:
    sheet.set_row(row, frame.height(zip(texts, _WIDTHS, strict=False)))
    name = styles.of(border=1, text_wrap=True, align="center", bold=True)
    words = styles.of(border=1, text_wrap=True, align="left")
    short = styles.of(border=1, align="center")
    for column, (text, look) in enumerate(
        zip(texts, (name, words, words, short, short, short), strict=False)
    ):
        put(sheet, row, column, text, look)
