"""Cells by their class, the sign column, and what the name of an indicator says."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from values.meaning import describe
from zipingbiao.book.cells import Cell, CellClass, Scalar
from zipingbiao.table.entry import parse_cell
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.typed import Blank, Comparator, comparator_in_name, parse_comparator, word_key

CELLS: list[tuple[Scalar, CellClass, str]] = [
    (Decimal("0.95"), CellClass.PERCENT, "95 %"),
    (Decimal("0.8947"), CellClass.PERCENT, "89.47 %"),
    (Decimal(1), CellClass.PERCENT, "100 %"),
    (Decimal("0.95"), CellClass.NUMBER, "0.95"),
    (Decimal("194800.00"), CellClass.CURRENCY, "194800"),
    (Decimal(140000000012), CellClass.NUMBER, "140000000012"),
    (dt.date(2021, 12, 31), CellClass.DATE, "截至 2021-12-31"),
    (dt.datetime.fromisoformat("2021-12-31 08:30"), CellClass.DATE, "截至 2021-12-31"),
    (dt.time(8, 30), CellClass.DATE, "待问：单元格是日期，可能由 3-5 之类的文字变来"),
    ("≥95%", CellClass.TEXT, "≥ 95 %"),
    ("", CellClass.TEXT, "未填"),
    ("#DIV/0!", CellClass.ERROR, "待问：单元格为公式错误"),
    (None, CellClass.BLANK, "待问：公式没有计算结果"),
    (True, CellClass.BOOL, "待问：单元格是逻辑值，不是数值"),
    (False, CellClass.BOOL, "待问：单元格是逻辑值，不是数值"),
    (Decimal("Infinity"), CellClass.NUMBER, "待问：写法不完整或有误，无法确定数值"),
]


@pytest.mark.parametrize(("value", "kind", "meaning"), CELLS)
def test_a_cell_is_read_by_its_class(value: Scalar, kind: CellClass, meaning: str) -> None:
    assert describe(parse_cell(Cell(value, kind))) == meaning


def test_no_cell_is_blank_and_a_date_cell_says_so() -> None:
    assert parse_cell(None) == Blank()
    value = parse_cell(Cell(dt.date(2024, 3, 5), CellClass.DATE))
    assert isinstance(value, Deadline)
    assert value.from_cell


def test_the_text_of_a_cell_is_what_it_shows() -> None:
    assert parse_cell(Cell(Decimal("0.950"), CellClass.PERCENT)).text == "95%"
    assert parse_cell(Cell(Decimal("19.480"), CellClass.NUMBER)).text == "19.48"
    assert parse_cell(Cell(False, CellClass.BOOL)).text == "False"


SIGN_COLUMN = [
    *(
        (sign, Comparator.AT_LEAST)
        for sign in ("≥", "≧", ">=", "＞＝", "》", "大于等于", "不低于", "正向", " 正向 ")
    ),
    *((sign, Comparator.AT_MOST) for sign in ("≤", "≦", "<=", "＜=", "&lt;=", "小于等于", "不超过", "反向")),
    *((sign, Comparator.EQUAL) for sign in ("=", "═", "＝", "等于")),
    *((sign, None) for sign in ("定性", "", "≥95%", "优", "达到", "/")),
]


@pytest.mark.parametrize(("sign", "expected"), SIGN_COLUMN)
def test_sign_column(sign: str, expected: Comparator | None) -> None:
    assert parse_comparator(sign) is expected


NAMES = [
    ("农村低保发放人数(≥**人)", Comparator.AT_LEAST),
    ("苗木成活率（≥**%）", Comparator.AT_LEAST),
    ("补助标准不低于500元", Comparator.AT_LEAST),
    ("面积不小于10亩", Comparator.AT_LEAST),
    ("满意度95%以上", Comparator.AT_LEAST),
    ("临时救助标准(<**元/户·年)——一户年最高5300元", Comparator.AT_MOST),
    ("总成本不超过预算", Comparator.AT_MOST),
    ("费用不大于概算", Comparator.AT_MOST),
    ("补助标准（上限）", Comparator.AT_MOST),
    ("成本控制在90万元以内", Comparator.AT_MOST),
    ("高血压随访控制数", None),
    ("收入低于标准户救助率", None),
    ("60岁以上老人体检人数", None),
    ("用地规模(≥10且≤20)", None),
    ("保障在职职工人数(人)", None),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_comparator_in_the_name_of_an_indicator(name: str, expected: Comparator | None) -> None:
    assert comparator_in_name(name) is expected


def test_words_compare_without_width_space_and_punctuation() -> None:
    assert word_key("达成 年度指标。") == word_key("达成年度指标") != word_key("未达成年度指标")
    assert word_key("优、良") == word_key("优,良")
