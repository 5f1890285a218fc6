"""xlwings' object model over the workbooks of :mod:`support.headless.model`.

Only the calls that macros make; any other raises NotImplementedError in xlwings' base classes.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple
from xlwings import XlwingsError, base_classes

from support.headless.cells import ERRORS, Held, formula, raw, typed
from support.headless.model import Workbook, Worksheet, load_file
from support.headless.names import Names
from support.headless.retry import com_error
from zipingbiao.book.cells import Area, column_letters

_KNOWN_ERRORS = {number: text for text, number in ERRORS.items() if text != "#SPILL!"}


class Engine:
    """What ``xlwings.Engine(impl=…)`` wants; a desktop Excel by its name and type."""

    name, type = "excel", "desktop"

    def __init__(self) -> None:
        self.app = App(self)
        self.apps = Apps(self.app)

    @staticmethod
    def clean_value_data(
        data: Any, _dates: Callable[..., Any], empty_as: Any, _numbers: Any, err_to_str: bool
    ) -> list[list[Any]]:
        """Turn what a range gave into values: blanks, and errors by their text or as blanks."""

        def clean(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if isinstance(value, int) and not isinstance(value, bool) and value in _KNOWN_ERRORS:
                return _KNOWN_ERRORS[value] if err_to_str else None
            return value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        """Turn a value into what goes over: None empties a cell."""
        return "" if value is None else value


class Apps(base_classes.Apps):
    def __init__(self, app: App) -> None:
        self._app = app

    def keys(self) -> list[int]:
        return [self._app.pid]

    def __iter__(self) -> Iterator[App]:
        yield self._app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, _pid: int) -> App:
        return self._app


class App(base_classes.App):
    pid = 1
    engine: Any = None
    screen_updating: Any = True

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.open_books: list[Workbook] = []
        self.shown_below: list[str | bool] = []
        self.selected: tuple[Worksheet, Area] | None = None

    @property
    def api(self) -> App:
        return self

    @property
    def status_bar(self) -> str | bool:
        return self.shown_below[-1] if self.shown_below else False

    @status_bar.setter
    def status_bar(self, text: str | bool) -> None:
        self.shown_below.append(text)

    @property
    def calculation(self) -> str:
        for book in self.open_books:
            book.require_answer()
        return "manual" if any(book.manual for book in self.open_books) else "automatic"

    @calculation.setter
    def calculation(self, mode: str) -> None:
        for book in self.open_books:
            book.manual = mode == "manual"

    def calculate(self) -> None:
        """Calculate every open workbook, as Excel does."""
        for book in self.open_books:
            book.calculate()

    def activate(self, steal_focus: bool = False) -> None:
        """There is no window to bring to the front."""

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        return Range(self, self.selected[0], [self.selected[1]]) if self.selected else None


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        if not self.app.open_books:
            raise com_error(-2146827284, "没有活动工作簿", None, None)
        return Book(self.app, self.app.open_books[-1])

    def __call__(self, name_or_index: str | int) -> Book:
        for number, model in enumerate(self.app.open_books, 1):
            if name_or_index in (model.name, number):
                return Book(self.app, model)
        raise KeyError(name_or_index)

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self) -> Iterator[Book]:
        return (Book(self.app, model) for model in self.app.open_books)

    def add(self) -> Book:
        model = Workbook(f"工作簿{len(self.app.open_books) + 1}")
        model.sheets = [Worksheet("Sheet1", model)]
        model.active = model.sheets[0]
        return self.show(model)

    def open(self, fullname: str, *_options: Any) -> Book:
        return self.show(load_file(Path(fullname)))

    def show(self, model: Workbook) -> Book:
        self.app.open_books.append(model)
        return Book(self.app, model)


class Book(base_classes.Book):
    app: Any = None

    def __init__(self, app: App, model: Workbook) -> None:
        self.app, self.model = app, model

    def activate(self) -> None:
        self.model.require_answer()

    @property
    def name(self) -> str:
        self.model.require_answer()
        return self.model.name

    @property
    def fullname(self) -> str:
        self.model.require_answer()
        if "://" in self.model.path:
            raise XlwingsError("Couldn't find the local OneDrive folder")
        return self.model.path or self.model.name

    @property
    def sheets(self) -> Sheets:
        self.model.require_answer()
        return Sheets(self)

    @property
    def names(self) -> Names:
        self.model.require_answer()
        return Names(self.model)


class Sheets(base_classes.Sheets):
    """The worksheets; a chart sheet is none of them, but can be the active one."""

    def __init__(self, book: Book) -> None:
        self._book, self._model = book, book.model

    @property
    def _worksheets(self) -> list[Worksheet]:
        return [sheet for sheet in self._model.sheets if not sheet.chart]

    @property
    def active(self) -> Sheet:
        assert self._model.active is not None
        return Sheet(self._book, self._model.active)

    def __call__(self, name_or_index: str | int) -> Sheet:
        for number, sheet in enumerate(self._worksheets, 1):
            if name_or_index in (sheet.name, number):
                return Sheet(self._book, sheet)
        raise com_error(-2147352565, "下标越界", None, None)

    def __len__(self) -> int:
        return len(self._worksheets)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self._book, sheet) for sheet in self._worksheets)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        if self._model.fixed:
            raise com_error(-2146827284, "工作簿受保护，无法更改。", None, None)
        if after is not None and after.model is self._worksheets[-1] and after.model.visible != -1:
            raise com_error(-2146827284, "类 Worksheet 的 Move 方法无效。", None, None)  # xlwings moves it
        for number in range(self._model.selected):
            made = Worksheet(f"Sheet{len(self._model.sheets) + 1}", self._model)
            self._model.sheets.insert(_position(self._model, before, after) + number, made)
        self._model.active = made
        made.name = name or made.name
        return Sheet(self._book, made)


class Sheet(base_classes.Sheet):
    book: Any = None
    visible: Any = None

    def __init__(self, book: Book, model: Worksheet) -> None:
        self.book, self.model, self.visible = book, model, model.visible

    @property
    def name(self) -> str:
        return self.model.name

    @name.setter
    def name(self, name: str) -> None:
        self.model.name = name

    @property
    def index(self) -> int:
        return self.model.book.sheets.index(self.model) + 1

    @property
    def used_range(self) -> Range:
        return Range(self.book.app, self.model, [self.model.used()], self.book)

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        self.model.book.require_answer()
        if self.model.chart:
            raise com_error(-2147352567, "图表工作表没有单元格。", None, None)
        areas = _areas(arg1)
        if arg2 is not None:
            last = _areas(arg2)[-1]
            areas = [Area(areas[0].top, areas[0].left, last.bottom, last.right)]
        return Range(self.book.app, self.model, areas, self.book)

    def activate(self) -> None:
        self.book.model.active = self.model

    def select(self) -> None:
        self.book.model.active, self.book.model.selected = self.model, 1

    def delete(self) -> None:
        if self.book.model.fixed:
            raise com_error(-2146827284, "工作簿受保护，无法更改。", None, None)
        self.book.model.sheets.remove(self.model)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        workbook = self.book.model
        if workbook.fixed:
            raise com_error(-2146827284, "工作簿受保护，无法更改。", None, None)
        made = copy.copy(self.model)
        made.name, made.cells, made.reads, made.writes = f"{self.model.name} (2)", dict(made.cells), 0, 0
        workbook.sheets.insert(_position(workbook, before, after), made)
        workbook.active = made


class Range(base_classes.Range):
    """One rectangle, or several when the address names several; questions are for all of them."""

    options: Any = None
    api: Any = True

    def __init__(self, app: App, model: Worksheet, areas: Sequence[Area], book: Book | None = None) -> None:
        self._app, self.model, self._areas, self._book = app, model, areas, book
        self._first = areas[0]

    @property
    def sheet(self) -> Sheet:
        return Sheet(self._book or Book(self._app, self.model.book), self.model)

    @property
    def row(self) -> int:
        return self._first.top

    @property
    def column(self) -> int:
        return self._first.left

    @property
    def shape(self) -> tuple[int, int]:
        return self._first.bottom - self._first.top + 1, self._first.right - self._first.left + 1

    @property
    def address(self) -> str:
        ends = [(self._first.left, self._first.top), (self._first.right, self._first.bottom)]
        first, last = (f"${column_letters(column)}${row}" for column, row in ends)
        return first if first == last else f"{first}:{last}"

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> Range:
        if column is None:
            down, right = divmod(row - 1, self.shape[1])
            row, column = down + 1, right + 1
        top, left = self.row + row - 1, self.column + column - 1
        return Range(self._app, self.model, [Area(top, left, top, left)], self._book)

    @property
    def raw_value(self) -> Any:
        return self._shown(raw)

    @raw_value.setter
    def raw_value(self, data: Any) -> None:
        self._write(data)

    @property
    def formula(self) -> Any:
        return self._shown(formula)

    @formula.setter
    def formula(self, data: Any) -> None:
        self._write(data)

    @property
    def number_format(self) -> str | None:
        self.model.asked()
        found = {self._held(place).format for place in self._places()}
        return found.pop() if len(found) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        held = [(place, self._held(place)) for place in self._places()]
        self.model.put((place, Held(one.value, one.formula, code)) for place, one in held)

    @property
    def merge_cells(self) -> bool | None:
        self.model.asked()
        found = {any(area.holds(place) for area in self.model.merges) for place in self._places()}
        return found.pop() if len(found) == 1 else None

    @property
    def merge_area(self) -> Range:
        self.model.asked()
        place = (self.row, self.column)
        area = next((area for area in self.model.merges if area.holds(place)), Area(*place, *place))
        return Range(self._app, self.model, [area], self._book)

    def select(self) -> None:
        self.model.book.require_answer()
        self._app.selected = (self.model, self._first)

    def clear_contents(self) -> None:
        self.model.put(iter([(place, Held(format=self._held(place).format)) for place in self._places()]))

    def _shown(self, show: Callable[[Held], Any]) -> Any:
        self.model.asked()
        self.model.book.settle()
        area = self._first
        rows = tuple(
            tuple(show(self._held((row, column))) for column in range(area.left, area.right + 1))
            for row in range(area.top, area.bottom + 1)
        )
        return rows[0][0] if len(self) == 1 else rows

    def _write(self, data: Any) -> None:
        area = self._first
        rows = data if isinstance(data, list | tuple) else [[data] * self.shape[1]] * self.shape[0]
        assert (len(rows), len(rows[0])) == self.shape, "Excel would fill the rest with #N/A"
        self.model.put(
            (place, typed(self._held(place), rows[place[0] - area.top][place[1] - area.left]))
            for place in self._places()
        )

    def _places(self) -> Iterator[tuple[int, int]]:
        for area in self._areas:
            for row in range(area.top, area.bottom + 1):
                yield from ((row, column) for column in range(area.left, area.right + 1))

    def _held(self, place: tuple[int, int]) -> Held:
        return self.model.held(place)


def _position(book: Workbook, before: Sheet | None, after: Sheet | None) -> int:
    if before is not None:
        return book.sheets.index(before.model)
    return book.sheets.index(after.model) + 1 if after is not None else 0


def _areas(given: Any) -> list[Area]:
    """The rectangles of an address, a (row, column) or a range."""
    if isinstance(given, Range):
        return list(given._areas)
    if isinstance(given, tuple):
        return [Area(*given, *given)]
    assert len(given) <= 255, "Excel takes no longer address"
    found = []
    for part in given.split(","):
        (left, top), (right, bottom) = (_corner(corner) for corner in (part.split(":") * 2)[:2])
        found.append(Area(top, left, bottom, right))
    return found


def _corner(a1: str) -> tuple[int, int]:
    row, column = coordinate_to_tuple(a1.replace("$", ""))
    return column, row
