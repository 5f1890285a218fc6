"""Budget execution (预算执行): the one place that divides what was spent by the budget.

Every face shows the rate that stands here: terminal, JSON, 汇总表, the workbook's own 汇总表, the
scored line and the rules. The formulas printed in our templates calculate it by themselves; a test
compares them (tests/result/test_figures.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import in_fen, of_fen, ratio, round_rate


@frozen
class Spending:
    """What was spent of a budget, both in 万元; the budget is above zero."""

    budget: Decimal
    executed: Decimal

    @property
    def exact(self) -> Decimal:
        """执行率 as a fraction that nobody rounded, for comparing with what somebody typed."""
        return ratio(self.executed, self.budget)

    @property
    def rate(self) -> Decimal:
        """执行率 as every face shows it: a fraction rounded to 0.0001, 0.9984 is 99.84 %."""
        return round_rate(self.exact)

    @property
    def left(self) -> Decimal:
        """The share of the budget that was not spent, unrounded; below zero where more was spent."""
        return ratio(self.budget - self.executed, self.budget)


def base_of(profile: Profile, funds: Funds | None) -> AmountKind:
    """Return what the execution rate divides by: 全年预算, or 年初预算 where a place or the form itself says so."""
    if funds is not None and funds.by_initial:
        return AmountKind.INITIAL
    return AmountKind(profile.execution_base)


def spending(funds: Funds | None, base: AmountKind) -> Spending | None:
    """Return what was spent of the *base* of a table; None without a budget above zero or without 全年执行."""
    if funds is None:
        return None
    return _spending(funds.amount(base), funds.amount(AmountKind.EXECUTED))


def spending_of_all(amounts: Iterable[tuple[Decimal | None, Decimal | None]]) -> Spending | None:
    """Return the spending of several tables together, for a total's rate: Σ executed ÷ Σ budget.

    Args:
        amounts: of each table its budget, the amount that its own rate divides by, and 全年执行,
            both in 万元. A table that lacks one of them counts in neither sum.
    """
    known = [
        (budget, executed) for budget, executed in amounts if budget is not None and executed is not None
    ]
    sums = (of_fen(sum(map(in_fen, column))) for column in zip(*known, strict=True))
    return _spending(*sums) if known else None


def _spending(budget: Decimal | None, executed: Decimal | None) -> Spending | None:
    if budget is None or budget <= 0 or executed is None:
        return None
    return Spending(budget, executed)
