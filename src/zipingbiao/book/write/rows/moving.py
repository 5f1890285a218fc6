"""Where things stand after rows were inserted: places, areas, lists of areas, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable

from zipingbiao.book.cells import Area
from zipingbiao.book.formulas.tokens import LAST_ROW, with_areas
from zipingbiao.book.read.sheet_xml import parse_area
from zipingbiao.errors import RefusedError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

_ROW = regex(r"(\$?)(\d+)$")
_COLUMNS_ALONE = regex(r"\$?[A-Za-z]{1,3}(?::\$?[A-Za-z]{1,3})?")
_SUM_OF_ONE = re.compile(r"(?<![\w.])(SUM\(\s*)(\$?[A-Z]{1,3}\$?\d{1,7})(?=\s*\))", re.IGNORECASE)


@frozen
class Insertion:
    """Rows to be inserted into one sheet.

    Attributes:
        sheet: its name.
        at: where the first new row will stand; what stands there and below moves down.
        count: how many.
        like: the row, as numbered before, whose cells' look, height and formulas they take; None: of none.
        grows: whether they carry on the row above *at*: an area that ends there then reaches over them.
    """

    sheet: str
    at: int
    count: int
    like: int | None = None
    grows: bool = False

    @property
    def rows(self) -> range:
        """The new rows."""
        return range(self.at, self.at + self.count)

    def row(self, number: int) -> int:
        """Return where a row stands afterwards."""
        moved = number + self.count if number >= self.at else number
        if moved > LAST_ROW:
            raise RefusedError("工作表的行数超过 Excel 的上限，没有写入；请删除表格下方多余的内容。")
        return moved

    def area(self, area: Area, *, grows: bool = True) -> Area:
        """Return an area as it is afterwards; with *grows* one that ends right above the new rows takes them in."""
        if area.bottom >= LAST_ROW:  # whole columns
            return (
                area if area.top < self.at else Area(self.row(area.top), area.left, area.bottom, area.right)
            )
        bottom = self.row(area.bottom)
        if grows and self.grows and area.bottom == self.at - 1:
            bottom += self.count
        return Area(self.row(area.top), area.left, bottom, area.right)

    def areas(self, text: str) -> str:
        """Return a list of areas (``sqref``) afterwards; what holds of the model row holds of the new rows."""
        return " ".join(each for one in text.split() for each in self._one(one))

    def _one(self, text: str) -> list[str]:
        area = parse_area(text)
        if area is None:
            return [text]
        moved = self.area(area)
        given = [str(moved)]
        holds = self.like is not None and area.top <= self.like <= area.bottom
        if holds and not (moved.top <= self.at and moved.bottom >= self.rows[-1]):
            given.append(str(Area(self.at, area.left, self.rows[-1], area.right)))
        return given

    def formula(self, text: str, sheet: str, row: int | None = None) -> str:
        """Return a formula afterwards.

        Args:
            text: without ``=``.
            sheet: in which it stands; "" for a place that has none.
            row: in which it stood; None where it has no row.
        """
        if "!" not in text and sheet != self.sheet:
            return text
        if sheet == self.sheet and self.grows and row != self.at - 1:
            text = _SUM_OF_ONE.sub(self._as_area, text)
        return with_areas(text, self._address(sheet, row))

    def _as_area(self, found: re.Match[str]) -> str:
        """A sum over the one row that is carried on: it must reach the new rows too."""
        address = found[2]
        row = _ROW.search(address)
        ends = row is not None and int(row[2]) == self.at - 1
        return f"{found[1]}{address}:{address}" if ends else found.group()

    def _address(self, sheet: str, row: int | None) -> Callable[[str | None, str], str]:
        def renewed(named: str | None, address: str) -> str:
            if (sheet if named is None else named).casefold() != self.sheet.casefold():
                return address
            if _COLUMNS_ALONE.fullmatch(address):
                return address
            first, colon, last = address.partition(":")
            if not colon:
                return self._with_row(first, self.row)
            top, bottom = (_ROW.search(each) for each in (first, last))
            if top is None or bottom is None:
                return address
            # A sum across the row that is carried on is that row's own: it does not grow downwards.
            own = row == self.at - 1 and not bottom[1]
            area = self.area(Area(int(top[2]), 1, int(bottom[2]), 1), grows=not own)
            return (
                f"{first[: top.start()]}{top[1]}{area.top}:{last[: bottom.start()]}{bottom[1]}{area.bottom}"
            )

        return renewed

    @staticmethod
    def _with_row(address: str, moved: Callable[[int], int]) -> str:
        return _ROW.sub(lambda found: f"{found[1]}{moved(int(found[2]))}", address)
