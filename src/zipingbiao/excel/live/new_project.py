"""新增项目: which cells of a copied project sheet are blank in the new one."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.book import marks
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.result.code import labelled_cell
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.records import Place, Role

# Where the value stands to a label; what the unit says of itself is the same for its next project.
_RIGHT = ("项目名称", "项目编码", "一级项目", "资金级次", "年度绩效目标", marks.CODE_LABEL)
_BELOW = ("预期目标", "实际完成情况")
_KEPT = frozenset({Role.LEVEL1, Role.LEVEL2})
_KEPT_OF_EXECUTION = _KEPT | {Role.NAME, Role.WEIGHT, Role.TARGET}


def blanks(book: Book, evaluation: Evaluation, name: str) -> Iterator[tuple[Ref, str]]:
    """Give the cells that a copy of this table's sheet must change: "" for what was typed there.

    Levels of indicators, the execution row and every formula stay.
    """
    grid = book.grid(evaluation.table.sheet)
    for ref in dict.fromkeys((*_lines(grid, evaluation), *_amounts(evaluation), *_head(grid))):
        cell = grid.at(ref.row, ref.column)
        if cell is not None and cell.formula is None:
            yield ref, ""
    own = labelled_cell(grid, ours.SHEET_LABEL)
    if own is not None:
        yield own[0], name


def _lines(grid: Grid, evaluation: Evaluation) -> Iterator[Ref]:
    """Whole rows: an adjusted target stands in one too, and under no role of its own."""
    for row in evaluation.rows:
        line = row.indicator
        if line.place is Place.ROW and line.row is not None:
            kept = _KEPT_OF_EXECUTION if line.is_execution else _KEPT
            stays = {entry.ref for role, entry in line.entries.items() if role in kept}
            columns = grid.rows.get(line.row, ())
            yield from (ref for column in columns if (ref := grid.ref(line.row, column)) not in stays)


def _amounts(evaluation: Evaluation) -> Iterator[Ref]:
    if evaluation.table.funds is not None:
        yield from (entry.ref for entry in evaluation.table.funds.entries.values())


def _head(grid: Grid) -> Iterator[Ref]:
    for label in _RIGHT:
        found = labelled_cell(grid, label)
        if found is not None:
            yield found[0]
    for (row, column), cell in grid.cells.items():
        if cell.value in _BELOW:
            yield grid.through_merge(row + 1, column)[0]
