"""统计: which project counts in which line, by cases that an officer can check by hand."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest

from batch.made import file, summarise, table
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.attention import MOST
from zipingbiao.batch.summary.statistics import statistics_of
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.values.words import REASONS

FULL = "产出指标 | 甲 | 90 | 按时 | 按时 | 90"
LOW = "产出指标 | 甲 | 90 | 按时 | 尚可 | 40 | 疫情影响，招标流标"
UNFINISHED = "产出指标 | 甲 | 90 | 较高 | 尚可 |"


def summary() -> Summary:
    """Spent 100, 85, 50 and 120 of 100, nothing of 0, one without a total; full marks, 良, 差 …"""
    return summarise(
        [
            file("1.xlsx", table("满分", unit="1", lines=FULL)),
            file("2.xlsx", table("高分低支", unit="2", budget="200", executed="170", lines=FULL)),
            file("3.xlsx", table("低分", unit="3", executed="50", lines=LOW)),
            file("4.xlsx", table("超支", unit="4", executed="120", lines=FULL)),
            file("5.xlsx", table("没有预算", unit="5", budget="0", executed="0", lines=UNFINISHED)),
        ]
    )


def test_each_project_stands_in_one_grade_and_one_band() -> None:
    found = statistics_of(summary())
    assert [(line.label, line.projects) for line in found.grades] == [
        ("优（90分及以上）", 3), ("良（80（含）—90分）", 0), ("中（60（含）—80分）", 0), ("差（60分以下）", 1), ("未完成", 1),
    ]  # fmt: skip
    assert (found.grades[0].share, found.grades[0].budget, found.grades[0].budget_share) == (
        Decimal("0.6"), Decimal(400), Decimal("0.8"),
    )  # fmt: skip
    assert [(line.label, line.projects) for line in found.rates] == [
        ("100%", 1), ("90%（含）—100%", 0), ("80%（含）—90%", 1), ("60%（含）—80%", 0), ("60%以下", 1),
        ("超过100%", 1), ("当年无预算", 1),
    ]  # fmt: skip
    assert {line.label: line.mean for line in found.rates if line.projects == 1}["60%以下"] == Decimal(
        "45.00"
    )


def test_projects_to_look_at_are_listed_with_the_most_money_first() -> None:
    lists = {
        each.label: [project.name for project in each.projects] for each in statistics_of(summary()).attention
    }
    assert lists["满分项目"] == ["满分", "超支"]
    assert lists["60分以下"] == ["低分"]
    assert lists["执行率低于60%"] == ["低分"]
    assert lists["高分低支（得分率高于执行得分率5%以上）"] == ["高分低支"]
    assert lists["全年预算为0"] == ["没有预算"]


def test_a_long_list_shows_its_first_projects_and_how_many_more_there_are() -> None:
    files = [file(f"{n}.xlsx", table(f"项目{n}", unit=f"{n}", lines=FULL, budget=str(n), executed=str(n))) for n in range(1, 21)]  # fmt: skip
    (full, *_) = statistics_of(summarise(files)).attention
    assert (len(full.projects), full.found, full.projects[0].name) == (MOST, 20, "项目20")


def test_reasons_count_twice_where_they_speak_of_two_things() -> None:
    told = {line.label: (line.indicators, line.projects) for line in statistics_of(summary()).reasons}
    assert told["招投标或采购进度"] == (1, 1)
    assert told["疫情、天气"] == (1, 1)
    assert told["其他"] == (0, 0)


@pytest.mark.parametrize(
    ("reason", "labels"),
    [
        ("招投标流程滞后，政府采购未完成", ["招投标或采购进度"]),
        ("采购员培训较晚", []),
        ("上级资金未能及时到位", ["资金未到位"]),
        ("专项资金下达较晚", ["资金未到位"]),
        ("设备未到位", []),
        ("质保金未到期", ["质保金、尾款"]),
        ("受持续降雨影响", ["疫情、天气"]),
        ("天气预报系统升级", []),
        ("补助标准提高", ["政策调整"]),
        ("培训需求减少", ["需求变化"]),
        ("受益人数减少", ["需求变化"]),
        ("专业技术人员不足", ["人员不足"]),
        ("人员培训", []),
    ],
)
def test_what_a_reason_speaks_of(reason: str, labels: list[str]) -> None:
    assert [label for label, words in REASONS.items() if words.search(reason)] == labels


def test_indicators_are_added_up_under_their_level_two_the_worst_first() -> None:
    lines = statistics_of(summary()).levels
    assert [line.lost for line in lines] == sorted((line.lost for line in lines), reverse=True)
    assert sum(line.indicators for line in lines) == 10
    # lost: 1.5 and 5 of execution, 50 of 甲; the table without a total is left out
    assert sum(line.lost for line in lines) == Decimal("56.5")


def test_money_of_a_source_that_nobody_named_is_told() -> None:
    (*_, unknown) = statistics_of(summary()).sources
    assert (unknown.label, unknown.budget, unknown.executed) == ("来源未填", Decimal(500), Decimal(440))


def test_the_charts_are_native_ones() -> None:
    stream = io.BytesIO()
    write_summary(summary(), stream)
    with zipfile.ZipFile(stream) as book:
        charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    kinds = [kind for chart in charts for kind in ("barChart", "scatterChart") if f"<c:{kind}>" in chart]
    assert sorted(kinds) == ["barChart", "barChart", "scatterChart"]
    # 85 % is not below 80 %, and 45 points are not above 90: no number beside a point
    assert not any("<c:dLbl>" in chart for chart in charts if "scatterChart" in chart)


def test_a_batch_without_anything_has_statistics_too() -> None:
    found = statistics_of(summarise([]))
    assert [line.projects for line in found.grades] == [0, 0, 0, 0]
    assert found.points == ()
