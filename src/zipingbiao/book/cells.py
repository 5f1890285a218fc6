"""Cells of a workbook as every reader delivers them; no Excel library is known beyond this point."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

if TYPE_CHECKING:
    from zipingbiao.book.blocks import Block, TablePlaces

# So many places of merged ranges are written out for one sheet; what is larger than its share is
# looked for when asked, and only in rows that hold something.
_MERGED_PLACES = 200_000
_ROW_SAID = regex(r"第(\d+)行")

BODY = "正文"
"""What a place in the running text of a document says instead of the name of a sheet; its rows are the paragraphs."""


class CellClass(StrEnum):
    """What a cell holds by its type *and* its number format."""

    NUMBER = "number"
    PERCENT = "percent"  # value is the stored fraction: 0.95 is shown as 95%
    CURRENCY = "currency"
    DATE = "date"
    TEXT = "text"
    BOOL = "bool"
    ERROR = "error"  # value is the text of the error: #DIV/0!
    BLANK = "blank"  # only for a formula without a cached value


SHOWN_OTHERWISE = frozenset({CellClass.DATE, CellClass.PERCENT})
"""Classes of cells in which a number is seen as another one: 45 as 4500% or as a day of 1900."""


class Visibility(StrEnum):
    """How a sheet is shown, in the words of the file format."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


Scalar = Decimal | str | bool | dt.datetime | dt.date | dt.time | None


class Cell(NamedTuple):
    """One used cell.

    Attributes:
        value: Decimal for NUMBER, PERCENT and CURRENCY; str for TEXT and ERROR; a datetime or
            time for DATE; bool; None for BLANK.
        kind: the class, from the type and the number format.
        formula: the formula without its ``=``, or None; for a formula *value* is the cached
            result. A dependent of a shared or array formula carries its own text where the
            reader can derive it, else ``""``; so does every formula of a kind whose reader does
            not take formulas apart (.xls, .xlsb).
        decimals: decimals shown by the number format of a PERCENT or NUMBER cell, if it fixes them.
        shows: of a BLANK cell, the class that a number would have under its format; None elsewhere.
        digits: of a NUMBER that may be a code, all digits as a person sees them where *value* does not
            hold them: more than 15, or zeros that its format puts before it; None elsewhere.
    """

    value: Scalar
    kind: CellClass
    formula: str | None = None
    decimals: int | None = None
    shows: CellClass | None = None
    digits: str | None = None


class Ref(NamedTuple):
    """The place of a cell: sheet name, row and column counted from 1. Reads ``自评表!H12``.

    In a document, where nobody sees addresses, *said* is the place in words: ``附件1（表6）第5行第4列``.
    Two places are equal only if both say so: of a sheet that was read they come from :meth:`Grid.ref`.
    """

    sheet: str
    row: int
    column: int
    said: str = ""

    def __str__(self) -> str:
        return f"{self.sheet}!{self.a1}"

    @property
    def a1(self) -> str:
        """The address without the sheet: ``H12``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def place(self) -> str:
        """Where a person finds it: the address, in a document the place in words."""
        return self.said or str(self)

    @property
    def row_label(self) -> str:
        """The number of its row as a person counts it: in a document that within the table."""
        found = _ROW_SAID.search(self.said)
        return found[1] if found else str(self.row)

    @property
    def table(self) -> str:
        """What a document calls the table in which it stands: ``附件1（表6）``; "" in a workbook."""
        return self.said.partition("第")[0]

    @property
    def place_here(self) -> str:
        """As :attr:`place`, where the sheet is known already: ``H12``."""
        return self.said or self.a1


class Area(NamedTuple):
    """A rectangle of cells, bounds included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, place: tuple[int, int]) -> bool:
        """Tell whether a place, row and column, lies in it."""
        row, column = place
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def __str__(self) -> str:
        first, last = Ref("", self.top, self.left).a1, Ref("", self.bottom, self.right).a1
        return first if first == last else f"{first}:{last}"


@frozen
class Grid:
    """The used cells of one sheet, sparse, with its merged ranges and hidden flags.

    ``cells`` maps (row, column), counted from 1, to a :class:`Cell`; formatted empty cells are
    not in it. Merged ranges are as in the file; only their top left cell holds a value. ``repeated``
    are cells that the file holds twice, which a sound one never does: ``cells`` has the last. ``places``
    says in a document where its cells are found; ``unseen`` are those of its cells that hold text nobody sees.
    """

    sheet: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()
    visibility: Visibility = Visibility.VISIBLE
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    repeated: frozenset[tuple[int, int]] = frozenset()
    places: TablePlaces | None = None
    unseen: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def ref(self) -> Callable[[int, int], Ref]:
        """Return the place of a cell of this sheet, of its row and column."""
        sheet, places = self.sheet, self.places
        if places is None:
            return partial(Ref, sheet)
        return lambda row, column: Ref(sheet, row, column, places.said(row, column))

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that stands exactly here, without looking through merges."""
        return self.cells.get((row, column))

    def merge_at(self, row: int, column: int) -> Area | None:
        """Return the merged range that covers this place, if any."""
        return self.merged((row, column))

    def through_merge(self, row: int, column: int) -> tuple[Ref, Cell | None]:
        """Return the place and cell that a person sees here: a merged range shows its first cell."""
        area = self.merge_at(row, column)
        if area is not None:
            row, column = area.top, area.left
        return self.ref(row, column), self.at(row, column)

    @cached_property
    def rows(self) -> Mapping[int, tuple[int, ...]]:
        """Used columns of each used row, both ascending."""
        found: dict[int, list[int]] = {}
        for row, column in self.cells:
            found.setdefault(row, []).append(column)
        return {row: tuple(sorted(found[row])) for row in sorted(found)}

    @cached_property
    def merged(self) -> Callable[[tuple[int, int]], Area | None]:
        """What :meth:`merge_at` asks by row and column together: in a loop over all cells each call counts."""
        covers, large = self._covers(), self._large_merges()

        def merged(place: tuple[int, int]) -> Area | None:
            return covers.get(place) or next(
                (area for area in large.get(place[0], ()) if area.holds(place)), None
            )

        return merged if large else covers.get

    def _covers(self) -> Mapping[tuple[int, int], Area]:
        """The merged range over each place that one covers, without the large ones; of two the first."""
        large = self._least_large
        return {
            (row, column): area
            for area in reversed(self.merges)
            if area.size < large
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }

    def _large_merges(self) -> Mapping[int, list[Area]]:
        """The large merged ranges, by the used rows that they cover."""
        found: dict[int, list[Area]] = {}
        large = self._least_large
        for area in [area for area in self.merges if area.size >= large]:
            used = list(self.rows)
            for row in used[bisect_left(used, area.top) : bisect_right(used, area.bottom)]:
                found.setdefault(row, []).append(area)
        return found

    @property
    def _least_large(self) -> int:
        """The size from which on a merged range is large."""
        return _MERGED_PLACES // max(len(self.merges), 1) + 1


@frozen
class Book:
    """A file as read: its sheets, or the tables of a document as sheets, and what it says of itself.

    Attributes:
        path: as given by the caller; only for messages.
        grids: sheets in the order of the file, without those that the caller did not want.
        names: defined names of the workbook, name → text of its formula (hidden ones too).
        digest: blake2b-128 of the file's bytes in hex; "" when there is no file.
        notes: what the reader wants a person to know (limits met, parts left out), in Chinese.
        kind: what the file is by its content, ``xlsx``, ``xlsm``, ``docx`` …; "" when there is no file.
        writable: whether changes can be patched back into the file.
        blocks: of a document its paragraphs and tables in their order; of a workbook empty.
        part: of a document the part in which they stand.
        heads: the texts that are printed above and below its pages.
    """

    path: str
    grids: tuple[Grid, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    notes: tuple[str, ...] = ()
    kind: str = ""
    writable: bool = False
    blocks: tuple[Block, ...] = ()
    part: str = ""
    heads: tuple[str, ...] = ()

    def grid(self, sheet: str) -> Grid:
        """Return the sheet of this name.

        Raises:
            KeyError: there is none.
        """
        for grid in self.grids:
            if grid.sheet == sheet:
                return grid
        raise KeyError(sheet)

    def __iter__(self) -> Iterator[Grid]:
        return iter(self.grids)


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 27 is ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column from its letters: ``AA`` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
