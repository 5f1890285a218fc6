"""The execution rate of a table, and the points that budget execution earns."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.scoring.evaluation import Note, Scored, base_of
from zipingbiao.scoring.outcome import ONE, ZERO, nothing, result
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Indicator, Kind, Place, Role, SelfEvaluation
from zipingbiao.values.number import percent, plain, ratio, round_points, round_rate


def execution_rate(funds: Funds) -> Decimal | None:
    """Return 全年执行 ÷ 全年预算 as a fraction rounded to 0.0001; None without a budget."""
    budget, executed = funds.amount(AmountKind.FULL_YEAR), funds.amount(AmountKind.EXECUTED)
    return round_rate(ratio(executed, budget)) if budget and executed is not None else None


def implied_execution(table: SelfEvaluation, profile: Profile) -> Indicator | None:
    """Return the execution line that a table lacks though its funds allow the rate and its weights leave room.

    Room: Σ of the weights + the profile's points ≤ the profile's total (seed 002). None otherwise.
    """
    lines = [line for line in table.indicators if not (line.is_execution and line.is_unfilled)]
    if table.funds is None or not lines or any(line.is_execution for line in lines):
        return None
    if not profile.execution_points:
        return None
    budget, executed = table.funds.amount(base_of(profile)), table.funds.amount(AmountKind.EXECUTED)
    weights = [line.weight for line in lines]
    shown = sum((weight for weight in weights if weight is not None), ZERO)
    if not budget or executed is None or None in weights:
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


_NO_BUDGET = {AmountKind.FULL_YEAR: Note.NO_BUDGET, AmountKind.INITIAL: Note.NO_INITIAL_BUDGET}


def score_execution(indicator: Indicator, funds: Funds | None, base: AmountKind) -> Scored:
    """Return the result of the execution line: from the amounts; without a funds table from the typed rate."""
    weight = indicator.weight if indicator.weight is not None else ZERO
    if funds is None:
        return _execution_as_typed(indicator, weight)
    budget, executed = funds.amount(base), funds.amount(AmountKind.EXECUTED)
    if not budget or budget < 0:
        return nothing(indicator, Kind.EXECUTION, "预算执行", _NO_BUDGET[base])
    if executed is None:
        return nothing(indicator, Kind.EXECUTION, "预算执行", Note.NO_EXECUTED)
    rate = ratio(executed, budget)
    used = min(max(executed, ZERO), budget)
    score = round_points(ratio(used, budget, weight))
    by_base = "，按年初预算" if base is AmountKind.INITIAL else ""
    product = f"{plain(weight)} × {plain(used)} ÷ {plain(budget)}"
    sentence = f"{product} = {plain(score)}（预算执行率 {percent(rate)}{by_base}）"
    typed = (funds.typed_amount(base), funds.typed_amount(AmountKind.EXECUTED))
    notes = () if typed == (budget, executed) else (Note.PARTS_USED,)
    return result(
        indicator, Kind.EXECUTION, "预算执行", rate, score, sentence, notes, reached=executed >= budget
    )


def _execution_as_typed(indicator: Indicator, weight: Decimal) -> Scored:
    entry = indicator.entries.get(Role.ACTUAL) or indicator.entries.get(Role.COMPLETION)
    rate = entry.fraction if entry is not None else None
    if rate is None:
        return nothing(indicator, Kind.EXECUTION, "预算执行", Note.NO_FUNDS)
    score = round_points(weight * min(max(rate, ZERO), ONE))
    sentence = f"{plain(weight)} × {percent(rate)} = {plain(score)}（没有资金表，按填报的执行率）"
    notes = (Note.RATE_AS_TYPED,)
    return result(indicator, Kind.EXECUTION, "预算执行", rate, score, sentence, notes, reached=rate >= ONE)
