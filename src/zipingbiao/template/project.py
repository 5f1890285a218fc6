"""One project sheet: the printed form, what stands beside it, its names, marks and page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from zipingbiao.book import marks
from zipingbiao.book.cells import Area, column_letters
from zipingbiao.table import ours
from zipingbiao.table.records import Role
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.dropdowns import add_dropdowns
from zipingbiao.template.forms import writer
from zipingbiao.template.groups import draw_groups
from zipingbiao.template.lines import ADJUSTED, Table
from zipingbiao.template.others import profile_of
from zipingbiao.template.page import ONE_LINE, Page
from zipingbiao.template.styles import ERROR_PAPER, WARNING_PAPER, Styles

_LONGEST_NAME = 31
_PRINTED_HEIGHT = 509  # points of A4 across within the margins
_SMALLEST_SCALE = 0.5
_USUAL_LINES = 15
# Excel's own list, in both widths, and what formulas, names or COUNTIF would take for an operator.
_FORBIDDEN = frozenset("\\/:*?[]＼／：？＊［］'＇!~<>=")
_A4 = 9
_FOOTER = f"&L{marks.UNIT_LABEL}&C{marks.CODE_LABEL}&R第 &P 页，共 &N 页"


def sheet_names(projects: Iterable[NewProject]) -> tuple[str, ...]:
    """Return a name for the sheet of each project: its code or name, ``项目1`` for one without.

    The names are unique without regard to case, and none is that of another sheet of the template.
    """
    taken = {*ours.OWN_SHEETS, "history"}  # Excel keeps History to itself
    names: list[str] = []
    for number, new in enumerate(projects, 1):
        wanted = _allowed(new.project.code) or _allowed(new.project.name) or f"项目{number}"
        name, copy = wanted, 1
        while name.lower() in taken:
            copy += 1
            ending = f"（{copy}）"
            name = wanted[: _LONGEST_NAME - len(ending)] + ending
        taken.add(name.lower())
        names.append(name)
    return tuple(names)


def _allowed(text: str) -> str:
    """The text without what the name of a sheet may not or should not hold, cut to its length."""
    return "".join(sign for sign in text if _may_stand(sign)).strip()[:_LONGEST_NAME].strip()


def _may_stand(sign: str) -> bool:
    # Signs beyond U+FFFF count twice in Excel's limit of 31.
    return sign.isprintable() and sign <= "\uffff" and sign not in _FORBIDDEN


def write_project(book: Any, sheet: Any, styles: Styles, new: NewWorkbook, project: NewProject) -> None:
    """Write one project sheet; *sheet* is empty and has one of :func:`sheet_names`."""
    page = Page(sheet, styles, new, project, profile_of(new))
    table = writer(new.form).write(page)
    label = _write_label(page, table)
    add_dropdowns(sheet, table, new.form)
    draw_groups(page, table)
    _mark(page, table, label)
    _define_names(book, page, table)
    _set_up_page(page, table)


def _write_label(page: Page, table: Table) -> str:
    """Write the sheet's own name outside the print area; return its address."""
    column = table.columns[ADJUSTED]
    page.sheet.write_string(0, column, ours.SHEET_LABEL, page.styles.label())
    page.sheet.write_string(0, column + 1, page.sheet.get_name(), page.styles.ours())
    hint = f"{column_letters(column + 1)} 列起不打印：供调整目标、评分和核对用"
    page.sheet.write_string(0, column + 2, hint, page.styles.of(font_size=9))
    return f"${column_letters(column + 2)}$1"


def _mark(page: Page, table: Table, label: str) -> None:
    """Colour the cells that 校验结果 lists; the words stand there, colour never says it alone."""
    area = Area(1, 1, page.row, table.columns[Role.EXPLANATION] + 1)
    for name, paper in ((ours.ERROR_CELLS, ERROR_PAPER), (ours.WARNING_CELLS, WARNING_PAPER)):
        criteria = f'=COUNTIF({name},{label}&"!"&ADDRESS(ROW(),COLUMN(),4))>0'
        look = page.styles.changed(bg_color=paper, font_color="#000000")
        page.sheet.conditional_format(str(area), {"type": "formula", "criteria": criteria, "format": look})


def _define_names(book: Any, page: Page, table: Table) -> None:
    """Name the table, its weights, the total and the grade for this sheet, so that a copy has its own."""
    whole = Area(table.heading, 1, table.last, table.columns[Role.EXPLANATION] + 1)
    names = {**page.names, "zp_table": str(whole), "zp_weights": table.column(Role.WEIGHT)}
    sheet = f"'{page.sheet.get_name()}'"
    for name, cells in names.items():
        corners = ":".join(_absolute(corner) for corner in cells.split(":"))
        book.define_name(f"{sheet}!{name}", f"={sheet}!{corners}")


def _absolute(address: str) -> str:
    letters = address.rstrip("0123456789")
    return f"${letters}${address[len(letters) :]}"


def _fits_one_page(page: Page, table: Table) -> bool:
    """Whether all rows, down to the signatures, stay readable on one page when blank lines are folded away."""
    filled = max(_USUAL_LINES, sum(line.name != "" for line in page.project.lines))
    height = page.height - ONE_LINE * max(0, table.last - table.first + 1 - filled)
    return not page.breaks and _PRINTED_HEIGHT / height >= _SMALLEST_SCALE


def _set_up_page(page: Page, table: Table) -> None:
    sheet = page.sheet
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.print_area(0, 0, page.printed - 1, page.last)
    sheet.repeat_rows(table.heading - 1)
    sheet.fit_to_pages(1, 1 if _fits_one_page(page, table) else 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    sheet.center_horizontally()
    sheet.hide_gridlines(2)
    sheet.print_black_and_white()
    sheet.freeze_panes(0, table.columns[Role.NAME] + 1)
    unit = page.project.project.unit or page.new.unit.unit
    sheet.set_footer(marks.footer_with(_FOOTER, marks.Footer(page.sheet.get_name(), "", unit)))
    # Green corners where everything is as it should be teach people to overlook them.
    cells = str(Area(1, 1, page.row, table.columns[Role.EXPLANATION] + 1))
    expected = ("number_stored_as_text", "formula_range", "formula_differs", "empty_cell_reference")
    sheet.ignore_errors(dict.fromkeys(expected, cells))
