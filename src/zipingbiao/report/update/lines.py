"""The lines of one table of a report, brought to what the workbook prints now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from zipingbiao.book.blocks import CellBlock, RowBlock, TableBlock
from zipingbiao.book.cells import Ref
from zipingbiao.report.update.places import text_of
from zipingbiao.report.update.plan import ReportPlan
from zipingbiao.report.update.reorder import Reorder
from zipingbiao.report.update.rows import COLUMNS, FIGURES, Row, in_order, matched, rows_of
from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.table.find.drafts import Draft
from zipingbiao.table.find.headings import ROLE_NAMES
from zipingbiao.table.records import Role, Trouble


@dataclass
class LinesUpdate:
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

    def run(self) -> None:
        """Work out what is to change."""
        if self._is_unclear():
            return
        own = {row.row for row in self.only.rows} if self.only is not None else set(self.blocks)
        rows = [row for row in rows_of(self.draft) if row.number in own]
        lines = [line for line in rows_of(self.wanted) if line.name]
        found = matched(lines, rows)
        kept = [line for line in lines if line.number in found and self._update(line, found[line.number])]
        if kept:
            names = listed([self.name_of(line) for line in kept])
            self.plan.notes.append(
                f"{self.title}中{names}的偏差原因只写在报告里，工作簿中是空白，已保留报告的文字。"
            )
        order = list(in_order(rows, lines, found))
        if len(found) < len(lines) or any(row not in order for row in rows):
            Reorder(self, rows, lines, found, order).run()

    # ------------------------------------------------------------------ the two tables

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

    # ------------------------------------------------------------------ lines that stay

    def _is_unclear(self) -> bool:
        """Whether two columns could be the same one; says of a missing column that it is not written."""
        band = self.draft.bands[0]
        twice = [each for each in band.problems if each.trouble is Trouble.TWO_COLUMNS]
        for each in twice:
            self.plan.refuse(f"请改{self.title}的列名，{'、'.join(map(quote, each.labels))}都像“{each.what}”")
        printed = (role for role in FIGURES if role in self.wanted.bands[0].columns)
        missing = [quote(ROLE_NAMES[role]) for role in printed if role not in band.columns]
        if missing and not twice:
            self.plan.notes.append(
                f"{self.title}没有{'、'.join(missing)}列，没有更新这一项；如改过列名，请改回。"
            )
        return bool(twice)

    def _update(self, line: Row, row: Row) -> bool:
        """Bring the figures of a line up to date; tell whether a reason stands in the report alone."""
        keeps = False
        for role in self.roles:
            if role not in FIGURES:
                continue
            ref = self.ref(row, role)
            cell = self.plan.cell(ref)
            new = "" if self.joins(line, role) else self.printed(line, role)
            if role is Role.REASON and not new.strip():
                keeps = cell is not None and bool(text_of(cell).strip())
            elif not (cell is not None and cell.goes_on and self.joins(line, role)):
                like = None if cell is None else self.like(cell, tuple(self.blocks.values()))
                self.plan.say(ref, f"{self.name_of(line)}的{ROLE_NAMES[role]}", new, self.title, like)
        return keeps
