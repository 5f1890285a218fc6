"""What the labels of the funds say, line by line: in the way of each form, across or down."""

from __future__ import annotations

from collections.abc import Mapping

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.meanings import Meanings
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.values.frozen import frozen

_MOST_LABEL_CELLS = 60


@frozen
class Mark:
    """What a label says of the cells it covers; rank 2 is a 行次, which only fills in for a label."""

    kind: AmountKind | None
    source: Source | None
    rank: int
    ref: Ref


class View:
    """Labels by line and place; *by_rows* is the Shanxi way, where amounts stand below each other."""

    def __init__(self, sheet: Sheet, marks: Mapping[tuple[int, int], Mark], *, by_rows: bool) -> None:
        self.sheet, self.by_rows = sheet, by_rows
        self.lines: dict[int, dict[int, Mark]] = {}
        for (row, column), mark in sorted(marks.items()):
            line, place = (column, row) if by_rows else (row, column)
            self.lines.setdefault(line, {})[place] = mark
        self._kinds = {
            line: {place: mark for place, mark in found.items() if mark.kind is not None}
            for line, found in self.lines.items()
        }

    def entry(self, line: int, place: int) -> Entry:
        """The value at a line and place."""
        return self.sheet.entry(place, line) if self.by_rows else self.sheet.entry(line, place)

    def kinds(self, line: int) -> Mapping[int, Mark]:
        """Places of a line that name an amount."""
        return self._kinds.get(line, {})


def marks_of(sheet: Sheet) -> dict[tuple[int, int], Mark]:
    """Return what the labels of a sheet say of each cell that they cover."""
    marks: dict[tuple[int, int], Mark] = {}
    for (row, column), label in sheet.labels.items():
        if label.amount is None and label.source is None and label.line is None:
            continue
        found = _mark(label, sheet.grid.ref(row, column))
        area = sheet.span(row, column)
        if area.size > _MOST_LABEL_CELLS:
            area = Area(row, column, row, column)
        for covered_row in range(area.top, area.bottom + 1):
            for covered in range(area.left, area.right + 1):
                marks[covered_row, covered] = found
    return marks


def _mark(label: Meanings, ref: Ref) -> Mark:
    kind, source = label.amount, label.source
    if kind is None and source is None:
        return Mark(label.line, None, 2, ref)
    return Mark(kind[0] if kind else None, source, kind[1] if kind else 0, ref)
