"""Sheets drawn as text, for tests that show one trap each."""

from __future__ import annotations

from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Visibility, column_number
from zipingbiao.book.cells import Book as GridBook
from zipingbiao.table.find import read_tables
from zipingbiao.table.records import SelfEvaluation
from zipingbiao.values.number import exact


def area(text: str) -> Area:
    """``A1:C2`` as a rectangle."""
    corners = []
    for corner in text.split(":"):
        letters = corner.rstrip("0123456789")
        corners += [int(corner[len(letters) :]), column_number(letters)]
    return Area(*corners)


def sheet(
    drawing: str,
    *,
    name: str = "自评表",
    merges: str = "",
    visibility: Visibility = Visibility.VISIBLE,
    hidden_rows: frozenset[int] = frozenset(),
) -> Grid:
    """Draw a sheet: a line per row, ``|`` between cells; numbers become number cells."""
    cells: dict[tuple[int, int], Cell] = {}
    for row, line in enumerate(drawing.strip("\n").split("\n"), 1):
        for column, part in enumerate(line.split("|"), 1):
            text = part.strip(" ").replace("\\n", "\n")
            number = exact(text)
            if number is not None:
                cells[row, column] = Cell(number, CellClass.NUMBER)
            elif text:
                cells[row, column] = Cell(text, CellClass.TEXT)
    return Grid(name, cells, tuple(area(text) for text in merges.split()), visibility, hidden_rows)


def read(*grids: Grid) -> tuple[SelfEvaluation, ...]:
    """The tables of a workbook of these sheets."""
    return read_tables(GridBook("x.xlsx", grids))


def read_one(drawing: str, *, merges: str = "") -> SelfEvaluation:
    """The only table of a drawing."""
    (evaluation,) = read(sheet(drawing, merges=merges))
    return evaluation


def names(evaluation: SelfEvaluation) -> list[str]:
    """Names of the indicators in order."""
    return [indicator.name for indicator in evaluation.indicators]
