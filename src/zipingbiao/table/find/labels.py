"""The words of the forms, as data: what a heading, a funds label, a head or foot label means.

Every text is compared by its :class:`Label` key: one width, no white space, simplified characters,
bracketed suffixes dropped (their content is kept as the note: it may say the money unit).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from zipingbiao.table.find.spots import Meaning
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key, without_brackets
from zipingbiao.values.unit import Unit, parse_unit

# A label is short; a longer text is a sentence and never looked up.
LONGEST_LABEL = 60


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TRADITIONAL = str.maketrans(
    "標權預資總額級實際業績數執財撥餘結轉專戶單縣區項編碼門報評價說備註審負責聯係電話問題進議稱內體設調後滿準運計劃號質類經驗開發萬當條產時滿會圓領導",
    "标权预资总额级实际业绩数执财拨余结转专户单县区项编码门报评价说备注审负责联系电话问题进议称内体设调后满准运计划号质类经验开发万当条产时满会圆领导",
)
_NOTE = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.](?!\d)|[①-⑳])")
_ASCII_TAIL = re.compile(r"(?<=[\u3400-\u9fff])[A-Za-z%‰/÷×*=+\-]+$")


@dataclass(frozen=True, slots=True)
class Label:
    """A short text as a label: how it is compared and what its brackets said."""

    text: str
    key: str
    note: str


@lru_cache(maxsize=65536)
def label(text: str) -> Label:
    """Return the label that a cell's text makes; the key is "" for long or empty text."""
    if not text or len(text) > LONGEST_LABEL:
        return Label(text, "", "")
    whole = label_key(text).translate(_TRADITIONAL).replace("其它", "其他")
    notes: list[str] = []
    key = whole
    while found := _NOTE.findall(key):
        notes += found
        key = without_brackets(key)
    key = _NUMBERING.sub("", label_key(key))
    return Label(text, _ASCII_TAIL.sub("", key), " ".join(notes))


class Extra(StrEnum):
    """Meanings of headings beyond the roles of the model."""

    ADJUSTED = "adjusted"  # the approved adjustment of the target
    VALUE = "value"  # 数值 below a parent heading: the parent says which


def _table(rows: tuple[tuple[Role | Extra, int, str], ...]) -> dict[str, Meaning[Role | Extra]]:
    return {word: Meaning(role, rank) for role, rank, words in rows for word in words.split()}


_HEADINGS = _table(
    (
        (Role.LEVEL1, 0, "一级指标 一级指标名称 一级绩效指标 一级"),
        (Role.LEVEL1, 1, "指标类别 指标分类 指标类型 指标大类"),
        (Role.LEVEL2, 0, "二级指标 二级指标名称 二级绩效指标 二级"),
        (Role.NAME, 0, "三级指标 三级指标名称 三级绩效指标 三级指标内容 目标指标 目标指标名称 三级"),
        (Role.NAME, 1, "指标名称 绩效指标名称 指标内容 具体指标 具体指标名称 绩效指标内容 评价指标 考核指标 指标项 明细指标 四级指标"),
        (Role.NAME, 2, "绩效指标 指标 年度绩效指标"),
        (Role.TARGET, 0, """指标值 目标值 年度指标值 年度目标值 年初目标值 年初指标值 年初设定目标值 年初设定指标值 年初设定值 预期指标值
        预期目标值 预期值 预期完成值 全年目标值 全年指标值 计划值 计划指标值 计划目标值 计划完成值 年度计划值 目标数 目标数值
        绩效目标值 绩效指标值 年度绩效指标值 年度绩效目标值 指标目标值 目标指标值 设定值 设定目标值 预设目标值 本年目标值 当年目标值
        批复目标值 批复指标值 预算目标值 应完成值 计划数值 三级指标值 年初预期值 年度预期值 年初绩效目标值 年初计划值 全年计划值 预期指标"""),
        (Role.TARGET, 1, "目标 年度目标 计划 计划数 年初目标 绩效目标"),
        (Extra.ADJUSTED, 0, "调整后 年中调整"),
        (Role.ACTUAL, 0, """业绩值 实际完成值 全年实际值 全年完成值 完成值 实际完成指标值 单项指标实际完成值 实际值 完成数值 全年实际完成值
        年度实际完成值 年度实际值 实际业绩值 完成指标值 指标完成值 年度完成值 实际完成数 实际完成数值 实际数值 实际完成结果 指标实际完成值
        指标实际值 实际达成值 实现值 实际实现值 达成值 年末完成值 完成数 实际数 绩效值 年度业绩值 全年业绩值 自评完成值 全年完成数
        实际指标值 年度实际指标值 实际绩效值 年末实际值 实际完成"""),
        (Role.ACTUAL, 1, "实际完成情况 全年实际完成情况 实际完成情况值"),
        (Role.COMPLETION, 0, "完成率 完成比例 指标完成率 完成百分比 完成程度 完成比率 目标完成率 实际完成率 年度完成率 指标完成比例 指标值完成率"),
        (Role.WEIGHT, 0, """分值 权重 指标分值 权重占比 指标权重 满分 标准分 标准分值 权重分 权重分值 分值权重 权重/分值 分值/权重 满分值 权数
        指标满分 配分 设定分值 指标权重分值 权重分数 标准分数 三级指标分值 三级指标权重 分值占比 赋分 赋分值"""),
        (Role.SCORE, 0, """得分 指标得分 自评得分 自评分 自评分数 自评分值 单项指标得分 单项得分 实际得分 得分值 评分 评价得分 绩效得分
        实得分 本项得分 最终得分 自评打分 打分 自评评分 单位自评得分 指标自评得分 三级指标得分 自评价得分"""),
        (Role.SIGN, 0, """符号 比较符 比较符号 运算符 运算符号 计算符号 计算符 指标性质 指标方向 性质 方向 指标符号 目标值符号 指标值符号
        关系符 关系符号 逻辑符号 正反向 指标正反向 判断符号 比较方式"""),
        (Role.UNIT, 0, "单位 度量单位 计量单位 指标单位 数量单位 指标值单位 目标值单位 指标计量单位"),
        (Role.COMPUTED, 0, "核算得分"),
        (Role.MANUAL, 0, "手工得分"),
        (Role.MANUAL_REASON, 0, "手工得分理由"),
        (Role.EXPLANATION, 0, "评分说明"),
        (Extra.VALUE, 0, "数值 值 内容 年初 年初值 原值 原 年初设定 批复"),
    )
)  # fmt: skip
_PERIOD = re.compile(r"^(?:20\d\d年度?|本年度?|当年度?|本项目?|单项|20\d\d)")


def heading(text: str) -> Meaning[Role | Extra] | None:
    """Return what a column heading means, or None when it is none that we know."""
    if _HEADING_SIGNS.isdisjoint(text):
        return None
    return _heading(label(text).key)


@lru_cache(maxsize=8192)
def _heading(key: str) -> Meaning[Role | Extra] | None:
    if not key:
        return None
    bare = _PERIOD.sub("", key)
    for word in (key, bare):
        if word in _HEADINGS:
            return _HEADINGS[word]
    if "原因" in key and len(key) <= 30:
        return Meaning(Role.REASON)
    if "调整" in key and key.endswith(("值", "目标")) and "完成" not in key and len(key) <= 12:
        return Meaning(Extra.ADJUSTED)
    return None


def _signs(words: Iterable[str], *more: str) -> frozenset[str]:
    """Signs of which each of these words has one, in both scripts: most cells of a big sheet have none."""
    simple = {word[-1] for word in words}.union(*more)
    return frozenset(simple | {chr(old) for old, new in _TRADITIONAL.items() if chr(new) in simple})


_HEADING_SIGNS = _signs(_HEADINGS, "因值标")


def words_of(role: Role) -> tuple[str, ...]:
    """Return the headings known for a role, surest first."""
    return tuple(word for word, meaning in _HEADINGS.items() if meaning.role is role)


_PREFIX_HEADINGS = _words("绩效指标 年度绩效指标 指标 绩效指标完成情况")


def is_prefix_heading(text: str) -> bool:
    """Tell whether this is the vertical caption 绩效指标 that stands before a table."""
    return label(text).key in _PREFIX_HEADINGS


_KINDS: dict[str, tuple[AmountKind, int]] = {
    word: (kind, rank)
    for kind, rank, words in (
        (AmountKind.INITIAL, 0, "年初预算 年初预算数 年初预算资金 年初预算金额 年初预算额 年初批复预算 年初批复预算数 年初预算安排 期初预算数"),
        (AmountKind.FULL_YEAR, 0, """全年预算 全年预算数 全年预算资金 全年预算金额 调整后预算 调整后预算数 调整后预算资金 调整后预算金额
        调整预算 调整预算数 调整后全年预算 调整后全年预算数 全年预算额 调整后数 年度预算调整数"""),
        (AmountKind.FULL_YEAR, 1, "预算数 预算金额 预算资金 预算 预算总额 预算安排数 年度预算 年度预算数"),
        (AmountKind.EXECUTED, 1, "预算执行"),
        (AmountKind.RECEIVED, 0, """实际到位 实际到位资金 实际到位数 实际到位金额 到位资金 资金到位 到位数 到位金额 资金到位数 资金到位金额
        全年到位数 全年到位资金 资金实际到位数 全年实际到位资金 资金到位情况"""),
        (AmountKind.EXECUTED, 0, """全年执行 全年执行数 全年执行资金 全年执行金额 预算执行数 执行数 执行资金 执行金额 实际支出 实际支出数
        实际支出金额 全年支出 全年支出数 支出数 支出金额 实际执行 实际执行数 实际执行资金 实际执行金额 全年实际支出 全年实际支出数
        预算执行金额 预算执行资金 实际使用资金 全年实际执行数 决算数 实际支出资金"""),
        (AmountKind.BALANCE, 0, "资金结余 结余 结余资金 结余数 结余金额 预算结余 年末结余 资金结余数 剩余资金"),
        (AmountKind.FUNDING_RATE, 0, "预算到位率 资金到位率 到位率 预算资金到位率"),
        (AmountKind.EXECUTION_RATE, 0, "预算执行率 执行率 资金执行率 全年执行率 预算资金执行率 预算完成率"),
    )
    for word in words.split()
}  # fmt: skip
_LINE_NUMBER = re.compile(r"^\(([1-7])\)(?:=.*)?$")
_BY_LINE = (
    AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED,
    AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE,
)  # fmt: skip


def amount_kind(text: str) -> tuple[AmountKind, int] | None:
    """Return which amount a funds label names, and its rank (0 sure, 1 only if nothing else)."""
    if _FUNDS_SIGNS.isdisjoint(text):
        return None
    key = label(text).key
    return _KINDS.get(key) or _KINDS.get(_PERIOD.sub("", key))


@lru_cache(maxsize=8192)
def line_kind(text: str) -> AmountKind | None:
    """Return the amount of a Shanxi 行次: ``(5)=(3)-(4)`` is the balance."""
    if len(text) > 24:
        return None
    found = _LINE_NUMBER.match(label_key(text))
    return _BY_LINE[int(found[1]) - 1] if found else None


_SOURCES: dict[str, Source] = {
    word: source
    for source, words in (
        (Source.TOTAL, """年度总金额 年度资金总额 资金总额 合计 总额 项目资金总额 总金额 总计 年度总额 年度金额 项目总金额 年度预算总额 总量
        预算资金总额 年度资金合计 资金合计 金额 资金总计 年度项目资金总额 全年资金总额 年度财政资金总额 财政资金总额"""),
        (Source.FISCAL, """小计 财政资金 财政拨款 当年财政拨款 本年财政拨款 一般公共预算 一般公共预算拨款 一般公共预算资金 一般公共预算财政拨款
        财政资金小计 财政性资金 本年财政资金 当年财政资金 财政拨款资金 财政拨款小计 财政拨款收入 年度财政拨款 当年财政资金拨款"""),
        (Source.CARRIED_OVER, "上年结转 上年结转资金 上年结转结余 上年结转和结余 上年结转结余资金 以前年度结转 以前年度结转资金 结转资金 上年结转数"),
        (Source.EARMARKED, "财政专户管理资金 财政专户资金 财政专户 专户资金 专户管理资金"),
        (Source.OWN, "单位资金 自有资金 单位自有资金 自筹资金 单位自筹 单位自筹资金"),
        (Source.OTHER, "其他资金 其他 其他来源资金 其他收入 其他来源"),
    )
    for word in words.split()
}  # fmt: skip
_GOVERNMENT = re.compile(
    r"^(?:(?P<central>中央)|(?P<provincial>省|自治区|省市区)|(?P<city>市|州市|地市|市州)|(?P<county>县区|区县|县市区|县市|旗县|县|区))"
    r"(?P<level>级)?(?:财政|预算|补助|配套|拨款|专项|资金)*$"
)
_FUNDS_SIGNS = _signs([*_KINDS, *_SOURCES], "中央省自治区市州县旗")
_OF_WHICH = re.compile(r"^其中[:、,\-—]*")


@lru_cache(maxsize=8192)
def source(text: str) -> Source | None:
    """Return where money comes from by a label of the funds table."""
    if _FUNDS_SIGNS.isdisjoint(text):
        return None
    key = _OF_WHICH.sub("", label(text).key)
    if key in _SOURCES:
        return _SOURCES[key]
    found = _GOVERNMENT.match(key)
    if found and found.lastgroup and len(key) > 1:
        return next(Source(name) for name in ("central", "provincial", "city", "county") if found[name])
    return None


_POINTS = _words("分值 权重 权重分值 指标分值 满分 标准分 权重占比")
_SCORES = _words("得分 指标得分 自评得分 自评分 实际得分 单项得分")
_OF_EXECUTION = re.compile(r"^(?:预算|资金)?执行率?(?=.)")


def is_points(text: str) -> bool:
    """Tell whether a heading of the national funds block is its 分值 or 执行率权重."""
    return _OF_EXECUTION.sub("", label(text).key) in _POINTS


def is_score(text: str) -> bool:
    """Tell whether a heading of the national funds block is its 得分 or 执行率得分."""
    return _OF_EXECUTION.sub("", label(text).key) in _SCORES


_MONEY = re.compile(r"(?:^|[(\[:： ])(?:人民币)?(万元|亿元|千元|元)(?:$|[)\] ])")
_MONEY_CAPTION = re.compile(r"单位:?(?:人民币)?(万元|亿元|千元|元)")


def money_unit(text: str) -> Unit | None:
    """Return the money unit that a label's brackets or a caption ``单位：元`` names."""
    if len(text) > LONGEST_LABEL or "元" not in text:
        return None
    entry = label(text)
    found = _MONEY_CAPTION.search(label_key(text)) or _MONEY.search(entry.note)
    return parse_unit(found[1]) if found else None


_HEAD: dict[str, tuple[str, int]] = {
    word: (field, rank)
    for field, rank, words in (
        ("name", 0, "项目名称 项目支出名称 专项名称 专项资金名称 项目名 项目名称及编码 项目名称及代码 一级项目名称"),
        ("name", 1, "二级项目名称 项目 评价项目"),
        ("code", 0, "项目编码 项目代码 项目编号"),
        ("department", 0, "主管部门 预算主管部门 主管部门及代码 主管部门名称 主管单位 部门名称 业务主管部门"),
        ("unit", 0, "实施单位 项目单位 项目实施单位 项目承担单位 资金使用单位"),
        ("unit", 1, "预算单位 填报单位 单位名称 预算单位名称 自评单位 申报单位 编制单位 填表单位 评价单位 实施单位名称"),
        ("unit", 2, "单位"),
        ("year", 0, "年度 评价年度 预算年度 自评年度 所属年度 项目年度 绩效年度"),
    )
    for word in words.split()
}  # fmt: skip


def head_field(text: str) -> tuple[str, int] | None:
    """Return the field of the head that a label names, and its rank among labels of that field."""
    return _HEAD.get(label(text).key)


def opens_head(text: str) -> bool:
    """Tell whether a text is a label of the head, alone or before a colon: ``项目名称：…``."""
    first = re.split(r"[:：]", text.strip(), maxsplit=1)[0]
    return head_field(first) is not None


_TOTAL = _words("""总分 合计 总计 总得分 自评总分 自评总得分 得分合计 合计得分 总评分 综合得分 总分值 项目总分 自评得分合计 绩效自评总分 自评得分 评价得分
        最终得分 总分合计 自评分合计 绩效自评得分 自评分数合计 合计分值 总体得分 总合计 评价总分 得分总计""")
_LOOSE_TOTALS = _words("合计 总计 总合计")
_GRADE = _words(
    "自评等级 评价等级 绩效等级 等级 评价等次 自评等次 等次 绩效评价等级 自评结果等级 评定等级 评价级别 绩效自评等级 绩效等次 总体等级 考核等级"
)
_SUBTOTAL = re.compile(
    r"^(?:.*(?:指标|产出|效益|满意度|成本|预算执行|决策|过程|管理|投入|数量|质量|时效))?(?:得分|分值|分数)?(?:小计|合计)$"
)


def is_total(text: str) -> bool:
    """Tell whether a row label marks the total row of a table."""
    return label(text).key in _TOTAL


def is_stated_total(text: str) -> bool:
    """Tell whether a label beside a table states its total: 自评总分, never a bare 合计."""
    return label(text).key in _TOTAL - _LOOSE_TOTALS


def is_subtotal(text: str) -> bool:
    """Tell whether a row label marks a subtotal inside a table."""
    key = label(text).key
    return key not in _TOTAL and _SUBTOTAL.match(key) is not None


def is_grade(text: str) -> bool:
    """Tell whether a label names the grade of a table."""
    return label(text).key in _GRADE


_FOOT = re.compile(
    r"^(?:(?:填报|填表|审核|复核|经办|评价|制表)(?:人|日期|时间)|(?:项目|单位|部门|财务)?(?:分管)?(?:负责人|领导)|联系(?:电话|人)|日期$|注(?:[:：.0-9一]|$)"
    r"|(?:填表|填报|其他|有关)?说明(?:[:：]|$)|备注|评价结论|自评结论|存在的?(?:主要)?问题|(?:下一步)?改进(?:措施|建议)|下一步"
    r"|项目绩效分析|绩效分析|自评结果(?:分析|应用)|(?:项目)?主要经验|项目(?:实施|管理)(?:和|中)|(?:项目)?(?:产出|效益|满意度|预算执行)(?:情况)?(?:及|和)?分析"
    r"|附件\d|绩效自评相关资料|其他需要说明|单位(?:公章|盖章)|总体(?:评价|结论)|进一步加强|自评结果拟?公开)"
)


def is_foot(text: str) -> bool:
    """Tell whether a text opens what follows a table: signatures, notes, analysis."""
    start = label(text[:LONGEST_LABEL]).key
    return bool(start) and _FOOT.match(start) is not None


_TITLE = re.compile(r"(?:自评表|自评报告表|绩效目标表|目标申报表|评价表|自评情况表|绩效表)")
_CONTINUED = re.compile(r"续表?|第\d+页")


def is_title(text: str) -> bool:
    """Tell whether this is the title of a table of its own, not of a continued page."""
    if len(text) > LONGEST_LABEL or "表" not in text:
        return False
    compact = label_key(text)
    return bool(_TITLE.search(compact.translate(_TRADITIONAL))) and not _CONTINUED.search(compact)


def is_continuation(text: str) -> bool:
    """Tell whether a caption says that the table goes on: 续表, （续）, 第2页."""
    return len(text) <= LONGEST_LABEL and _CONTINUED.search(label_key(text)) is not None
