"""Rows, order, doubles, sums and means of a summary, on small batches that can be checked by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.made import file, summarise, table
from support.sent import put, workbook
from support.sent import rows as cells
from zipingbiao.batch.merge import merge
from zipingbiao.batch.records import Summary, record_of
from zipingbiao.batch.summary.duplicates import set_aside_copies
from zipingbiao.batch.summary.table import Terms
from zipingbiao.batch.summary.table import summarise as summarise_records
from zipingbiao.book.cells import Ref
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow, year_of
from zipingbiao.result.totals import TotalRow
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.score import score_table
from zipingbiao.values.number import ratio, round_points


def points(*texts: str | None) -> tuple[Decimal | None, ...]:
    return tuple(None if text is None else Decimal(text) for text in texts)


def rows(summary: Summary) -> list[ProjectRow]:
    return list(summary.projects())


def total(summary: Summary) -> TotalRow:
    return summary.main.total


def batch() -> list[FileResult]:
    """Three projects of two departments: 92.00 优, 83.50 良, and one without a score of its own."""
    good = "产出指标 | 指标甲 | 60 | 按时 | 按时 | 57 |\n效益指标 | 指标乙 | 30 | 提高 | 提高 | 27 | 还在见效"
    open_line = "产出指标 | 指标甲 | 90 | 按时 | 尚可 |  |"
    return [
        file("收文/卫生局.xlsx", table("体检", department="卫生局", unit="医院", budget="200", executed="100", lines=good, initial="180")),
        file("收文/教育局 二.xlsx", table("采购", unit="第二小学", budget="50", executed="50", lines=open_line)),
        file("收文/教育局 一.xlsx", table("校舍", unit="第一小学", budget="100", executed="100", initial="100")),
    ]  # fmt: skip


def test_each_table_is_a_row_ordered_by_department_and_unit() -> None:
    # Departments and units stand in the order in which they came, never in that of their signs.
    summary = summarise(batch())
    assert [(row.number, row.department, row.unit, row.name, row.file) for row in rows(summary)] == [
        (1, "卫生局", "医院", "体检", "卫生局.xlsx"),
        (2, "教育局", "第二小学", "采购", "教育局 二.xlsx"),
        (3, "教育局", "第一小学", "校舍", "教育局 一.xlsx"),
    ]
    assert summary.title == "2021年度项目支出绩效自评汇总表"


def test_a_row_tells_amounts_parts_total_and_reasons() -> None:
    first, third, second = rows(summarise(batch()))
    assert (first.initial_budget, first.full_year_budget, first.executed) == points("180", "200", "100")
    assert first.execution_rate == Decimal("0.5")
    assert first.parts == points("5", None, "57", "27", None, None)
    assert (first.adopted_total, first.grade) == (Decimal("89.00"), "良")
    assert second.parts == points("10", None, "45", "30", "8.5", None)
    assert second.reasons == "指标丙：群众反映办事慢"
    assert third.parts == points("10", None, None, None, None, None)
    assert third.remark == "未完成：1 项指标没有得分，不计入平均分"


def test_totals_add_amounts_and_never_scores() -> None:
    everything = total(summarise(batch()))
    assert (everything.initial_budget, everything.full_year_budget, everything.executed) == points(
        "280", "350", "250"
    )
    assert everything.execution_rate == Decimal("0.7143")  # 250 ÷ 350, not the mean of 50 %, 100 %, 100 %
    assert everything.mean == Decimal("91.25")  # (89.00 + 93.50) ÷ 2
    assert everything.weighted_mean == Decimal("90.50")  # (89.00 × 200 + 93.50 × 100) ÷ 300
    assert (everything.projects, everything.counted, everything.without_score) == (3, 3, 1)
    assert everything.grades == (1, 1, 0, 0)


def test_subtotals_per_department() -> None:
    (section,) = summarise(batch()).sections
    assert [
        (part.total.label, part.total.full_year_budget, part.total.mean) for part in section.departments
    ] == [
        ("卫生局", Decimal(200), Decimal("89.00")),
        ("教育局", Decimal(150), Decimal("93.50")),
    ]


AMOUNT = st.one_of(st.none(), st.decimals("0", "99999999", places=4))


@given(st.lists(st.tuples(st.sampled_from("甲乙丙"), AMOUNT, AMOUNT), min_size=1, max_size=12))
def test_sums_agree_with_an_independent_sum(
    projects: list[tuple[str, Decimal | None, Decimal | None]],
) -> None:
    def typed(amount: Decimal | None) -> str:
        return "" if amount is None else f"{amount:f}"

    summary = summarise(
        file(
            f"{place}.xlsx",
            table(f"项目{place}", department=name, budget=typed(budget), executed=typed(executed)),
        )
        for place, (name, budget, executed) in enumerate(projects)
    )
    known = [budget for _, budget, _ in projects if budget is not None]
    assert total(summary).full_year_budget == (sum(known) if known else None)
    both = [(budget, executed) for _, budget, executed in projects if None not in (budget, executed)]
    assert total(summary).without_rate == len(projects) - len(both)
    budgets = sum((budget for budget, _ in both if budget is not None), Decimal(0))
    spent = sum((executed for _, executed in both if executed is not None), Decimal(0))
    rate = total(summary).execution_rate
    assert (rate is None) == (budgets == 0)
    if rate is not None:
        assert abs(rate - ratio(spent, budgets)) <= Decimal("0.00005")
    (section,) = summary.sections
    parts = [part.total.full_year_budget or 0 for part in section.departments]
    assert sum(parts) == (total(summary).full_year_budget or 0)


BY_INITIAL = replace(profiles.load("national-2020"), execution_base="initial_budget")


def by_initial(evaluation: Evaluation) -> Evaluation:
    """The table by the rules of a place that divides by 年初预算."""
    rows_by_it = score_table(evaluation.table, BY_INITIAL)
    return Evaluation(evaluation.table, BY_INITIAL, "由用户指定", profile_unsure=False, rows=rows_by_it)


def test_a_total_divides_by_what_its_projects_divide_by() -> None:
    tables = [table("校舍", initial="200", executed="90"), table("体检", initial="300", executed="100")]
    summary = summarise(file(f"{place}.xlsx", by_initial(one)) for place, one in enumerate(tables))
    assert [row.execution_rate for row in rows(summary)] == list(points("0.45", "0.3333"))
    assert total(summary).execution_rate == Decimal("0.38")  # 190 ÷ 500
    assert summary.notes[0].startswith("金额单位为万元。合计的执行率 = 全年执行数之和 ÷ 年初预算数之和；")


def test_a_total_over_two_bases_says_so() -> None:
    tables = [
        by_initial(table("校舍", initial="200", executed="90")),
        table("体检", initial="300", executed="100"),
    ]
    summary = summarise(file(f"{place}.xlsx", one) for place, one in enumerate(tables))
    assert total(summary).execution_rate == Decimal("0.6333")  # 190 ÷ (200 + 100)
    assert summary.notes[0].startswith("金额单位为万元。合计的执行率 = 全年执行数之和 ÷ 预算数之和；")
    assert summary.notes[1] == (
        "计算执行率时，1 个项目按所用评分规则取年初预算数，其余取全年预算数；合计与各项目的口径相同。"
    )


def test_a_project_without_the_budget_of_its_rules_is_not_in_the_rate() -> None:
    summary = summarise([file("一.xlsx", by_initial(table("校舍", executed="90")))])
    (row,) = rows(summary)
    assert (row.execution_rate, total(summary).execution_rate, total(summary).without_rate) == (None, None, 1)
    assert "没有可用的年初预算数或全年执行数，不计入执行率" in row.remark
    assert "1 个项目没有可用的年初预算数或全年执行数，不计入合计的执行率。" in summary.notes


GROUPS = st.sampled_from(["成本指标", "产出指标", "效益指标", "满意度指标", "其他指标"])
SCORES = st.decimals("0", "20", places=3)


@given(st.lists(st.tuples(GROUPS, SCORES), min_size=1, max_size=8))
def test_parts_add_up_to_the_total(lines: list[tuple[str, Decimal]]) -> None:
    text = "\n".join(
        f"{group} | 指标{place} | 20 | 按时 | 尚可 | {score} |" for place, (group, score) in enumerate(lines)
    )
    evaluation = table(lines=text)
    parts = tuple(evaluation.parts.values())
    assert sum(part or 0 for part in parts) == evaluation.adopted_total
    exact = sum((score for group, score in lines if group == "产出指标"), Decimal(0))
    assert abs((parts[2] or 0) - exact) <= Decimal("0.01")
    assert all(part is None or part == round_points(part) for part in parts)


def test_a_merged_score_counts_once_for_its_first_group() -> None:
    lines = "产出指标 | 甲 | 40 | 按时 | 尚可 | 80 |\n效益指标 | 乙 | 50 | 按时 | 按时 |  |"
    evaluation = table(lines=lines, merged=(3, 4))
    assert tuple(evaluation.parts.values()) == points("10", None, "80", None, None, None)
    assert evaluation.adopted_total == Decimal(90)


def test_copies_of_a_file_count_once() -> None:
    original = file("一.xlsx", table(), digest="d1")
    batch = [original, file("二.xlsx", table(), digest="d1"), file("三.xlsx", digest="d3")]
    settled = set_aside_copies(map(record_of, batch))
    assert [record.status for record in settled] == [Status.ACCEPTED, Status.SKIPPED, Status.ACCEPTED]
    assert settled[1].why == "重复文件：与“一.xlsx”内容完全相同，只计一次，不必处理"
    assert set_aside_copies(settled) == settled
    assert total(summarise(batch)).full_year_budget == Decimal(100)


def test_two_versions_of_a_project_are_listed_and_not_added() -> None:
    summary = summarise(
        [
            file("旧.xlsx", table("校舍", budget="100")),
            file("新.xlsx", table("校 舍", budget="120", year="2021年度")),
            file("别的.xlsx", table("操场", budget="7")),
        ]
    )
    assert [(row.name, row.counted) for row in rows(summary)] == [
        ("校舍", False),
        ("校 舍", False),
        ("操场", True),
    ]
    assert rows(summary)[0].remark == "待认定（第1项），不计入合计"
    assert total(summary).full_year_budget == Decimal(7)
    assert (total(summary).projects, total(summary).counted) == (3, 1)
    assert summary.draft == "草稿：有1项待认定，涉及2个文件、120.00万元未计入"


def test_the_same_table_in_two_workbooks_counts_once() -> None:
    alone, all_of_unit = file("校舍.xlsx", table("校舍")), file("全部.xlsx", table("校舍"), table("操场"))
    summary = summarise([alone, all_of_unit])
    assert [(row.name, row.file, row.counted) for row in rows(summary)] == [
        ("校舍", "全部.xlsx", True),
        ("操场", "全部.xlsx", True),
    ]
    (_, single), _ = summary.files
    assert (single.status, single.why) == (
        Status.SKIPPED,
        "与“全部.xlsx”中的是同一项目，数字相同，只计一次。",
    )


def test_of_three_versions_the_two_that_agree_are_one_candidate() -> None:
    same = [file("一.xlsx", table("校舍")), file("二.xlsx", table("校舍"))]
    summary = summarise([*same, file("三.xlsx", table("校舍", budget="120"))])
    (question,) = summary.questions
    assert [line.file for line in question.lines] == ["一.xlsx", "三.xlsx"]
    assert [record.status for _, record in summary.files] == [
        Status.ACCEPTED,
        Status.SKIPPED,
        Status.ACCEPTED,
    ]


@pytest.mark.parametrize(
    ("other", "doubtful"),
    [
        ({"budget": "120"}, True),
        ({"unit": ""}, False),  # 教育局 stands in for the missing unit and is not 第一中学
        ({"unit": "", "department": ""}, True),
        ({"unit": "第二中学"}, False),
        ({"code": "A1", "budget": "120"}, True),
        ({"year": "", "budget": "120"}, True),
    ],
)
def test_a_blank_contradicts_nothing(other: dict[str, str], doubtful: bool) -> None:
    summary = summarise([file("甲.xlsx", table()), file("乙.xlsx", table(**other))])  # type: ignore[arg-type]
    assert [row.counted for row in rows(summary)] == [not doubtful] * 2


def test_projects_without_a_name_are_no_doubles() -> None:
    summary = summarise([file("甲.xlsx", table("")), file("乙.xlsx", table("", budget="5"))])
    assert [row.counted for row in rows(summary)] == [True, True]
    assert all("未填项目名称" in row.remark for row in rows(summary))


def test_a_missing_department_has_a_label_and_comes_last() -> None:
    summary = summarise(
        [file("甲.xlsx", table("一", department="")), file("乙.xlsx", table("二", department="龥局"))]
    )
    assert [row.department for row in rows(summary)] == ["龥局", NO_DEPARTMENT]


def test_a_table_of_another_year_does_not_count() -> None:
    batch = [
        file("甲.xlsx", table("一", year="（2021年度）", budget="10")),
        file("乙.xlsx", table("二", year="2022年", budget="20")),
        file("丙.xlsx", table("三", year="2022", budget="40")),
        file("丁.xlsx", table("四", year="", budget="80")),
    ]
    summary = summarise(batch)
    assert (summary.title, total(summary).full_year_budget) == ("2022年度项目支出绩效自评汇总表", Decimal(60))
    assert summary.files[0][1].why == "另一年度：这张表是2021年度的，汇总的是2022年度。"
    (question,) = summary.questions
    assert (question.matter, question.choices) == ("年度不明", ("2022", "2021", "不计"))
    of_2021 = summarise_records(map(record_of, batch), Terms(year="2021"))
    assert total(of_2021).full_year_budget == Decimal(10)


@pytest.mark.parametrize(
    ("name", "is_asked"),
    [
        ("XX项目", True),
        ("××县××道路工程", True),
        ("农村公路养护（示例）", True),
        ("**镇人居环境整治", True),
        ("DXX2设备购置", False),
        ("科普示例中心建设", False),
    ],
)
def test_the_sample_of_the_notice_is_asked_about(name: str, *, is_asked: bool) -> None:
    """财政局随通知下发的填报样例混在报送材料里：不认定，不计入合计。"""
    summary = summarise(
        [file("样例.xlsx", table(name, budget="10")), file("乙.xlsx", table("二", budget="20"))]
    )
    questions = [(each.matter, each.choices, each.lines[0].proposal) for each in summary.questions]
    assert questions == ([("疑似填报样例", ("采用", "不计"), "不计")] if is_asked else [])
    assert total(summary).full_year_budget == (20 if is_asked else 30)


def test_what_is_decided_of_a_sample(tmp_path: Path) -> None:
    files = {"样例.xlsx": workbook(cells(name="XX项目")), "乙.xlsx": workbook(cells(name="河道清障"))}
    for choice, counted in (("不计", 100), ("采用", 200)):
        out = tmp_path / f"{choice}.xlsx"
        merge([put(tmp_path / "来文", files)], out, workers=1)
        book = openpyxl.load_workbook(out)
        sheet = book["待认定"]
        column = next(cell.column for cell in sheet[3] if cell.value == "认定")
        sheet.cell(4, column, choice)
        book.save(out)
        merged = merge([tmp_path / "来文"], out, workers=1, update=out)
        assert not merged.summary.questions
        assert total(merged.summary).full_year_budget == counted


def test_a_head_with_two_years_is_asked_and_not_left_out(tmp_path: Path) -> None:
    """标题忘了改、年度行已改成今年的表，不能当成上年的表略过。"""
    pasted = cells("河道清障", title="2024年度项目支出绩效自评表")
    files = {
        "甲.xlsx": workbook(pasted),
        "乙.xlsx": workbook(cells("校舍维修")),
        "丁.xlsx": workbook(cells("路灯")),
    }
    alone = merge([put(tmp_path / "一", files)], tmp_path / "一.xlsx", workers=1)
    assert not alone.summary.questions
    assert total(alone.summary).full_year_budget == 300
    files["丙.xlsx"] = workbook(cells("宣传", year="2024"))
    both = merge([put(tmp_path / "二", files)], tmp_path / "二.xlsx", workers=1)
    (question,) = both.summary.questions
    assert (question.matter, question.lines[0].name) == ("年度不明", "河道清障")
    assert question.choices == ("2025", "2024", "不计")


def test_one_year_and_blanks_are_one_batch() -> None:
    summary = summarise([file("甲.xlsx", table("一")), file("乙.xlsx", table("二", year=""))])
    assert total(summary).label == "合计"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2021年度", "2021"),
        ("２０２２", "2022"),
        ("二〇二一年", "2021"),
        ("年度绩效目标", ""),
        ("120210", ""),
        ("", ""),
    ],
)
def test_a_year_is_four_digits(text: str, year: str) -> None:
    assert year_of(text) == year


def test_findings_are_counted_for_their_table() -> None:
    other = table("另一个")
    other = replace(other, table=replace(other.table, sheet="二"))
    checks = (
        (Finding("W103", Severity.ERROR, None, "…"), Finding("W104", Severity.WARNING, Ref("表", 3, 4), "…")),
        (Finding("W101", Severity.ERROR, Ref("表", 30, 4), "…"),),
    )
    summary = summarise([replace(file("甲.xlsx", table(), other), checks=checks)])
    assert {row.name: (row.errors, row.warnings) for row in rows(summary)} == {
        "档案整理": (1, 1),
        "另一个": (1, 0),
    }


def test_absurd_numbers_are_left_out_and_told() -> None:
    lines = "产出指标 | 甲 | 90 | 按时 | 尚可 | 1e300"
    absurd = table("一", budget="1e70", lines=lines)
    summary = summarise([file("甲.xlsx", absurd), file("乙.xlsx", table("二", budget="7", executed="7"))])
    assert total(summary).full_year_budget == Decimal(7)
    assert (total(summary).mean, total(summary).grades) == (Decimal("93.50"), (1, 0, 0, 0))
    remark = rows(summary)[0].remark
    assert "自评总分过大" in remark
    assert "没有可用的全年预算数" in remark


def test_the_order_of_the_files_changes_no_total() -> None:
    results = [
        file(
            f"{place}.xlsx",
            table(f"项目{place}", unit=f"单位{place % 7}", code=f"{place:03}", budget=f"{place}.5"),
        )
        for place in range(30)
    ]
    shuffled = random.Random(1).sample(results, len(results))
    assert rows(summarise(shuffled)) == rows(summarise(results))
    assert summarise(shuffled).sections == summarise(results).sections


def test_nothing_readable_is_an_empty_summary() -> None:
    summary = summarise([FileResult("坏.xlsx", Status.REJECTED, "坏了")])
    assert rows(summary) == []
    assert total(summary).counted == 0
    assert total(summary).mean is None
