"""The sheets of a workbook that are wholly ours: what stands in their heading row, and how they are known."""

from __future__ import annotations

from collections.abc import Mapping

from zipingbiao.book.cells import Book, Grid
from zipingbiao.result.columns import OWN_SUMMARY
from zipingbiao.table import ours

HEADINGS: Mapping[ours.Sheet, tuple[str, ...]] = {
    ours.Sheet.FINDINGS: ours.FINDING_HEADINGS,
    ours.Sheet.SUMMARY: tuple(column.heading for column in OWN_SUMMARY),
    ours.Sheet.LOG: ours.LOG_HEADINGS,
}


def own_sheet(book: Book, name: ours.Sheet) -> Grid | None:
    """Return a sheet that is wholly ours; None where it is missing or has other headings than ours."""
    grid = next((grid for grid in book.grids if grid.sheet == name), None)
    if grid is None:
        return None
    cells = [grid.at(ours.HEADING_ROW, column) for column in range(1, len(HEADINGS[name]) + 1)]
    shown = tuple(cell.value if cell is not None else None for cell in cells)
    return grid if shown == HEADINGS[name] else None
