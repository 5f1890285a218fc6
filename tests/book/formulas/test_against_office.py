"""The same formulas in LibreOffice: an independent opinion on what a spreadsheet shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from book.formulas.test_formulas import BOOK, cases
from support import office
from zipingbiao.book.cells import Grid, Ref
from zipingbiao.book.formulas import evaluate, results
from zipingbiao.book.read import read_book

# LibreOffice differs from Excel here; ours follows Excel.
DIFFERENT = {
    '"z"<TRUE',  # TRUE is a number there
    'A6&""',
    'SUM(A1,A2,"3",TRUE)',
    "COUNT(A1:A6)",
    'CONCATENATE("a",1,TRUE)',
    'TEXT(8,"0.##")',  # Excel leaves the point
    'COUNTIF(A1:A4,"0.95")',  # Excel takes text that is a number for one
}
FIRST_ROW, COLUMN = 21, 6  # below and beside every area that the formulas refer to


def write(path: Path, formulas: list[str]) -> None:
    workbook = xlsxwriter.Workbook(str(path), {"use_future_functions": True})
    sheets = [workbook.add_worksheet(grid.sheet) for grid in BOOK.grids]
    for sheet, grid in zip(sheets, BOOK.grids, strict=True):
        write_cells(sheet, grid, workbook.add_format({"num_format": "0%"}))
    for name, text in BOOK.names.items():
        workbook.define_name(name, f"={text}")
    for row, formula in enumerate(formulas, FIRST_ROW):
        sheets[0].write_formula(row - 1, COLUMN - 1, f"={formula}")
    workbook.close()


def write_cells(sheet: xlsxwriter.worksheet.Worksheet, grid: Grid, percent: xlsxwriter.format.Format) -> None:
    for (row, column), cell in grid.cells.items():
        if cell.kind.value == "error":
            sheet.write_formula(row - 1, column - 1, "=1/0", None, cell.value)
        elif isinstance(cell.value, Decimal):
            style = percent if cell.kind.value == "percent" else None
            sheet.write_number(row - 1, column - 1, float(cell.value), style)
        elif isinstance(cell.value, bool):
            sheet.write_boolean(row - 1, column - 1, cell.value)
        elif isinstance(cell.value, str):
            sheet.write_string(row - 1, column - 1, cell.value)
        elif isinstance(cell.value, dt.date):
            sheet.write_datetime(row - 1, column - 1, cell.value, None)


@pytest.mark.office
def test_libreoffice_shows_the_same(tmp_path: Path) -> None:
    formulas = [formula for formula, _ in cases()]
    path = tmp_path / "book.xlsx"
    write(path, formulas)
    book = read_book(path)
    ours, theirs = results(book), office.recalculated(path)["自评表"]
    wrong = []
    for row, formula in enumerate(formulas, FIRST_ROW):
        shown = theirs.cell(row, COLUMN).value
        mine: Decimal | str | bool | None = ours.get(Ref("自评表", row, COLUMN))
        if mine is None:  # TRUE or FALSE: calculated, but not for a cell
            mine = evaluate(formula, book, "自评表", (row, COLUMN))
        same = (
            shown == pytest.approx(float(mine))
            if isinstance(mine, Decimal)
            else mine == ("" if shown is None else shown)
        )
        if same is (formula in DIFFERENT):
            wrong.append((formula, mine, shown))
    assert wrong == []
