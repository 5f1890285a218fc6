"""The sheets of a workbook that are wholly ours: what stands in their heading row, and how they are known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from zipingbiao.book.cells import Book, Grid
from zipingbiao.result.columns import EARLIER_OWN_SUMMARY, OWN_SUMMARY, ProjectColumn
from zipingbiao.table import ours

HEADINGS: Mapping[ours.Sheet, tuple[str, ...]] = {
    ours.Sheet.FINDINGS: ours.FINDING_HEADINGS,
    ours.Sheet.SUMMARY: tuple(column.heading for column in OWN_SUMMARY),
    ours.Sheet.LOG: ours.LOG_HEADINGS,
}


class SummaryLayout(NamedTuple):
    """The columns of 汇总表 in a workbook, and whether 合计 stands above the projects or below."""

    columns: tuple[ProjectColumn, ...]
    total_above: bool = True

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands in its heading row."""
        return tuple(column.heading for column in self.columns)


SUMMARY = SummaryLayout(OWN_SUMMARY)
"""The layout of new workbooks."""
_SUMMARIES = (SUMMARY, SummaryLayout(EARLIER_OWN_SUMMARY, total_above=False))


def own_sheet(book: Book, name: ours.Sheet) -> Grid | None:
    """Return a sheet that is wholly ours; None where it is missing or has other headings than ours ever had."""
    grid = next((grid for grid in book.grids if grid.sheet == name), None)
    if grid is None:
        return None
    if name is ours.Sheet.SUMMARY:
        return grid if summary_layout(grid) is not None else None
    return grid if _is_headed(grid, HEADINGS[name]) else None


def summary_layout(grid: Grid) -> SummaryLayout | None:
    """Return the layout of a 汇总表, that of an earlier version too, by its headings; None for anybody else's."""
    return next((each for each in _SUMMARIES if _is_headed(grid, each.headings)), None)


def _is_headed(grid: Grid, headings: tuple[str, ...]) -> bool:
    cells = [grid.at(ours.HEADING_ROW, column) for column in range(1, len(headings) + 1)]
    return tuple(cell.value if cell is not None else None for cell in cells) == headings
