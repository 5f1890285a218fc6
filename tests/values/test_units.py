"""Units: one spelling, one base per dimension, and what compares with what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zipingbiao.values.unit import Unit, is_known, parse_unit, split_per, split_unit

SPELLINGS = """
万元 ＝ 万 元 · 万圆 · （万元） · 万元整
元 ＝ 圆 · 块钱 · 元人民币 · 元（人民币）
% ＝ ％ · 百分比 · 百分点 · 个百分点 · %(含)
m2 ＝ ㎡ · m² · 平方米 · 平米
万m2 ＝ 万平方米 · 万㎡
公里 ＝ km · KM · 千米
米 ＝ m · M · 延米
天 ＝ 日 · 日历日
工作日 ＝ 个工作日
台 ＝ 台（套） · 台(套)
元/人·月 ＝ 元/人*月 · 元/人.月 · 元/人/月 · 元/人·月 · 元每人每月
元/m2 ＝ 元/平方米 · 元/㎡
元/人·天 ＝ 元/人·日
次/月 ＝ 次每月
"""

FACTORS = """
10000 元 ＝ 1 万元
10000 万元 ＝ 1 亿元
1000 元 ＝ 1 千元
10 ‰ ＝ 1 %
10000 亩 ＝ 1 万亩
15 亩 ＝ 1 公顷
10000 m2 ＝ 1 公顷
2000 m2 ＝ 3 亩
1000 米 ＝ 1 km
500 克 ＝ 1 斤
1000 公斤 ＝ 1 吨
1024 GB ＝ 1 TB
24 小时 ＝ 1 天
12 个月 ＝ 1 年
4 个季度 ＝ 1 年
10000 人次 ＝ 1 万人次
10000 灯组 ＝ 1 万灯组
10000 元 ＝ 1 万
"""

NOT_COMPARABLE = "% 元 · % 万 · 亩 米 · 天 个月 · 天 工作日 · GB 米 · 元/人 元/户 · 元 个 · 个 %"


def unit(label: str) -> Unit:
    found = parse_unit(label)
    assert found is not None, label
    return found


def spelled() -> list[tuple[str, str]]:
    lines = [line.split(" ＝ ") for line in SPELLINGS.strip().splitlines()]
    return [(other, label) for label, others in lines for other in (label, *others.split(" · "))]


@pytest.mark.parametrize(("other", "label"), spelled())
def test_one_unit_has_one_label(other: str, label: str) -> None:
    assert unit(other) == unit(label)
    assert unit(other).label == label


@pytest.mark.parametrize("line", FACTORS.strip().splitlines())
def test_the_same_quantity_in_two_units(line: str) -> None:
    left, right = (side.split(" ") for side in line.split(" ＝ "))
    small, large = unit(left[1]), unit(right[1])
    assert Decimal(left[0]) * small.factor == Decimal(right[0]) * large.factor
    assert small.comparable(large)
    assert large.comparable(small)


@pytest.mark.parametrize("pair", NOT_COMPARABLE.split(" · "))
def test_what_does_not_compare(pair: str) -> None:
    left, right = (unit(label) for label in pair.split())
    assert not left.comparable(right)
    assert not right.comparable(left)


@pytest.mark.parametrize(
    "pair", ["只 头", "元/人·月 元/月·人", "元/亩 /亩", "元/人 元", "万 万元", "万/月 元/月", "个 人"]
)
def test_what_compares_although_it_is_written_otherwise(pair: str) -> None:
    left, right = (unit(label) for label in pair.split())
    assert left.comparable(right)
    assert right.comparable(left)


def test_money_and_percent_say_so() -> None:
    assert unit("万元/年").is_money
    assert unit("‰").is_percent
    assert not unit("万").is_money
    assert unit("万").same_scale(unit("万元"))
    assert not unit("元").same_scale(unit("万元"))


@pytest.mark.parametrize(
    "label", ["单", "万立方米", "公顷", "万亩", "篇", "米", "株", "km", "套", "项", "人", "艘次", "元/亩"]
)
def test_known_units(label: str) -> None:
    assert is_known(label)


@pytest.mark.parametrize(
    "label", ["平台", "热线", "达标", "及时", "", "5个", "%%", "元/5人", "号", "级", "个" * 30, "元/以上"]
)
def test_what_is_no_known_unit(label: str) -> None:
    assert not is_known(label)


def test_a_column_of_units_may_hold_any_short_word() -> None:
    assert unit("灯组件").dimension == "count"
    assert unit("百姓").factor == 1
    assert parse_unit("按照合同规定完成") is None


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("个贫困村", "个", "贫困村"),
        ("%以上", "%", "以上"),
        ("元/人·月", "元/人·月", ""),
        ("m2绿地", "m2", "绿地"),
        ("万人次以上", "万人次", "以上"),
        ("个工作日内", "工作日", "内"),
        ("%(不含)以上", "%", "(不含)以上"),
    ],
)
def test_the_longest_known_unit_counts(text: str, label: str, rest: str) -> None:
    split = split_unit(text)
    assert split is not None
    assert (split[0].label, split[1]) == (label, rest)


@pytest.mark.parametrize("text", ["", "热线", "G基站", "号楼", "级", "，其中"])
def test_no_known_unit_in_front(text: str) -> None:
    assert split_unit(text) is None


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("亩", "亩"),
        ("户补助", "户"),
        ("人每月", "人·月"),
        ("季度", "季度"),
        ("隔", None),
        ("村每年", "村·年"),
        ("艘次", "艘次"),
        ("", None),
        ("月末", "月"),
    ],
)
def test_what_stands_behind_each(text: str, per: str | None) -> None:
    assert split_per(text) == per
