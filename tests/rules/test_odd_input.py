"""Whatever people type, no rule crashes and every finding has a place and a whole sentence."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from support.budget import often
from support.tables import build
from zipingbiao.rules import run

ODD = (
    "", "/", "—", "无", "0", "-1", "1e300", "-1e80", "1e-300", "10", "10分", "100%", "170%", "-5%", "0.95", "95", "约20", "3/5", "3-5",
    "≥20且≤30", "±10%", "＜=107.26万元", "19.27万元", "221个", "5公里", "及时", "优良中差", "优", "达成年度指标",
    "未达成年度指标且效果较差", "2021年12月底前", "2022年1月5日", "#REF!", "公式 ?", "公式 10", "公式 #N/A", "公式 文字", "TRUE", "12,5", "1,234.5",
    "预算执行率", "𠮷", "字" * 300,
)  # fmt: skip
KINDS = ("年初预算", "全年预算", "实际到位", "全年执行", "资金结余", "预算到位率", "预算执行率")
cells = st.sampled_from(ODD)


@st.composite
def odd_cases(draw: st.DrawFn) -> dict[str, Any]:
    lines = ["一级 | 二级 | 指标 | 分值 | 符号 | 目标值 | 单位 | 业绩值 | 完成率 | 得分 | 原因"]
    levels = draw(st.lists(st.sampled_from(("预算执行指标", "成本指标", "产出指标")), max_size=3))
    lines += [" | ".join((level, level, *(draw(cells) for _ in range(9)))) for level in levels]
    case: dict[str, Any] = {"table": "\n".join(lines), "total": draw(cells), "grade": draw(cells)}
    if draw(st.booleans()):
        case["merged_score"] = [2, 3]
    if draw(st.booleans()):
        funds = ["项目 | 年度总金额 | 财政资金小计 | 省级 | 其他资金"]
        funds += [" | ".join((kind, *(draw(cells) for _ in range(4)))) for kind in KINDS]
        case["funds"] = "\n".join(funds)
    elif draw(st.booleans()):
        funds = ["项目 | 年初预算 | 全年预算 | 全年执行 | 分值 | 预算执行率 | 得分"]
        funds += [
            " | ".join((source, *(draw(cells) for _ in range(6)))) for source in ("年度总金额", "其他资金")
        ]
        case["funds"] = "\n".join(funds)
    return case


@given(odd_cases())
@settings(max_examples=often(25, 1500), deadline=None)
def test_nothing_that_is_typed_makes_a_rule_crash(case: dict[str, Any]) -> None:
    evaluation = build(case)
    findings, faults = run.check(evaluation)
    assert not faults
    for finding in findings:
        assert finding.ref is not None
        assert finding.message.endswith("。")
        assert len(finding.message) < 2000
    assert run.check(evaluation) == (findings, faults)
