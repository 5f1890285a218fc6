"""All checks: one rule, one file, one permanent code; this tuple is the registry.

A rule module has a docstring of fixed parts (检查内容 为何重要 依据 严重程度 反例 正例 不检查), ``CODE``,
``SEVERITY`` (the only place that says it; a profile may move it) and ``check(evaluation)``, which yields findings and
never raises because of what a user typed. A batch rule (B…) has ``check_batch(evaluations)`` instead: it
compares tables with each other and yields each finding with the file it belongs to. Rules of Y2 and Y3 have
``check_against(evaluation, other)``: they compare a table with what was approved, or with last year's.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from types import ModuleType

from zipingbiao.rules.batches import b101_same_money, b102_results_copied, b103_reason_copied
from zipingbiao.rules.funds import (
    f101_balance_wrong,
    f102_funding_rate_wrong,
    f103_execution_rate_wrong,
    f104_fiscal_sum,
    f105_funds_sum,
    f106_execution_line_differs,
    f107_total_not_carried,
    f108_cost_differs_from_spending,
    f109_spent_above_funds,
    f110_received_hides_shortfall,
    f111_execution_as_indicator,
    f112_not_carried_out,
    f113_count_times_standard,
    f114_unpaid_counted_as_saving,
)
from zipingbiao.rules.layout import (
    l101_column_missing,
    l102_column_twice,
    l103_hidden_rows,
    l104_funds_unmatched,
    l105_nothing_to_score,
    l106_formula_overwritten,
)
from zipingbiao.rules.scores import (
    s101_stated_outside_weight,
    s102_stated_above_computed,
    s103_stated_below_computed,
    s104_reason_missing,
    s105_over_completion,
    s106_score_outside_band,
    s107_reason_slogan,
    s108_reason_repeated,
    s109_everything_as_planned,
    s110_completion_differs,
)
from zipingbiao.rules.shared.say import entries_where
from zipingbiao.rules.texts import (
    t101_total_differs,
    t102_grade_differs,
    t103_execution_lags_results,
    t104_years_differ,
    t105_indicator_counted_twice,
    t106_guide_text_left,
    t107_result_repeats_goal,
    t108_goals_identical,
    t109_other_name_in_text,
    t110_year_in_text_differs,
    t111_result_in_text_differs,
    t112_satisfaction_without_proof,
    t113_section_empty,
    t114_satisfaction_in_text_differs,
)
from zipingbiao.rules.values import (
    v101_error_cell,
    v102_formula_without_result,
    v103_units_differ,
    v104_line_not_computed,
    v105_direction_undecided,
    v106_target_copied,
    v107_money_unit_mixed,
    v108_date_serial,
    v109_digits_lost,
    v110_target_zero,
    v111_share_above_whole,
    v112_sign_contradicts_name,
    v113_weight_repeated,
    v115_line_unfilled,
)
from zipingbiao.rules.weights import (
    w101_weights_total,
    w102_levels_differ,
    w103_execution_implied,
    w104_execution_missing,
    w105_profile_guessed,
    w106_weight_invalid,
    w107_caption_points_differ,
)
from zipingbiao.rules.years import (
    y101_date_of_earlier_year,
    y201_approved_indicator_missing,
    y202_indicator_not_approved,
    y203_target_not_as_approved,
    y204_weight_not_as_approved,
    y301_target_lowered,
    y302_text_of_last_year,
    y303_weight_shifted,
    y304_project_vanished,
)
from zipingbiao.rules.years.approval import Approval
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.profile import Profile

RULES: tuple[ModuleType, ...] = (
    l101_column_missing,
    l102_column_twice,
    l103_hidden_rows,
    l104_funds_unmatched,
    l105_nothing_to_score,
    l106_formula_overwritten,
    v101_error_cell,
    v102_formula_without_result,
    v103_units_differ,
    v104_line_not_computed,
    v105_direction_undecided,
    v106_target_copied,
    v107_money_unit_mixed,
    v108_date_serial,
    v109_digits_lost,
    v110_target_zero,
    v111_share_above_whole,
    v112_sign_contradicts_name,
    v113_weight_repeated,
    v115_line_unfilled,
    w101_weights_total,
    w102_levels_differ,
    w103_execution_implied,
    w104_execution_missing,
    w105_profile_guessed,
    w106_weight_invalid,
    w107_caption_points_differ,
    y101_date_of_earlier_year,
    s101_stated_outside_weight,
    s102_stated_above_computed,
    s103_stated_below_computed,
    s104_reason_missing,
    s105_over_completion,
    s106_score_outside_band,
    s107_reason_slogan,
    s108_reason_repeated,
    s109_everything_as_planned,
    s110_completion_differs,
    t101_total_differs,
    t102_grade_differs,
    t103_execution_lags_results,
    t104_years_differ,
    t105_indicator_counted_twice,
    t106_guide_text_left,
    t107_result_repeats_goal,
    t108_goals_identical,
    t109_other_name_in_text,
    t110_year_in_text_differs,
    t111_result_in_text_differs,
    t112_satisfaction_without_proof,
    t113_section_empty,
    t114_satisfaction_in_text_differs,
    f101_balance_wrong,
    f102_funding_rate_wrong,
    f103_execution_rate_wrong,
    f104_fiscal_sum,
    f105_funds_sum,
    f106_execution_line_differs,
    f107_total_not_carried,
    f108_cost_differs_from_spending,
    f109_spent_above_funds,
    f110_received_hides_shortfall,
    f111_execution_as_indicator,
    f112_not_carried_out,
    f113_count_times_standard,
    f114_unpaid_counted_as_saving,
)

BATCH_RULES: tuple[ModuleType, ...] = (b101_same_money, b102_results_copied, b103_reason_copied)

TARGET_RULES: tuple[ModuleType, ...] = (
    y201_approved_indicator_missing,
    y202_indicator_not_approved,
    y203_target_not_as_approved,
    y204_weight_not_as_approved,
)

LAST_RULES: tuple[ModuleType, ...] = (y301_target_lowered, y302_text_of_last_year, y303_weight_shifted)

GONE_RULES: tuple[ModuleType, ...] = (y304_project_vanished,)

ALL_RULES = (*RULES, *BATCH_RULES, *TARGET_RULES, *LAST_RULES, *GONE_RULES)

Checked = tuple[tuple[Finding, ...], tuple[str, ...]]
"""Findings in a stable order, and the rules that crashed."""


def check(evaluation: Evaluation) -> Checked:
    """Return the findings of all rules in a stable order, and the rules that crashed.

    Findings are sorted by place, then code; those about the whole table come first. The profile
    may move a rule to another severity or switch it off. A crash is our fault: it is returned as
    text under the rule's code and stops nothing.
    """
    return _checked(RULES, evaluation, lambda rule: rule.check(evaluation))


def check_targets(evaluation: Evaluation, approval: Approval) -> Checked:
    """Return, as :func:`check` does, where a table differs from the approved targets of its project."""
    return _checked(TARGET_RULES, evaluation, lambda rule: rule.check_against(evaluation, approval))


def check_last(evaluation: Evaluation, last: Evaluation) -> Checked:
    """Return, as :func:`check` does, what is doubtful beside the project's table of last year."""
    return _checked(LAST_RULES, evaluation, lambda rule: rule.check_against(evaluation, last))


def check_gone(last: Evaluation) -> Checked:
    """Return, as :func:`check` does, what is to be said of a table of last year without one this year."""
    return _checked(GONE_RULES, last, lambda rule: rule.check_gone(last))


def _checked(
    rules: Iterable[ModuleType], evaluation: Evaluation, work: Callable[[ModuleType], Iterable[Finding]]
) -> Checked:
    findings: list[Finding] = []
    faults: list[str] = []
    for rule in rules:
        try:
            findings.extend(_run(rule, evaluation.profile, work))
        except Exception:  # noqa: BLE001 a rule must never stop the others
            faults.append(f"{rule.CODE} {evaluation.table.anchor}\n{traceback.format_exc()}")
    return tuple(sorted(findings, key=_place)), tuple(faults)


def check_batch(
    evaluations: Sequence[tuple[str, Evaluation]],
) -> tuple[tuple[tuple[str, Finding], ...], tuple[str, ...]]:
    """Return what the batch rules find in many tables, each with its file, and the rules that crashed.

    Args:
        evaluations: path of the file and table; a file with several tables comes several times. Of
            several versions of a project only the one that counts should be given.

    Findings are sorted by file, place and code; the cell of each lies in a table of its file.
    """
    findings: list[tuple[str, Finding]] = []
    faults: list[str] = []
    for rule in BATCH_RULES:
        try:
            findings.extend(_run_batch(rule, evaluations))
        except Exception:  # noqa: BLE001 a rule must never stop the others
            faults.append(f"{rule.CODE}\n{traceback.format_exc()}")
    return tuple(sorted(findings, key=lambda found: (found[0], *_place(found[1])))), tuple(faults)


def check_tables(
    path: str, evaluations: Sequence[Evaluation]
) -> tuple[tuple[tuple[Finding, ...], ...], tuple[str, ...]]:
    """Return the findings of each table of one file, those among its tables included, and the faults."""
    checked = [check(evaluation) for evaluation in evaluations]
    findings = [list(found) for found, _ in checked]
    several = len(evaluations) > 1  # one table has nothing to be compared with
    among, faults = check_batch([(path, one) for one in evaluations]) if several else ((), ())
    for _, finding in among:
        findings[_owner(finding, evaluations)].append(finding)
    return (
        tuple(tuple(sorted(found, key=_place)) for found in findings),
        (*(fault for _, crashed in checked for fault in crashed), *faults),
    )


def _owner(finding: Finding, evaluations: Sequence[Evaluation]) -> int:
    """The position of the table in which the cell of a finding lies; funds may stand on another sheet."""
    ref = finding.ref
    on_sheet = [
        number for number, one in enumerate(evaluations) if ref is not None and one.table.sheet == ref.sheet
    ]
    if len(on_sheet) == 1:
        return on_sheet[0]
    owners = (
        number
        for number, evaluation in enumerate(evaluations)
        if entries_where(evaluation, lambda entry: entry.ref == ref)
    )
    return next(owners, 0)


def _run(
    rule: ModuleType, profile: Profile, work: Callable[[ModuleType], Iterable[Finding]]
) -> Iterator[Finding]:
    if rule.CODE in profile.rules_off:
        return
    wanted = profile.severities.get(rule.CODE)
    for finding in work(rule):
        yield finding if wanted is None else _moved(finding, rule.SEVERITY, wanted)


def _run_batch(
    rule: ModuleType, evaluations: Sequence[tuple[str, Evaluation]]
) -> Iterator[tuple[str, Finding]]:
    compared = [sheet for sheet in evaluations if rule.CODE not in sheet[1].profile.rules_off]
    profiles = {path: evaluation.profile for path, evaluation in compared}
    for path, finding in rule.check_batch(compared):
        wanted = profiles[path].severities.get(rule.CODE)
        yield path, finding if wanted is None else _moved(finding, rule.SEVERITY, wanted)


def _moved(finding: Finding, usual: Severity, wanted: Severity) -> Finding:
    """The profile's severity instead of the rule's; what a rule says more mildly never gets worse."""
    if finding.severity is not usual and finding.severity.rank >= wanted.rank:
        return finding
    return replace(finding, severity=wanted)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    if finding.ref is None:
        return ("", 0, 0, finding.code)
    return (finding.ref.sheet, finding.ref.row, finding.ref.column, finding.code)
