"""Values in the notation of the tables: see test_inventory."""

from __future__ import annotations

from zipingbiao.values.deadline import Deadline
from zipingbiao.values.number import plain
from zipingbiao.values.typed import Blank, Filler, Interval, Quantity, Unclear, Value, Words


def describe(value: Value) -> str:
    """Write the meaning of a value in the notation of the tables."""
    match value:
        case Quantity(number, unit, comparator):
            return " ".join(filter(None, (comparator, plain(number), unit.label if unit else "")))
        case Interval(low, high, unit):
            return " ".join(filter(None, ("从", plain(low), "到", plain(high), unit.label if unit else "")))
        case Deadline(year, month, day, before):
            written = "-".join(f"{part:02}" for part in (year, month, day) if part)
            if not year:
                written = f"{month}月" + (f"{day}日" if day else "")
            return f"{'早于' if before else '截至'} {written}"
        case Words():
            return "文字"
        case Filler():
            return "不适用"
        case Blank():
            return "未填"
        case Unclear(doubt):
            return f"待问：{doubt}"


def rows(table: str) -> list[tuple[str, str]]:
    """Return what was typed and what it means, line by line."""
    pairs = [line.split(" → ") for line in table.strip().splitlines()]
    return [(typed, meaning) for typed, meaning in pairs]
