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
from zipingbiao.result.rows import project_row
from zipingbiao.result.said import headline
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
    assert (row.score, row.notes) == (None, (Note.ZERO_INITIAL_BUDGET,))
    assert row.explanation == "未计算：年初预算填的是0或负数"
    row = scored(by_initial, initial="").rows[0]
    assert row.explanation == "未计算：年初预算未填"


# --- the lines of the rules ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("executed", "settings", "says"),
    [
        ("94", {}, "预算执行低6.00%，超过5%（红色预警）"),
        ("94", {"lag_above": Decimal("0.06")}, None),
        ("94", {"lag_above": Decimal("0.055")}, "预算执行低6.00%，超过5.5%（红色预警）"),
        ("75", {"lag_above": Decimal("0.3")}, "结余占全年预算的25.00%，超过20%（黄色预警）"),
        ("75", {"lag_above": Decimal("0.3"), "left_above": Decimal("0.25")}, None),
    ],
)
def test_a_place_sets_how_far_results_may_lie_above_the_spending(
    executed: str, settings: dict[str, Any], says: str | None
) -> None:
    messages = [finding.message for finding in found(scored(replace(NATIONAL, **settings), executed=executed), "T103")]  # fmt: skip
    assert len(messages) == (says is not None)
    assert all(says is not None and says in message for message in messages)


STANDARDS = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值
产出指标 | 数量指标 | 发放人数 | 50 | 8755人 | 8755人
产出指标 | 成本指标 | 每人标准 | 40 | 75元 | 75元"""


def test_a_place_sets_how_near_count_times_standard_must_come() -> None:
    near = {"table": STANDARDS, "full": "65.07", "executed": "65.07"}  # 65.6625, 0.91 % above
    assert len(found(scored(NATIONAL, **near), "F113")) == 1
    assert found(scored(replace(NATIONAL, product_within=Decimal("0.009")), **near), "F113") == []


SERIALS = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值
产出指标 | 数量指标 | 巡查次数 | 90 | 4 | 45721"""


def test_a_place_sets_the_years_of_a_serial() -> None:
    """45721 is 2025-03-05; what V108 asks about S105 leaves alone."""
    usual = scored(NATIONAL, table=SERIALS)
    later = scored(replace(NATIONAL, serial_years=(2026, 2035)), table=SERIALS)
    assert (len(found(usual, "V108")), len(found(usual, "S105"))) == (1, 0)
    assert (len(found(later, "V108")), len(found(later, "S105"))) == (0, 1)


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


BY_INITIAL = """区级部门预算项目支出绩效自评表
项目名称|免费开放
项目资金（万元）||年初预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分
|年度资金总额|45|36|10|80%|8
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|开放天数|≥300天|300天|90|90
"""


def test_a_form_may_divide_by_the_initial_budget() -> None:
    result = evaluate(Book("表.xlsx", (sheet(BY_INITIAL),)))
    (evaluation,) = result.evaluations
    assert evaluation.rows[0].explanation == "10 × 36 ÷ 45 = 8（预算执行率 80.00%，按年初预算）"
    assert not {"V104", "F103", "F106", "W104"} & {finding.code for finding in result.findings}


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


NO_POINTS = """2021年度财政项目绩效自评表
项目名称|院区建设补助
预算执行情况（万元）||预算数（A）|执行数（B）|执行率（B/A）|得分（20分*执行率）
年度财政资金总额||1000|1000|100%|20
一级指标|二级指标|三级指标|年初目标值（A）|实际完成值（B）|得分
产出指标|数量指标|采购图书{points}|≥100册|100册|40
效益指标|社会效益指标|借阅人次{points}|≥1000人次|1000人次|40
"""


def test_the_form_of_hubei_has_no_column_of_points_and_names_have_them() -> None:
    result = evaluate(Book("表.xlsx", (sheet(NO_POINTS.format(points="")),)))
    (finding,) = (each for each in result.findings if each.code == "L101")
    assert finding.message == (
        "请在指标名称里写明分值，例如“培训人数（10分）”，或增加“分值”列：表中没有分值，各项得分照填报计，无法核对。"
    )
    result = evaluate(Book("表.xlsx", (sheet(NO_POINTS.format(points="（40分）")),)))
    assert "L101" not in {each.code for each in result.findings}
    assert result.evaluations[0].total == 100


def test_nobody_says_what_points_come_to_that_the_form_does_not_show() -> None:
    for points, said in (("", False), ("（40分）", True)):
        (evaluation,) = evaluate(Book("表.xlsx", (sheet(NO_POINTS.format(points=points)),))).evaluations
        assert ("分值合计" in headline(evaluation)) is said
        assert project_row("表.xlsx", evaluation, ()).notice == ("" if said else "无分值")


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


def test_a_table_of_hubei_without_a_grade_is_complete() -> None:
    result = hubei()
    assert result.evaluations[0].profile.grading == "optional"
    assert [finding for finding in result.findings if "等级" in finding.message] == []


# --- 2016—2019 年样表 ------------------------------------------------------------------------------

NOTE = "注：定性指标分为达成预期指标、部分达成预期指标并具有一定效果、未达成预期指标且效果较差三档，分别按照{bands}合理确定分值。"
OLDER = "100-80%(含80%)、80-50%(含50%)、50-0%"


def with_note(bands: str, points: str = "10", rows: str = HUBEI) -> Evaluation:
    text = rows.format(points=points, banded="5") + NOTE.format(bands=bands)
    (evaluation,) = evaluate(Book("表.xlsx", (sheet(text),))).evaluations
    return evaluation


@pytest.mark.parametrize(
    "bands",
    [OLDER, "100%—80%（含）、80%—50%（含）、50%—0", "0-50%、50%-80%（含50%）、80%-100%", "１００％～８０％、８０％～５０％、５０％～０％"],
)  # fmt: skip
def test_the_footnote_of_the_older_form_chooses_it(bands: str) -> None:
    evaluation = with_note(bands)
    assert (evaluation.profile.name, evaluation.profile_unsure) == ("national-2016", False)
    assert evaluation.profile_why == "表下注明的定性三档是80%-50%"
    assert str(evaluation.rows[2].score) == "18.18"  # 20 × 50 ÷ 55
    assert found(evaluation, "S106") == []


@pytest.mark.parametrize(
    "bands", ["100-80%(含80%)、80-60%(含60%)、60-0%", "80%-50%", "100-80分、80-50分、50-0分", "100-50%、80-50%、50-0%"]
)  # fmt: skip
def test_another_footnote_chooses_nothing(bands: str) -> None:
    assert with_note(bands).profile.name == "national-2020"


def test_the_points_of_hubei_and_a_cost_of_its_own_go_before_the_footnote() -> None:
    assert with_note(OLDER, points="20").profile.name == "hubei"
    assert with_note(OLDER, rows=HUBEI.replace("|成本指标|", "成本指标|经济成本指标|")).profile.name == "national-2021"  # fmt: skip


def test_a_footnote_in_several_cells_is_one() -> None:
    text = HUBEI.format(points="10", banded="5") + (
        "注：1.达成年度指标，100%-80%（含）\n2.部分达成并具有一定效果，80%-50%（含）\n3.未达成且效果较差，50%-0%\n"
    )
    (evaluation,) = evaluate(Book("表.xlsx", (sheet(text),))).evaluations
    assert evaluation.profile.name == "national-2016"


def test_the_new_profiles_are_never_chosen_by_themselves() -> None:
    """Whatever the points: what was a guess before stays one."""
    for points in ("10", "15", "20", "5"):
        assert hubei(points=points).evaluations[0].profile.name not in {"national-2016", "sichuan"}
