"""The template workbook as bytes: all sheets in order, names, cached results."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from zipingbiao.book import marks
from zipingbiao.book.cells import Ref, column_letters
from zipingbiao.book.read import read_bytes
from zipingbiao.table import ours
from zipingbiao.template.content import NewWorkbook
from zipingbiao.template.macros import Macros, add_macros
from zipingbiao.template.others import write_others
from zipingbiao.template.project import sheet_names, write_project
from zipingbiao.template.styles import Styles
from zipingbiao.template.unplaced import write_unplaced
from zipingbiao.values.number import excel_number

_TITLE = "项目支出绩效自评表"
_CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 a fixed date: same input, same bytes
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_BEFORE = (ours.Sheet.GUIDE, ours.Sheet.UNIT)

Results = Mapping[Ref, Decimal | str]


class _Text(str):
    """A text as the result of a formula; the library takes a plain "" for no result at all."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    __hash__ = str.__hash__


def finished(new: NewWorkbook, macros: Macros | None = None) -> bytes:
    """Return the workbook with the result of every formula, for programs that do not calculate."""
    from zipingbiao.book import formulas

    return build(new, formulas.results(read_bytes(build(new), _TITLE), None), macros)


def build(new: NewWorkbook, cached: Results | None = None, macros: Macros | None = None) -> bytes:
    """Return the workbook as bytes, the same bytes for the same input.

    Args:
        new: what is known of the unit and its projects.
        cached: results of formulas by cell; a formula without one has none until it is calculated.
        macros: buttons and a VBA project; with a project it is an .xlsm.
    """
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": _TITLE, "comments": marks.PROGRAM, "created": _CREATED})
    styles = Styles(book)
    projects = sheet_names(new.projects)
    sheets = _add_sheets(book, projects)
    for name, project in zip(projects, new.projects, strict=True):
        write_project(book, book.get_worksheet_by_name(name), styles, new, project)
    write_others(book, styles, new, sheets, projects, macros.buttons if macros is not None else ())
    if new.unplaced:
        write_unplaced(book.add_worksheet(ours.UNPLACED), styles, new.unplaced)
    _define_names(book, new)
    if macros is not None:
        add_macros(book, map(book.get_worksheet_by_name, projects), macros)
    for sheet in book.worksheets():
        _set_results(sheet, cached or {})
    book.close()
    return target.getvalue()


def _add_sheets(book: Any, projects: tuple[str, ...]) -> dict[ours.Sheet, Any]:
    sheets = {sheet: book.add_worksheet(sheet.value) for sheet in _BEFORE}
    for name in projects:
        # The library looks through every formula for functions newer than ours, a hundred times each.
        book.add_worksheet(name)._prepare_formula = _without_sign  # noqa: SLF001
    return sheets | {sheet: book.add_worksheet(sheet.value) for sheet in ours.Sheet if sheet not in sheets}


def _without_sign(formula: str, *_options: object) -> str:
    return formula.removeprefix("=")


def _define_names(book: Any, new: NewWorkbook) -> None:
    text = ours.Template(new.form, ours.VERSION, new.formulas).text
    book.define_name(marks.TEMPLATE, f'="{text}"')
    for name, heading in ((ours.ERROR_CELLS, "错误单元格"), (ours.WARNING_CELLS, "警告单元格")):
        column = column_letters(ours.FINDING_HEADINGS.index(heading) + 1)
        cells = f"${column}${ours.FIRST_ROW}:${column}${ours.LAST_ROW}"
        book.define_name(name, f"={ours.Sheet.FINDINGS}!{cells}")


def _set_results(sheet: Any, cached: Results) -> None:
    """Give every formula of a sheet its result, whoever wrote it."""
    for row, cells in sheet.table.items():
        for column, held in cells.items():
            if hasattr(held, "formula"):
                result = cached.get(Ref(sheet.get_name(), row + 1, column + 1))
                cells[column] = held._replace(value=_stored(result))


def _stored(result: Decimal | str | None) -> str | float:
    if result is None:
        return ""
    return _Text(result) if isinstance(result, str) else excel_number(result)
