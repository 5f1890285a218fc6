"""Whole tables under the settings of a place: caps, base, severities; Hubei from the sheet to the grade."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from support.tables import read
from table.find.drawn import sheet
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.rules import run
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.evaluation import Evaluation, Note
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.profile import Profile
from zipingbiao.scoring.score import score_table

NATIONAL = profiles.load("national-2020")
CAPPED = replace(
    NATIONAL,
    caps=tuple((Decimal(below), Decimal(most)) for below, most in (("0.8", 89), ("0.7", 79), ("0.6", 69), ("0.5", 59))),
)  # fmt: skip
TABLE = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分
产出指标 | 数量指标 | 培训人数 | 50 | 100 | 100 | {0}
效益指标 | 社会效益指标 | 受益人数 | 30 | 100 | 100 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | 10 | 90% | 90% |"""
FUNDS = """项目 | 年初预算 | 全年预算 | 全年执行 | 预算执行率 | 分值 | 得分
年度总金额 | {initial} | {full} | {executed} | | 10 |"""


def scored(
    profile: Profile, *, executed: str = "100", full: str = "100", initial: str = "80", first: str = "", **more: Any
) -> Evaluation:  # fmt: skip
    """A table whose other lines give 90 of 90, with its execution in the funds block."""
    funds = FUNDS.format(initial=initial, full=full, executed=executed)
    table = read({"table": TABLE.format(first), "funds": funds, "form": "national", **more})
    return Evaluation(table, profile, "由用户指定", profile_unsure=False, rows=score_table(table, profile))


def found(evaluation: Evaluation, code: str) -> list[Finding]:
    findings, faults = run.check(evaluation)
    assert not faults
    return [finding for finding in findings if finding.code == code]


# --- caps ----------------------------------------------------------------------------------------

CAPS = [
    # executed of 100 → Σ of the scores, total, grade
    ("100", "100", "100", "优"),
    ("80", "98", "98", "优"),
    ("79.99", "98", "89", "良"),
    ("70", "97", "89", "良"),
    ("69.99", "97", "79", "中"),
    ("60", "96", "79", "中"),
    ("59.99", "96", "69", "中"),
    ("50", "95", "69", "中"),
    ("49.99", "95", "59", "差"),
    ("0", "90", "59", "差"),
]


@pytest.mark.parametrize(("executed", "uncapped", "total", "grade"), CAPS)
def test_the_total_is_capped_by_the_execution_rate(
    executed: str, uncapped: str, total: str, grade: str
) -> None:
    free, capped = scored(NATIONAL, executed=executed), scored(CAPPED, executed=executed)
    assert (free.total, free.cap, free.cap_note) == (Decimal(uncapped), None, "")
    assert capped.total == capped.adopted_total == capped.settled_total(recompute=True) == Decimal(total)
    assert capped.grade == grade
    assert capped.parts == free.parts
    assert capped.uncapped_total == free.total


def test_the_note_says_rate_cap_and_sum() -> None:
    note = scored(CAPPED, executed="75").cap_note
    assert note == "各项得分之和 97.5，预算执行率 75.00% 低于 80%，总分最高 89"


def test_a_cap_above_the_sum_changes_nothing() -> None:
    low = TABLE.format("").replace("50 | 100 | 100", "50 | 100 | 40")
    evaluation = scored(CAPPED, executed="75", table=low)
    assert evaluation.cap == 89
    assert evaluation.total == evaluation.adopted_total == Decimal("67.5")
    assert evaluation.cap_note == ""


def test_the_note_stands_where_only_the_computed_total_is_cut() -> None:
    evaluation = scored(CAPPED, executed="75", first="20")
    assert evaluation.total == 89
    assert evaluation.adopted_total == Decimal("67.5")
    assert evaluation.cap_note.startswith("各项得分之和 97.5，")
    (finding,) = found(scored(CAPPED, executed="75", first="20", total="70"), "T101")
    assert finding.message == "总分为70，各项得分之和为67.5，多2.5分。请改正总分。"


def test_without_an_execution_line_the_funds_give_the_rate() -> None:
    funds = "项目 | 年度总金额\n全年预算 | 100\n全年执行 | 65"
    evaluation = scored(CAPPED, funds=funds, table=TABLE.format("").replace("| 50 |", "| 60 |"))
    assert evaluation.execution is None
    assert (evaluation.execution_rate, evaluation.total) == (Decimal("0.65"), Decimal(79))


def test_without_any_rate_nothing_is_capped() -> None:
    evaluation = scored(CAPPED, executed="", first="50")
    assert (evaluation.execution_rate, evaluation.cap) == (None, None)


def test_an_unfinished_table_has_no_total_to_cap() -> None:
    table = TABLE.format("").replace("100 | 100 |", "100 | |", 1)
    evaluation = scored(CAPPED, executed="75", table=table)
    assert (evaluation.total, evaluation.grade, evaluation.cap_note) == (None, None, "")


def test_a_stated_total_is_compared_with_the_capped_one() -> None:
    (finding,) = found(scored(CAPPED, executed="75", total="97.5"), "T101")
    assert finding.message == (
        "总分为97.5，应为89（各项得分之和 97.5，预算执行率 75.00% 低于 80%，总分最高 89），多8.5分。请改正总分。"
    )
    assert (finding.found, finding.expected) == ("97.5", "89")
    assert found(scored(CAPPED, executed="75", total="89"), "T101") == []
    assert found(scored(NATIONAL, executed="75", total="97.5"), "T101") == []


def test_a_stated_grade_is_compared_with_the_capped_total() -> None:
    (finding,) = found(scored(CAPPED, executed="75", total="89", grade="优"), "T102")
    assert (finding.found, finding.expected) == ("优", "良")
    assert found(scored(CAPPED, executed="75", total="89", grade="良"), "T102") == []


# --- base of the execution rate ------------------------------------------------------------------


def test_the_initial_budget_as_base() -> None:
    by_initial = replace(NATIONAL, execution_base="initial_budget")
    row = scored(by_initial, executed="60", full="100", initial="80").rows[0]
    assert row.score == Decimal("7.5")
    assert row.explanation == "10 × 60 ÷ 80 = 7.5（预算执行率 75.00%，按年初预算）"
    assert scored(NATIONAL, executed="60").rows[0].explanation == "10 × 60 ÷ 100 = 6（预算执行率 60.00%）"
    assert scored(by_initial, executed="60").execution_rate == Decimal("0.75")


def test_a_place_that_does_not_score_the_execution_implies_none() -> None:
    funds = "项目 | 年度总金额\n全年预算 | 100\n全年执行 | 65"
    assert scored(NATIONAL, funds=funds).execution is not None
    assert scored(replace(NATIONAL, execution_points=Decimal(0)), funds=funds).execution is None


def test_no_initial_budget_is_no_score() -> None:
    by_initial = replace(NATIONAL, execution_base="initial_budget")
    row = scored(by_initial, initial="0").rows[0]
    assert (row.score, row.notes) == (None, (Note.NO_INITIAL_BUDGET,))
    assert row.explanation == "未计算：年初预算为零或空白"


# --- severities ----------------------------------------------------------------------------------


def test_a_place_moves_and_switches_off_rules() -> None:
    wrong = {"executed": "75", "total": "90"}
    assert [finding.severity for finding in found(scored(NATIONAL, **wrong), "T101")] == [Severity.ERROR]
    milder = replace(NATIONAL, severities={"T101": Severity.INFO})
    assert [finding.severity for finding in found(scored(milder, **wrong), "T101")] == [Severity.INFO]
    assert found(scored(replace(NATIONAL, rules_off=("T101",)), **wrong), "T101") == []


def test_a_hint_of_a_rule_is_not_made_worse() -> None:
    """S105 asks (警告) from 130 % and mentions (提示) from 120 %: only the asking is moved up."""
    strict = replace(NATIONAL, severities={"S105": Severity.ERROR})
    mild = replace(NATIONAL, severities={"S105": Severity.INFO})
    table = (
        TABLE.format("")
        .replace("50 | 100 | 100", "50 | 100 | 170")
        .replace("30 | 100 | 100", "30 | 100 | 125")
    )
    for profile, expected in (
        (NATIONAL, ["warning", "info"]),
        (strict, ["error", "info"]),
        (mild, ["info", "info"]),
    ):
        assert [finding.severity.value for finding in found(scored(profile, table=table), "S105")] == expected


# --- 湖北 ----------------------------------------------------------------------------------------

HUBEI = """项目支出绩效自评表
项目名称|图书采购
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|100|120|90|{points}|75%|
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|采购图书|≥100册|80册|20|
|成本指标|单册成本|≤50元|55元|20|
效益指标|社会效益指标|借阅人次|≥1000人次|1000人次|20|
|可持续影响指标|长效机制|健全|部分达成年度指标并具有一定效果|10|{banded}
满意度指标|服务对象满意度指标|读者满意度|≥90%|95%|10|
"""


def hubei(points: str = "20", banded: str = "5") -> FileResult:
    return evaluate(Book("表.xlsx", (sheet(HUBEI.format(points=points, banded=banded)),)))


def test_execution_of_twenty_points_is_hubei() -> None:
    (evaluation,) = hubei().evaluations
    assert (evaluation.profile.name, evaluation.profile_why, evaluation.profile_unsure) == (
        "hubei",
        "预算执行率分值为20",
        False,
    )
    # 20 × 90 ÷ 120, 20 × 80 ÷ 100, 20 × 50 ÷ 55, met, typed within 5～8, met
    assert [str(row.score) for row in evaluation.rows] == [
        "15.00",
        "16.00",
        "18.18",
        "20.00",
        "5.00",
        "10.00",
    ]
    assert evaluation.rows[4].explanation == "“部分达成年度指标并具有一定效果”一档为 5～8 分，按填报得分 5 计"
    assert (evaluation.total, evaluation.grade) == (Decimal("84.18"), "良")
    assert evaluation.weights_total == 100


def test_the_middle_band_of_hubei_starts_at_fifty() -> None:
    assert [finding for finding in hubei(banded="5").findings if finding.code == "S106"] == []
    (finding,) = [finding for finding in hubei(banded="4.9").findings if finding.code == "S106"]
    assert finding.expected == "5（含）～8（不含）"


def test_the_same_table_with_ten_points_is_national() -> None:
    (evaluation,) = hubei(points="10").evaluations
    assert (evaluation.profile.name, evaluation.profile_unsure) == ("national-2020", False)
    (evaluation,) = hubei(points="15").evaluations
    assert (evaluation.profile.name, evaluation.profile_unsure) == ("national-2020", True)
