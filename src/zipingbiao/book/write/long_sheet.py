"""A list of many rows in a new workbook: each row is one string of XML, the library writes all that stands around them.

The library takes a hundred steps for each cell; here a cell of a value that was seen before takes two.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Generic

from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from zipingbiao.book.cells import column_letters
from zipingbiao.book.write.new_cells import (
    LINE_HEIGHT,
    Column,
    Formats,
    Style,
    T,
    address_of,
    height_of,
)
from zipingbiao.book.write.row_text import BLANK, RowText, RowTexts, parted

_MOST_LINKS = 65_530  # of one sheet
_MOST_STYLED = 512
_AT_ONCE = 64  # rows
_ROW = "\x00"
"""Where the number of the row stands in what all rows have in common."""


class LongSheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """A worksheet that takes finished rows, from above to below, after what was written into it by its cells.

    Nothing else knows what the library keeps for itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._finished: list[str] = []
        self._last = -1  # finished row
        self.previous_row: int
        self._links = io.BytesIO()  # as bytes, not as objects of the library: there may be many
        self._linked = 0
        self._targets: dict[str, int] = {}

    def style_of(self, look: Any) -> int:
        """Return the number of a format of this workbook, as a cell names it."""
        return int(look._get_xf_index())  # noqa: SLF001 no other way

    def link(self, row: int, column: int, address: str) -> None:
        """Let a cell of the next row open an address, as long as Excel can hold more links.

        Cells that open the same file share one relationship.
        """
        file, _, within = address.partition("#")
        if self._linked >= _MOST_LINKS or self._is_too_long(file) or self._is_too_long(within):
            return
        self._linked += 1
        number = self._targets.setdefault(file, len(self._targets) + 1)
        inside = f' location="{escape(within)}"' if within else ""
        place = f"{column_letters(column + 1)}{row + 1}"
        self._links.write(f'<hyperlink ref="{place}" r:id="rId{number}"{inside}/>'.encode())

    def _is_too_long(self, text: str) -> bool:
        """Whether a part of a link has more UTF-16 units, of which a sign has at most two, than Excel can hold."""
        most = int(self.max_url_length)
        return 2 * len(text) > most and len(text.encode("utf-16-le", "surrogatepass")) > 2 * most

    def add(self, row: int, columns: int, xml: str) -> None:
        """Write a row of so many columns, counted from 0."""
        self._check_dimensions(row, columns - 1)
        self.begin(row)
        self._finished.append(xml)
        if self.constant_memory and len(self._finished) >= _AT_ONCE:
            self._write_finished()

    def begin(self, row: int) -> None:
        """Let a finished row come next: what was written above it, by its cells, is written out, and its styles get their numbers."""
        if self.constant_memory and self.previous_row != self._last:
            self._write_single_row(row)
        self.previous_row = self._last = row

    def _write_finished(self) -> None:
        self.fh.write("".join(self._finished))
        self._finished.clear()

    def _write_single_row(self, current_row_num: int = 0) -> None:
        self._write_finished()
        super()._write_single_row(current_row_num)

    def _write_rows(self) -> None:
        super()._write_rows()
        self._write_finished()

    def _write_optimized_sheet_data(self) -> None:
        if self.dim_rowmin is None:
            super()._write_optimized_sheet_data()
            return
        self._xml_start_tag("sheetData")
        self.row_data_fh.flush()
        self.fh.flush()
        with self.row_data_fh.buffer as rows:  # as bytes: the library reads and writes them as texts
            rows.seek(0)
            shutil.copyfileobj(rows, self.fh.buffer)
        Path(self.row_data_filename).unlink()
        self._xml_end_tag("sheetData")

    def _write_hyperlinks(self) -> None:
        if not self._targets:
            return
        self.fh.write(f"<hyperlinks>{self._links.getvalue().decode()}</hyperlinks>")
        self.rel_count += len(self._targets)  # they are the first ones of a sheet
        for file in self._targets:
            target = Url(file)._target()  # noqa: SLF001 no other way
            self.external_hyper_links.append(["/hyperlink", target, "External"])


class Lines(Generic[T]):
    """The records of a long sheet as its rows, which look as those of :func:`zipingbiao.book.write.new_cells.put_record`."""

    def __init__(
        self,
        sheet: LongSheet,
        columns: Sequence[Column[T]],
        formats: Formats,
        *,
        total: bool = False,
        usual: float = LINE_HEIGHT,
    ) -> None:
        """Begin rows: such of totals, or others; those that are as high as is *usual* do not tell it."""
        self._sheet, self._columns, self._formats = sheet, columns, formats
        self._total, self._usual = total, usual
        self._joined, self._own = (
            RowTexts([column for column in columns if column.joined is joined]) for joined in (True, False)
        )
        # joined ones are put before the others
        places = sorted(range(len(columns)), key=lambda place: not columns[place].joined)
        self._order = [places.index(place) for place in range(len(columns))]
        self._differing = [place for place, column in enumerate(columns) if column.looks_differ]
        self._linked = [place for place, column in enumerate(columns) if column.link is not None]
        self._styled: dict[str, str] = {}
        self._pattern = ""

    def put(self, row: int, record: T, own: RowText | None = None, *, folded: bool = False) -> float:
        """Write one record as a row, high enough for its longest text; a *folded* row is hidden. Return the height.

        What the columns say that are not joined is *own*, where that was kept; then the others alone are asked.
        """
        joined, own = self._joined.of(record), own or self._own.of(record)
        found, number = (*joined.cells, *own.cells), str(row + 1)
        cells = [found[at] for at in self._order] if joined.cells else list(found)
        for place in self._linked:
            if cells[place] != BLANK and (address := address_of(self._columns[place], record)):
                self._sheet.link(row, place, address)
        self._pattern = self._pattern or self._made(cells)
        for place in self._differing:
            cells[place] = self._style(cells[place])
        height = height_of(max(joined.lines, own.lines))
        hidden = ' hidden="1"' if folded else ""
        high = "" if height == self._usual else f' ht="{height:g}"{hidden} customHeight="1"'
        inside = self._pattern.replace(_ROW, number) % tuple(cells)
        self._sheet.add(row, len(cells), f'<row r="{number}"{high or hidden}>{inside}</row>')
        return height

    def _made(self, cells: Sequence[str]) -> str:
        """What all rows have in common with the first one: a cell for each column, open from its style on."""
        starts = []
        for place, column in enumerate(self._columns):
            if column.looks_differ:
                self._style(cells[place])  # styles are numbered as they come
            style = "" if column.looks_differ else f'{self._number(column.style)}"'
            starts.append(f'<c r="{column_letters(place + 1)}{_ROW}" s="{style}%s')
        return "".join(starts)

    def _style(self, cell: str) -> str:
        """A cell with the number of its own style before it."""
        found = self._styled.get(cell)
        if found is None:
            if len(self._styled) >= _MOST_STYLED:
                self._styled.clear()
            style, colour, text = parted(cell)
            found = self._styled[cell] = f'{self._number(style, colour)}"{text}'
        return found

    def _number(self, style: Style, colour: str = "") -> int:
        return self._sheet.style_of(self._formats.get(style, total=self._total, colour=colour))
