"""What formulas see of a workbook: values by place, and the used places of an area."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from zipingbiao.book.cells import Area, Book, Cell, CellClass
from zipingbiao.book.formulas.values import ExcelError, UnknownError, Value
from zipingbiao.values.frozen import frozen

Spot = tuple[str, int, int]
"""Sheet, row and column: as a :class:`~zipingbiao.book.cells.Ref`, but cheap to make and to look up."""

# Up to this many places are looked at one by one, without an index of the sheet.
_SMALL = 256
# An array of more values than this is left to Excel.
MOST_VALUES = 100_000


def size(area: Area) -> int:
    """Return how many cells an area has."""
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)


class Occupied:
    """Places of one sheet by column, so that those within an area are found without a search."""

    def __init__(self, places: Iterable[tuple[int, int]]) -> None:
        by_column: dict[int, list[int]] = {}
        for row, column in places:
            by_column.setdefault(column, []).append(row)
        self._rows = {column: sorted(by_column[column]) for column in sorted(by_column)}
        self._columns = list(self._rows)

    def within(self, area: Area) -> Iterator[tuple[int, int]]:
        """Yield the places inside, column by column."""
        first, last = bisect_left(self._columns, area.left), bisect_right(self._columns, area.right)
        for column in self._columns[first:last]:
            rows = self._rows[column]
            for row in rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]:
                yield row, column


class Cells:
    """The values of a workbook under the values that are new.

    Args:
        book: as read.
        new: values that stand instead of those in the book; None is blank. It may grow and
            change later, but only in places that the book or *new* already know.
    """

    def __init__(self, book: Book, new: Mapping[Spot, Value | UnknownError]) -> None:
        self._grids = {grid.sheet: grid for grid in book.grids}
        self._names = {grid.sheet.casefold(): grid.sheet for grid in book.grids}
        self._new = new
        self._occupied: dict[str, Occupied] = {}

    def sheet(self, name: str) -> str | None:
        """Return the sheet that a formula means by *name*, without regard to case; None: no such."""
        return self._names.get(name.casefold())

    def value(self, spot: Spot) -> Value:
        """Return the value of a cell; errors are returned, not raised.

        Raises:
            UnknownError: a date, a result that is not known, or a sheet that was not read.
        """
        if spot in self._new:
            new = self._new[spot]
            if isinstance(new, UnknownError):
                raise new
            return new
        sheet, row, column = spot
        return stored(self._grids[sheet].cells.get((row, column)))

    def kind(self, spot: Spot) -> CellClass | None:
        """Return the class of a cell as read; None for a blank one."""
        cell = self._grids[spot[0]].cells.get(spot[1:])
        return None if cell is None else cell.kind

    def used(self, sheet: str, area: Area) -> Iterable[tuple[int, int]]:
        """Return the places in an area that may hold something."""
        if size(area) <= _SMALL:
            return every_place(area)
        if sheet not in self._occupied:
            places = {(row, column) for name, row, column in self._new if name == sheet}
            self._occupied[sheet] = Occupied(places.union(self._grids[sheet].cells))
        return self._occupied[sheet].within(area)


def every_place(area: Area) -> Iterator[tuple[int, int]]:
    """Yield all places of an area, row by row.

    Raises:
        UnknownError: it has more than ``MOST_VALUES``.
    """
    if size(area) > MOST_VALUES:
        raise UnknownError("too large an area")
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


@frozen
class Range:
    """An area of a sheet as an operand: functions read its cells, arithmetic only a single one."""

    cells: Cells
    sheet: str
    area: Area

    def at(self, row: int, column: int) -> Value:
        """Return the value of a cell of the sheet."""
        return self.cells.value((self.sheet, row, column))

    def values(self) -> Iterator[Value]:
        """Yield what stands in the area, without its blank cells."""
        for row, column in self.cells.used(self.sheet, self.area):
            value = self.at(row, column)
            if value is not None:
                yield value

    def matrix(self) -> list[list[Value]]:
        """Return all values, row by row.

        Raises:
            UnknownError: they are too many, or one of them is not known.
        """
        width = self.area.right - self.area.left + 1
        flat = [self.at(row, column) for row, column in every_place(self.area)]
        return [flat[start : start + width] for start in range(0, len(flat), width)]

    def kind(self) -> CellClass | None:
        """Return the class of the top left cell; None for a blank one."""
        return self.cells.kind((self.sheet, self.area.top, self.area.left))

    def single(self) -> Value:
        """Return the value of the one cell.

        Raises:
            UnknownError: there are several; which one is meant depends on the version of Excel.
        """
        if size(self.area) > 1:
            raise UnknownError("several cells for one value")
        return self.at(self.area.top, self.area.left)


def stored(cell: Cell | None) -> Value:
    """Return the value of a cell as read.

    Raises:
        UnknownError: it is a date, or a formula without a cached value.
    """
    if cell is None:
        return None
    if cell.kind is CellClass.ERROR:
        return ExcelError(str(cell.value))
    if isinstance(cell.value, Decimal | str | bool):
        return cell.value
    raise UnknownError(f"{cell.kind.value} cell")
