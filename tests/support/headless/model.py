"""A workbook as Excel would hold it open: cells, formats, merged ranges, names, and a calculation."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.formula import ArrayFormula

from support.headless import retry
from support.headless.cells import GENERAL, Error, Held, raw, serial, typed
from support.headless.retry import com_error
from zipingbiao.book import formulas
from zipingbiao.book.after import content
from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid, Ref

Place = tuple[int, int]


@dataclass
class Workbook:
    """One open workbook.

    Attributes:
        names: defined names and what they refer to, with ``=``.
        answers: how many more writes Excel takes before somebody edits a cell; None without end.
        busy: whether every call fails, because a cell is being edited or a dialog is open.
        fixed: whether the structure is protected: no sheet can be added.
        manual: whether results wait until somebody asks for a calculation.
        calls: how often Excel was asked or told anything.
        selected: how many sheets are selected together; Excel adds as many new ones.
    """

    name: str
    path: str = ""
    sheets: list[Worksheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    active: Worksheet | None = None
    answers: int | None = None
    busy: bool = False
    manual: bool = False
    calls: int = 0
    fixed: bool = False
    selected: int = 1
    _changed: set[tuple[Worksheet, Place]] = field(default_factory=set)

    def sheet(self, name: str) -> Worksheet:
        """Return a sheet; as a test wants it, without counting."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def require_answer(self) -> None:
        """Fail as Excel does while it is busy: xlwings repeats the call as long as it sees fit."""
        windows = sys.modules[retry.NAME]
        _ = windows.COMRetryObjectWrapper(_Line(self)).ready

    def changed(self, sheet: Worksheet, place: Place) -> None:
        """Remember a change for the next calculation."""
        self._changed.add((sheet, place))

    def settle(self) -> None:
        """Bring the results of formulas up to date, as Excel does after every change but in manual mode."""
        if not self.manual:
            self.calculate()

    def calculate(self) -> None:
        """Bring the results of formulas up to date."""
        if not self._changed:
            return
        places = [(sheet, place) for sheet, place in self._changed if sheet in self.sheets]
        self._changed.clear()
        book = Book(self.name, tuple(sheet.grid() for sheet in self.sheets), self.names)
        constants = {
            Ref(sheet.name, *place): content(book.grid(sheet.name).at(*place))
            for sheet, place in places
            if sheet.cells[place].formula is None
        }
        for ref, result in formulas.results(book, constants).items():
            cells = self.sheet(ref.sheet).cells
            value = float(result) if isinstance(result, Decimal) else result
            cells[ref.row, ref.column] = replace(cells[ref.row, ref.column], value=value)


class _Line:
    """The line to Excel, as COM has it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book

    @property
    def ready(self) -> bool:
        self._book.calls += 1
        if self._book.busy:
            raise retry.refused()
        return True


@dataclass(eq=False)
class Worksheet:
    """One sheet, and how often it was asked and written.

    Attributes:
        columns: number formats of whole columns, for cells that have none of their own.
        chart: a chart sheet, which has no cells.
        protected: whether writing fails.
        visible: -1, or 0 for a hidden and 2 for a very hidden sheet.
    """

    name: str
    book: Workbook
    cells: dict[Place, Held] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    columns: dict[int, str] = field(default_factory=dict)
    chart: bool = False
    protected: bool = False
    visible: int = -1
    reads: int = 0
    writes: int = 0

    def at(self, row: int, column: int) -> Held:
        """Return a cell as it stands; as a test wants it, without counting."""
        self.book.settle()
        return self.held((row, column))

    def held(self, place: Place) -> Held:
        """Return a cell, not calculated; a blank one has the format of its column."""
        return self.cells.get(place, Held(format=self.columns.get(place[1], GENERAL)))

    def __getitem__(self, a1: str) -> Held:
        return self.at(*coordinate_to_tuple(a1))

    def type(self, a1: str, data: object) -> None:
        """Type into a cell, as a person does, without counting."""
        place = coordinate_to_tuple(a1)
        self.put(iter([(place, typed(self.at(*place), data))]))
        self.writes -= 1

    def asked(self) -> None:
        """Count a question."""
        self.book.require_answer()
        if self.chart:
            raise com_error(-2147352567, "对象不支持该属性或方法。", None, None)
        self.reads += 1

    def put(self, cells: Iterator[tuple[Place, Held]]) -> None:
        """Write all cells or, where Excel refuses, none."""
        self.book.require_answer()
        if self.book.answers is not None:
            self.book.busy = self.book.answers == 0
            self.book.answers -= 1
            self.book.require_answer()
        if self.protected or self.chart:
            raise com_error(-2147352567, "您试图更改的单元格位于受保护的工作表中。", None, None)
        self.writes += 1
        for place, held in cells:
            hidden = any(area.holds(place) and place != (area.top, area.left) for area in self.merges)
            kept = replace(held, value=None, formula=None) if hidden else held
            self.cells[place] = kept
            self.book.changed(self, place)

    def used(self) -> Area:
        """Return the used range, cells with nothing but a format included."""
        rows = [row for row, _ in self.cells] or [1]
        columns = [column for _, column in self.cells] or [1]
        return Area(min(rows), min(columns), max(rows), max(columns))

    def contents(self) -> dict[Place, Held]:
        """Return all cells that hold something, to compare before and after."""
        self.book.settle()
        return {place: held for place, held in sorted(self.cells.items()) if held != Held()}

    def grid(self) -> Grid:
        """Return the cells for a calculation."""
        cells = {place: cell for place, held in self.cells.items() if (cell := _cell(held)) is not None}
        return Grid(self.name, cells, tuple(self.merges))


def load(data: bytes, name: str, path: str = "") -> Workbook:
    """Return a workbook file as Excel has it after opening."""
    shown = openpyxl.load_workbook(BytesIO(data), data_only=True)
    behind = openpyxl.load_workbook(BytesIO(data))
    book = Workbook(name, path)
    book.names = {each.name: f"={each.value}" for each in behind.defined_names.values()}
    for sheet in behind.worksheets:
        merges = [
            Area(each.min_row, each.min_col, each.max_row, each.max_col) for each in sheet.merged_cells.ranges
        ]
        results = shown[sheet.title]
        cells = {
            (row, column): _loaded(cell, results.cell(row, column).value)
            for row, line in enumerate(sheet.iter_rows(), 1)
            for column, cell in enumerate(line, 1)
        }
        columns = {
            column: each.number_format
            for each in sheet.column_dimensions.values()
            for column in range(each.min or 1, (each.max or 0) + 1)
        }
        book.sheets.append(Worksheet(sheet.title, book, cells, merges, columns))
    book.active = book.sheets[behind.worksheets.index(behind.active)] if behind.active else book.sheets[0]
    return book


def load_file(path: Path) -> Workbook:
    """Return a file as Excel has it after opening."""
    return load(path.read_bytes(), path.name, str(path))


def _loaded(cell: Any, result: object) -> Held:
    """One cell of openpyxl: the constant, or the formula with its cached result."""
    text = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    behind = text[1:] if cell.data_type == "f" and isinstance(text, str) else None
    value: Any = result
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        value = serial(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    elif isinstance(value, str) and cell.data_type == "e":
        value = Error(value)
    if behind is not None and value is None:
        value = ""
    return Held(value, behind, cell.number_format)


def _cell(held: Held) -> Cell | None:
    if held.formula is not None and held.value is None:
        return Cell(None, CellClass.BLANK, held.formula)
    value = raw(held)
    if isinstance(held.value, Error):
        return Cell(held.value.text, CellClass.ERROR, held.formula)
    if value is None:
        return None
    if isinstance(value, bool):
        return Cell(value, CellClass.BOOL, held.formula)
    if isinstance(held.value, float) and isinstance(value, float | Decimal):
        return Cell(Decimal(f"{held.value:.15g}"), CellClass.NUMBER, held.formula)
    if isinstance(value, str):
        return Cell(value, CellClass.TEXT, held.formula)
    assert isinstance(value, dt.datetime | dt.time)
    return Cell(value, CellClass.DATE, held.formula)
