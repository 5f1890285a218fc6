"""The budget execution of a table: a row by its levels, or the line of the national funds block."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from zipingbiao.table.entry import Entry
from zipingbiao.table.find import labels
from zipingbiao.table.find.funds import Block
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Place, Role
from zipingbiao.values.spelling import label_key

EXECUTION_LEVELS = ("预算执行", "资金执行")
"""Words in a level 1 or 2 that make a line the budget execution."""
MONEY_LEVELS = ("投入管理", "资金管理", "预算管理", "资金投入", "项目资金", "预算资金")
"""Words in a level 2 under which a line with one of :data:`EXECUTION_NAMES` is it."""
EXECUTION_NAMES = ("预算执行率", "资金执行率", "预算完成率", "资金完成率")


def mark_execution(rows: list[Indicator]) -> list[Indicator]:
    """Mark at most one row as the budget execution, by its levels; see design.md."""
    chosen = [row for row in rows if _is_execution(row.level1, row.level2, row.name)]
    chosen = [row for row in chosen if not row.is_unfilled] or chosen
    named = [row for row in chosen if "执行" in row.name]
    first = next(iter(named or chosen), None)
    return [replace(row, is_execution=True) if row is first else row for row in rows]


@lru_cache(maxsize=8192)
def _is_execution(level1: str, level2: str, name: str) -> bool:
    levels = (label_key(level1), label_key(level2))
    if any(word in level for level in levels for word in EXECUTION_LEVELS):
        return True
    return any(word in levels[1] for word in MONEY_LEVELS) and labels.label(name).key in EXECUTION_NAMES


def execution_line(block: Block) -> Indicator | None:
    """Return the execution indicator of a block that gives it points; None where it does not."""
    funds = block.funds
    if funds.points is None:
        return None
    entries = {Role.WEIGHT: funds.points}
    if funds.score is not None:
        entries[Role.SCORE] = funds.score
    rate = _rate_beside(funds.points, funds)
    if rate is not None:
        entries[Role.ACTUAL] = entries[Role.COMPLETION] = rate
    return Indicator(
        row=block.total_row,
        place=Place.FUNDS,
        level1="预算执行指标",
        level2="预算执行指标",
        name="预算执行率",
        weight=funds.points.number,
        entries=entries,
        is_execution=True,
    )


def _rate_beside(points: Entry, funds: Funds) -> Entry | None:
    """The typed rate of the total; where that is blank, the one in the line of the points."""
    total = funds.entry(AmountKind.EXECUTION_RATE)
    if total is None or not total.is_empty:
        return total
    rates = (entry for (kind, _), entry in funds.entries.items() if kind is AmountKind.EXECUTION_RATE)
    return next((rate for rate in rates if rate.ref.row == points.ref.row), total)
