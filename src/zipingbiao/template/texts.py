"""文字材料: one row per project and section of the written report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from zipingbiao.book.write.new_cells import put
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Form
from zipingbiao.table.sections import TEXT_HEADINGS
from zipingbiao.template import frame
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.page import cell
from zipingbiao.template.places import TEXT_KEY, text_key
from zipingbiao.template.styles import INPUT_INK, LABEL_PAPER, TEXT, Styles

_WIDTHS = (6, 16, 24, 38, 70, 76)


def write_texts(sheet: Any, styles: Styles, new: NewWorkbook, project_sheets: Sequence[str]) -> None:
    """Write every section of the form for every project, with the texts that are known.

    A row keeps a fixed height only where its text is known; the others grow with what is typed.
    """
    last = len(TEXT_HEADINGS) - 2
    note = "每个项目每个章节一行，写在“内容”栏；新增的项目表，评分时自动在表末加上它的各章节。"
    frame.put_title(sheet, styles, Sheet.TEXTS, last + 1, note)
    words, hint = styles.of(border=1, text_wrap=True, num_format=TEXT), _hint_look(styles)
    typed = styles.typed(TEXT, align="left", valign="top")
    looks = (styles.of(border=1, align="center"), words, words, words, typed, hint)
    # Below the ready rows a column only keeps what a copied row needs: text stays text.
    bare = styles.of(num_format=TEXT, text_wrap=True)
    writing = styles.of(num_format=TEXT, text_wrap=True, font_color=INPUT_INK)
    below = (styles.of(), bare, bare, bare, writing, bare)
    columns = [frame.Column(*each) for each in zip(TEXT_HEADINGS, _WIDTHS, below, strict=True)]
    frame.put_headings(sheet, styles, columns)
    sheet.set_column(TEXT_KEY, TEXT_KEY, None, None, {"hidden": True})
    row = frame.HEADING
    for row, values in enumerate(_lines(new.form, new.projects, project_sheets), frame.FIRST):
        number, *words_of = values
        put(sheet, row, 0, number, looks[0])
        for column, (text, look) in enumerate(zip(words_of, looks[1:], strict=True), 1):
            put(sheet, row, column, text, look)
        key = text_key(*(cell(TEXT_HEADINGS.index(heading), row + 1) for heading in ("工作表", "章节")))
        sheet.write_formula(row, TEXT_KEY, f"={key}", looks[1])
        _fit(sheet, row, *values[3:])
    sheet.freeze_panes(frame.FIRST, 0)
    sheet.autofilter(frame.HEADING, 0, row, len(TEXT_HEADINGS) - 1)
    sheet.print_area(0, 0, row, last)
    frame.set_up_page(sheet)


def _fit(sheet: Any, row: int, title: str, text: str, hint: str) -> None:
    """Show a known text whole, with a line to spare, and the hint also beside the cell that is typed."""
    typed = TEXT_HEADINGS.index("内容")
    if text:
        sheet.set_row(row, frame.height([(text, _WIDTHS[typed])]) + frame.LINE_HEIGHT)
    message = {"validate": "any", "input_title": title, "input_message": hint}
    sheet.data_validation(row, typed, row, typed, message)


def _lines(
    form: Form, projects: Sequence[NewProject], project_sheets: Sequence[str]
) -> Iterator[tuple[int, str, str, str, str, str]]:
    number = 0
    for project, name in zip(projects, project_sheets, strict=True):
        for section in form.sections:
            number += 1
            text = project.texts.get(section.title, "")
            yield number, name, project.project.name, section.title, text, section.hint


def _hint_look(styles: Styles) -> Any:
    return styles.of(border=1, italic=True, font_size=10, font_color="#595959", bg_color=LABEL_PAPER)
