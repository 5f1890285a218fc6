"""The five reference tables: what must be found in each, and how much may be said (rules.md section 5)."""

from __future__ import annotations

import pytest

from support.records import Record, all_records, load
from support.tables import build, case_of
from zipingbiao.rules import run
from zipingbiao.scoring.finding import Finding, Severity

# The wording of reasons is not part of the records; here it matters that it only repeats the figure.
REASONS = {"维护系统数量": "共维护221个。"}
SEEDS = ("seed0", "seed1", "seed2", "seed3", "seed4")
EXPECTED = {
    "seed0": {("F108", "warning"), ("S105", "warning")},
    "seed1": {("F110", "info"), ("V103", "warning")},
    "seed2": {
        *(("F102", "error"), ("W101", "error"), ("W103", "error")),
        *(("F111", "warning"), ("S104", "warning"), ("W108", "info")),
    },
    "seed3": {("F105", "info"), ("S103", "warning"), ("S109", "info"), ("V110", "info")},
    "seed4": set[tuple[str, str]](),
}


def findings_of(record: Record) -> tuple[Finding, ...]:
    findings, faults = run.check(build(case_of(record, REASONS)))
    assert not faults
    return findings


@pytest.mark.parametrize("seed", SEEDS)
def test_each_seed_has_exactly_these_findings(seed: str) -> None:
    findings = findings_of(load(seed))
    assert {(finding.code, finding.severity.value) for finding in findings} == EXPECTED[seed]
    assert len(findings) == len(EXPECTED[seed])


@pytest.mark.parametrize(
    ("seed", "code", "says"),
    [
        ("seed0", "F108", "业绩值为19.27万元，资金表的全年执行为19.48万元，相差0.21万元"),
        ("seed0", "S105", "“维护系统数量”（170.00%）"),
        ("seed1", "V103", "13 × 90% = 11.7分；按资金表的全年执行106.49万元计应得13分：106.49 ≤ 107.26"),
        ("seed2", "W101", "表中分值合计85；补上预算执行率10分后仍缺5分"),
        ("seed2", "W103", "另计10分，得9.98分：10 × 49.92 ÷ 50 = 9.98"),
        ("seed2", "F102", "“财政资金小计”填0，应为100（实际到位50万元 ÷ 全年预算50万元）"),
        ("seed2", "S104", "“信息网络发布的及时性”（得14.25分）"),
        ("seed3", "S103", "工作人员满意度”填报得分8，低于核算得分10"),
    ],
)
def test_sentence_states_the_figures(seed: str, code: str, says: str) -> None:
    message = next(finding.message for finding in findings_of(load(seed)) if finding.code == code)
    assert says in message


@pytest.mark.parametrize("seed", SEEDS)
def test_no_seed_is_flooded(seed: str) -> None:
    asking = [finding for finding in findings_of(load(seed)) if finding.severity is not Severity.INFO]
    assert len(asking) <= 8


@pytest.mark.parametrize("record", all_records(), ids=lambda record: record.id)
def test_published_tables_are_checked_without_a_crash(record: Record) -> None:
    findings = findings_of(record)
    assert len({(finding.code, finding.ref, finding.severity) for finding in findings}) == len(findings)


def test_rates_rounded_before_scoring_are_only_mentioned() -> None:
    """86.20 % shown as 86 %, 9 points: the same value, rounded twice (rules.md 3.1)."""
    finding = next(finding for finding in findings_of(load("case04")) if finding.code == "F106")
    assert finding.severity is Severity.INFO
    assert "填86%、9分，按资金表应为86.2%、8.62分" in finding.message


def test_totals_not_carried_over_are_reported() -> None:
    told = {finding.code: finding for finding in findings_of(load("case01"))}
    assert told["F107"].severity is Severity.ERROR
    assert told["F107"].message.startswith("请把明细汇总到合计。预算执行率填0、0分，应为100%、10分：")
    assert "F106" not in told
