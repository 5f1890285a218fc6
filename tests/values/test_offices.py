"""Which spellings of an office are one, and which are two: what a county really receives."""

from __future__ import annotations

import random

import pytest

from zipingbiao.values.offices import Offices, office_of

COUNTY = ("云岭县水利局", "云岭县财政局", "云岭县卫生健康局")
"""Names that show which county this is."""


@pytest.mark.parametrize(
    "spellings",
    [
        ("云岭县教育局", "县教育局", "教育局", "教 育局", "教育局（本级）", "云岭县教育局(机关)", "云岭县教育局本级"),
        ("云岭县司法局部门", "云岭县司法局", "司法局本级"),
        ("云岭县委宣传部部门", "云岭县委宣传部", "县委宣传部"),
        ("云岭县教育局", "[155001]云岭县教育局", "155001-教育局", "155001教育局"),
        ("大同市云岭县教育局", "云岭县教育局", "山西省大同市云岭县教育局", "县教育局"),
        ("云岭县城关镇人民政府", "城关镇人民政府", "城关镇政府", "城关镇"),
        ("云岭县东关街道办事处", "东关街道办", "东关街道"),
        ("中共云岭县委宣传部", "云岭县委宣传部", "县委宣传部", "宣传部"),
        ("云岭县人民政府办公室", "县政府办公室", "县政府办", "政府办"),
        ("云岭县市场监督管理局", "市场监督管理局", "县市场监督管理局"),
        ("云岭县城市管理局", "城市管理局", "县城市管理局"),
        ("奈曼旗教育局", "旗教育局", "教育局"),
        ("运城市盐湖区水务局", "盐湖区水务局", "区水务局"),
    ],
)  # fmt: skip
def test_spellings_of_one_office(spellings: tuple[str, ...]) -> None:
    offices = Offices((*spellings, *COUNTY))
    assert len({offices.key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云岭县教育局", "云岭县教育局信息中心"),
        ("教育局", "教育局信息中心"),
        ("云岭县城关镇人民政府", "云岭县石泉镇人民政府"),
        ("城关镇", "石泉镇"),
        ("城关镇人民政府", "城关镇卫生院"),
        ("云岭县教育局", "云岭县教育局机关工委"),
        ("大同市教育局", "云岭县教育局"),
        ("市教育局", "县教育局"),
        ("市场监督管理局", "县场监督管理局"),
        ("云岭县工业园区管委会", "云岭县经济开发区管委会"),
        ("宣传部门", "宣传"),
        ("第一中学", "第二中学"),
        ("110指挥中心", "120指挥中心"),
    ],
)
def test_near_misses_are_two_offices(one: str, other: str) -> None:
    offices = Offices((one, other, *COUNTY))
    assert offices.key(one) != offices.key(other)


def test_a_name_without_place_joins_none_of_several() -> None:
    """In a city that receives its counties' tables too nobody knows whose 教育局 is."""
    names = ("大同市教育局", "云岭县教育局", "教育局", "县教育局")
    offices = Offices(names)
    assert offices.key("县教育局") == offices.key("云岭县教育局")
    assert len({offices.key(name) for name in names}) == 3


def test_the_order_of_names_makes_no_difference() -> None:
    names = ["云岭县教育局", "教育局", "县教育局", "大同市云岭县教育局", "石泉镇", "云岭县石泉镇政府", ""]
    keys = {name: Offices(names).key(name) for name in names}
    for seed in range(20):
        shuffled = Offices(random.Random(seed).sample(names, len(names)))
        assert {name: shuffled.key(name) for name in names} == keys


@pytest.mark.parametrize(
    "name", ["云岭县", "县", "本级", "（本级）", "某某", "教育局　", "x" * 500, "市", "区教育局", "[1]"]
)
def test_any_name_has_a_key_of_its_own(name: str) -> None:
    assert Offices([name, ""]).key(name)
    assert Offices([name, ""]).key("") == ""
    assert office_of(name).name
