"""One line at a time: what a careful accountant would give it, and the sentence beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zipingbiao.book.cells import Cell, CellClass, Ref
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.scoring.profile import Deduction, Profile
from zipingbiao.scoring.score import score_indicator
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Kind, Place, Role
from zipingbiao.values.number import plain
from zipingbiao.values.typed import parse_comparator
from zipingbiao.values.unit import parse_unit

NATIONAL = profiles.load("national-2020")


def entry(column: int, typed: str | Decimal | None) -> Entry:
    ref = Ref("自评表", 7, column)
    if typed is None or typed == "":
        return Entry.of(ref, None)
    kind = CellClass.TEXT if isinstance(typed, str) else CellClass.NUMBER
    return Entry.of(ref, Cell(typed, kind))


def line(
    name: str, target: str, actual: str, *, weight: str = "10", level: str = "数量指标", sign: str = "", unit: str = "",
    score: str = "", level1: str = "产出指标", profile: Profile = NATIONAL,
) -> Scored:  # fmt: skip
    """Score one line typed as text."""
    indicator = Indicator(
        row=7,
        place=Place.ROW,
        level1=level1,
        level2=level,
        name=name,
        weight=Decimal(weight),
        sign=parse_comparator(sign) if sign else None,
        qualitative=sign == "定性",
        unit=parse_unit(unit) if unit else None,
        entries={
            Role.SIGN: entry(5, sign),
            Role.UNIT: entry(4, unit),
            Role.TARGET: entry(6, target),
            Role.ACTUAL: entry(7, actual),
            Role.SCORE: entry(8, score),
        },
    )
    return score_indicator(indicator, None, profile)


COMPUTED = [
    # name, target, actual, keywords → score, completion as printed
    ("维护系统数量", "130", "221个", {}, "10", "170.00%"),
    ("社会公众满意度（%）", "95", "85%", {"level": "服务对象满意度指标"}, "8.95", "89.47%"),
    ("全县参合人数", "8755", "8676", {"weight": "15"}, "14.86", "99.10%"),
    ("维护系统成本", "19.48", "19.27万元", {"level": "成本指标"}, "10", "98.92%"),
    ("项目成本", "125.95", "119.6525万元", {"level": "成本指标", "weight": "12.5"}, "12.5", "95.00%"),
    ("扶贫临时救助标准", "<=5300元/户", "5830元/户", {"level": "质量指标"}, "9", "110.00%"),
    ("单位成本", "≤100元", "200元", {"level": "成本指标"}, "0", "200.00%"),
    ("单位成本", "≤100元", "250元", {"level": "成本指标"}, "0", "250.00%"),
    ("资金支出合规率", "100%", "90%", {"level": "成本指标"}, "9", "90.00%"),
    ("高血压随访控制数", "3807人", "3220人", {"weight": "2"}, "1.69", "84.58%"),
    ("安全事故发生次数", "2次", "1次", {}, "10", "50.00%"),
    ("投诉办结率", "95%", "90%", {}, "9.47", "94.74%"),
    ("科目调整次数", "≤10次", "12次", {}, "8", "120.00%"),
    ("林产品收入", "2.6亿元", "24500万元", {"level": "经济效益指标", "weight": "6"}, "5.65", "94.23%"),
    ("特色种养面积", "1.2万亩", "12000亩", {}, "10", "100.00%"),
    ("系统故障响应及时率", "及时", "70%", {"level": "时效指标", "weight": "15"}, "10.5", "70%"),
    ("业务运行成本", "＜=107.26万元", "90%", {"level": "成本指标", "weight": "13"}, "11.7", "90%"),
    ("平台运维服务及时性", "及时", "及时", {"level": "时效指标"}, "10", "100.00%"),
    ("完成时间", "9月前", "7月", {"level": "时效指标"}, "10", "100.00%"),
    ("完成时间", "2021年12月31日", "2021年12月31日", {"level": "时效指标"}, "10", "100.00%"),
    ("完成时间", "12月底之前完成", "100%", {"level": "时效指标"}, "10", "100%"),
    ("安装水标尺", "≥266米", "≥266米", {}, "10", "100.00%"),
    ("安全生产事故起数", "0起", "0起", {}, "10", "100.00%"),
    ("安全生产事故起数", "0起", "1起", {}, "0", ""),
    ("成本节约率", "0", "0", {"level": "成本指标"}, "10", "100.00%"),
    ("新增挂牌数", "0", "3", {"sign": "≥"}, "10", "100.00%"),
    ("读者到馆人次", "10", "11.2", {"unit": "万人次"}, "10", "112.00%"),
    ("响应时间", "24小时内", "2小时", {"level": "时效指标"}, "10", "8.33%"),
    ("办理时限", "5-10天", "7天", {"level": "时效指标"}, "10", "100.00%"),
    ("环境治理亮化美化率", "90", "93", {"sign": "≥", "unit": "%"}, "10", "103.33%"),
    ("车辆采购数量", "1", "2", {"sign": "小于等于"}, "0", "200.00%"),
    ("验收合格率", "98%", "0.98", {}, "10", "100.00%"),
    ("验收合格率（%）", "98", "0.49", {}, "5", "50.00%"),
    ("项目总成本", "15万元。", "按合同10.5万元。", {"level": "成本指标"}, "10", "70.00%"),
    ("造林补助", "每亩300", "每亩300", {"level": "成本指标"}, "10", "100.00%"),
    ("管理机制健全性", "优良中低差", "优", {"sign": "定性"}, "10", "100.00%"),
    # A rate of control is the share of a limit that was used, or of a plague that was held down.
    ("财政供养人员控制率", "100%", "92%", {}, "10", "92.00%"),
    ("“三公”经费控制率", "100%", "80%", {"level": "成本指标"}, "10", "80.00%"),
    ("公用经费控制率", "100%", "110%", {}, "9", "110.00%"),
    ("项目投资概算控制率（%）", "100", "95", {"level": "质量指标"}, "10", "95.00%"),
    ("“三公”控制数", "20万元", "22万元", {"level": "数量指标"}, "9", "110.00%"),
    ("公务接待费控制比例", "90%", "85%", {"level": "质量指标"}, "10", "94.44%"),
    ("疫情控制率", "100%", "95%", {"level": "质量指标"}, "9.5", "95.00%"),
    ("松材线虫病虫害控制率", "90%", "81%", {"level": "生态效益指标"}, "9", "90.00%"),
    ("重点人员控制率", "100%", "95%", {"level": "社会效益指标"}, "9.5", "95.00%"),
    # How much something moved: the sign says which way.
    ("“三公”经费变动率", "≤0%", "-5%", {"level": "成本指标"}, "10", "100.00%"),
    ("“三公”经费变动率", "≤0%", "5%", {"level": "成本指标"}, "0", ""),
    ("财政收入变动率", "0", "-5%", {"sign": "≥"}, "0", ""),
    ("财政收入变动率", "0", "5%", {"sign": "≥"}, "10", "100.00%"),
    ("“三公”经费变动率", "0%", "0%", {"level": "成本指标"}, "10", "100.00%"),
    # 无 against 无 for what should not be.
    ("对居民出行的负面影响", "无", "无", {"level": "社会成本指标"}, "10", "100.00%"),
    ("对居民出行的影响", "无", "无", {"level": "社会成本指标"}, "10", "100.00%"),
    ("环境污染情况", "无", "无。", {"level": "生态效益指标"}, "10", "100.00%"),
    ("群众投诉", "没有", "无", {"level": "社会效益指标"}, "10", "100.00%"),
    ("群众投诉次数", "0次", "无", {"level": "质量指标"}, "10", "100.00%"),
    ("重大安全责任事故", "无", "0起", {"level": "质量指标"}, "10", "100.00%"),
    ("施工噪声扰民", "无", "未发生噪声扰民", {"level": "生态环境成本指标"}, "10", "100.00%"),
    ("资金截留、挪用现象", "暂无", "无", {"level": "质量指标"}, "10", "100.00%"),
    ("对生态环境造成的不利影响程度", "无", "无不利影响", {"level": "生态效益指标"}, "10", "100.00%"),
    ("财政收入增长率", "0%", "-5%", {"level": "经济效益指标"}, "0", ""),
    # What should not happen and did not, said on both sides in words of their own.
    ("食品安全事故", "不发生", "未发生", {"level": "社会效益指标"}, "10", "100.00%"),
    ("食品安全事故", "零发生", "0起", {"level": "社会效益指标"}, "10", "100.00%"),
    ("群众投诉", "零投诉", "无", {"level": "社会效益指标"}, "10", "100.00%"),
    ("社会稳定", "不发生群体性事件", "未发生群体性事件", {"level": "社会效益指标"}, "10", "100.00%"),
    # The month of a year in a column of units: by when, not how long.
    ("清淤完成时间", "10", "9", {"level": "时效指标", "sign": "≤", "unit": "月"}, "10", "100.00%"),
    ("补贴发放时限", "12", "2024年11月", {"level": "时效指标", "unit": "月"}, "10", "100.00%"),
    ("项目验收时间（月份）", "10", "10", {"level": "时效指标"}, "10", "100.00%"),
    ("建设周期", "10", "11", {"level": "时效指标", "sign": "≤", "unit": "月"}, "9", "110.00%"),
    ("项目完成时间", "10", "11", {"level": "时效指标", "sign": "≤", "unit": "个月"}, "9", "110.00%"),
    # One word of a scale in words of its own.
    ("群众安全感", "高中低", "高", {"sign": "定性"}, "10", "100.00%"),
    ("是否公开", "是/否", "是", {"sign": "定性"}, "10", "100.00%"),
    # Tenths.
    ("村民满意度", "九成以上", "93%", {"level": "满意度指标"}, "10", "103.33%"),
    ("设备完好率", "不低于8成", "72%", {}, "9", "90.00%"),
    # A good deed that was not done, and what should not be in the air.
    ("产品不合格率", "5%", "3%", {"level": "质量指标"}, "10", "60.00%"),
    ("问题未整改数", "10个", "12个", {"level": "质量指标"}, "8", "120.00%"),
    ("不达标项目处置率", "100%", "90%", {"level": "质量指标"}, "9", "90.00%"),
    ("PM2.5年均浓度", "35", "33", {"level": "生态效益指标"}, "10", "94.29%"),
    ("甲醛检测数量", "100", "90", {"level": "质量指标"}, "9", "90.00%"),
    ("氨氮排放总量", "100吨", "110吨", {"level": "生态效益指标"}, "9", "110.00%"),
    # Out of a range, on the better side by the name of the indicator or on the other.
    ("工程合格率", "90%～95%", "97%", {"level": "质量指标"}, "10", "100.00%"),
    ("工程合格率", "90%～95%", "81%", {"level": "质量指标"}, "9", "90.00%"),
    ("办理时限", "5-10天", "3天", {"level": "时效指标"}, "10", "100.00%"),
    ("办理时限", "5-10天", "11天", {"level": "时效指标"}, "9", "110.00%"),
    # More was done than planned: no fault of an output, one of a cost, a limit or a bad thing.
    ("培训人次", "10-20人次", "25人次", {"level": "数量指标"}, "10", "125.00%"),
    ("培训人次", "10-20人次", "8人次", {"level": "数量指标"}, "8", "80.00%"),
    ("垃圾清运量", "100-200吨", "300吨", {"level": "数量指标"}, "10", "150.00%"),
    ("投诉次数", "2-4次", "5次", {"level": "数量指标"}, "7.5", "125.00%"),
    ("公务接待费用数", "10-20万元", "25万元", {"level": "数量指标"}, "7.5", "125.00%"),
    ("培训天数", "4-8天", "10天", {"level": "数量指标"}, "7.5", "125.00%"),
    ("养护成本数", "10-20", "25", {"level": "成本指标"}, "7.5", "125.00%"),
    ("排放水pH值", "6-8", "10", {"level": "质量指标"}, "7.5", "125.00%"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "target", "actual", "more", "score", "completion"), COMPUTED)
def test_computed(
    name: str, target: str, actual: str, more: dict[str, Any], score: str, completion: str
) -> None:
    scored = line(name, target, actual, **more)
    assert scored.score is not None, scored.explanation
    assert (plain(scored.score), scored.completion_text) == (score, completion), scored.explanation


NOT_COMPUTED = [
    ("应助尽助", "应助尽助", "9", {}, Note.NUMBER_FOR_WORDS),
    ("成本控制数", "≤30万元", "完成", {"level": "经济成本指标"}, Note.NOT_A_NUMBER),
    ("工程质量合格", "", "", {}, Note.NO_VALUES),
    ("培训人次", "100人次", "", {}, Note.NO_ACTUAL),
    ("轮换库存", "100吨", "无", {}, Note.NOT_APPLICABLE),
    ("完整性", "一", "目标明确", {}, Note.NO_TARGET),
    ("网络可用", "全天候可用", "全天候", {}, Note.WORDS_DIFFER),
    ("图书馆管理机制健全性", "好坏", "好坏", {"sign": "定性"}, Note.NOTHING_CHOSEN),
    ("工程资金金额", "43.2", "37.24", {}, Note.UNDECIDED),
    ("设备购置", "95%", "19个", {}, Note.UNITS_DIFFER),
    ("完成时间", "2021年6月底前", "2021年8月", {"level": "时效指标"}, Note.LATE),
    ("完成时间", "2021年6月15日", "2021年6月", {"level": "时效指标"}, Note.DATES_COARSE),
    ("人口增长", "-5", "-3", {}, Note.NEGATIVE_TARGET),
    ("培训人次", "100", "约80", {}, Note.UNCLEAR),
    ("设备数量", "98%", "0.98", {}, Note.SCALE_UNSURE),
    ("维护成本", "100", "980000元", {"level": "成本指标"}, Note.UNIT_UNSURE),
    ("维护成本", "1000000", "98万元", {"level": "成本指标"}, Note.UNIT_UNSURE),
    ("读者到馆人次", "10", "112000", {"unit": "万人次"}, Note.UNIT_UNSURE),
    ("报告质量", "合规", "达成预期指标", {}, Note.NEEDS_SCORE),
    ("“三公”经费变动率", "0%", "-5%", {"level": "成本指标"}, Note.UNDECIDED),
    # 无 for what is wished for, or that is no result, stays a question.
    ("带动就业岗位", "无", "无", {"level": "社会效益指标"}, Note.NO_VALUES),
    ("投诉处理率", "无", "无", {"level": "质量指标"}, Note.NO_VALUES),
    ("查处违规次数", "无", "无", {}, Note.NO_VALUES),
    ("群众投诉次数", "/", "/", {"level": "质量指标"}, Note.NO_VALUES),
    ("对居民收入的影响", "无", "无", {"level": "社会效益指标"}, Note.NO_VALUES),
    ("群众投诉次数", "≤2次", "无", {"level": "质量指标"}, Note.NOT_APPLICABLE),
    ("群众投诉次数", "无", "3次", {"level": "质量指标"}, Note.NO_TARGET),
    ("施工扬尘", "无", "无法统计", {"level": "生态环境成本指标"}, Note.NO_TARGET),
    ("结转结余变动率", "10%", "-5%", {}, Note.UNDECIDED),
    ("社会稳定", "不发生群体性事件", "未发生火灾", {"level": "社会效益指标"}, Note.WORDS_DIFFER),
    ("清淤完成时间", "10", "11", {"level": "时效指标", "sign": "≤", "unit": "月"}, Note.LATE),
    ("负氧离子浓度", "1000", "1200", {"level": "生态效益指标"}, Note.UNDECIDED),
    ("群众安全感", "高中低", "中", {"sign": "定性"}, Note.NEEDS_SCORE),
    ("群众安全感", "高中低", "高中低", {"sign": "定性"}, Note.NOTHING_CHOSEN),
    ("公用经费变动幅度", "-5%", "-6%", {"level": "成本指标"}, Note.UNDECIDED),
]  # fmt: skip


@pytest.mark.parametrize(("name", "target", "actual", "more", "note"), NOT_COMPUTED)
def test_not_understood_is_no_score(
    name: str, target: str, actual: str, more: dict[str, Any], note: Note
) -> None:
    scored = line(name, target, actual, **more)
    assert scored.score is None
    assert scored.notes[0] is note, scored.explanation
    assert note.value in scored.explanation


def test_three_grades_take_the_typed_score() -> None:
    scored = line("报告质量", "合规", "达成预期指标", weight="8", score="7")
    assert scored.score == 7
    assert scored.explanation == "“达成预期指标”一档为 6.4～8 分，按填报得分 7 计"


def test_days_late_are_said() -> None:
    assert "晚了2个月" in line("完成时间", "2021年6月底前", "2021年8月", level="时效指标").explanation


SENTENCES = [
    (("社会公众满意度", "95", "85%"), "10 × 85 ÷ 95 = 8.95（完成率 89.47%）"),
    (("维护系统数量", "130", "221个"), "221 ≥ 130，得满分 10（完成率 170.00%）"),
    (("救助标准", "<=5300元", "5830元"), "10 × (1 − (5830 − 5300) ÷ 5300) = 9（超出上限，完成率 110.00%）"),
    (("运维及时性", "及时", "85%"), "10 × 85% = 8.5（按填报的百分比计）"),
]


@pytest.mark.parametrize(("typed", "sentence"), SENTENCES)
def test_the_sentence_can_be_checked_by_hand(typed: tuple[str, str, str], sentence: str) -> None:
    assert line(*typed).explanation == sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("=100%", "100%"), "100 = 100，得满分 10（完成率 100.00%）"),
        (("=100人", "110人"), "110 超过目标值 100，不扣分，得满分 10（完成率 110.00%）"),
        (("=100人", "90人"), "10 × 90 ÷ 100 = 9（完成率 90.00%）"),
        (("≥100人", "100人"), "100 ≥ 100，得满分 10（完成率 100.00%）"),
    ],
)
def test_an_equal_indicator_is_explained_by_an_equals_sign(typed: tuple[str, str], sentence: str) -> None:
    scored = line("培训人数", *typed)
    assert scored.explanation == sentence
    assert line("培训人数", typed[0].lstrip("=≥"), typed[1], sign=typed[0][0]).explanation == sentence


def test_a_sign_that_stands_before_the_target_is_not_quoted_as_a_blank_column() -> None:
    scored = line("培训人数", "100", "100", sign="=")
    assert scored.kind_why == "“=”列"
    bare = replace(scored.indicator, entries={**scored.indicator.entries, Role.SIGN: entry(5, "")})
    assert score_indicator(bare, None, NATIONAL).kind_why == "目标值前的符号"


INVERSES = [
    # formula, cap, actual → score and sentence; rules.md 3.3: 9.00 and 9.09, at twice the cap 0 and 5.00
    ("linear", "<=5300元", "5830元", "9", "10 × (1 − (5830 − 5300) ÷ 5300) = 9（超出上限，完成率 110.00%）"),
    ("ratio", "<=5300元", "5830元", "9.09", "10 × 5300 ÷ 5830 = 9.09（超出上限，完成率 110.00%）"),
    ("strict", "<=5300元", "5830元", "0", "5830 > 5300，超过上限不得分（超出上限，完成率 110.00%）"),
    (
        "linear",
        "<=5300元",
        "10600元",
        "0",
        "10 × (1 − (10600 − 5300) ÷ 5300) = 0（超出上限，完成率 200.00%）",
    ),
    ("ratio", "<=5300元", "10600元", "5", "10 × 5300 ÷ 10600 = 5（超出上限，完成率 200.00%）"),
    ("strict", "<=5300元", "5300元", "10", "5300 ≤ 5300，得满分 10（完成率 100.00%）"),
    ("linear", "≤0起", "1起", "0", "目标为 0，实际为 1，得 0 分"),
    ("ratio", "≤0起", "1起", "0", "目标为 0，实际为 1，得 0 分"),
    ("strict", "≤0起", "0起", "10", "目标为 0，实际为 0，得 10 分"),
]


@pytest.mark.parametrize(("inverse", "target", "actual", "score", "sentence"), INVERSES)
def test_above_the_cap_by_the_formula_of_the_profile(
    inverse: str, target: str, actual: str, score: str, sentence: str
) -> None:
    scored = line("救助标准", target, actual, profile=replace(NATIONAL, inverse=inverse))
    assert scored.score == Decimal(score)
    assert scored.explanation == sentence


BY_FORMULA = replace(NATIONAL, deduction=Deduction(tolerance=Decimal("0.2")))
BY_LINES = replace(
    NATIONAL,
    deduction=Deduction(lines=((Decimal("1.3"), Decimal(1)), (Decimal("1.5"), Decimal(2)))),
)
DEDUCED = [
    # rules.md 3.2: weight × max(0, 1 − (rate − 1 − tolerance))
    (BY_FORMULA, "15", "221个", "7.5", "15 × (1 − (221 ÷ 130 − 1 − 0.2)) = 7.5（完成率 170.00%，超过 120% 的部分按偏离度扣减）"),
    (BY_FORMULA, "15", "156个", "15", "156 ≥ 130，得满分 15（完成率 120.00%）"),
    (BY_FORMULA, "15", "300个", "0", "15 × (1 − (300 ÷ 130 − 1 − 0.2))，不低于 0 分 = 0（完成率 230.77%，超过 120% 的部分按偏离度扣减）"),
    (BY_LINES, "15", "168个", "15", "168 ≥ 130，得满分 15（完成率 129.23%）"),
    (BY_LINES, "15", "169个", "14", "15 − 1 = 14（完成率 130.00%，达到 130% 扣 1 分）"),
    (BY_LINES, "15", "195个", "13", "15 − 2 = 13（完成率 150.00%，达到 150% 扣 2 分）"),
    (BY_LINES, "1.5", "260个", "0", "1.5 − 2，不低于 0 分 = 0（完成率 200.00%，达到 150% 扣 2 分）"),
    (BY_LINES, "15", "65个", "7.5", "15 × 65 ÷ 130 = 7.5（完成率 50.00%）"),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "weight", "actual", "score", "sentence"), DEDUCED)
def test_over_completion_costs_what_the_profile_says(
    profile: Profile, weight: str, actual: str, score: str, sentence: str
) -> None:
    scored = line("维护系统数量", "130", actual, weight=weight, profile=profile)
    assert (scored.score, scored.met) == (Decimal(score), Decimal(actual.rstrip("个")) >= 130)
    assert scored.explanation == sentence


NEVER_DEDUCED = [
    ("安全事故发生次数", "2次", "0次", {}),
    ("成本节约率", "5%", "50%", {"level": "成本指标"}),
    ("社会成本节约率", "5%", "50%", {"level": "社会效益指标", "level1": "成本指标"}),
    ("办理时限", "5-10天", "10天", {"level": "时效指标"}),
    ("完成时间", "9月前", "3月", {"level": "时效指标"}),
    ("运维及时性", "及时", "200%", {"level": "时效指标"}),
    ("新增挂牌数", "0", "3", {"sign": "≥"}),
]  # fmt: skip


@pytest.mark.parametrize("profile", [BY_FORMULA, BY_LINES], ids=["formula", "lines"])
@pytest.mark.parametrize(("name", "target", "actual", "more"), NEVER_DEDUCED)
def test_nothing_is_taken_off_where_more_is_no_excess(
    name: str, target: str, actual: str, more: dict[str, Any], profile: Profile
) -> None:
    assert line(name, target, actual, profile=profile, **more).score == 10


def test_an_equal_indicator_can_be_over_completed() -> None:
    assert line("维护系统数量", "130", "221", sign="=", profile=BY_LINES).score == 8


def test_band_words_follow_the_bands_of_the_profile() -> None:
    hubei = profiles.load("hubei")
    fair: dict[str, Any] = {"sign": "定性", "score": "5"}
    assert (
        line("机制健全性", "优良中低差", "中", profile=hubei, **fair).explanation
        == "“中”一档为 5～8 分，按填报得分 5 计"
    )
    assert "6～8 分" in line("机制健全性", "优良中低差", "中", **fair).explanation
    assert "8～9 分" in line("机制健全性", "优良中低差", "良", profile=hubei, **fair).explanation


DIRECTIONS = [
    ("系统平台故障解决率", "100%", "质量指标", Kind.AT_LEAST),
    ("系统故障响应及时率", "95%", "时效指标", Kind.AT_LEAST),
    ("设备故障率", "5%", "质量指标", Kind.AT_MOST),
    ("资金结余率", "5%", "成本指标", Kind.AT_MOST),
    ("差错率", "1‰", "质量指标", Kind.AT_MOST),
    ("成本节约率", "5%", "成本指标", Kind.AT_LEAST),
    ("助学金社会化发放率", "95%", "成本指标", Kind.AT_LEAST),
    ("查处违规次数", "5次", "数量指标", Kind.AT_LEAST),
    ("投诉件数", "5件", "质量指标", Kind.AT_MOST),
    ("受益建档立卡贫困人口数≥**人", "80", "社会效益指标", Kind.AT_LEAST),
    ("扶贫临时救助标准(<**元/户·年)", "5300", "质量指标", Kind.AT_MOST),
    ("培训天数", "5天", "数量指标", None),
    ("审批办理时间", "5天", "时效指标", Kind.AT_MOST),
    ("项目支出金额", "50", "数量指标", None),
    ("群众满意度", "90", "满意度指标", Kind.AT_LEAST),
    ("带动增收", "50万元", "经济效益指标", Kind.AT_LEAST),
]


@pytest.mark.parametrize(("name", "target", "level", "kind"), DIRECTIONS)
def test_direction_by_the_head_of_the_name(name: str, target: str, level: str, kind: Kind | None) -> None:
    assert line(name, target, "3" if target[-1].isdigit() else f"3{target[-1]}", level=level).kind is kind


points = st.decimals(min_value="0.01", max_value=100, places=2)
amounts = st.decimals(min_value=0, max_value=10**7, places=4)


@given(
    points, amounts, amounts, st.sampled_from(["≥", "≤", "=", ""]), st.sampled_from(["数量指标", "成本指标"])
)
def test_a_score_never_exceeds_its_weight(
    weight: Decimal, target: Decimal, actual: Decimal, sign: str, level: str
) -> None:
    scored = line("业务成本", f"{sign}{target}万元", f"{actual}万元", weight=str(weight), level=level)
    assert scored.score is None or 0 <= scored.score <= weight


@given(points, amounts, amounts, st.sampled_from(["≥", "≤", "="]))
def test_changing_the_unit_of_both_sides_changes_nothing(
    weight: Decimal, target: Decimal, actual: Decimal, sign: str
) -> None:
    in_wan = line("业务成本", f"{sign}{target}万元", f"{actual}万元", weight=str(weight))
    in_yuan = line("业务成本", f"{sign}{target * 10000}元", f"{actual * 10000}元", weight=str(weight))
    mixed = line("业务成本", f"{sign}{target}万元", f"{actual * 10000}元", weight=str(weight))
    assert in_wan.score == in_yuan.score == mixed.score
    assert in_wan.completion == in_yuan.completion == mixed.completion


@given(points, st.integers(1, 10**6), st.integers(0, 10**6))
def test_multiply_before_dividing(weight: Decimal, target: int, actual: int) -> None:
    scored = line("受益人数", f"≥{target}人", f"{actual}人", weight=str(weight))
    exact = weight * min(actual, target) / Decimal(target)
    assert scored.score is not None
    assert abs(scored.score - exact) <= Decimal("0.005")


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=10))
def test_no_input_raises(target: str, actual: str, name: str) -> None:
    scored = line(name or "指标", target, actual)
    assert scored.score is None or 0 <= scored.score <= 10
