"""What the plain sheets of the template share: title, headings, lists that grow, page set-up.

Lists that scoring fills get their formats by column, and their frames appear with their contents:
a blank list prints one page, and a line beyond any number of ready rows looks like the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any

from zipingbiao.book.write.new_cells import lines_needed, put
from zipingbiao.table import ours
from zipingbiao.template.styles import INPUT_PAPER, OURS_PAPER, Styles
from zipingbiao.values.frozen import frozen

LINE_HEIGHT = 15.0
HEADING = ours.HEADING_ROW - 1
FIRST = ours.FIRST_ROW - 1
LAST = ours.LAST_ROW - 1
"""Rows of a list as XlsxWriter counts them, from 0."""

_A4 = 9
# 宋体 of 11 points is a little wider than the two digits of the standard font that it counts for.
_USABLE = 0.93


@frozen
class Column:
    """One column of a list: heading, width in characters, and the format of its cells."""

    heading: str
    width: float
    look: Any
    hidden: bool = False


def put_title(sheet: Any, styles: Styles, text: str, columns: int, note: str = "") -> None:
    """Write the title in row 1, centred over so many columns without a merge, and row 2 below it."""
    look = styles.of(font_size=16, bold=True, align="center_across")
    sheet.set_row(0, 30)
    put(sheet, 0, 0, text, look)
    for column in range(1, columns):
        put(sheet, 0, column, None, look)
    sheet.set_row(1, 20)
    put(sheet, 1, 0, note, styles.of(font_size=10))


def put_headings(sheet: Any, styles: Styles, columns: Sequence[Column]) -> None:
    """Write the headings in the heading row of all lists; widths and formats go to whole columns."""
    sheet.set_row(HEADING, 2 * LINE_HEIGHT + 2)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, column.look, {"hidden": column.hidden})
        put(sheet, HEADING, place, column.heading, styles.label())


def put_list(book: Any, sheet: Any, styles: Styles, columns: Sequence[Column], typed: Sequence[str]) -> None:
    """Set up a list that scoring fills: headings, filter, frozen rows, and frames of filled lines.

    The columns whose headings are *typed* are filled by people, all others by this product.
    """
    put_headings(sheet, styles, columns)
    last = sum(not column.hidden for column in columns) - 1
    sheet.freeze_panes(FIRST, 0)
    sheet.autofilter(HEADING, 0, LAST, len(columns) - 1)
    for place in range(last + 1):
        paper = INPUT_PAPER if columns[place].heading in typed else OURS_PAPER
        look = book.add_format({"bg_color": paper, "border": 1})
        filled = {"type": "formula", "criteria": f'=$A{FIRST + 1}&$C{FIRST + 1}<>""', "format": look}
        sheet.conditional_format(FIRST, place, LAST, place, filled)


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height in points of a row that shows each (text, column width) whole."""
    lines = [lines_needed(text, ceil(width * _USABLE)) for text, width in texts]
    return LINE_HEIGHT * max([1, *lines]) + 4


def set_up_page(sheet: Any, *, landscape: bool = True, tall: int = 0) -> None:
    """A4, one page wide and *tall* pages high (0: as many as it takes), page x of y, no grid."""
    sheet.set_paper(_A4)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, tall)
    if not tall:
        sheet.repeat_rows(HEADING)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.hide_gridlines(2)
