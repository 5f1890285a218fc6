"""Columns of a list of indicators that name the project of each line, and the 文号 of an adjustment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from zipingbiao.book.cells import Area
from zipingbiao.table.find import labels
from zipingbiao.table.find.head import FIELDS
from zipingbiao.table.find.headings import Band
from zipingbiao.table.find.labels import Meaning
from zipingbiao.table.find.money import block_unit, in_own_unit, own_unit
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.find.spots import Sought, Spot, read_spots, surest
from zipingbiao.table.find.target_head import goal_rank
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.words import DOCUMENT
from zipingbiao.values.frozen import frozen

_APPROVED = (AmountKind.INITIAL, AmountKind.FULL_YEAR)
_SURE = 1
_GOAL = "goal"
_Role = str | Source | AmountKind  # a field of the head, the goal, or an amount


def document_column(sheet: Sheet, band: Band) -> int | None:
    """Return the column of 调整文号 in the heading of a table."""
    return next((spot.first for spot in _spots(sheet, band, _DOCUMENTS) if spot.meaning), None)


@frozen
class ListColumns:
    """Columns of the head beside those of the indicators, in a list of several projects.

    Attributes:
        fields: column of each field of the head; always one of the name or the code.
        goals: column of the goal in words, if any.
        money: column of each amount.
    """

    sheet: Sheet
    band: Band
    fields: Mapping[str, int]
    goals: int | None
    money: Mapping[Source | AmountKind, int]

    def opening(self, row: int) -> int:
        """Return the row that names the project of this line: itself, or the next one above it."""
        keys = [self.fields[field] for field in ("code", "name") if field in self.fields]
        for above in range(row, self.band.bottom, -1):
            if any(not self.sheet.entry(above, column).is_empty for column in keys):
                return above
        return row

    def key(self, row: int) -> tuple[str, ...]:
        """Return what tells one project from the next, in an opening row."""
        head = self.head(row)
        return tuple(head.get(field, "") for field in ("code", "name", "unit"))

    def head(self, row: int) -> dict[str, str]:
        """Return the fields of the head in an opening row, as written."""
        entries = {field: self.sheet.entry(row, column) for field, column in self.fields.items()}
        return {field: entry.shown.strip() for field, entry in entries.items() if not entry.is_empty}

    def goal(self, row: int) -> str:
        """Return the goal in an opening row, "" when there is none."""
        entry = self.sheet.entry(row, self.goals) if self.goals is not None else None
        return "" if entry is None or entry.is_empty else entry.text.strip()

    def amounts(self, row: int) -> dict[Source, Decimal]:
        """Return the approved amounts of an opening row in 万元; the first budget goes before the later one."""
        found: dict[Source, Decimal] = {}
        for meaning, column in self.money.items():
            source = meaning if isinstance(meaning, Source) else Source.TOTAL
            heading = self.sheet.grid.ref(self.band.top, column)
            area = Area(self.band.top, column, self.band.bottom, column)
            entry = self.sheet.entry(row, column)
            own, unit = own_unit(self.sheet, heading), block_unit(self.sheet, area, [heading])
            amount = in_own_unit(entry, AmountKind.INITIAL, own, unit).amount(unit)
            if amount is not None:
                found.setdefault(source, amount)
        return found


def list_columns(sheet: Sheet, band: Band) -> ListColumns | None:
    """Return the columns of the head within the heading rows; None for a table of one project."""
    taken = {column for spot in band.columns.values() for column in range(spot.first, spot.last + 1)}
    found = surest(spot for spot in _spots(sheet, band, _SOUGHT) if spot.first not in taken)
    columns = {role: spot.first for role, spot in found.items()}
    fields = {field: columns[field] for field in FIELDS if field in columns}
    if not {"name", "code"} & set(fields):
        return None
    money = {role: column for role, column in columns.items() if isinstance(role, Source | AmountKind)}
    ordered = dict(sorted(money.items(), key=lambda item: item[0] is AmountKind.FULL_YEAR))
    return ListColumns(sheet, band, fields, columns.get(_GOAL), ordered)


def _spots(sheet: Sheet, band: Band, sought: Sought[_Role]) -> Iterator[Spot[_Role]]:
    rows = range(band.top, band.bottom + 1)
    filled = [column for row in rows for column in sheet.filled(row)]
    return read_spots(sheet, rows, 1, max(filled), sought)


def _meaning(text: str) -> Meaning[_Role] | None:
    named = labels.head_field(text)
    if named is not None and named[1] <= _SURE:
        return Meaning(*named)
    if goal_rank(text) is not None:
        return Meaning(_GOAL)
    kind = labels.amount_kind(text)
    if kind is not None:
        return Meaning(kind[0]) if kind[0] in _APPROVED else None
    source = labels.source(text)
    return Meaning(source) if source is not None else None


def _document(text: str) -> Meaning[_Role] | None:
    return Meaning("document") if DOCUMENT.fullmatch(labels.label(text).key) else None


_SOUGHT, _DOCUMENTS = Sought(_meaning), Sought(_document)
