"""Amounts of the indicators that are ten thousand times those of the funds, or a ten-thousandth: 元 beside 万元."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.rules.shared.cost import money_of
from zipingbiao.rules.shared.money import TYPED_KINDS
from zipingbiao.rules.shared.once import once
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import TEN_THOUSAND
from zipingbiao.values.typed import Quantity

_TOLERANCE = Decimal("0.001")  # 194812元 beside 19.48万元


class Mixed(NamedTuple):
    """One cell of a line that is off: its amount in 万元, and the amount of the funds beside it."""

    row: Scored
    role: Role
    entry: Entry
    amount: Decimal
    kind: AmountKind
    known: Decimal


@once
def mixed_amounts(evaluation: Evaluation) -> Iterator[Mixed]:
    """Yield the first such cell of each line."""
    funds = evaluation.table.funds
    if funds is None:
        return
    known = [(kind, amount) for kind in TYPED_KINDS if (amount := funds.amount(kind))]
    for row in evaluation.rows:
        if not row.indicator.is_execution and Note.UNIT_UNSURE not in row.notes:
            found = next(_mixed(row, funds, known), None)
            if found is not None:
                yield found


def is_mixed(one: Decimal, other: Decimal) -> bool:
    """Tell whether one of two amounts is ten thousand times the other, but for what was rounded."""
    small, large = sorted((abs(one), abs(other)))
    return bool(small) and abs(large - small * TEN_THOUSAND) <= large * _TOLERANCE


def _mixed(row: Scored, funds: Funds, known: Sequence[tuple[AmountKind, Decimal]]) -> Iterator[Mixed]:
    for role in (Role.TARGET, Role.ACTUAL):
        entry = row.indicator.entries.get(role)
        if entry is None or not _is_money(row.indicator, entry):
            continue
        amount = money_of(row.indicator, role, funds)
        if not amount:
            continue
        for kind, of_funds in known:
            if is_mixed(amount, of_funds):
                yield Mixed(row, role, entry, amount, kind, of_funds)


def _is_money(indicator: Indicator, entry: Entry) -> bool:
    """A plain number is money only for a cost: 20万 people are none, and neither are 300 households."""
    unit = entry.value.unit if isinstance(entry.value, Quantity) else None
    if unit is not None and unit.is_money:
        return not unit.per
    return "成本" in indicator.level1 + indicator.level2
