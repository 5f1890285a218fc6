"""One cause, one finding: what follows from another finding is told there, unless it has its own cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from support.tables import build, place
from zipingbiao.rules import run
from zipingbiao.rules.one_cause import ONE_CAUSE
from zipingbiao.scoring.finding import Finding, Severity

NATIONAL = {"profile": "national-2020"}
HEAD = "一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分 | 原因\n"
ROWS = """产出指标 | 数量指标 | 养护里程 | {first} | 100公里 | 100公里 | {first} |
效益指标 | 社会效益 | 通行时间缩短 | 30 | 效果明显 | 效果明显 | 30 |
满意度指标 | 服务对象满意度 | 群众满意度 | 10 | 90% | 93% | 10 |
"""
FUNDS = "| 年初预算 | 全年预算 | 全年执行 | 预算执行率 | 分值 | 得分\n年度总金额 | {total}\n财政资金小计 | {parts}"


def rows(first: str = "50", more: str = "") -> str:
    return HEAD + ROWS.format(first=first) + more


def found(case: Mapping[str, Any], *codes: str, off: str = "") -> dict[str, Finding]:
    """The findings of these rules, with one rule switched off by the place."""
    evaluation = build({**NATIONAL, **case})
    profile = replace(evaluation.profile, rules_off=(off,) if off else ())
    findings, faults = run.check(replace(evaluation, profile=profile))
    assert not faults
    return {finding.code: finding for finding in findings if finding.code in codes}


CAPTIONS = rows("45").replace("产出指标", "产出指标（50分）")
WITH_EXECUTION = {"funds": FUNDS.format(total="100 | 100 | 100 | 100% | 10 | 10", parts="100 | 100 | 100")}
EMPTY_TOTALS = {"funds": FUNDS.format(total="0 | 0 | 0 | 0% | 10 | 0", parts="90 | 90 | 88")}
LISTED = "预算执行 | 预算执行率 | 预算执行率 | 10 | 100% | 100% | 9 |\n"
AMOUNTS = {"funds": "| 全年预算 | 全年执行\n年度总金额 | 100 | 100"}
EDITED = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分 | 核算得分
产出指标 | 数量指标 | 养护里程 | 100 | 100公里 | 80公里 | 公式 100 | 写入 100
"""
FOREIGN = """一级 | 二级 | 指标 | 分值 | 目标值 | 业绩值 | 得分
产出指标 | 数量指标 | 养护里程 | 100 | 100公里 | 80公里 | 写入 100
"""

SAME = [
    # cause, effect, table, what the cause tells of the effect
    ("W104", "W101", {"table": rows()}, "分值合计90，正好缺预算执行率10分：表中没有预算执行率，也没有资金表"),
    ("W107", "W101", {"table": CAPTIONS, **WITH_EXECUTION}, "分值合计95，应为100：“产出指标（50分）”下面各行的分值合计45"),
    ("W101", "T101", {"table": rows("60"), "total": "100", **WITH_EXECUTION}, "总分为100，各项得分之和为110：分值合计110"),
    ("F107", "F106", {"table": rows(), **EMPTY_TOTALS}, "预算执行率填0%、0分，应为97.78%、9.78分：资金合计为0或空白"),
    ("F106", "S104", {"table": HEAD + LISTED + ROWS.format(first="50"), **AMOUNTS}, "填9分，按资金表应为100%、10分"),
    ("S112", "T101", {"table": EDITED, "total": "公式 100"}, "请再按评分：第2行“养护里程”（得分100，应为80）"),
    ("S112", "T101", {"table": FOREIGN, "total": "公式 100"}, "请再按评分：第2行“养护里程”（得分100，应为80）"),
]  # fmt: skip
IDS = [f"{cause}-{effect}" for cause, effect, *_ in SAME]


def test_every_pair_has_its_table() -> None:
    assert {(pair.cause, pair.effect) for pair in ONE_CAUSE} == {
        (cause, effect) for cause, effect, *_ in SAME
    }


@pytest.mark.parametrize(("cause", "effect", "case", "says"), SAME, ids=IDS)
def test_the_cause_stays_with_the_higher_severity(
    cause: str, effect: str, case: dict[str, Any], says: str
) -> None:
    alone = found(case, cause, effect, off=cause)[effect]
    (finding,) = found(case, cause, effect).values()
    assert finding.code == cause
    assert says in finding.message
    own = found(case, cause, effect, off=effect)[cause]
    assert finding.severity is min(alone.severity, own.severity, key=lambda severity: severity.rank)
    assert finding.ref == own.ref


@pytest.mark.parametrize(("cause", "effect", "case"), [one[:3] for one in SAME], ids=IDS)
def test_where_the_place_switches_the_cause_off_the_effect_is_reported(
    cause: str, effect: str, case: dict[str, Any]
) -> None:
    (finding,) = found(case, cause, effect, off=cause).values()
    assert finding.code == effect


TWO_CAUSES = [
    ("15分之外还缺5分", "W104", "W101", {"table": rows("45")}),
    ("名称里写的差5分，合计却差20分", "W107", "W101",
     {"table": CAPTIONS.replace("| 30 |", "| 15 |"), **WITH_EXECUTION}),
    ("两个名称一多一少，合计差的是别处", "W107", "W101",
     {"table": rows("45").replace("产出指标", "产出指标（40分）").replace("效益指标", "效益指标（35分）"), **WITH_EXECUTION}),
    ("总分少的不是分值多的", "W101", "T101", {"table": rows("60"), "total": "98", **WITH_EXECUTION}),
    ("合计为0，执行率却另填了数", "F107", "F106",
     {"table": rows(), "funds": FUNDS.format(total="0 | 0 | 0 | 50% | 10 | 5", parts="90 | 90 | 88")}),
    ("按金额本来就不得满分", "F106", "S104",
     {"table": HEAD + LISTED + ROWS.format(first="50"), "funds": "| 全年预算 | 全年执行\n年度总金额 | 100 | 80"}),
    ("总分的公式另外也漏了一行", "S112", "T101", {"table": FOREIGN, "total": "公式 60"}),
    ("总分是自己填的", "S112", "T101", {"table": EDITED, "total": "100"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cause", "effect", "case"), [one[1:] for one in TWO_CAUSES], ids=[one[0] for one in TWO_CAUSES]
)
def test_an_effect_with_a_cause_of_its_own_stays(cause: str, effect: str, case: dict[str, Any]) -> None:
    both = found(case, cause, effect)
    assert set(both) == {cause, effect}
    assert both[cause] == found(case, cause, effect, off=effect)[cause]
    assert both[effect] == found(case, cause, effect, off=cause)[effect]


def test_other_lines_still_lack_their_reason() -> None:
    late = "产出指标 | 时效指标 | 发布及时性 | 10 | 及时 | 95% | 9.5 |\n"
    both = found({"table": HEAD + LISTED + ROWS.format(first="40") + late, **AMOUNTS}, "F106", "S104")
    assert both["F106"].severity is Severity.ERROR
    assert [place(ref) for ref in both["S104"].refs] == ["H6"]
    assert "预算执行率" not in both["S104"].message


def test_a_cause_that_is_itself_an_effect_tells_both() -> None:
    told = found({"table": rows(), "total": "100"}, "T101", "W101", "W104")
    assert set(told) == {"W104"}
    assert told["W104"].severity is Severity.ERROR


def test_a_level_that_is_absent_is_told_beside_the_captions() -> None:
    """Published table 13: 效益（30分） has 18, and 满意度 is missing."""
    short = rows().replace("效益指标", "效益指标（30分）").replace("| 30 |", "| 18 |").splitlines()[:-1]
    (finding,) = found({"table": "\n".join(short), **WITH_EXECUTION}, "W101", "W107").values()
    assert finding.message.startswith(
        "分值合计78，应为100，其中满意度0（应10）：“效益指标（30分）”下面各行的分值合计18"
    )


def test_the_cells_of_the_effect_are_cells_of_the_cause() -> None:
    (finding,) = found({"table": rows()}, "W101", "W104").values()
    assert [place(ref) for ref in finding.refs] == ["D1", "D2", "D3", "D4"]


def test_a_fault_of_ours_loses_no_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("an error of ours")

    broken.__name__ = "told_once"
    monkeypatch.setattr(run, "told_once", broken)
    findings, faults = run.check(build({**NATIONAL, "table": rows()}))
    assert {"W101", "W104"} <= {finding.code for finding in findings}
    assert "an error of ours" in faults[0]
