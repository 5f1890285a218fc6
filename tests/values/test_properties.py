"""What holds for every text and every value, not only for those that somebody wrote down."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zipingbiao.book.cells import Cell, CellClass
from zipingbiao.table.entry import parse_cell
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.spelling import label_key, normalise, without_brackets
from zipingbiao.values.typed import (
    Blank,
    Comparator,
    Filler,
    Interval,
    Quantity,
    Unclear,
    Words,
    comparator_in_name,
    format_value,
    parse_comparator,
    parse_text,
    word_key,
)
from zipingbiao.values.unit import Unit, parse_unit, split_unit

# Pieces of which real values are made, so that random texts come near to them.
PIECES = """
    0 1 5 12 95 100 2021 20211231 1,234 0.5 . , - -- ~ 至 % ％ ‰ ≥ ≤ > < = ± ＞ ＝ 》 《 大于等于 不超过 不低于 达到 控制在
    以上 以内 (含) ( ) 及 且 每 各 第 约 多 未 下降 个 人次 万 元 万元 亿 亩 m2 ㎡ 天 日 个月 月 年 季度 底 前 上半年 完成
    / * · : 、 。 一 零 百分之 九十五 无 & &lt; &amp; 及时 套 ① ² ½
""".split()  # noqa: SIM905 - one glance
texts = st.one_of(
    st.text(), st.lists(st.sampled_from([*PIECES, " ", "\u200b", "\u3000", "\n"]), max_size=8).map("".join)
)

UNITS = "个 人次 % ‰ 元 万元 元/人·月 万/月 万 亿元 亩 万亩 m2 万m2 公里 米 天 年 个月 个季度 工作日 /亩 TB 分 次/年".split()  # noqa: SIM905 - one glance


def known_unit(label: str) -> Unit:
    unit = parse_unit(label)
    assert unit is not None
    return unit


units = st.none() | st.sampled_from([known_unit(label) for label in UNITS])
numbers = st.decimals(-(10**15) + 1, 10**15 - 1, places=4, allow_nan=False) | st.integers(-3000, 3000).map(
    Decimal
)
deadlines = st.one_of(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)).map(
        lambda day: Deadline(day.year, day.month, day.day)
    ),
    st.builds(
        Deadline, st.none() | st.integers(1900, 2099), st.integers(1, 12), st.none(), before=st.booleans()
    ),
    st.builds(Deadline, st.integers(1900, 2099), st.none(), st.none(), before=st.booleans()),
)
values = st.one_of(
    st.builds(Quantity, numbers, units, st.none() | st.sampled_from(Comparator)),
    st.tuples(numbers, numbers, units).map(lambda parts: Interval(min(parts[:2]), max(parts[:2]), parts[2])),
    deadlines,
    st.sampled_from([Words("及时"), Words("达成年度指标"), Filler("/"), Filler("无"), Blank()]),
)


@given(texts)
@example("&＆lt;")
@example("百分之百分之5")
@example("5,")
@example("0月")
def test_what_is_written_for_a_text_reads_back_as_the_same_value(text: str) -> None:
    value = parse_text(text)
    assert parse_text(format_value(value)) == value


@given(values)
@example(Quantity(Decimal(20211231)))
@example(Quantity(Decimal(140000000012)))
@example(Quantity(Decimal(2021), parse_unit("年")))
@example(Interval(Decimal(2019), Decimal(2021), parse_unit("年")))
@example(Interval(Decimal(-5), Decimal(-3)))
def test_what_is_written_for_a_value_reads_back_as_the_same_value(
    value: Quantity | Interval | Deadline | Words | Filler | Blank,
) -> None:
    assert parse_text(format_value(value)) == value


@given(texts)
def test_a_value_has_a_number_only_where_digits_stand(text: str) -> None:
    digits = any(sign.isdecimal() for sign in normalise(text)) or any(sign in text for sign in "零〇百")
    assert digits or isinstance(parse_text(text), Words | Filler | Blank | Unclear | Deadline)


@given(texts)
def test_normal_spelling_is_final(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert label_key(label_key(text)) == label_key(text)


def widened(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@given(values)
def test_width_changes_nothing(
    value: Quantity | Interval | Deadline | Words | Filler | Blank,
) -> None:
    assert parse_text(widened(format_value(value))) == value


@given(texts, st.sampled_from([" ", "\u3000", "\xa0", "\n", "\t", "\u200b", "\ufeff", "\u2060"]))
def test_signs_that_nobody_sees_around_a_text_change_nothing(text: str, unseen: str) -> None:
    assert parse_text(f"{unseen}{text}{unseen}") == parse_text(text)


@given(values, st.sampled_from(["\u200b", "\ufeff", "\u2060", "\u200e"]), st.data())
def test_zero_width_signs_within_a_value_change_nothing(
    value: Quantity | Interval | Deadline | Words | Filler | Blank, unseen: str, data: st.DataObject
) -> None:
    text = format_value(value)
    place = data.draw(st.integers(0, len(text)))
    assert parse_text(text[:place] + unseen + text[place:]) == value


@given(st.decimals(0, 10**10, places=2), units)
@example(Decimal("1912.01"), known_unit("工作日"))
def test_thousands_separators_change_nothing(number: Decimal, unit: Unit | None) -> None:
    label = unit.label if unit else "元"
    expected = parse_text(f"{number}{label}")
    assert isinstance(expected, Quantity)
    assert parse_text(f"{number:,}{label}") == expected
    assert parse_text(f"{number:,}{label}".replace(",", "，")) == expected
    assert parse_text(f"{number:,}{label}".replace(",", " ")) == expected


@given(
    st.decimals(0, 10**8, places=4),
    st.sampled_from(["万元/元", "亿元/万元", "万亩/亩", "万m2/m2", "公里/米", "%/‰"]),
)
def test_the_same_value_in_two_units_has_the_same_base(number: Decimal, pair: str) -> None:
    large, small = (known_unit(label) for label in pair.split("/"))
    times = large.factor / small.factor
    left, right = parse_text(f"{number}{large.label}"), parse_text(f"{number * times:f}{small.label}")
    assert isinstance(left, Quantity)
    assert isinstance(right, Quantity)
    assert left.number * large.factor == right.number * small.factor
    assert large.comparable(small)


scalars = st.one_of(st.none(), st.booleans(), texts, st.decimals(), st.datetimes(), st.dates(), st.times())


@given(st.builds(Cell, scalars, st.sampled_from(CellClass), st.none() | st.just("A1+1")))
@example(Cell(Decimal("1E+400"), CellClass.PERCENT))
@example(Cell(Decimal("sNaN"), CellClass.NUMBER))
def test_every_cell_has_a_value_that_can_be_written(cell: Cell) -> None:
    assert isinstance(format_value(parse_cell(cell)), str)


@given(texts)
def test_no_text_is_too_odd_for_the_other_doors(text: str) -> None:
    assert parse_comparator(text) in (None, *Comparator)
    assert comparator_in_name(text) in (None, *Comparator)
    assert word_key(f" {text}。") == word_key(text)
    assert len(without_brackets(text)) <= len(text)
    split = split_unit(text)
    assert split is None or split[1] in text
    unit = parse_unit(text)
    assert unit is None or parse_unit(unit.label) == unit


LONG = 32_767


REPEATED = "1 ( ) 1, 年 12月 > ≥ = - 1- ~ 每 一 . ： & &amp; 百分之 控制在 以上 第 / ★ ％ （ ，"


@pytest.mark.parametrize("piece", [*REPEATED.split(), "\u200b1", "1 ", "①"])
def test_the_longest_cell_of_one_piece_is_words(piece: str) -> None:
    text = (piece * LONG)[:LONG]
    assert isinstance(parse_text(text), Words)
    assert comparator_in_name(text) in (None, *Comparator)
    assert parse_unit(text) is None
    assert len(word_key(text)) + len(label_key(text)) <= 2 * LONG
