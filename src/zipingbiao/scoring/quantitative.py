"""Numeric indicators: one unit for both sides, then 正向, 反向, 等于 or 区间 (rules.md 3.3 to 3.5)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from zipingbiao.scoring.direction import (
    Direction,
    better_beyond,
    counts_things,
    decide,
    is_output,
    says_percent,
)
from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.scoring.outcome import ONE, ZERO, by_percentage, is_percent, met, nothing, result
from zipingbiao.scoring.profile import Deduction, Profile
from zipingbiao.scoring.qualitative import same_words
from zipingbiao.table.records import Indicator, Kind, Role
from zipingbiao.values.number import HUNDRED, percent, plain, ratio, round_points
from zipingbiao.values.typed import Comparator, Interval, Quantity
from zipingbiao.values.unit import Unit

Scales = tuple[Decimal, Decimal]

# This many times apart, with one unit missing: 元 against 万元 or 人次 against 万人次, not a result.
_FAR = Decimal(1000)


def score_number(indicator: Indicator, target: Quantity | Interval, profile: Profile) -> Scored:
    """Return the result of a line whose target is a number or a range of numbers."""
    actual = indicator.value(Role.ACTUAL)
    direction = decide(indicator, target, actual.unit if isinstance(actual, Quantity) else None)
    if not isinstance(actual, Quantity):
        if same_words(indicator.text(Role.TARGET), indicator.text(Role.ACTUAL)):
            return met(indicator, direction.kind, direction.why, "业绩值与目标值一致", Note.COPIED_TARGET)
        if isinstance(actual, Interval):
            return nothing(indicator, direction.kind, direction.why, Note.UNCLEAR, "业绩值应为一个确定的数")
        return nothing(indicator, direction.kind, direction.why, Note.NOT_A_NUMBER)
    scales = _common_scale(indicator, target, actual)
    if isinstance(scales, Note):
        if scales is Note.UNITS_DIFFER and is_percent(actual):
            return by_percentage(indicator, direction.kind, direction.why, Note.PERCENT_FOR_AMOUNT)
        return nothing(indicator, direction.kind, direction.why, scales)
    for_target, for_actual = scales
    done = actual.number * for_actual
    if isinstance(target, Interval):
        low, high = target.low * for_target, target.high * for_target
        return _interval(indicator, direction, low, high, done, profile)
    notes = _copied(target, actual)
    goal = target.number * for_target
    if direction.kind is None:
        if done != goal:
            return nothing(indicator, None, "", Note.UNDECIDED, *notes)
        return met(indicator, None, "实际等于目标，方向不影响得分", f"{plain(done)} = {plain(goal)}", *notes)
    if goal < 0:
        return nothing(indicator, direction.kind, direction.why, Note.NEGATIVE_TARGET, *notes)
    if direction.kind is Kind.AT_MOST or not goal:
        scored = _at_most(indicator, direction, goal, done, profile, notes)
    else:
        scored = _at_least(indicator, direction, goal, done, notes)
        if done > goal:
            scored = _deducted(scored, goal, done, profile.deduction)
    return scored


def _copied(target: Quantity, actual: Quantity) -> tuple[Note, ...]:
    """``≥266米`` as the actual of ``≥266米``: met as stated, but nothing was reported."""
    return (Note.COPIED_TARGET,) if actual.comparator is not None and actual.number == target.number else ()


def _at_least(
    indicator: Indicator, direction: Direction, goal: Decimal, done: Decimal, notes: tuple[Note, ...] = ()
) -> Scored:
    kind, why = direction
    rate = ratio(done, goal)
    weight = indicator.weight or ZERO
    if done >= goal:
        compared = f"{plain(done)} {'≥' if kind is Kind.AT_LEAST else '='} {plain(goal)}"
        if kind is Kind.EQUAL and done > goal:
            compared = f"{plain(done)} 超过目标值 {plain(goal)}，不扣分"
        sentence = f"{compared}，得满分 {plain(weight)}（完成率 {percent(rate)}）"
        return result(indicator, kind, why, rate, weight, sentence, notes, reached=True)
    score = round_points(ratio(max(done, ZERO), goal, weight))
    sentence = f"{plain(weight)} × {plain(done)} ÷ {plain(goal)} = {plain(score)}（完成率 {percent(rate)}）"
    return result(indicator, kind, why, rate, score, sentence, notes, reached=False)


def _deducted(scored: Scored, goal: Decimal, done: Decimal, deduction: Deduction) -> Scored:
    """Take off what the profile asks for over-completion; never for a cost, never below 0."""
    weight, level = scored.indicator.weight or ZERO, scored.indicator.level2 + scored.indicator.level1
    if "成本" in level:
        return scored
    reached = [(start, points) for start, points in deduction.lines if done >= goal * start]
    if reached:
        start, points = reached[-1]
        formula = f"{plain(weight)} − {plain(points)}"
        exact, why = weight - points, f"达到 {plain(start * HUNDRED)}% 扣 {plain(points)} 分"
    elif deduction.tolerance is not None and done > goal * (1 + deduction.tolerance):
        free = plain(deduction.tolerance)
        formula = f"{plain(weight)} × (1 − ({plain(done)} ÷ {plain(goal)} − 1 − {free}))"
        exact = ratio(goal * (2 + deduction.tolerance) - done, goal, weight)
        why = f"超过 {plain((1 + deduction.tolerance) * HUNDRED)}% 的部分按偏离度扣减"
    else:
        return scored
    score = round_points(max(exact, ZERO))
    formula += "，不低于 0 分" if exact < 0 else ""
    sentence = f"{formula} = {plain(score)}（完成率 {scored.completion_text}，{why}）"
    return replace(scored, score=score, explanation=sentence)


def _at_most(
    indicator: Indicator,
    direction: Direction,
    goal: Decimal,
    done: Decimal,
    profile: Profile,
    notes: tuple[Note, ...] = (),
) -> Scored:
    """Full marks up to the cap; above it by the profile's formula."""
    kind, why = direction
    weight = indicator.weight or ZERO
    if not goal:
        return _zero_target(indicator, direction, done, notes)
    rate = ratio(done, goal)
    if done <= goal:
        sentence = f"{plain(done)} ≤ {plain(goal)}，得满分 {plain(weight)}（完成率 {percent(rate)}）"
        return result(indicator, kind, why, rate, weight, sentence, notes, reached=True)
    calculation, score = _above_cap(weight, goal, done, profile.inverse)
    sentence = f"{calculation}（超出上限，完成率 {percent(rate)}）"
    return result(indicator, kind, why, rate, score, sentence, notes, reached=False)


def _above_cap(weight: Decimal, goal: Decimal, done: Decimal, inverse: str) -> tuple[str, Decimal]:
    """Return the calculation and the points of an actual above its cap (rules.md 3.3)."""
    if inverse == "strict":
        return f"{plain(done)} > {plain(goal)}，超过上限不得分", ZERO
    if inverse == "ratio":
        exact = ratio(goal, done, weight)
        formula = f"{plain(weight)} × {plain(goal)} ÷ {plain(done)}"
    else:
        exact = ratio(max(2 * goal - done, ZERO), goal, weight)
        formula = f"{plain(weight)} × (1 − ({plain(done)} − {plain(goal)}) ÷ {plain(goal)})"
        formula += "，不低于 0 分" if done > 2 * goal else ""
    score = round_points(exact)
    return f"{formula} = {plain(score)}", score


def _zero_target(
    indicator: Indicator, direction: Direction, done: Decimal, notes: tuple[Note, ...]
) -> Scored:
    """Target 0: full only at 0, except ≥ 0, which every count reaches (rules.md 3.5) and no decline does."""
    weight = indicator.weight or ZERO
    target = indicator.value(Role.TARGET)
    signs = {indicator.sign, target.comparator if isinstance(target, Quantity) else None}
    is_above = done >= 0 and Comparator.AT_LEAST in signs
    reached = is_above or not done or (done < 0 and direction.kind is not Kind.AT_LEAST)
    score = weight if reached else ZERO
    sentence = f"目标为 0，实际为 {plain(done)}，得 {plain(score)} 分"
    rate = ONE if reached else None
    if reached or done > 0:  # a decline is no question of the target
        notes = (Note.ZERO_TARGET, *notes)
    return result(indicator, direction.kind, direction.why, rate, score, sentence, notes, reached=reached)


def _interval(
    indicator: Indicator, direction: Direction, low: Decimal, high: Decimal, done: Decimal, profile: Profile
) -> Scored:
    kind, why = direction
    if low <= done <= high:
        return met(indicator, kind, why, f"{plain(done)} 在 {plain(low)}～{plain(high)} 之内")
    if low <= 0:
        return nothing(indicator, kind, why, Note.NEGATIVE_TARGET)
    if done > high and is_output(indicator):
        return _above_range(indicator, direction, (low, high), done)
    better = better_beyond(indicator)
    if (done > high and better is Kind.AT_LEAST) or (done < low and better is Kind.AT_MOST):
        return met(indicator, kind, why, f"{plain(done)} 好于 {plain(low)}～{plain(high)}")
    if done < low:
        return _at_least(indicator, direction, low, done)
    return _at_most(indicator, direction, high, done, profile)


def _above_range(indicator: Indicator, direction: Direction, bounds: Scales, done: Decimal) -> Scored:
    """More was done than planned: full marks, and what is to be said of it follows from the upper bound."""
    weight, rate, (low, high) = indicator.weight or ZERO, ratio(done, bounds[1]), bounds
    beyond = f"{plain(done)} 超过 {plain(low)}～{plain(high)} 的上限，不扣分"
    sentence = f"{beyond}，得满分 {plain(weight)}（完成率 {percent(rate)}）"
    return result(indicator, direction.kind, direction.why, rate, weight, sentence, (), reached=True)


def _common_scale(indicator: Indicator, target: Quantity | Interval, actual: Quantity) -> Scales | Note:
    """Return factors that bring target and actual to one unit, or why there are none."""
    own = target.unit or indicator.unit
    if own is None and actual.unit is None:
        return _both_plain(indicator, target, actual)
    if own is not None and own.is_percent and actual.unit is None:
        return _percent_and_plain(indicator, actual.number, _bound(target))
    if actual.unit is not None and actual.unit.is_percent and target.unit is None:
        if own is None and not _is_count(indicator, _bound(target)):
            scale = _percent_and_plain(indicator, _bound(target), actual.number)
            return scale if isinstance(scale, Note) else (scale[1], scale[0])
        return (ONE, ONE) if own is not None and own.is_percent else Note.UNITS_DIFFER
    if own is None or actual.unit is None:
        return _one_side_named(own or actual.unit, _bound(target), actual.number)
    return _convert(own, actual.unit)


def _bound(target: Quantity | Interval) -> Decimal:
    return target.high if isinstance(target, Interval) else target.number


def _is_count(indicator: Indicator, number: Decimal) -> bool:
    """A plain target that a percentage does not measure: 软件采购数量 6, or anything above 100."""
    return not says_percent(indicator) and (counts_things(indicator) or number > HUNDRED)


def _both_plain(indicator: Indicator, target: Quantity | Interval, actual: Quantity) -> Scales | Note:
    goal = _bound(target)
    if says_percent(indicator):
        if ZERO < actual.number < ONE and goal > ONE:
            return ONE, HUNDRED
        if ZERO < goal < ONE and actual.number > ONE:
            return HUNDRED, ONE
        if ONE in (goal, actual.number) and HUNDRED in (goal, actual.number):
            return Note.SCALE_UNSURE
    return ONE, ONE


def _percent_and_plain(indicator: Indicator, number: Decimal, percentage: Decimal) -> Scales | Note:
    """One side says %, the other is a plain number: 95 is 95 %; 0.95 only where name or unit says %.

    Returns the factors for (percentage side, plain side).
    """
    if number > ONE or number <= ZERO or percentage <= ONE:
        return ONE, ONE
    return (ONE, HUNDRED) if says_percent(indicator) else Note.SCALE_UNSURE


def _one_side_named(unit: Unit | None, goal: Decimal, done: Decimal) -> Scales | Note:
    """A plain number is in the unit of the other side; 100 against 980000元 was meant in 万元."""
    scales = unit is not None and (
        unit.is_money or unit.dimension == "scale" or _counts_by_ten_thousands(unit)
    )
    far_apart = bool(goal) and bool(done) and not 1 / _FAR < abs(done / goal) < _FAR
    return Note.UNIT_UNSURE if scales and far_apart else (ONE, ONE)


def _counts_by_ten_thousands(unit: Unit) -> bool:
    return unit.dimension == "count" and unit.factor > ONE


def _convert(left: Unit, right: Unit) -> Scales | Note:
    if not left.comparable(right):
        return Note.UNITS_DIFFER
    small, large = sorted((left.factor, right.factor))
    if large % small:
        return left.factor, right.factor  # 亩 and m2: only their common base is exact
    return left.factor / small, right.factor / small
