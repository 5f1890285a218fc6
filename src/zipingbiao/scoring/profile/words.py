"""评分规则 in words: each value of a profile with its source, and how each 指标性质 is scored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Kind
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import HUNDRED, plain

TRUST = {"confirmed": "已核对", "practice": "通行做法", "unchecked": "待核对原文"}
"""How sure a value is, by the word of the profile file."""

BAND_WORDS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")
"""The official phrases of the three grades, best first, as the bands of a profile stand."""


@frozen
class ProfileLine:
    """One value of a profile for people: what it is, what it says, and where it comes from."""

    title: str
    value: str
    source: str
    since: str
    trust: str
    checked_on: str


def profile_lines(profile: Profile) -> Sequence[ProfileLine]:
    """Return the values of a profile in words, most important first, each with its provenance."""
    return [_line(profile, key, title, words(profile)) for key, title, words in _LINES]


def kind_lines(profile: Profile) -> Sequence[tuple[Kind, str]]:
    """Return one sentence per 指标性质: how a line of this kind is scored under a profile."""
    of_profile = {Kind.AT_MOST: _inverse(profile), Kind.EXECUTION: _execution(profile)}
    return [(kind, of_profile.get(kind) or _KINDS[kind]) for kind in Kind]


def _line(profile: Profile, key: str, title: str, value: str) -> ProfileLine:
    where = profile.provenance[key]
    return ProfileLine(
        title, value, where.source, where.since, TRUST.get(where.trust, where.trust), where.checked_on
    )


def _weight_total(profile: Profile) -> str:
    return f"{plain(profile.weight_total)} 分"


def _execution_points(profile: Profile) -> str:
    return f"{plain(profile.execution_points)} 分；表中已写分值的，以表为准"


def _execution(profile: Profile) -> str:
    budget = AmountKind(profile.execution_base).label
    return f"得分 = 分值 × 全年执行 ÷ {budget}；执行率超过 100% 的按 100% 计算。"


def _execution_base(profile: Profile) -> str:
    return f"全年执行 ÷ {AmountKind(profile.execution_base).label}"


def _levels(profile: Profile) -> str:
    if not profile.levels:
        return "不固定，由单位按项目确定，合计等于满分"
    return "，".join(f"{level} {plain(points)} 分" for level, points in profile.levels.items())


def _grades(profile: Profile) -> str:
    words = [profile.grade_words.get(word, word) for _, word in profile.grades]
    limits = [lowest for lowest, _ in profile.grades]
    parts = [f"{words[0]}：{plain(limits[0])} 分及以上"]
    middle = zip(words[1:-1], pairwise(limits[:-1]), strict=True)
    parts += [f"{word}：{plain(low)}（含）至 {plain(high)} 分" for word, (high, low) in middle]
    return "；".join([*parts, f"{words[-1]}：{plain(limits[-2])} 分以下"])


def _bands(profile: Profile) -> str:
    """The share of each band; where there are not three, what the three phrases mean among them."""
    shares = [f"{_rate(high)}～{_rate(low)}" for low, high in profile.bands]
    if len(shares) == len(BAND_WORDS):
        parts = [f"{word}：{share}" for word, share in zip(BAND_WORDS, shares, strict=True)]
        return "得分占分值的比例。" + "；".join(parts)
    last = len(shares)
    parts = [f"第{number}档：{share}" for number, share in enumerate(shares, start=1)]
    best, partly, worst = BAND_WORDS
    between = f"为第2至{last - 1}档" if last > len(BAND_WORDS) else "由填报人评分"
    return (
        f"得分占分值的比例。{'；'.join(parts)}。“{best}”为第1档，“{partly}”{between}，“{worst}”为第{last}档"
    )


def _inverse(profile: Profile) -> str:
    rest = {
        "linear": "得分 = 分值 ×（1 −（实际值 − 目标值）÷ 目标值），达到目标值 2 倍及以上得 0 分",
        "ratio": "得分 = 分值 × 目标值 ÷ 实际值",
        "strict": "得 0 分",
    }[profile.inverse]
    return f"实际值不超过目标值得满分；超过的，{rest}。目标值为 0 的，实际值为 0 才得满分。"


def _ask(profile: Profile) -> str:
    return f"完成率达到 {_rate(profile.ask_from)} 而没有说明原因的，提示核对目标值"


def _ask_strongly(profile: Profile) -> str:
    return f"完成率达到 {_rate(profile.ask_strongly_from)} 而没有说明原因的，警告，须说明原因"


def _deduction(profile: Profile) -> str:
    if profile.deduction.tolerance is not None:
        line = _rate(1 + profile.deduction.tolerance)
        return f"完成率超过 {line} 的，得分 = 分值 ×（1 −（完成率 − {line}）），不低于 0 分"
    if not profile.deduction.lines:
        return "不扣分"
    return "；".join(
        f"完成率达到 {_rate(line)} 的扣 {plain(points)} 分" for line, points in profile.deduction.lines
    )


def _caps(profile: Profile) -> str:
    if not profile.caps:
        return "不限制"
    return "；".join(
        f"预算执行率低于 {_rate(rate)} 的，总分不超过 {plain(most)} 分" for rate, most in profile.caps
    )


def _grading(profile: Profile) -> str:
    return "应当评定等级" if profile.grading == "required" else "可以不评定等级"


def _lag(profile: Profile) -> str:
    return (
        f"（指标得分率 − 预算执行得分率）÷ 指标得分率超过 {_rate(profile.lag_above)} 的，"
        "警告，须核对得分并说明资金没有用完的原因"
    )


def _left(profile: Profile) -> str:
    budget = AmountKind(profile.execution_base).label
    return f"结余占{budget}的比例超过 {_rate(profile.left_above)} 而没有说明原因的，提示说明"


def _product(profile: Profile) -> str:
    return f"数量 × 单价标准与全年执行数不相等、相差在 {_rate(profile.product_within)} 以内的，提示核对"


def _serial_years(profile: Profile) -> str:
    first, last = profile.serial_years
    return f"五位整数恰为 {first} 年至 {last} 年某一天的日期序号，而另一边的数小得多的，警告，须核对"


def _severities(profile: Profile) -> str:
    changed = [f"{code} 为{severity.label}" for code, severity in profile.severities.items()]
    return "；".join(changed) or "与规则说明相同"


def _rules_off(profile: Profile) -> str:
    return "、".join(profile.rules_off) or "没有"


def _rate(fraction: Decimal) -> str:
    return f"{plain(fraction * HUNDRED)}%"


_LINES: tuple[tuple[str, str, Callable[[Profile], str]], ...] = (
    ("weight_total", "满分", _weight_total),
    ("execution_points", "预算执行分值", _execution_points),
    ("execution_base", "预算执行率", _execution_base),
    ("levels", "一级指标分值", _levels),
    ("grades", "等级界线", _grades),
    ("grading", "是否评定等级", _grading),
    ("bands", "定性分档", _bands),
    ("inverse", "反向指标算法", _inverse),
    ("ask_from", "超额完成提醒线", _ask),
    ("ask_strongly_from", "超额完成说明线", _ask_strongly),
    ("deduction", "超额完成扣分", _deduction),
    ("caps", "执行率低的总分上限", _caps),
    ("lag_above", "得分高于执行的警告线", _lag),
    ("left_above", "结余较多的提示线", _left),
    ("product_within", "数量乘标准的核对线", _product),
    ("serial_years", "日期序号的年份", _serial_years),
    ("severities", "改变级别的校验规则", _severities),
    ("rules_off", "不用的校验规则", _rules_off),
)
"""Key in the profile file, title, words: a new field of the profile is one more line here."""

_KINDS = {
    Kind.AT_LEAST: "实际值达到目标值得满分；没有达到的，得分 = 分值 × 实际值 ÷ 目标值。",
    Kind.EQUAL: "与正向相同；目标值为 0 的，实际值为 0 才得满分。",
    Kind.RANGE: "在区间之内（含两端）得满分；低于下限的按正向、高于上限的按反向计算；数量指标多做的、合格率一类好于区间的不扣分。",
    Kind.QUALITATIVE: "实际结果与目标文字一致得满分；填百分比的，得分 = 分值 × 百分比；填分档用语（如“达成年度指标”）的，还要在“手工得分”填该档以内的得分。",
    Kind.DEADLINE: "不晚于时限得满分；晚于时限的不自动给分，写出晚了几天，由填报人填手工得分和理由。",
}
