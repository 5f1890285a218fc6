"""Where a funds block holds the points of the execution: beside its amounts, on whatever line they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.points import points_entry
from zipingbiao.table.find.sheet import Sheet, is_blank
from zipingbiao.values.frozen import frozen

# 分值 and 得分 of amounts that stand beside their labels may stand on lines of their own, or after them.
_BELOW = 2
_BEYOND = 6


@frozen
class BlockPoints:
    """分值 and 得分 of the execution, and the labels that name them."""

    points: Entry | None = None
    score: Entry | None = None
    labels: tuple[Ref, ...] = ()

    @property
    def count(self) -> int:
        """How many figures these are."""
        return sum(entry is not None and entry.number is not None for entry in (self.points, self.score))


def point_columns(sheet: Sheet, heading: int, columns: range) -> tuple[int | None, int | None]:
    """Return the columns of 分值 and 得分 by their headings in the line of the amounts."""

    def column(means: Callable[[str], bool]) -> int | None:
        return next((column for column in columns if means(sheet.seen(heading, column))), None)

    return column(labels.is_points), column(labels.is_score)


def in_columns(
    sheet: Sheet, heading: int, columns: range, lines: Sequence[int], captions: Iterable[int]
) -> BlockPoints:
    """Return the points of the first of *lines* that has any: the total, else a part of it.

    Where no line has any and the total's cell is blank, a caption may name them: ``得分（20分*执行率）``.
    """
    points, score = point_columns(sheet, heading, columns)
    refs = tuple(sheet.grid.ref(heading, column) for column in (points, score) if column)
    total = lines[0]
    entries = [sheet.entry(line, points) for line in lines] if points else []
    for line, entry in zip(lines, entries, strict=False):
        if entry.number is not None:
            return BlockPoints(entry, sheet.entry(line, score) if score else None, refs)
    typed = bool(entries) and not is_blank(entries[0].cell)
    named = (points_entry(sheet.entry(heading, column)) for column in (points, score, *captions) if column)
    caption = next((entry for entry in named if entry is not None), None) if score and not typed else None
    return BlockPoints(caption, sheet.entry(total, score) if score else None, refs)


def beside_labels(sheet: Sheet, area: Area, beside: Callable[[Ref], Entry | None]) -> BlockPoints:
    """Return the points that stand right *beside* their labels: ``分值： | 10 | 得分： | 7.6``."""

    def named(means: Callable[[str], bool]) -> tuple[Ref, Entry] | None:
        found = ((ref, beside(ref)) for ref in refs if means(sheet.text(ref.row, ref.column)))
        return next(((ref, entry) for ref, entry in found if entry and entry.number is not None), None)

    rows = sheet.rows_between(area.top, area.bottom + _BELOW)
    refs = [
        sheet.grid.ref(row, column)
        for row in rows
        for column in sheet.filled(row, area.left, area.right + _BEYOND)
    ]
    points, score = named(labels.is_points), named(labels.is_score)
    if points is None:
        return BlockPoints()
    if score is None:
        return BlockPoints(points[1], None, (points[0],))
    return BlockPoints(points[1], score[1], (points[0], score[0]))
