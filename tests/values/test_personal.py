"""Personal numbers are masked sign by sign; codes, amounts and document numbers are none."""

from __future__ import annotations

import pytest

from zipingbiao.values.personal import is_personal, masked, without_digits


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("联系人张三，13812345678。", "联系人张三，***********。"),
        ("138 1234 5678", "*** **** ****"),
        ("+8613812345678", "+*************"),
        ("１３８１２３４５６７８", "***********"),
        ("电话：0351-7654321、3022345", "电话：****-*******、3022345"),
        ("（0351）7654321转801", "（****）*******转***"),
        ("传真 3022345", "传真 *******"),
        ("身份证11010519491231002X", "身份证******************"),
        ("11010519491231002X", "******************"),
        ("身份证号码：110105194912310020", "身份证号码：******************"),
    ],
)
def test_a_personal_number_is_masked(text: str, said: str) -> None:
    assert masked(text) == said
    assert len(masked(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "项目编码14092621000001",
        "110105194912310020",  # its check sign is wrong: a code
        "晋财预〔2024〕0351号",
        "资金13812345678元",
        "19.27万元",
        "2024年1月1日至2024年12月31日",
        "140926202401010001",
        "热线12345",
        "完成率89.47%，得分8.95",
        "0.13812345678",
        "91140100MA0GT1234X",
    ],
)
def test_any_other_number_stays(text: str) -> None:
    assert masked(text) == text


def test_a_code_that_looks_like_a_telephone_number_stays_where_it_is_known() -> None:
    assert masked("编码15012345678，电话15912345678", ["15012345678"]) == "编码15012345678，电话***********"


@pytest.mark.parametrize("label", ["联系电话", "联系电话：", "手 机", "填报人电话", "身份证号"])
def test_a_label_says_whose_number_stands_beside_it(label: str) -> None:
    assert is_personal(label)


@pytest.mark.parametrize("label", ["电话费", "联系人", "项目编码", ""])
def test_another_label_does_not(label: str) -> None:
    assert not is_personal(label)


def test_beside_a_label_any_number_of_some_length_counts() -> None:
    assert without_digits("302-2345") == "***-****"
    assert without_digits("3人") == "3人"
