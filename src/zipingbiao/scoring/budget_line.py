"""The line of budget execution: implied where a table lacks it, and the points that it earns."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.scoring.execution import base_of, spending
from zipingbiao.scoring.outcome import ONE, ZERO, nothing, result
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Kind, Place, Role, SelfEvaluation
from zipingbiao.values.number import percent, plain, ratio, round_points


def implied_execution(table: SelfEvaluation, profile: Profile) -> Indicator | None:
    """Return the execution line that a table lacks though its funds allow the rate and its weights leave room.

    Room: Σ of the weights + the profile's points ≤ the profile's total (seed 002). None otherwise.
    """
    lines = [line for line in table.indicators if not (line.is_execution and line.is_unfilled)]
    if table.funds is None or not lines or any(line.is_execution for line in lines):
        return None
    if not profile.execution_points:
        return None
    weights = [line.weight for line in lines]
    shown = sum((weight for weight in weights if weight is not None), ZERO)
    if spending(table.funds, base_of(profile, table.funds)) is None or None in weights:
        return None
    if shown + profile.execution_points > profile.weight_total:
        return None
    return Indicator(
        row=None,
        place=Place.IMPLIED,
        level1="预算执行指标",
        level2="预算执行指标",
        name="预算执行率",
        weight=profile.execution_points,
        is_execution=True,
    )


def _lacking(base: AmountKind, budget: Decimal | None) -> Note:
    """What is wrong with a budget that nothing can be divided by: blank, or not above zero."""
    if base is AmountKind.INITIAL:
        return Note.NO_INITIAL_BUDGET if budget is None else Note.ZERO_INITIAL_BUDGET
    return Note.NO_BUDGET if budget is None else Note.ZERO_BUDGET


def score_execution(indicator: Indicator, funds: Funds | None, base: AmountKind) -> Scored:
    """Return the result of the execution line: from the amounts; without a funds table from the typed rate."""
    weight = indicator.weight if indicator.weight is not None else ZERO
    if funds is None:
        return _execution_as_typed(indicator, weight)
    spent = spending(funds, base)
    if spent is None:
        unclear = [kind for kind in (base, AmountKind.EXECUTED) if funds.is_unreadable(kind)]
        if unclear:
            said = "、".join(
                f"{kind.label}“{entry.text}”" for kind in unclear if (entry := funds.entry(kind))
            )
            return nothing(indicator, Kind.EXECUTION, "预算执行", Note.UNCLEAR, said)
        budget = funds.amount(base)
        note = Note.NO_EXECUTED if budget and budget > 0 else _lacking(base, budget)
        return nothing(indicator, Kind.EXECUTION, "预算执行", note)
    used = min(max(spent.executed, ZERO), spent.budget)
    score = round_points(ratio(used, spent.budget, weight))
    by_base = "，按年初预算" if base is AmountKind.INITIAL else ""
    product = f"{plain(weight)} × {plain(used)} ÷ {plain(spent.budget)}"
    sentence = f"{product} = {plain(score)}（预算执行率 {percent(spent.rate)}{by_base}）"
    typed = (funds.typed_amount(base), funds.typed_amount(AmountKind.EXECUTED))
    notes = () if typed == (spent.budget, spent.executed) else (Note.PARTS_USED,)
    reached = spent.executed >= spent.budget
    return result(indicator, Kind.EXECUTION, "预算执行", spent.exact, score, sentence, notes, reached=reached)


def _execution_as_typed(indicator: Indicator, weight: Decimal) -> Scored:
    entry = indicator.entries.get(Role.ACTUAL) or indicator.entries.get(Role.COMPLETION)
    rate = entry.fraction if entry is not None else None
    if rate is None:
        return nothing(indicator, Kind.EXECUTION, "预算执行", Note.NO_FUNDS)
    score = round_points(weight * min(max(rate, ZERO), ONE))
    sentence = f"{plain(weight)} × {percent(rate)} = {plain(score)}（没有资金表，按填报的执行率）"
    notes = (Note.RATE_AS_TYPED,)
    return result(indicator, Kind.EXECUTION, "预算执行", rate, score, sentence, notes, reached=rate >= ONE)
