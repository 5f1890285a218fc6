"""All checks: one rule, one file, one permanent code; this tuple is the registry.

A rule module has a docstring of fixed parts (检查内容 为何重要 依据 严重程度 反例 正例 不检查), ``CODE``,
``SEVERITY`` (the only place that says it) and ``check(evaluation)``, which yields findings and
never raises because of what a user typed.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from types import ModuleType

from zipingbiao.evaluation import Evaluation
from zipingbiao.finding import Finding
from zipingbiao.rules import (
    f101_balance_wrong,
    f102_funding_rate_wrong,
    f103_execution_rate_wrong,
    f104_fiscal_sum,
    f105_funds_sum,
    f106_execution_line_differs,
    f107_total_not_carried,
    f108_cost_differs_from_spending,
    l101_column_missing,
    l102_column_twice,
    l103_hidden_rows,
    l104_funds_unmatched,
    s101_stated_outside_weight,
    s102_stated_above_computed,
    s103_stated_below_computed,
    s104_reason_missing,
    s105_over_completion,
    s106_score_outside_band,
    t101_total_differs,
    t102_grade_differs,
    v101_error_cell,
    v102_formula_without_result,
    v103_units_differ,
    v104_line_not_computed,
    v105_direction_undecided,
    v106_target_copied,
    w101_weights_total,
    w103_execution_implied,
    w104_execution_missing,
    w105_profile_guessed,
    w106_weight_invalid,
)

RULES: tuple[ModuleType, ...] = (
    l101_column_missing,
    l102_column_twice,
    l103_hidden_rows,
    l104_funds_unmatched,
    v101_error_cell,
    v102_formula_without_result,
    v103_units_differ,
    v104_line_not_computed,
    v105_direction_undecided,
    v106_target_copied,
    w101_weights_total,
    w103_execution_implied,
    w104_execution_missing,
    w105_profile_guessed,
    w106_weight_invalid,
    s101_stated_outside_weight,
    s102_stated_above_computed,
    s103_stated_below_computed,
    s104_reason_missing,
    s105_over_completion,
    s106_score_outside_band,
    t101_total_differs,
    t102_grade_differs,
    f101_balance_wrong,
    f102_funding_rate_wrong,
    f103_execution_rate_wrong,
    f104_fiscal_sum,
    f105_funds_sum,
    f106_execution_line_differs,
    f107_total_not_carried,
    f108_cost_differs_from_spending,
)


def check(evaluation: Evaluation) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """Return the findings of all rules in a stable order, and the rules that crashed.

    Findings are sorted by place, then code; those about the whole table come first. A crash is
    our fault: it is returned as text under the rule's code and stops nothing.
    """
    findings: list[Finding] = []
    faults: list[str] = []
    for rule in RULES:
        try:
            findings.extend(_run(rule, evaluation))
        except Exception:  # noqa: BLE001 a rule must never stop the others
            faults.append(f"{rule.CODE} {evaluation.table.anchor}\n{traceback.format_exc()}")
    return tuple(sorted(findings, key=_place)), tuple(faults)


def _run(rule: ModuleType, evaluation: Evaluation) -> Iterator[Finding]:
    yield from rule.check(evaluation)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    if finding.ref is None:
        return ("", 0, 0, finding.code)
    return (finding.ref.sheet, finding.ref.row, finding.ref.column, finding.code)
