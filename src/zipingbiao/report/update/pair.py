"""One table of a report beside what the workbook prints for it now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from zipingbiao.book.blocks import CellBlock, RowBlock, TableBlock
from zipingbiao.book.cells import Ref
from zipingbiao.report.update.places import text_of
from zipingbiao.report.update.plan import ReportPlan
from zipingbiao.report.update.rows import COLUMNS, Row
from zipingbiao.rules.shared.say import quote
from zipingbiao.table.find.drafts import Draft
from zipingbiao.table.records import Role


@dataclass
class TablePair:
    """One table under way.

    Attributes:
        title: what people call it.
        draft: the table as it stands in the document.
        wanted: the table as the workbook prints it.
        only: of a table that stands there twice, the ``w:tbl`` that counts; None for all of them.
    """

    plan: ReportPlan
    title: str
    draft: Draft
    wanted: Draft
    only: TableBlock | None = None

    @property
    def sheet(self) -> str:
        """The name of its Grid."""
        return self.draft.sheet.name

    @cached_property
    def blocks(self) -> Mapping[int, RowBlock]:
        """Its rows in the document by number."""
        return self.plan.places.rows(self.sheet)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The columns that both tables have."""
        there, here = self.wanted.bands[0].columns, self.draft.bands[0].columns
        return tuple(role for role in COLUMNS if role in there and role in here)

    def printed(self, line: Row, role: Role) -> str:
        """What the workbook prints for a line in a column, through merged cells."""
        return self.wanted.sheet.seen(line.number, self.wanted.bands[0].columns[role].first)

    def joins(self, line: Row, role: Role) -> bool:
        """Whether the cell of a line goes on with the one above it."""
        shared = self.shared(line, role)
        return shared is not None and shared < line.number

    def shared(self, line: Row, role: Role) -> int | None:
        """The line in which the cell that several lines share opens; None for a cell of one line."""
        span = self.wanted.sheet.span(line.number, self.wanted.bands[0].columns[role].first)
        return span.top if span.top < span.bottom else None

    def ref(self, row: Row, role: Role) -> Ref:
        """Where the document has a column of a line."""
        read = (*self.draft.rows.indicators, *self.draft.rows.informative)
        entry = next((line.entries.get(role) for line in read if line.row == row.number), None)
        own = entry is not None and entry.ref.row == row.number
        column = entry.ref.column if entry is not None and own else self.draft.bands[0].columns[role].first
        return self.draft.sheet.grid.ref(row.number, column)

    def name_of(self, line: Row) -> str:
        """The name of a line as a message quotes it."""
        return quote(self.printed(line, Role.NAME))

    def like(self, cell: CellBlock, rows: Sequence[RowBlock]) -> CellBlock | None:
        """A cell of the same column in which something stands."""
        column = [each for row in rows for each in row.cells if each.column == cell.column]
        return next((each for each in column if each is not cell and text_of(each).strip()), None)
