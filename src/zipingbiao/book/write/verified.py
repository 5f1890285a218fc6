"""A patched workbook read back: each planned cell holds what was planned, every other one what it held."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.book.after import content
from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.write.cell_xml import xml_text
from zipingbiao.errors import RefusedError
from zipingbiao.values.number import excel_number, stored

_DIFFERS = (
    "请用 Excel 或 WPS 打开后另存为 .xlsx 再试：写入后逐格核对，{} 读出的内容与应有的不一致，所以没有写入。"
)


def verify(before: Book, plan: Plan, now: Book) -> None:
    """Compare a workbook with what it was, cell by cell, after a plan was carried out.

    Args:
        before: as it was read when the plan was made.
        plan: what was to change.
        now: the new bytes, read in the same way.

    Raises:
        RefusedError: a planned cell does not hold what was planned, or another one changed.
    """
    sheets = {grid.sheet: grid for grid in now}
    for grid in before:
        planned = {
            (each.ref.row, each.ref.column): each for each in plan.changes if each.ref.sheet == grid.sheet
        }
        ref = _first_wrong(grid, planned, sheets.get(grid.sheet))
        if ref is not None:
            raise RefusedError(_DIFFERS.format(ref))


def _first_wrong(before: Grid, planned: dict[tuple[int, int], Change], now: Grid | None) -> Ref | None:
    new = now.cells if now is not None else {}
    touched = {place for place, cell in before.cells.items() if new.get(place) != cell}
    for place in sorted(touched | planned.keys() | (new.keys() - before.cells.keys())):
        old, cell = before.at(*place), new.get(place)
        change = planned.get(place)
        if not (cell == old if change is None else _holds(cell, change, old)):
            return before.ref(*place)
    return None


def _holds(cell: Cell | None, change: Change, old: Cell | None) -> bool:
    formula = old.formula if change.formula is None and old is not None else change.formula or None
    if (cell.formula if cell is not None else None) != formula:
        return False
    if cell is not None and cell.kind is CellClass.DATE:
        return isinstance(change.new, Decimal)  # which moment a number is depends on the workbook
    value = content(cell)
    if isinstance(change.new, Decimal) and isinstance(value, Decimal):
        return value == stored(str(excel_number(change.new)))
    return isinstance(value, str) and isinstance(change.new, str) and xml_text(value) == xml_text(change.new)
