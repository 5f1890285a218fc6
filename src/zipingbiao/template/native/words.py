"""Words and signs that the formulas of the 免宏版 know, in the order in which they are looked for.

They are fewer than those of the core (values/words.py, scoring/words.py): a text with another word asks.
A test holds that no word of the core that turns a direction is missing in :data:`DOUBTFUL`.
"""

from __future__ import annotations

from collections.abc import Iterable

Pairs = tuple[tuple[str, str], ...]

DIGITS = "0123456789"

TIDY: Pairs = (
    *zip("０１２３４５６７８９", DIGITS, strict=True),
    *(("％", "%"), ("﹪", "%"), ("．", "."), ("*", "·"), ("（", "("), ("）", ")")),
    *(("m2", "㎡"), ("m3", "m³")),
)
"""One width of digits and signs. White space that is no character of its own is in :data:`BLANKS`."""

BLANKS = ('"　"', '"\u00a0"', "CHAR(9)", "CHAR(10)", "CHAR(13)")
"""Kinds of white space beside the blank, as expressions of a formula."""

COMPARING: Pairs = (
    *((f"不{may}", "不") for may in "得能应可会"),
    *(
        (f"{side}{joined}等于", sign)
        for side, sign in (("大于", "≥"), ("小于", "≤"))
        for joined in ("或", "和", "")
    ),
    *((word, "≥") for word in ("不低于", "不少于", "不小于", "不下于")),
    *((word, "≤") for word in ("不超过", "不超出", "不高于", "不大于", "不多于")),
    *((word, "≥") for word in ("至少", "最少", "最低", "大于", "高于", "多于", "超过")),
    *((word, "≤") for word in ("至多", "最多", "最高", "小于", "低于", "少于")),
    ("等于", "="),
)
"""不得低于, 不少于, 至少 → ≥; longer words before the shorter ones that they contain."""

SIGNS: Pairs = (
    *((sign, "≥") for sign in "＞>≧⩾≮》"),
    *((sign, "≤") for sign in "＜<≦⩽≯《"),
    *((sign, "=") for sign in "＝═﹦"),
    *((pair, sign) for sign in "≥≤" for pair in (f"{sign}=", f"={sign}")),
)
"""Signs of one meaning: ＞＝, >= and ≧ → ≥. No table tells > from ≥ (values/comparator.py)."""

PUNCTUATION = "。，,;；、:：.!！\"'“”‘’()[]"
"""What texts may differ in and still say the same."""

NOT_WORDS = "≥≤=<>＞＜＝≧≦⩾⩽≮≯═﹦《》%‰/·×_&°?？零〇"
"""With one of these, or a digit, a text may be more than words."""

FILLERS = ("无", "暂无", "不适用", "不涉及", "NA", "na", *("-" * count for count in range(1, 5)), *("—" * count for count in range(1, 4)), "一", "一一", "\\")  # fmt: skip
"""A target that says nothing."""

SCALE = ("优秀", "良好", "较好", "一般", "较差", *"优良好中低差坏高是否")
"""A target of these words alone may be a choice (优良中差), so it asks, unless it is one of :data:`GOOD`."""
GOOD = ("优", "优秀", "好", "良", "良好", "较好", "优良")

DATES = (
    *(f"{year}0月{end}" for year in ("0年", "") for end in ("底前", "前", "底", "", "底前完成", "前完成", "底完成", "完成")),
    *(f"{year}0月0日{end}" for year in ("0年", "") for end in ("前", "", "前完成", "完成")),
    *("0年底前", "0年底", "0年底前完成", "年底前", "年底"),
)  # fmt: skip
"""Deadlines, every number in them a 0; they are compared as texts only."""

YEARS = "年届度期"
"""Behind 2021 these make a year, no count."""

POSITIVE = ("正向", "正向指标", "越大越好", "正", "≥", ">", ">=", "大于等于")
NEGATIVE = (
    "反向",
    "反向指标",
    "逆向",
    "逆向指标",
    "负向",
    "负向指标",
    "越小越好",
    "反",
    "≤",
    "<",
    "<=",
    "小于等于",
)
EQUAL = ("等于", "=", "＝")
"""What 指标性质 may say."""

DOUBTFUL = {
    "比较词": "不 未 ≥ ≤ > < ＞ ＜ ≧ ≦ ⩾ ⩽ ≮ ≯ & 大于 小于 低于 高于 至少 最低 最高 以上 以内 以下 之内 上限 下限 控制在",
    "限额": "三公 概算 决算 费控制 编制控制 人员控制 人数控制 变动 变化率 变化幅度 变化比 变化额 增减 浮动 调整",
    "不希望": (
        "事故 事件 投诉 差错 错误 故障 违规 违纪 违法 违约 病害 虫害 变质 成灾 受害 结余 结转 超标 死亡 伤亡 上访 信访 舆情 逾期 流失 损失"
        " 损耗 浪费 污染 返工 闲置 空置 缺陷 退货 拖欠 欠薪 失误 失信 火灾 发案 发病 感染 超支 误差 偏差 泄露 泄漏 中断 停机 宕机"
        " 能耗 消耗 排放 辍学 失业 返贫 负面影响 消极影响"
    ),
    "花费": "成本 支出 费用 经费 投资 投入 花费 开支 造价 单价 价格 报价 限价 资金 金额 补助 补贴 标准 预算 工资 薪酬 租金",
    "时间": "时间 时长 时限 用时 耗时 天数 工期 周期 时效 期限 工作日",
}
"""A name with one of these needs the core, or a sign: comparing words, caps, bad things, spending, durations."""

GAINED = (
    "收入",
    "增收",
    "产值",
    "销售",
    "利润",
    "税收",
    "效益",
    "节约",
    "节省",
    "募集",
    "筹集",
    "到位",
    "回收",
    "收益",
    "GDP",
    "营收",
)
"""Money that comes in or is saved: no cost, whatever the level."""

LEVELS = ("数量", "质量", "效益", "影响", "满意", "时效", "产出")
RATES = ("率", "比例", "占比", "比重", "百分比", "满意度")
COUNTS = ("数", "数量", "面积", "长度", "里程", "人次", "规模")

EXECUTION = ("预算执行", "资金执行", "投入管理", "资金管理", "预算管理", "资金投入", "项目资金", "预算资金")
"""Levels under which a line may be the budget execution, whose score comes from the funds."""


def doubtful() -> Iterable[str]:
    """Every word of :data:`DOUBTFUL`."""
    return (word for words in DOUBTFUL.values() for word in words.split())
