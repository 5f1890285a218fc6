"""A table of ours as the reader sees it, so that what is to be printed is found by the same words as what stands there."""

from __future__ import annotations

from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid
from zipingbiao.report.blocks import Table

_SHEET = "工作簿"


def book_of(table: Table) -> Book:
    """Return a book with this table as its only sheet."""
    cells: dict[tuple[int, int], Cell] = {}
    areas: dict[int, Area] = {}  # by first column, the cell that a further row may go on with
    merges: list[Area] = []
    for number, row in enumerate(table.rows, 1):
        column = 1
        for cell in row:
            above = areas.get(column) if cell.joins else None
            if above is None:
                area = Area(number, column, number, column + cell.span - 1)
                if cell.text.strip():
                    cells[number, column] = Cell(cell.text, CellClass.TEXT)
            else:
                area = Area(above.top, above.left, number, above.right)
                merges.remove(above)
            areas[column] = area
            merges.append(area)
            column += cell.span
    merged = tuple(area for area in merges if (area.top, area.left) != (area.bottom, area.right))
    return Book("", (Grid(_SHEET, cells, merged),))
