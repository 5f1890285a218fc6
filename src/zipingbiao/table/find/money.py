"""The unit in which the figures of a funds block are meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zipingbiao.book.cells import Area, Ref
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.sheet import Sheet
from zipingbiao.table.funds import AmountKind
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit, parse_unit

_RATES = frozenset({AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE})
_CAPTION_ROWS = 8  # 单位：元 stands at most so far above a block


def wan_yuan() -> Unit:
    """万元, in which amounts are meant when nothing says otherwise."""
    unit = parse_unit("万元")
    if unit is None:  # pragma: no cover  万元 is in the table of units
        raise LookupError("万元")
    return unit


def block_unit(sheet: Sheet, area: Area, own: Iterable[Ref]) -> Unit:
    """Return the unit of a block: 万元 unless one of its labels or a caption near it says another."""
    return named_unit(sheet, area, own) or wan_yuan()


def named_unit(sheet: Sheet, area: Area, own: Iterable[Ref]) -> Unit | None:
    """Return the unit that a label of a block or a caption near it says; of several the one that is not 万元."""
    named = [unit for ref in own if (unit := own_unit(sheet, ref))]
    named += _named_near(sheet, area)
    return next((unit for unit in named if unit.label != "万元"), named[0] if named else None)


def _named_near(sheet: Sheet, area: Area) -> Iterator[Unit]:
    for (row, column), text in sheet.yuan:
        if area.top - _CAPTION_ROWS <= row <= area.bottom:
            inside = row >= area.top - 1 and area.left - 4 <= column <= area.right
            if (inside or "单位" in text) and (unit := labels.money_unit(text)):
                yield unit


def own_unit(sheet: Sheet, heading: Ref) -> Unit | None:
    """Return the unit of money that a heading names: ``年初预算数（元）``."""
    return labels.money_unit(sheet.text(heading.row, heading.column))


def in_own_unit(entry: Entry, kind: AmountKind, own: Unit | None, unit: Unit) -> Entry:
    """Give a plain amount the unit that its *own* heading names, where the others are meant in another *unit*.

    What says no more than all of them mean anyway is left out. A sign ￥ before an amount says that it is
    money and no unit, where a heading says one: exported cells show it.
    """
    value = entry.value
    if not isinstance(value, Quantity):
        return entry
    is_signed = value.unit is not None and value.unit.label == "元" and "元" not in value.text
    told = None if is_signed and own is not None else value.unit
    meant = own if told is None and kind not in _RATES else told
    if meant is not None and meant.label == unit.label and unit.label not in entry.text:
        meant = None
    return entry if meant is value.unit else entry._replace(value=replace(value, unit=meant))
