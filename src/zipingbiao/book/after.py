"""A workbook as it would read after some changes, without writing or reading a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from zipingbiao.book.cells import SHOWN_OTHERWISE, Book, Cell, CellClass, Grid
from zipingbiao.book.changes import Change

_NUMERIC = frozenset({CellClass.NUMBER, CellClass.PERCENT, CellClass.CURRENCY})
_MILLISECONDS = 86_400_000


def after(book: Book, changes: Iterable[Change]) -> Book:
    """Return the book as it would read once the changes are made; its digest is still that of the file.

    A number keeps the class and decimals of a numeric cell, a new cell takes those of its model;
    where only the style of a text cell could tell, and in a date cell, it reads as a plain number.

    Raises:
        KeyError: a change is for a sheet that the book does not have.
    """
    by_sheet: dict[str, list[Change]] = {}
    for change in changes:
        by_sheet.setdefault(change.ref.sheet, []).append(change)
    changed = {sheet: _changed(book.grid(sheet), each) for sheet, each in by_sheet.items()}
    return replace(book, grids=tuple(changed.get(grid.sheet, grid) for grid in book.grids))


def content(cell: Cell | None) -> Decimal | str:
    """Return what a :class:`~zipingbiao.book.changes.Change` would write to give a cell the value it has.

    "" for a blank cell; a date is its serial number, a logical value or an error its text.
    """
    value = None if cell is None else cell.value
    if value is None:
        return ""
    if isinstance(value, Decimal | str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    return _serial(value)


def _changed(grid: Grid, changes: Iterable[Change]) -> Grid:
    cells = dict(grid.cells)
    for change in changes:
        place = change.ref.row, change.ref.column
        cell = _cell(grid, cells.pop(place, None), change)
        if cell is not None:
            cells[place] = cell
    return replace(grid, cells=cells)


def _cell(grid: Grid, old: Cell | None, change: Change) -> Cell | None:
    """Return the cell after its change, None when it is blank."""
    formula = old.formula if old is not None and change.cached else change.formula or None
    if isinstance(change.new, str):
        blank = change.new == "" and formula is None
        return None if blank else Cell(change.new, CellClass.TEXT, formula)
    model = old
    if old is None and change.like is not None:
        model = grid.at(change.like.row, change.like.column)
    if model is not None and model.kind is CellClass.BLANK and model.shows is not None:
        model = model._replace(kind=model.shows, shows=None)  # a formula that nobody calculated yet
    if model is None or model.kind not in _NUMERIC or (change.as_number and model.kind in SHOWN_OTHERWISE):
        return Cell(change.new, CellClass.NUMBER, formula)
    return Cell(change.new, model.kind, formula, model.decimals)


def _serial(moment: dt.datetime | dt.date | dt.time) -> Decimal:
    """Return the serial number of a date in the 1900 system; a time of day is a part of 1."""
    midnight = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a cell has no zone
    if isinstance(moment, dt.time):
        moment = dt.datetime.combine(midnight, moment)
    elif not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time())
    return Decimal((moment - midnight) // dt.timedelta(milliseconds=1)) / _MILLISECONDS
