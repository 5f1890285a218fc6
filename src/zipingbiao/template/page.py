"""One project sheet while it is written, row by row, from the top."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from zipingbiao.book.cells import column_letters
from zipingbiao.book.write.new_cells import lines_needed, put
from zipingbiao.scoring.profile import Profile
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.styles import Styles
from zipingbiao.template.sums import Formula

LINE_HEIGHT = 15  # points, for text of 11 points
_ROOM = 6
_NARROW = 8
ONE_LINE = 20  # what programs give a row of the table without a height of its own
_HIGHEST = 409  # Excel's limit

Value = str | int | Decimal | None


class Page:
    """A project sheet that grows downwards; rows and columns are counted from 0, as the library does.

    Attributes:
        widths: width of each column in characters, also beyond the print area.
        last: the last printed column.
        row: the row to be written next.
        number: the same row as formulas name it, counted from 1.
        breaks: whether a row begins a new printed page.
        printed: how many rows are printed.
        names: single cells that get a name of this sheet, as ``H48``.
    """

    def __init__(
        self, sheet: Any, styles: Styles, new: NewWorkbook, project: NewProject, profile: Profile
    ) -> None:
        self.sheet, self.styles, self.new, self.project, self.profile = sheet, styles, new, project, profile
        self.widths: Sequence[float] = ()
        self.last = 0
        self.row = 0
        self.names: dict[str, str] = {}
        self.breaks = False
        self.printed = 0
        self._heights: dict[int, float] = {}

    def end_print(self) -> None:
        """Leave what is written from here on out of the print area."""
        self.printed = self.row

    @property
    def height(self) -> float:
        """How high the printed rows are, in points; a row without a height of its own fits one line."""
        return sum(self._heights.get(row, ONE_LINE) for row in range(self.printed))

    def break_here(self) -> None:
        """Begin a new printed page at the current row."""
        self.breaks = True
        self.sheet.set_h_pagebreaks([self.row])

    @property
    def number(self) -> int:
        """The number of the row to be written next, as people count."""
        return self.row + 1

    def open(self, widths: Sequence[float], last: int) -> None:
        """Set the columns: printed ones up to *last*, a narrow gap, then what is not printed."""
        self.widths, self.last = widths, last
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)

    def beside(
        self, columns: Mapping[str, int], more: Mapping[str, float], *, hidden: bool = False
    ) -> dict[str, int]:
        """Set further columns at the right by their widths; return them with *columns*.

        Hidden ones are grouped: a click on the + above them shows them.
        """
        found, options = dict(columns), {"hidden": True, "level": 1} if hidden else {}
        for column, (role, width) in enumerate(more.items(), len(self.widths)):
            self.sheet.set_column(column, column, width, None, options)
            found[role] = column
        self.widths = (*self.widths, *more.values())
        return found

    def put(self, left: int, right: int, value: Value, style: Any, rows: int = 1) -> None:
        """Write one value at the current row, merged over columns *left* to *right* and *rows* rows."""
        if rows > 1 or right > left:
            self.sheet.merge_range(self.row, left, self.row + rows - 1, right, "", style)
        if isinstance(value, Formula):
            self.sheet.write_formula(self.row, left, str(value), style)
        else:
            put(self.sheet, self.row, left, value, style)

    def line(self, *cells: tuple[int, int, Value, Any], least: int = 1) -> None:
        """Write one row of (left, right, value, style), as high as its longest text needs."""
        for cell in cells:
            self.put(*cell)
        lines = [
            lines_needed(value, sum(self.widths[left : right + 1]))
            for left, right, value, _ in cells
            if isinstance(value, str) and not isinstance(value, Formula)
        ]
        self.high(max([least, *lines]))
        self.row += 1

    def fit(self, texts: Iterable[tuple[int, str]]) -> None:
        """Make the current row high enough for (column, text); one line leaves it to the program.

        A row without a height of its own grows with what people type into it later.
        """
        lines = max(
            (lines_needed(text, self.widths[at]) for at, text in texts if not isinstance(text, Formula)),
            default=1,
        )
        if lines > 1:
            self.high(lines)

    def high(self, lines: int) -> None:
        """Give the current row room for so many lines of text, as far as a row can be that high."""
        self._set(min(_ROOM + LINE_HEIGHT * lines, _HIGHEST))

    def spaced(self, height: float = _NARROW) -> None:
        """Leave a blank row, narrow unless it is to hold a line."""
        self._set(height)
        self.row += 1

    def _set(self, height: float) -> None:
        self._heights[self.row] = height
        self.sheet.set_row(self.row, height)


def cell(column: int, row: int) -> str:
    """The address of a cell by its column counted from 0 and its row counted from 1: ``D12``."""
    return f"{column_letters(column + 1)}{row}"
