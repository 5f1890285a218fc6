"""Units of targets and actual values: 万元 元 % ‰ 个 人次 亩 公里 元/人·月 ….

A unit has a dimension and a factor to that dimension's base; two values compare only within one
dimension. Counters (个 套 项 人次 …) and labels we do not know are one dimension, ``count``: people
mix them freely, and a difference between 只 and 头 is no reason to refuse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from zipingbiao.values.spelling import normalise


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in canonical spelling.

    Attributes:
        label: ``万元``, ``%``, ``m2``; what :func:`parse_unit` reads back to an equal unit.
        dimension: money, ratio, area, length, volume, mass, data, seconds, months, workdays,
            count, or scale for a bare 万 / 亿 that takes the dimension of its counterpart.
        factor: how many of the dimension's base one of this unit is (money: 元; ratio: 1).
        per: the denominator, ``人·月`` in ``元/人·月``; "" when there is none.
    """

    label: str
    dimension: str
    factor: Decimal
    per: str = ""

    @property
    def is_percent(self) -> bool:
        """Whether this is % or ‰."""
        return self.dimension == "ratio"

    def same_scale(self, other: Unit) -> bool:
        """Tell whether the numbers of the two units compare as they stand: 万 and 万元."""
        return self.comparable(other) and self.factor == other.factor

    @property
    def is_money(self) -> bool:
        """Whether amounts in this unit are money."""
        return self.dimension == "money"

    def comparable(self, other: Unit) -> bool:
        """Tell whether values in the two units can be compared after conversion."""
        if self.per and other.per and set(self.per.split("·")) != set(other.per.split("·")):
            return False
        dimensions = {self.dimension, other.dimension}
        return len(dimensions) == 1 or ("scale" in dimensions and "ratio" not in dimensions)


# One line per unit: canonical=factor to the base, then its other spellings.
_TABLE = {
    "money": "元=1 圆 块钱 元整 元人民币|角=0.1|千元=1000|万元=10000|百万元=1000000|千万元=10000000|亿元=100000000",
    "ratio": "%=0.01 百分比 百分率 百分点 个百分点 百分|‰=0.001 千分比",
    # Base 1/3 m2, so that 亩 (2000/3 m2) is a whole number.
    "area": "m2=3 平方米 平米 平方 M2|亩=2000|公顷=30000 hm2 ha|平方公里=3000000 km2 平方千米",
    "length": "mm=1 毫米|厘米=10 cm CM 公分|米=1000 m M 延米|公里=1000000 千米 km KM Km",
    "volume": "升=1 L l|m3=1000 立方米 立方 M3 方|毫升=0.001 ml mL",
    "mass": "克=1 g|mg=0.001 毫克|μg=0.000001 微克 ug|公斤=1000 千克 kg KG Kg|斤=500|吨=1000000 t T",
    "data": "MB=1 兆|GB=1024 G Gb|TB=1048576|PB=1073741824",
    "seconds": "秒=1 秒钟 s|分钟=60 min|小时=3600 个小时 h H|天=86400 日 日历日 自然日 d|周=604800 星期",
    "months": "个月=1|个季度=3|年=12 周年",
    "workdays": "工作日=1 个工作日",
}
_SCALES = {
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "亿": 100_000_000,
}
# No ordinals and no clock times: 级 (2级), 点 and 时 (8点), 号, 版 and 月 are not counted with.
_COUNTERS = frozenset(
    """
    个 套 项 辆 份 件 场 次 条 株 台 处 种 例 起 人 名 位 只 头 户 篇 单 家 所 村 座 间 本 册 期 批 块 张 幅 盏 支
    部 架 艘 枚 根 棵 口 尊 栋 幢 片 段 宗 笔 门 节 班 栏 届 轮 组 队 对 双 把 瓶 箱 包 袋 匹 羽 尾 针 剂 剂次 针次 镇 乡 县 站
    分 倍 度 类 卷 页 画 扇 眼 孔 樘 副 顶 床 桌 席 井 池 库 塘 束 捆 卡 证 桩 幕 首 曲 则 道 杆 泵 面 盒 桶 罐 讲
    台套 场次 班次 门次 个村 人天 乡镇 街道 社区 小区 标段 课时 学时 学位 床位 车位 工位 岗位 农户 学生 学员 人员
    职工 老人 儿童 企业 学校 项目 行政村 自然村 贫困村 贫困户 脱贫户 低保户 亩次 公里次 吨公里 公里数
    千瓦 千瓦时 kW kWh kV kVA Mbps Gbps dB ppm °C
    """.split()  # noqa: SIM905 - a list of one-sign strings would fill a page
)
# Denominators that are no unit by themselves: 元/人·月, 次/季度.
_ONLY_PER = frozenset({"月", "季度", "季", "学期", "学年", "生"})


def _known() -> dict[str, tuple[str, str, Decimal]]:
    units: dict[str, tuple[str, str, Decimal]] = {}
    for dimension, lines in _TABLE.items():
        for line in lines.split("|"):
            first, *aliases = line.split(" ")
            label, factor = first.split("=")
            for name in (label, *aliases):
                units[name] = (label, dimension, Decimal(factor))
    for counter in _COUNTERS:
        units.setdefault(counter, (counter, "count", Decimal(1)))
    return units


_KNOWN = _known()
_LONGEST_LABEL = 16
_PER = re.compile(r"(?P<top>.*?)(?:/|每)(?P<per>.+)")
_PER_PARTS = re.compile(r"[*·、/每.]+")
_SCALED = re.compile(rf"(?P<scale>{'|'.join(_SCALES)})(?P<rest>.*)")
_BRACKETS_BEHIND = re.compile(r"(?<=.)[(\[][^()\[\]\d不未]{1,4}[)\]]$")
_BRACKETS_AROUND = re.compile(r"^[(\[]([^()\[\]]*)[)\]]$")
_LABEL = re.compile(r"[\u3400-\u9fff]{1,4}|[A-Za-z°]{1,6}")
_COMPOUND = re.compile(r"[\u3400-\u9fff][次户人件份]")
_NOT_UNITS = re.compile(
    r"[完成达到以上下内外前后约且或和及时已未无不是否按照号第覆盖合格标准规范有效显著良好"
    r"多余几来级版月季日年点大优秀甲乙丙丁强新整折线底末初左右热一二三四五六七八九十零]"
)
PERCENT = Unit("%", "ratio", Decimal("0.01"))


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """Return the unit that *text* names as a whole, or None.

    Accepts scales (``万亩``), rates (``元/人*月``, ``万/月``), a bracketed second counter
    (``台（套）``) and unknown short labels as counters, for a column of units may hold any word;
    never digits, ordinals or phrases. Behind a number only :func:`is_known` labels are units.
    """
    label = normalise(text).replace(" ", "")
    if len(label) > _LONGEST_LABEL:
        return None
    label = _BRACKETS_AROUND.sub(r"\1", _BRACKETS_BEHIND.sub("", label))
    per = ""
    if rate := _PER.fullmatch(label):
        label = rate["top"]
        parts = [_per_label(part) for part in _PER_PARTS.split(rate["per"]) if part]
        per = "·".join(part for part in parts if part)
        if not parts or None in parts:
            return None
        if not label:
            return Unit(f"/{per}", "scale", Decimal(1), per)
    simple = _simple(label)
    if simple is None:
        return None
    name, dimension, factor = simple
    return Unit(f"{name}/{per}" if per else name, dimension, factor, per)


def split_unit(text: str) -> tuple[Unit, str] | None:
    """Split what follows a number into its unit and the rest: ``个贫困村`` → 个, 贫困村.

    The longest known unit counts. None when no known unit starts the text, or when it is one
    Latin letter with words behind it (``5G基站``).
    """
    for size in range(min(len(text), _LONGEST_LABEL), 0, -1):
        head, rest = text[:size], text[size:].strip()
        if head.endswith(" ") or not is_known(head):
            continue
        if size == 1 and head.isascii() and head.isalpha() and rest[:1].isalnum():
            return None
        unit = parse_unit(head)
        return (unit, rest) if unit is not None else None
    return None


def split_per(text: str) -> str | None:
    """Return the denominator that starts *text*: 户 in ``户补助``, 人·月 in ``人每月``."""
    parts = text.split("每")
    if all(_is_per(part) for part in parts):
        return "·".join(parts)
    heads = (text[:size] for size in range(len(text) - 1, 0, -1))
    return next((head for head in heads if _is_per(head)), None)


def is_known(label: str) -> bool:
    """Tell whether *label* is a unit of the inventory, not merely a short word.

    A counter may carry a noun of one sign: ``艘次`` is known, ``热线`` is not.
    """
    unit = parse_unit(label)
    if unit is None:
        return False
    bare = unit.label.split("/")[0]
    scaled = _SCALED.fullmatch(bare)
    return any(
        not part or part in _KNOWN or _compound(part) for part in (bare, scaled["rest"] if scaled else bare)
    )


def _compound(label: str) -> bool:
    if not _COMPOUND.fullmatch(label) or _NOT_UNITS.search(label):
        return False
    return label[0] not in _KNOWN or label[0] in _COUNTERS


def _is_per(part: str) -> bool:
    return part in _KNOWN or part in _ONLY_PER or _compound(part)


def _per_label(part: str) -> str | None:
    if part in _KNOWN:
        return _KNOWN[part][0]
    short = len(part) <= 2 and _LABEL.fullmatch(part) and not _NOT_UNITS.search(part)
    return part if part in _ONLY_PER or short else None


def _simple(label: str) -> tuple[str, str, Decimal] | None:
    if label in _KNOWN:
        return _KNOWN[label]
    if scaled := _SCALED.fullmatch(label):
        factor = Decimal(_SCALES[scaled["scale"]])
        rest = scaled["rest"]
        if not rest:
            return label, "scale", factor
        # 百姓 and 千斤顶 are words, but nothing that starts with 万 or 亿 is counted one by one.
        base = _KNOWN.get(rest) or (_counter(rest) if factor >= 10_000 or _compound(rest) else None)
        if base and base[1] != "ratio":
            return scaled["scale"] + base[0], base[1], factor * base[2]
        if factor >= 10_000:
            return None
    return _counter(label)


def _counter(label: str) -> tuple[str, str, Decimal] | None:
    if _LABEL.fullmatch(label) and not _NOT_UNITS.search(label):
        return label, "count", Decimal(1)
    return None
