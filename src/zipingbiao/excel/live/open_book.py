"""The workbook open in Excel, read as the core's grids.

Only xlwings' object model is used (its BSD part), so that the same code runs in Excel on Windows and
in the headless engine of the tests. Every call crosses a process border: a sheet is read in one call
for values and one for formulas, and number formats are asked for only where a percentage matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from zipingbiao.book import marks
from zipingbiao.book.cell_values import cell_of
from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid, Ref, Visibility
from zipingbiao.book.read.styles import Format, classify
from zipingbiao.excel.live.calculation import bring_up_to_date
from zipingbiao.excel.live.ranges import SEEN, area_of, merged_ranges, uniform
from zipingbiao.table.find import read_tables
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role, SelfEvaluation

_AS_PERCENT = (Role.TARGET, Role.ACTUAL, Role.COMPLETION)
_RATES = (AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)


def read_live(book: Any, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Book:
    """Return an open workbook as a reader would deliver it; hidden rows and columns are not known.

    Args:
        book: an ``xlwings.Book``; in manual mode it is calculated first.
        progress: called with (read, all) before each sheet.
    """
    bring_up_to_date(book)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    used = {name: sheet.used_range for name, sheet in sheets.items()}
    filled = {}
    for number, (name, area) in enumerate(used.items(), 1):
        progress(number, len(used))
        filled[name] = _cells(area)
    merges = merged_ranges(book, [(sheets[name], area_of(used[name]), filled[name]) for name in sheets])
    grids = [
        Grid(name, filled[name], merges.get(name, ()), _visibility(sheet)) for name, sheet in sheets.items()
    ]
    bare = Book(str(book.name), tuple(grids), _names(book), writable=True)
    doubtful = (refs for table in read_tables(bare) for refs in _doubtful(bare, table))
    shown = {ref: each for refs in doubtful for ref, each in _percentages(sheets[refs[0].sheet], refs)}
    return replace(bare, grids=tuple(_with_formats(grid, shown) for grid in bare.grids))


def read_sheet(sheet: Any) -> Grid:
    """Return one sheet as it stands, without merged ranges and formats."""
    return Grid(str(sheet.name), _cells(sheet.used_range))


def _visibility(sheet: Any) -> Visibility:
    return Visibility.VISIBLE if sheet.visible in SEEN else Visibility.HIDDEN


def _names(book: Any) -> dict[str, str]:
    """The few names that matter; a workbook may have hundreds, and each costs a call."""
    found: dict[str, str] = {}
    numbered = (f"{marks.WRITTEN}{number}" for number in range(1, 1000))
    for group in ((marks.TEMPLATE,), numbered):
        for name in group:
            if name not in book.names:
                break
            found[name] = str(book.names[name].refers_to)
    return found


def _cells(used: Any) -> dict[tuple[int, int], Cell]:
    top, left = used.row, used.column
    values = used.options(ndim=2, err_to_str=True).value
    formulas = _rows(used.formula)
    return {
        (top + down, left + right): cell
        for down, row in enumerate(values)
        for right, value in enumerate(row)
        if (cell := _cell(value, formulas[down][right])) is not None
    }


def _rows(formulas: Any) -> list[list[Any]]:
    """The formula property is text for one cell and a tuple of rows for several."""
    if isinstance(formulas, list | tuple):
        return [list(row) if isinstance(row, list | tuple) else [row] for row in formulas]
    return [[formulas]]


def _cell(value: object, formula: object) -> Cell | None:
    # Excel gives the constant itself where there is no formula: a text may begin with = too.
    is_formula = isinstance(formula, str) and formula.startswith("=") and formula != value
    text = str(formula)[1:] if is_formula else None
    cell = cell_of(value)
    if text is None:
        return cell
    return cell._replace(formula=text) if cell is not None else Cell("", CellClass.TEXT, text)


def _doubtful(book: Book, table: SelfEvaluation) -> Iterator[list[Ref]]:
    """Give the numbers that may be shown as percentages, those together that mostly look alike."""
    rows = [row.entries for row in table.indicators if row.place is Place.ROW]
    groups = [[entries[role] for entries in rows if role in entries] for role in _AS_PERCENT]
    if table.funds is not None:
        amounts = table.funds.entries.items()
        groups += [[entry for (kind, _), entry in amounts if kind is rate] for rate in _RATES]
    for group in groups:
        refs = dict.fromkeys(entry.ref for entry in group)
        if found := [ref for ref in refs if _is_number(book.grid(ref.sheet), ref)]:
            yield found


def _is_number(grid: Grid, ref: Ref) -> bool:
    cell = grid.at(ref.row, ref.column)
    return cell is not None and cell.kind is CellClass.NUMBER


def _percentages(sheet: Any, refs: Iterable[Ref]) -> Iterator[tuple[Ref, Format]]:
    """Give those of these cells that are shown as percentages."""
    at = {Area(ref.row, ref.column, ref.row, ref.column): ref for ref in refs}
    for areas, code in uniform(sheet, list(at), lambda target: target.number_format):
        shown = classify(str(code))
        if shown.kind is CellClass.PERCENT:
            yield from ((at[area], shown) for area in areas)


def _with_formats(grid: Grid, shown: Mapping[Ref, Format]) -> Grid:
    formats = {(ref.row, ref.column): each for ref, each in shown.items() if ref.sheet == grid.sheet}
    if not formats:
        return grid
    changed = {
        place: grid.cells[place]._replace(kind=each.kind, decimals=each.decimals)
        for place, each in formats.items()
    }
    return replace(grid, cells={**grid.cells, **changed})
