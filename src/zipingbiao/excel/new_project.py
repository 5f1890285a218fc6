"""新增项目: which cells of a copied project sheet are blank in the new one."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao import template
from zipingbiao.check_code import labelled_cell
from zipingbiao.evaluation import Evaluation
from zipingbiao.grid import Book, Ref
from zipingbiao.model import Entry, Place, Role

_HEAD = ("项目名称", "项目编码", template.CODE_LABEL)
_KEPT = frozenset({Role.LEVEL1, Role.LEVEL2})


def blanks(book: Book, evaluation: Evaluation, name: str) -> Iterator[tuple[Ref, str]]:
    """Give the cells that a copy of this table's sheet must change: "" for what was typed there.

    Levels of indicators, the execution row and every formula stay.
    """
    grid = book.grid(evaluation.table.sheet)
    seen: set[Ref] = set()
    for entry in _typed(evaluation):
        if entry.cell is not None and not entry.is_formula and entry.ref not in seen:
            seen.add(entry.ref)
            yield entry.ref, ""
    for label in _HEAD:
        found = labelled_cell(grid, label)
        if found is not None and found[1] is not None and found[1].formula is None:
            yield found[0], ""
    own = labelled_cell(grid, template.SHEET_LABEL)
    if own is not None:
        yield own[0], name


def _typed(evaluation: Evaluation) -> Iterator[Entry]:
    for row in evaluation.rows:
        if row.indicator.place is Place.ROW:
            kept = (*_KEPT, Role.NAME, Role.WEIGHT, Role.TARGET) if row.indicator.is_execution else _KEPT
            yield from (entry for role, entry in row.indicator.entries.items() if role not in kept)
    if evaluation.table.funds is not None:
        yield from evaluation.table.funds.entries.values()
