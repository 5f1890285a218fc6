"""One cause, one finding: what follows from another finding is told as part of it.

``ONE_CAUSE`` is applied once, to what the rules found in a table. Where a place switches the cause off,
there is no such finding, and the effect is reported as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.rules.weights.levels import levels_off
from zipingbiao.rules.weights.w107_caption_points_differ import caption_excess
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import plain, same_points


class OneCause(NamedTuple):
    """A finding that explains another one.

    Attributes:
        cause, effect: the codes of their rules.
        symptom: how the cause tells the effect, before it says what is wrong; "" where there is nothing
            to add, None where this table's effect has another cause.
        rest: the table that the effect's rule is asked about again, where it may speak of other lines
            too; None where nothing of it is left.
    """

    cause: str
    effect: str
    symptom: Callable[[Evaluation, Finding], str | None]
    rest: Callable[[Evaluation], Evaluation] | None = None


Again = Callable[[str, Evaluation], Sequence[Finding]]
"""Code of a rule, table → what it finds there."""


def told_once(evaluation: Evaluation, findings: Iterable[Finding], again: Again) -> list[Finding]:
    """Return the findings of a table without those that another one explains.

    The cause has the higher severity of the two, and the cells of what it tells.
    """
    left = list(findings)
    for pair in ONE_CAUSE:
        causes = [finding for finding in left if finding.code == pair.cause]
        for effect in [finding for finding in left if finding.code == pair.effect]:
            symptom = pair.symptom(evaluation, effect) if causes else None
            if symptom is None:
                continue
            left.remove(effect)
            left[left.index(causes[0])] = causes[0] = _telling(causes[0], effect, symptom)
            if pair.rest is not None:
                left += again(pair.effect, pair.rest(evaluation))
    return left


def _telling(cause: Finding, effect: Finding, symptom: str) -> Finding:
    severity = min(cause.severity, effect.severity, key=lambda severity: severity.rank)
    if not symptom:
        return replace(cause, severity=severity)
    more = tuple(ref for ref in dict.fromkeys((*cause.more, *effect.refs)) if ref != cause.ref)
    return replace(cause, severity=severity, message=f"{symptom}：{cause.message}", more=more)


def _is_total_of_other_weights(evaluation: Evaluation, total: Finding) -> str | None:
    """The total is off by just what the weights are: 100 was written under rows that add up to 110."""
    stated, expected = evaluation.table.total_score, evaluation.adopted_total
    if stated is None or stated.number is None or expected is None:
        return None
    if not same_points(stated.number - expected, -_excess(evaluation)):
        return None
    return f"总分为{total.found}，各项得分之和为{total.expected}"


def _lacks_execution(evaluation: Evaluation, weights: Finding) -> str | None:
    """The weights lack just the points of the execution that the table does not have."""
    points = evaluation.profile.execution_points
    if not same_points(_excess(evaluation), -points):
        return None
    return f"分值合计{weights.found}，正好缺预算执行率{plain(points)}分"


def _lacks_what_captions_say(evaluation: Evaluation, weights: Finding) -> str | None:
    """The weights are off by what the captions miss, levels that are wholly absent set aside."""
    missed = caption_excess(evaluation)
    if not missed:
        return None  # what some captions have too much, others lack
    rest = _excess(evaluation) - missed
    absent = [level for level in levels_off(evaluation) if not level.found]
    said = f"分值合计{weights.found}，应为{weights.expected}"
    if same_points(rest, Decimal(0)):
        return said
    if same_points(rest, -sum((level.expected for level in absent), Decimal(0))):
        return f"{said}，其中{'、'.join(map(str, absent))}"
    return None


def _is_execution_of_empty_totals(evaluation: Evaluation, execution: Finding) -> str | None:
    """Where the totals were left at 0, so were their rate and its score."""
    row, funds = evaluation.execution, evaluation.table.funds
    if row is None or funds is None:
        return None
    entries = (row.indicator.entries.get(role) for role in (Role.ACTUAL, Role.COMPLETION, Role.SCORE))
    cells = [entry for entry in (*entries, funds.entry(AmountKind.EXECUTION_RATE)) if entry is not None]
    if any(entry.number for entry in cells):
        return None
    return f"预算执行率填{execution.found}，应为{execution.expected}"


def _is_due_full_marks(evaluation: Evaluation, reasons: Finding) -> str | None:
    """Points that the amounts give need no reason why they were missed."""
    row = evaluation.execution
    if row is None or row.score is None or row.indicator.weight is None:
        return None
    lacks = row.indicator.ref(Role.REASON) in reasons.refs
    return "" if lacks and same_points(row.score, row.indicator.weight) else None


def _is_total_of_old_scores(evaluation: Evaluation, total: Finding) -> str | None:
    """The total adds up what 评分 wrote before the edit: nothing is wrong with its formula.

    In our template it adds up what stands beside cleared lines too; only another press tells whether
    more is wrong.
    """
    entry = evaluation.table.total_score
    if entry is None or entry.ref != total.ref or entry.number is None or not entry.is_formula:
        return None
    if Role.COMPUTED in evaluation.table.headings:
        return ""
    shown = Decimal(0)
    for row in evaluation.rows:
        score = row.indicator.entries.get(Role.SCORE)
        if score is not None and row.indicator.row not in row.indicator.shared_score[1:]:
            shown += score.number or 0
    implied = [row.score for row in evaluation.rows if row.indicator.place is Place.IMPLIED]
    whole = shown + sum((score for score in implied if score is not None), Decimal(0))
    return "" if any(same_points(entry.number, points) for points in (shown, whole)) else None


def _without_execution(evaluation: Evaluation) -> Evaluation:
    return replace(evaluation, rows=tuple(row for row in evaluation.rows if not row.indicator.is_execution))


def _excess(evaluation: Evaluation) -> Decimal:
    return evaluation.weights_total - evaluation.profile.weight_total


# What is itself an effect stands first, so that its cause tells both.
ONE_CAUSE = (
    OneCause("S112", "T101", _is_total_of_old_scores),
    OneCause("W101", "T101", _is_total_of_other_weights),
    OneCause("W104", "W101", _lacks_execution),
    OneCause("W107", "W101", _lacks_what_captions_say),
    OneCause("F107", "F106", _is_execution_of_empty_totals),
    OneCause("F106", "S104", _is_due_full_marks, _without_execution),
)
