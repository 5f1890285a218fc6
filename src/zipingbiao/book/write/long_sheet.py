"""A list of many rows in a new workbook: each row is one string of XML, the library writes all that stands around them.

The library takes a hundred steps for each cell; here a cell of a value that was seen before takes two.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any, Generic

from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from zipingbiao.book.cells import column_letters
from zipingbiao.book.write.cell_xml import content_of
from zipingbiao.book.write.new_cells import (
    LINE_HEIGHT,
    Column,
    Look,
    T,
    Value,
    address_of,
    height_of,
    in_cell,
    lines_in,
)
from zipingbiao.values.number import excel_number

_MOST_LINKS = 65_530  # of one sheet
_MOST_SEEN = 512
"""How many cells of one column are remembered: names of files, units and projects come again on each line of theirs."""


class LongSheet(Worksheet):  # type: ignore[misc]  # the library ships no types
    """A worksheet that takes finished rows, from above to below, after what was written into it by its cells.

    Nothing else knows what the library keeps for itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self._finished: list[str] = []
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
        longest = max(map(_units, (file, within)))
        if self._linked >= _MOST_LINKS or longest > self.max_url_length:
            return
        self._linked += 1
        number = self._targets.setdefault(file, len(self._targets) + 1)
        inside = f' location="{escape(within)}"' if within else ""
        place = f"{column_letters(column + 1)}{row + 1}"
        self._links.write(f'<hyperlink ref="{place}" r:id="rId{number}"{inside}/>'.encode())

    def add(self, row: int, columns: int, xml: str) -> None:
        """Write a row of so many columns, counted from 0."""
        self._check_dimensions(row, columns - 1)
        if self.constant_memory:
            self._write_single_row(row)  # what was written above, by its cells
            self.fh.write(xml)
        else:
            self._finished.append(xml)

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.writelines(self._finished)

    def _write_hyperlinks(self) -> None:
        if not self._targets:
            return
        self.fh.write(f"<hyperlinks>{self._links.getvalue().decode()}</hyperlinks>")
        self.rel_count += len(self._targets)  # they are the first ones of a sheet
        for file in self._targets:
            target = Url(file)._target()  # noqa: SLF001 no other way
            self.external_hyper_links.append(["/hyperlink", target, "External"])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class Lines(Generic[T]):
    """The records of a long sheet as its rows, which look as those of :func:`zipingbiao.book.write.new_cells.put_record`."""

    def __init__(self, sheet: LongSheet, columns: Sequence[Column[T]], looks: Sequence[Look[T]]) -> None:
        self._sheet = sheet
        self._cells = [
            _Cells(sheet, place, column, look)
            for place, (column, look) in enumerate(zip(columns, looks, strict=True))
        ]

    def put(self, row: int, record: T, *, folded: bool = False) -> None:
        """Write one record as a row, high enough for its longest text; a *folded* row is hidden."""
        number, lines, parts = row + 1, 1, []
        for cells in self._cells:
            rest, needed = cells.of(record)
            lines = max(lines, needed)
            parts.append(f"{cells.start}{number}{rest}")
            if cells.linked:
                cells.link(row, record)
        height = height_of(lines)
        hidden = ' hidden="1"' if folded else ""
        high = "" if height == LINE_HEIGHT else f' ht="{height:g}"{hidden} customHeight="1"'
        xml = f'<row r="{number}"{high or hidden}>{"".join(parts)}</row>'
        self._sheet.add(row, len(parts), xml)


class _Cells(Generic[T]):
    """The cells of one column."""

    def __init__(self, sheet: LongSheet, place: int, column: Column[T], look: Look[T]) -> None:
        self._sheet, self._place, self._column = sheet, place, column
        self._value, self._look, self._looks_differ = column.value, look, callable(look)
        self._seen: dict[tuple[Value, Any], tuple[str, int]] = {}
        self.start = f'<c r="{column_letters(place + 1)}'
        self.linked = column.link is not None

    def of(self, record: T) -> tuple[str, int]:
        """Return what follows the number of the row in the cell of a record, and on how many lines it stands."""
        value = self._value(record)
        look = self._look(record) if self._looks_differ else self._look
        found = self._seen.get((value, look))
        if found is None:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            found = self._seen[value, look] = self._made(value, look), lines_in(self._column, value)
        return found

    def link(self, row: int, record: T) -> None:
        """Let the cell open what the column says."""
        address = address_of(self._column, record, self._value(record))
        if address:
            self._sheet.link(row, self._place, address)

    def _made(self, value: Value, look: Any) -> str:
        held, start = in_cell(value), f'" s="{self._sheet.style_of(look)}"'
        if isinstance(held, Decimal):
            return f"{start}><v>{excel_number(held):.16G}</v></c>"
        kind, content = (part.decode() for part in content_of(b"", held, cached=False))
        return f"{start}{kind}>{content}</c>" if content else f"{start}/>"
