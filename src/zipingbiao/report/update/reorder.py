"""Lines that a table of a report lacks, or has no longer: rows made like their neighbour, rows taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from zipingbiao.book.blocks import RowBlock
from zipingbiao.book.write.docx_xml import Content, cell_edits, merge_edits, new_row
from zipingbiao.book.write.xml_bytes import Edit
from zipingbiao.errors import RefusedError
from zipingbiao.report.update.merged import Place, settle
from zipingbiao.report.update.pair import TablePair
from zipingbiao.report.update.places import cell_at, text_of
from zipingbiao.report.update.plan import ReportChange
from zipingbiao.report.update.rows import FIGURES, LEVELS, Row
from zipingbiao.rules.shared.say import quote
from zipingbiao.table.records import Role

Item = Row | int


class Reorder:
    """The rows of one table as they are to follow each other.

    Args:
        table: the table.
        rows: its rows below the heading as they stand.
        lines: those that the workbook prints.
        found: for a line that stands already, by its number, its row.
        order: the rows that stay, and the numbers of the lines that are new.
    """

    def __init__(
        self,
        table: TablePair,
        rows: Sequence[Row],
        lines: Sequence[Row],
        found: Mapping[int, Row],
        order: Sequence[Item],
    ) -> None:
        self._table, self._plan, self._rows, self._order = table, table.plan, rows, order
        self._lines = {line.number: line for line in lines}
        self._standing = {row: self._lines[number] for number, row in found.items()}
        self._gone = [row for row in rows if row not in order]
        self._blocks = table.blocks
        above = [band.bottom for band in table.draft.bands if not rows or band.bottom < rows[0].number]
        self._heading = max(above, default=table.draft.bands[0].bottom)

    def run(self) -> None:
        """Plan the rows that come and go, and the merged cells beside them."""
        if not self._plan.is_free(self._table.sheet, self._table.title) or self._empties_a_part():
            return
        columns = {column: self._column(column) for column in self._columns()}
        for column, places in columns.items():
            settle(places, joins_tall=self._role(column) is None)
            for item, place in zip((self._heading, *self._order), places, strict=True):
                number = item.number if isinstance(item, Row) else self._heading
                if place.cell is not None:
                    self._mend(number, column, place)
        self._take_out()
        self._add(
            {column: dict(zip(self._order, places[1:], strict=True)) for column, places in columns.items()}
        )

    def _empties_a_part(self) -> bool:
        gone = {row.number for row in self._gone}
        parts = self._plan.places.blocks(self._table.sheet)
        if any({row.row for row in part.rows} <= gone for part in parts):
            self._plan.refuse(f"请把{self._table.title}的续表并入前一页的表格")
            return True
        return False

    # ------------------------------------------------------------------ merged cells

    def _columns(self) -> list[int]:
        """The first column of every cell of the rows."""
        return sorted(
            {cell.column for row in self._rows for cell in self._blocks[row.number].cells}
            or {cell.column for cell in self._blocks[self._heading].cells}
        )

    def _role(self, column: int) -> Role | None:
        spots = self._table.draft.bands[0].columns
        return next((role for role, spot in spots.items() if spot.first <= column <= spot.last), None)

    def _column(self, column: int) -> list[Place]:
        """The cells of a column from the heading down."""
        role = self._role(column)
        is_split = self._is_split(column)
        made = [self._place(self._heading, column)]
        for item in self._order:
            place = (
                Place(None, -item, is_new=True) if isinstance(item, int) else self._place(item.number, column)
            )
            place.key = None if is_split else self._key(item, role)
            made.append(place)
        return made

    def _place(self, number: int, column: int) -> Place:
        cell = cell_at(self._blocks[number], column)
        span = self._table.draft.sheet.span(number, column)
        return Place(cell, span.top, is_tall=span.top < span.bottom)

    def _key(self, item: Item, role: Role | None) -> object:
        """What a cell must have in common with the one above it to be one with it."""
        line = self._lines[item] if isinstance(item, int) else item
        if role in LEVELS:
            key = line.levels[: LEVELS.index(role) + 1]
            return key if key[-1] else None
        wanted = self._standing.get(line, line) if isinstance(item, Row) else line
        if role is Role.SCORE and role in self._table.roles and wanted in self._lines.values():
            return self._table.shared(wanted, role)
        return None

    def _is_split(self, column: int) -> bool:
        """Whether whoever wrote the table lets each line say its level again."""
        role = self._role(column)
        if role not in LEVELS:
            return False
        return any(
            self._key(one, role) == self._key(other, role) is not None
            and all(map(self._says_it, (one, other), (column, column)))
            for one, other in pairwise(self._rows)
        )

    def _says_it(self, row: Row, column: int) -> bool:
        cell = cell_at(self._blocks[row.number], column)
        return cell is not None and not cell.goes_on and bool(text_of(cell).strip())

    def _mend(self, number: int, column: int, place: Place) -> None:
        """Merge a cell that stands otherwise than before; what opens now says what was said above it."""
        cell = place.cell
        if cell is None or place.merge == place.stood:
            return
        xml = self._plan.places.xml
        self._plan.edits += merge_edits(xml, cell, place.merge)
        if self._role(column) in FIGURES or place.went_on == place.goes_on:
            return
        text = "" if place.goes_on else self._table.draft.sheet.seen(number, column)
        like = self._table.like(cell, tuple(self._blocks.values()))
        try:
            self._plan.edits += cell_edits(xml, cell, text, like)
        except RefusedError as refused:
            ref = self._table.draft.sheet.grid.ref(number, column)
            self._plan.refuse(f"请整理{ref.place}：{refused}")

    # ------------------------------------------------------------------ rows

    def _take_out(self) -> None:
        table = self._table
        for row in self._gone:
            block = self._blocks[row.number]
            self._plan.edits.append(Edit(block.start, block.end, b""))
            name = quote(self._said(row, Role.NAME) or row.name)
            self._plan.changes.append(ReportChange(table.title, f"删去{name}一行，工作簿中没有这一行"))
            if reason := self._said(row, Role.REASON):
                self._plan.notes.append(f"{table.title}删去的{name}一行写有偏差原因：{reason}。")

    def _said(self, row: Row, role: Role) -> str:
        if role not in self._table.draft.bands[0].columns:
            return ""
        ref = self._table.ref(row, role)
        cell = self._plan.cell(ref)
        return " ".join(text_of(cell).split()) if cell is not None else ""

    def _add(self, places: dict[int, dict[Item, Place]]) -> None:
        above = self._blocks[self._heading]
        for at, item in enumerate(self._order):
            if isinstance(item, Row):
                above = self._blocks[item.number]
                continue
            row, line = self._neighbour(at), self._lines[item]
            contents = {
                cell.column: self._content(line, cell.column, cell.span, places[cell.column][item])
                for cell in row.cells
                if cell.column in places
            }
            likes = [self._blocks[each.number] for each in self._rows if each.is_read]
            made = new_row(self._plan.places.xml, row, contents, likes, is_heading=row.row == self._heading)
            self._plan.edits.append(Edit(above.end, above.end, made))
            name = self._table.name_of(line)
            self._plan.changes.append(ReportChange(self._table.title, f"加入{name}一行"))

    def _neighbour(self, at: int) -> RowBlock:
        """The row of a line that is nearest, above before below; without any, the heading."""
        order = [*reversed(self._order[:at]), *self._order[at + 1 :], *self._gone]
        lines = (item for item in order if isinstance(item, Row) and item.name)
        nearest = next(lines, None)
        return self._blocks[nearest.number if nearest is not None else self._heading]

    def _content(self, line: Row, column: int, span: int, place: Place) -> Content:
        """What a cell of a new row holds; a column that the workbook does not know stays blank."""
        spots = self._table.draft.bands[0].columns
        role = next((role for role in self._table.roles if column <= spots[role].first < column + span), None)
        if role is None or place.goes_on:
            return Content(merge=place.merge)
        is_shared = role not in LEVELS and self._table.joins(line, role)
        return Content("" if is_shared else self._table.printed(line, role), place.merge)
