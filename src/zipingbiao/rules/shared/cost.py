"""The cost indicator that stands for the whole project: its target is the project's budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from zipingbiao.rules.shared.money import budgets, money, same_amount
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.score import score_indicator
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import TEN_THOUSAND
from zipingbiao.values.typed import Quantity
from zipingbiao.values.unit import Unit


def whole_budget_target(indicator: Indicator, funds: Funds) -> Decimal | None:
    """Return the target in 万元 when this is a cost indicator whose target is the whole budget.

    A unit price (5300元 per household) is a cost too, but says nothing about the money spent.
    """
    if not is_cost(indicator):
        return None
    target = money_of(indicator, Role.TARGET, funds)
    matches = target and any(same_amount(funds, target, budget) for budget in budgets(funds))
    return target if matches else None


def is_cost(indicator: Indicator) -> bool:
    """Tell whether a line stands under 成本, on either level."""
    return not indicator.is_execution and "成本" in indicator.level1 + indicator.level2


def score_by_spending(evaluation: Evaluation, row: Scored) -> Scored | None:
    """Return what the money spent gives a whole-budget cost whose actual is a percentage, or None."""
    funds, indicator = evaluation.table.funds, row.indicator
    if (
        funds is None
        or Note.PERCENT_FOR_AMOUNT not in row.notes
        or whole_budget_target(indicator, funds) is None
    ):
        return None
    executed, typed = funds.amount(AmountKind.EXECUTED), indicator.entries.get(Role.ACTUAL)
    if executed is None or typed is None:
        return None
    text = money(funds, executed)
    spent = Quantity(executed * TEN_THOUSAND / funds.unit.factor, funds.unit, None, text)
    entries = {**indicator.entries, Role.ACTUAL: Entry(typed.ref, None, text, spent)}
    return score_indicator(replace(indicator, entries=entries), funds, evaluation.profile)


def money_of(indicator: Indicator, role: Role, funds: Funds) -> Decimal | None:
    """Return the money in a cell in 万元; a missing unit is that of the line, then of the funds."""
    entry = indicator.entries.get(role)
    return entry.amount(_unit(indicator, funds)) if entry is not None else None


def _unit(indicator: Indicator, funds: Funds) -> Unit:
    typed = (indicator.value(role) for role in (Role.TARGET, Role.ACTUAL))
    units = [value.unit for value in typed if isinstance(value, Quantity) and value.unit is not None]
    money = next((unit for unit in units if unit.dimension in {"money", "scale"}), None)
    return indicator.unit or money or funds.unit
