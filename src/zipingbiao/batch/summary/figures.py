"""What two tables of one project say: whether it is the same, and where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from itertools import zip_longest
from operator import attrgetter
from typing import Any

from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.rules.shared.mixed import is_mixed
from zipingbiao.scoring.execution import spending_of_all
from zipingbiao.values.number import TEN_THOUSAND, plain
from zipingbiao.values.spelling import same_text

_AMOUNTS = ("initial_budget", "full_year_budget", "executed")
_FAR = 1000
"""An amount so much smaller than the largest one is not of its unit."""

_COMPARED: tuple[tuple[str, Callable[[IndicatorRow], Any]], ...] = (
    ("目标值", lambda line: same_text(line.target).removeprefix("=")),  # Excel takes it from =100%
    ("业绩值", lambda line: same_text(line.actual)),
    ("分值", attrgetter("weight")),
    ("得分", attrgetter("adopted")),
    ("原因", lambda line: same_text(line.reason)),
)
_WORDS_ONLY = "原因"


def figures(row: ProjectRow) -> tuple[object, ...]:
    """Return what counts of a table: where two agree in it there is nothing to decide between them."""
    lines = tuple(
        (same_text(line.name), *(value(line) for label, value in _COMPARED if label != _WORDS_ONLY))
        for line in row.indicators
    )
    return (*(getattr(row, name) for name in _AMOUNTS), row.adopted_total, row.weights_total, lines)


def filled(row: ProjectRow) -> int:
    """Return how many lines somebody filled in."""
    return sum(bool(line.actual) or line.stated_score is not None for line in row.indicators)


def differences(one: ProjectRow, other: ProjectRow) -> str:
    """Return where two tables differ, as 待认定 says it: 业绩值2处、得分1处."""
    amounts = sum(getattr(one, name) != getattr(other, name) for name in _AMOUNTS)
    pairs = list(zip_longest(one.indicators, other.indicators))
    both = [(mine, theirs) for mine, theirs in pairs if mine is not None and theirs is not None]
    counts = [("指标", len(pairs) - len(both)), ("金额", amounts)]
    counts += [
        (label, sum(value(mine) != value(theirs) for mine, theirs in both)) for label, value in _COMPARED
    ]
    told = "、".join(f"{label}{number}处" for label, number in counts if number)
    return told or "只有文字不同"


def money_evidence(row: ProjectRow, earlier: Iterable[ProjectRow]) -> str:
    """Return why the amounts of a table look typed in the other one of 元 and 万元; "" where nothing says so.

    Args:
        row: the table.
        earlier: the versions of it that are replaced.
    """
    if row.money_beside is not None:
        return f"表内另有金额{_money(row.money_beside)}，与资金表正好相差一万倍"
    own = [amount for name in _AMOUNTS if (amount := getattr(row, name))]
    for amount in own:
        if any(_is_off(row, other, amount) for other in own):
            return f"资金表中另有{_money(amount)}，正好相差一万倍"
    for version in earlier:
        if version.budget and row.budget and _is_off(row, row.budget, version.budget):
            return f"另一版为{_money(version.budget)}，正好相差一万倍"
    return ""


def _is_off(row: ProjectRow, amount: Decimal, other: Decimal) -> bool:
    """Whether of two amounts the first is the one in the wrong unit."""
    return is_mixed(amount, other) and (amount < other) is row.in_yuan


def in_other_unit(row: ProjectRow, *, to_yuan: bool) -> ProjectRow:
    """Return the table with its amounts read in 元, or in 万元; what is read so already stays.

    An amount that was typed in the right unit beside the others, far from them, stays too.
    """
    if to_yuan is row.in_yuan:
        return row
    sizes = [abs(amount) for name in _AMOUNTS if (amount := getattr(row, name))]
    if not sizes:
        return row
    edge = max(sizes) / _FAR if to_yuan else min(sizes) * _FAR
    factor = 1 / TEN_THOUSAND if to_yuan else TEN_THOUSAND

    def meant(amount: Decimal | None) -> Decimal | None:
        return amount * factor if amount and (abs(amount) > edge) is to_yuan else amount

    sources = tuple(
        each._replace(budget=meant(each.budget), executed=meant(each.executed)) for each in row.sources
    )
    changed = row._replace(
        initial_budget=meant(row.initial_budget),
        full_year_budget=meant(row.full_year_budget),
        executed=meant(row.executed),
        sources=sources,
    )
    spending = spending_of_all([(changed.budget, changed.executed)])
    return changed._replace(execution_rate=None if spending is None else spending.rate)


def _money(amount: Decimal) -> str:
    return f"{plain(amount)}万元"
