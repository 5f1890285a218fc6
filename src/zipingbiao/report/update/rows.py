"""The lines of a table in a report against those of the workbook: matched by name, added, taken out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.table.find.drafts import Draft
from zipingbiao.table.find.indicators import clean_name
from zipingbiao.table.records import Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.spelling import label_key

FIGURES = (Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.COMPLETION, Role.SCORE, Role.REASON)
LEVELS = (Role.LEVEL1, Role.LEVEL2)
COLUMNS = (*LEVELS, Role.NAME, *FIGURES)


@frozen
class Row:
    """A line of a table, or another row below its heading.

    Attributes:
        number: its row in the Grid.
        levels: its levels as they are compared; "" for one that has no column.
        name: as it is compared; "" of a row that is no line.
        is_read: whether the reader takes it for a line.
    """

    number: int
    levels: tuple[str, str]
    name: str
    is_read: bool = False

    def fits(self, other: Row) -> bool:
        """Whether the levels of two lines can be the same, one of them shortened or without a column."""
        return all(
            not one or not two or one.startswith(two) or two.startswith(one)
            for one, two in zip(self.levels, other.levels, strict=True)
        )


def rows_of(draft: Draft) -> list[Row]:
    """Return the rows below the heading of a table, down to its total or its end."""
    sheet, columns = draft.sheet, draft.bands[0].columns
    headings = {row for band in draft.bands for row in range(band.top, band.bottom + 1)}
    read = {line.row: line.name for line in (*draft.rows.indicators, *draft.rows.informative)}
    last = draft.rows.last - 1 if draft.rows.has_total else sheet.last_row
    found, levels = [], ["", ""]
    for number in range(draft.bands[0].bottom + 1, last + 1):
        if number in headings:
            continue
        for at, role in enumerate(LEVELS):
            spot = columns.get(role)
            if spot is not None and (text := sheet.seen(number, spot.first)):
                levels[at] = _level(text)
        name = read.get(number) or _name(draft, number)
        found.append(Row(number, (levels[0], levels[1]), label_key(name), number in read))
    return found


def matched(wanted: Sequence[Row], standing: Sequence[Row]) -> dict[int, Row]:
    """Return for the number of a wanted line the row in which it stands; each row once.

    Lines go by their name below their levels, of equal ones in their order; then by name alone, where the
    levels are only written otherwise.
    """
    found: dict[int, Row] = {}
    left = [row for row in standing if row.name]
    for is_exact in (True, False):
        for line in wanted:
            if line.number in found:
                continue
            rows = [row for row in left if row.name == line.name and line.fits(row)]
            rows = [row for row in rows if row.levels == line.levels] if is_exact else rows
            if rows:
                found[line.number] = rows[0]
                left.remove(rows[0])
    return found


def in_order(standing: Sequence[Row], wanted: Sequence[Row], found: dict[int, Row]) -> Iterator[Row | int]:
    """Give the rows as they are to follow each other: those that stand, and the numbers of new lines.

    A new line stands behind the line before it in the workbook, else before the next one of its levels, else
    first. Lines that the workbook no longer has are left out; rows that are no lines stay.
    """
    kept = {row.number for row in found.values()}
    order: list[Row | int] = [row for row in standing if row.number in kept or not row.is_read]
    for at, line in enumerate(wanted):
        if line.number in found:
            continue
        order.insert(_place(order, wanted, at, found), line.number)
    return iter(order)


def _place(order: Sequence[Row | int], wanted: Sequence[Row], at: int, found: dict[int, Row]) -> int:
    line, rest = wanted[at], wanted[at + 1 :]
    behind = next(
        (found[each.number] for each in rest if each.number in found and each.levels == line.levels), None
    )
    before = wanted[at - 1] if at else None
    if before is not None and (before.levels == line.levels or behind is None):
        return order.index(found.get(before.number, before.number)) + 1
    return order.index(behind) if behind is not None else 0


def _name(draft: Draft, number: int) -> str:
    """The name in a row that the reader takes for no line; "" where its name only goes on from elsewhere."""
    spot = draft.bands[0].columns[Role.NAME]
    texts = (draft.sheet.text(number, column) for column in range(spot.first, spot.last + 1))
    text = next((text for text in texts if text), "")
    return clean_name(text) if draft.sheet.span(number, spot.first).right <= spot.last else ""


def _level(text: str) -> str:
    return label_key(text).removesuffix("指标")
