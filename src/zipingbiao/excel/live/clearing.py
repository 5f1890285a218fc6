"""清空结果: which cells hold what this product wrote and nobody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zipingbiao.book.cells import Book, Cell, Grid, Ref
from zipingbiao.result.code import code_cell
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.sheets import HEADINGS, own_sheet
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table import ours
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Place, Role

_NOTE = ours.FINDING_HEADINGS.index("核实说明") + 1
_TALLIED = (ours.Sheet.FINDINGS, ours.Sheet.SUMMARY)


def our_cells(book: Book, result: FileResult) -> Iterator[Ref]:
    """Give what scoring wrote: in tables by memory, in our template beside the form too, on our sheets.

    A line of 校验结果 with a 核实说明 stays whole: somebody typed it and will want to know for what.
    """
    own = ours.of(book.names) is not None
    for evaluation in result.evaluations:
        yield from (entry.ref for entry in _entries(evaluation, own=own))
        yield from _buttons(book.grid(evaluation.table.sheet), evaluation)
        code = code_cell(book.grid(evaluation.table.sheet), evaluation.table.anchor.row)
        if code is not None and _is_constant(code[1]):
            yield code[0]
    for sheet in HEADINGS:
        grid = own_sheet(book, sheet)
        if grid is not None:
            yield from _lines(grid, sheet)


def sheets_left_blank(book: Book, cleared: Collection[Ref]) -> Iterator[str]:
    """Give the sheets of ours that nobody needs once these cells are blank; our template keeps its own."""
    if ours.of(book.names) is not None:
        return
    for sheet in HEADINGS:
        grid = own_sheet(book, sheet)
        if grid is not None and all(ref.row < ours.FIRST_ROW or ref in cleared for ref in _refs(grid)):
            yield grid.sheet


def _refs(grid: Grid) -> Iterator[Ref]:
    return (grid.ref(row, column) for row, column in grid.cells)


def _entries(evaluation: Evaluation, *, own: bool) -> Iterator[Entry]:
    beside = (Role.COMPUTED, Role.EXPLANATION) if own else ()
    for row in evaluation.rows:
        for role, entry in row.indicator.entries.items():
            is_ours = entry.ours or role in beside
            if is_ours and row.indicator.place is not Place.IMPLIED and _is_constant(entry.cell):
                yield entry
    for stated in (evaluation.table.total_score, evaluation.table.grade):
        if (
            stated is not None
            and stated.ours
            and stated.cell is not None
            and stated.cell.value == stated.text
        ):
            yield stated


def _buttons(grid: Grid, evaluation: Evaluation) -> Iterator[Ref]:
    """What scoring wrote beside the native formulas of the 免宏版."""
    heading = evaluation.table.headings.get(Role.COMPUTED)
    if heading is None:
        return
    for name in (ours.BUTTON_COMPLETION, ours.BUTTON_SCORE):
        column = ours.column_headed(grid, heading.row, name)
        rows = (row.indicator.row for row in evaluation.rows)
        yield from (
            grid.ref(row, column) for row in rows if row and column and _is_constant(grid.at(row, column))
        )


def _lines(grid: Grid, sheet: ours.Sheet) -> Iterator[Ref]:
    for row, column in grid.cells:
        is_line = row >= ours.FIRST_ROW or (row == ours.HEADING_ROW - 1 and sheet in _TALLIED)
        answered = sheet is ours.Sheet.FINDINGS and grid.at(row, _NOTE) is not None
        if is_line and not answered:
            yield grid.ref(row, column)


def _is_constant(cell: Cell | None) -> bool:
    return cell is not None and cell.formula is None
