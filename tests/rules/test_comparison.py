"""Rules that compare two tables: no crash whatever people type, no false alarm whatever the layout."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from rules.test_odd_input import cells, odd_cases
from support.against import approval
from support.budget import often
from support.records import Record, all_records
from support.tables import build
from table.find.test_layouts import draw
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.rules import run
from zipingbiao.rules.years.approval import Approval
from zipingbiao.table.find.targets import read_targets

RECORDS = all_records()


@given(odd_cases(), odd_cases(), cells, cells)
@settings(max_examples=often(16, 1000), deadline=None)
def test_nothing_that_is_typed_makes_a_comparison_crash(
    now: dict[str, Any], then: dict[str, Any], target: str, adjusted: str
) -> None:
    evaluation, last = build(now), build(then)
    names = [row.indicator.name or "预算执行率" for row in evaluation.rows]
    lines = [f"产出 | 数量 | {name} | {target} | {target} | {adjusted}" for name in names]
    approved = approval({"approved": "\n".join(["一级 | 二级 | 指标 | 分值 | 目标值 | 调整后", *lines])})
    for findings, faults in (
        run.check_targets(evaluation, approved),
        run.check_last(evaluation, last),
        run.check_gone(last),
    ):
        assert not faults
        assert all(finding.message.endswith("。") and len(finding.message) < 2000 for finding in findings)


@given(odd_cases())
@settings(max_examples=often(10, 500), deadline=None)
def test_a_table_beside_itself_has_no_other_targets_or_weights(case: dict[str, Any]) -> None:
    evaluation = build(case)
    findings, faults = run.check_last(evaluation, evaluation)
    assert not faults
    assert not [finding for finding in findings if finding.code != "Y302"]


@pytest.mark.parametrize("record", RECORDS, ids=[record.id for record in RECORDS])
def test_a_published_table_follows_itself_in_whatever_layout(record: Record) -> None:
    """The same table, laid out twice, once read as approved targets and as last year's table."""
    for seed in range(3):
        drawn, other = (draw(record, number)[0] for number in (seed, seed + 100))
        (table,) = read_targets(Book("目标.xlsx", (drawn,)))
        (evaluation,) = evaluate(Book("自评.xlsx", (other,))).evaluations
        (last,) = evaluate(Book("上年.xlsx", (drawn,))).evaluations
        checked = run.check_targets(evaluation, Approval("目标.xlsx", table.lines))
        assert checked == ((), ())
        findings, faults = run.check_last(evaluation, last)
        assert not faults
        assert {finding.code for finding in findings} <= {"Y302"}
