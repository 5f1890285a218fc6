"""The workbook open in Excel: read as the core's grids, and a plan applied to it, in blocks.

Only xlwings' object model is used (its BSD part), so that the same code runs in Excel on Windows and
in the headless engine of the tests. Every call crosses a process border: a sheet is read in one call
for values and one for formulas, number formats are asked for only where a percentage matters, and a
plan is written in as few rectangles as its cells allow.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from zipingbiao import memory, template
from zipingbiao.errors import RefusedError
from zipingbiao.grid import Area, Book, Cell, CellClass, Grid, Ref, column_letters
from zipingbiao.model import AmountKind, Role, SelfEvaluation
from zipingbiao.number import exact, excel_number
from zipingbiao.plan import Change, Plan
from zipingbiao.readers.styles import classify
from zipingbiao.tables import read_tables

_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_SHOWN_AS_PERCENT = (Role.TARGET, Role.ACTUAL, Role.COMPLETION)
_RATES = (AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)
# Text that Excel would turn into a number, a date or a formula when it is assigned to a cell.
_TURNED = re.compile(r"[=+\-@'].*|[\d.,\s%/:年月日\-]*\d[\d.,\s%/:年月日\-]*", re.DOTALL)

Block = list[list[Any]]


def read_live(book: Any) -> Book:
    """Return an open workbook as a reader would deliver it; merged ranges and hidden rows are not known.

    Args:
        book: an ``xlwings.Book``.
    """
    names = _names(book)
    bare = Book(str(book.name), tuple(_grid(sheet) for sheet in book.sheets), names)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    percent: dict[str, dict[tuple[int, int], Cell]] = {}
    for table in read_tables(bare):
        for refs in _doubtful(bare, table):
            for ref, shown in _formats(sheets[refs[0].sheet], refs):
                cell = bare.grid(ref.sheet).cells[ref.row, ref.column]
                percent.setdefault(ref.sheet, {})[ref.row, ref.column] = replace(
                    cell, kind=shown.kind, decimals=shown.decimals
                )
    grids = tuple(
        replace(grid, cells={**grid.cells, **percent[grid.sheet]}) if grid.sheet in percent else grid
        for grid in bare.grids
    )
    return replace(bare, grids=grids)


def apply(book: Any, plan: Plan, before: Book) -> None:
    """Carry a plan out in an open workbook: all of it, or nothing.

    Results of formulas are left to Excel. Rows are not shown or hidden here.

    Args:
        book: the workbook that *before* was read from.
        plan: made from *before*.
        before: what the cells hold now, to put it back if a later one cannot be written.

    Raises:
        RefusedError: a sheet could not be written (protected, or Excel is busy with a cell being
            edited); what had been written before was put back.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    begun: list[_Block] = []
    try:
        for block in _blocks(change for change in plan.changes if not change.cached):
            begun.append(block)
            _range(sheets[block.sheet], block.area).value = [list(row) for row in block.values]
        _remember(book, plan.names)
    except Exception as error:
        for block in reversed(begun):
            _put_back(_range(sheets[block.sheet], block.area), before.grid(block.sheet), block.area)
        raise RefusedError(_why_not(error, begun)) from error


# --- reading -------------------------------------------------------------------------------------


def _names(book: Any) -> dict[str, str]:
    """The few names that matter; a workbook may have hundreds, and each costs a call."""
    found: dict[str, str] = {}
    numbered = (f"{memory.PREFIX}{number}" for number in range(1, 1000))
    for group in ((template.NAME,), numbered):
        for name in group:
            if name not in book.names:
                break
            found[name] = str(book.names[name].refers_to)
    return found


def _grid(sheet: Any) -> Grid:
    used = sheet.used_range
    top, left = used.row, used.column
    values = used.options(ndim=2, err_to_str=True).value
    formulas = _rows(used.formula)
    cells = {
        (top + down, left + right): cell
        for down, row in enumerate(values)
        for right, value in enumerate(row)
        if (cell := _cell(value, formulas[down][right])) is not None
    }
    return Grid(sheet.name, cells)


def _rows(formulas: Any) -> Block:
    """The formula property is text for one cell and a tuple of rows for several."""
    if isinstance(formulas, list | tuple):
        return [list(row) if isinstance(row, list | tuple) else [row] for row in formulas]
    return [[formulas]]


def _cell(value: object, formula: object) -> Cell | None:
    text = formula[1:] if isinstance(formula, str) and formula.startswith("=") else None
    cell = _plain(value)
    if text is None:
        return cell
    return replace(cell, formula=text) if cell is not None else Cell("", CellClass.TEXT, text)


def _plain(value: object) -> Cell | None:
    """A value as xlwings gives it: float, currency as Decimal, datetime, text, bool or None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Cell(value, CellClass.BOOL)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return Cell(value, CellClass.DATE)
    if isinstance(value, int | float | Decimal):
        number = exact(value)
        kind = CellClass.CURRENCY if isinstance(value, Decimal) else CellClass.NUMBER
        return None if number is None else Cell(number, kind)
    text = str(value)
    return Cell(text, CellClass.ERROR if text in _ERRORS else CellClass.TEXT)


def _doubtful(book: Book, table: SelfEvaluation) -> Iterator[list[Ref]]:
    """Numbers that may be shown as percentages, column by column and rate row by rate row."""
    for role in _SHOWN_AS_PERCENT:
        entries = [row.entries[role] for row in table.indicators if role in row.entries]
        yield from _numbers(book, (entry.ref for entry in entries))
    if table.funds is not None:
        for kind in _RATES:
            refs = (entry.ref for (each, _), entry in table.funds.entries.items() if each is kind)
            yield from _numbers(book, refs)


def _numbers(book: Book, refs: Iterable[Ref]) -> Iterator[list[Ref]]:
    found = sorted(
        ref
        for ref in set(refs)
        if (cell := book.grid(ref.sheet).at(ref.row, ref.column)) is not None
        and cell.kind is CellClass.NUMBER
    )
    if found:
        yield found


def _formats(sheet: Any, refs: Sequence[Ref]) -> Iterator[tuple[Ref, Any]]:
    """Ask for the format of all at once; where they differ, of each."""
    area = Area(refs[0].row, min(ref.column for ref in refs), refs[-1].row, max(ref.column for ref in refs))
    common = _range(sheet, area).number_format
    for ref in refs:
        code = common or _range(sheet, Area(ref.row, ref.column, ref.row, ref.column)).number_format
        shown = classify(str(code))
        if shown.kind is CellClass.PERCENT:
            yield ref, shown


# --- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Block:
    """A rectangle of one sheet with what it is to hold."""

    sheet: str
    area: Area
    values: Sequence[Sequence[Any]]


def _blocks(changes: Iterable[Change]) -> Iterator[_Block]:
    """Give the changes as rectangles: runs within a row, joined with equal runs in the rows below."""
    open_runs: dict[tuple[str, int, int], list[list[Change]]] = {}
    for run in _runs(sorted(changes, key=lambda change: change.ref)):
        key = (run[0].ref.sheet, run[0].ref.column, run[-1].ref.column)
        rows = open_runs.get(key)
        if rows and rows[-1][0].ref.row == run[0].ref.row - 1:
            rows.append(run)
            continue
        if rows:
            yield _joined(rows)
        open_runs[key] = [run]
    for rows in open_runs.values():
        yield _joined(rows)


def _runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Give neighbours within a row together."""
    run: list[Change] = []
    for change in changes:
        if run:
            last = run[-1].ref
            if (last.sheet, last.row, last.column + 1) != (
                change.ref.sheet,
                change.ref.row,
                change.ref.column,
            ):
                yield run
                run = []
        run.append(change)
    if run:
        yield run


def _joined(rows: list[list[Change]]) -> _Block:
    first, last = rows[0][0].ref, rows[-1][-1].ref
    values = [[_written(change) for change in row] for row in rows]
    return _Block(first.sheet, Area(first.row, first.column, last.row, last.column), values)


def _written(change: Change) -> Any:
    return f"={change.formula}" if change.formula else _assigned(change.new)


def _assigned(value: object) -> Any:
    """What is assigned to a cell; an apostrophe keeps text as text that Excel would turn into something."""
    if isinstance(value, Decimal):
        return excel_number(value)
    if isinstance(value, str):
        return (f"'{value}" if _TURNED.fullmatch(value) else value) or None
    return value


def _range(sheet: Any, area: Area) -> Any:
    return sheet.range(f"{column_letters(area.left)}{area.top}:{column_letters(area.right)}{area.bottom}")


def _remember(book: Any, names: Iterable[tuple[str, str | None]]) -> None:
    for name, text in names:
        if text is None:
            if name in book.names:
                book.names[name].delete()
            continue
        quoted = text.replace('"', '""')
        book.names.add(name, f'="{quoted}"')


def _put_back(target: Any, grid: Grid, area: Area) -> None:
    """Best effort: a sheet that could not be written before hardly can now, and needs no putting back."""
    rows = [
        [_held(grid.at(row, column)) for column in range(area.left, area.right + 1)]
        for row in range(area.top, area.bottom + 1)
    ]
    try:
        target.value = rows
    except Exception:  # noqa: BLE001 whatever Excel says, the others must still be put back
        return


def _held(cell: Cell | None) -> Any:
    if cell is None:
        return None
    return f"={cell.formula}" if cell.formula is not None else _assigned(cell.value)


def _why_not(error: Exception, begun: Sequence[_Block]) -> str:
    where = f"工作表“{begun[-1].sheet}”" if begun else "工作簿"
    return (
        f"{where}没有写入（{type(error).__name__}）：可能正在编辑单元格，或工作表受保护。"
        "请先按回车结束编辑、撤销工作表保护，再按一次；已写入的内容已经恢复。"
    )
