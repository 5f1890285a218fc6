"""Amounts with their figure right beside the label: ``预算数： | 50 | 执行数： | 50``."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from zipingbiao.book.cells import Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.values.typed import Quantity, Unclear

_MOST_PARTS = 7
_MOST_LINES = 3


def figure_beside(sheet: Sheet, ref: Ref) -> Entry | None:
    """The figure right of a label; None where words stand there, or nothing."""
    found = sheet.right_of(ref.row, ref.column)
    if found is None or (
        sheet.text(found.row, found.column)
        and not isinstance(sheet.entry(found.row, found.column).value, Quantity | Unclear)
    ):
        return None
    return sheet.entry(found.row, found.column)


def parts_below(sheet: Sheet, ref: Ref) -> dict[Source, Entry]:
    """``其中：财政拨款 | 50`` below ``预算数： | 50``.

    Where one row lists several sources (``其中：中央 | 30 | 省级 | 20``), nobody can tell of which amount.
    """
    parts: dict[Source, Entry] = {}
    for row in range(ref.row + 1, ref.row + 1 + _MOST_PARTS):
        label = sheet.labels.get((row, ref.column))
        if label is None or label.source is None or len(_sources_in(sheet, row)) > 1:
            break
        entry = figure_beside(sheet, sheet.grid.ref(row, ref.column))
        if entry is not None and label.source is not Source.TOTAL:
            parts.setdefault(label.source, entry)
    return parts


def _sources_in(sheet: Sheet, row: int) -> set[Source]:
    labels = (sheet.labels.get((row, column)) for column in sheet.filled(row))
    return {label.source for label in labels if label is not None and label.source is not None}


def further_below(
    sheet: Sheet, row: int, columns: Collection[int], known: Collection[AmountKind]
) -> Iterator[tuple[AmountKind, Ref]]:
    """The labels of amounts in the rows right below *row*, in the same *columns*, that are not *known* yet.

    Four amounts are often laid out two by two: 年初预算数 and 全年预算数 above 全年执行数 and 预算执行率. A row
    that names a known amount again belongs to the next block.
    """
    seen = set(known)
    for below in range(row + 1, row + 1 + _MOST_LINES):
        labels = [
            (label.amount[0], column)
            for column in columns
            if (label := sheet.labels.get((below, column))) is not None and label.amount is not None
        ]
        if any(kind in seen for kind, _ in labels):
            return
        for kind, column in labels:
            seen.add(kind)
            yield kind, sheet.grid.ref(below, column)
