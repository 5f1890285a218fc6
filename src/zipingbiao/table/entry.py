"""What one cell of a table holds: its place, its text as shown, its typed value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.cells import Cell, CellClass, Ref
from zipingbiao.values import deadline
from zipingbiao.values.doubt import Doubt
from zipingbiao.values.number import HUNDRED, TEN_THOUSAND, exact, plain, round_amount
from zipingbiao.values.typed import Blank, Filler, Quantity, Unclear, Value, parse_text
from zipingbiao.values.unit import PERCENT, Unit


def parse_cell(cell: Cell | None) -> Value:
    """Return the typed value of a cell by its class: 0.95 under a % format is 95 %.

    A date cell is a :class:`Deadline` marked ``from_cell``: outside time indicators it is
    suspicious, because Excel turns ``3-5`` into a date.
    """
    if cell is None:
        return _NOTHING
    value = cell.value
    if isinstance(value, str) and cell.kind is not CellClass.ERROR:
        return parse_text(value)
    if isinstance(value, Decimal) and (number := exact(value)) is not None:
        if cell.kind is CellClass.PERCENT:
            return Quantity(number * HUNDRED, PERCENT, None, f"{plain(number * HUNDRED)}%")
        return Quantity(number, None, None, plain(number))
    if isinstance(value, dt.date):
        return deadline.from_date(value)
    shown = "" if value is None else str(value)
    return Unclear(_DOUBT_OF_CLASS.get(cell.kind, Doubt.GARBLED), shown, shown)


_NOTHING = Blank()
_DOUBT_OF_CLASS = {
    CellClass.ERROR: Doubt.ERROR,
    CellClass.BLANK: Doubt.NO_CACHED_VALUE,
    CellClass.BOOL: Doubt.LOGICAL,
    CellClass.DATE: Doubt.DATE_CELL,
}


class Entry(NamedTuple):
    """What a cell of a table holds: its place, its text as shown, its typed value.

    ``ours`` marks a value that this product wrote last and nobody changed since
    (:mod:`zipingbiao.table.written`); like a formula's result it was not stated by a person.
    """

    ref: Ref
    cell: Cell | None
    text: str
    value: Value
    ours: bool = False

    @classmethod
    def of(cls, ref: Ref, cell: Cell | None) -> Entry:
        """Return the entry for a cell as read."""
        if cell is None:
            return cls(ref, None, "", _NOTHING)
        value = parse_cell(cell)
        return cls(ref, cell, value.text, value)

    @property
    def shown(self) -> str:
        """The text with every digit that a person sees: of a code typed as a number too."""
        return (self.cell.digits if self.cell is not None else None) or self.text

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands here: its result was not typed by a person."""
        return self.cell is not None and self.cell.formula is not None

    @property
    def is_typed(self) -> bool:
        """Whether a person typed something here: no formula, not ours, not blank."""
        return self.cell is not None and not self.is_formula and not self.ours

    @property
    def is_text(self) -> bool:
        """Whether a person typed text, be it a number with its unit: formulas such as SUM pass over it."""
        return self.is_typed and self.cell is not None and self.cell.kind is CellClass.TEXT

    @property
    def is_error(self) -> bool:
        """Whether the cell shows an error such as #DIV/0!."""
        return self.cell is not None and self.cell.kind is CellClass.ERROR

    @property
    def lacks_result(self) -> bool:
        """Whether a formula stands here that was never calculated."""
        return self.cell is not None and self.cell.kind is CellClass.BLANK

    @property
    def is_empty(self) -> bool:
        """Whether nothing, or only a filler such as ``/``, stands here."""
        return isinstance(self.value, Blank | Filler)

    @property
    def number(self) -> Decimal | None:
        """The number of a weight or score cell (``10``, ``10分``), in points; None for other text."""
        value = self.value
        if not isinstance(value, Quantity) or value.comparator is not None:
            return None
        return value.number

    def amount(self, unit: Unit) -> Decimal | None:
        """The money in 万元, *unit* standing in for a missing one; None when it is no amount."""
        value = self.value
        if not isinstance(value, Quantity):
            return None
        own = value.unit or unit
        if own.dimension not in {"money", "scale"}:
            return None
        return round_amount(value.number * own.factor / TEN_THOUSAND)

    @property
    def fraction(self) -> Decimal | None:
        """The rate of a percentage cell as a fraction; a plain number counts as percent (99.28)."""
        value = self.value
        if not isinstance(value, Quantity):
            return None
        if value.unit is not None and value.unit.is_percent:
            return value.number * value.unit.factor
        return value.number / 100
