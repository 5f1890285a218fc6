"""In the sentence of the result only the number and the grade are brought up to date, however it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zipingbiao.table.sentence import corrections, result_sentence, states_result

LEAD = "最终评分结果：某项目项目绩效自评价结果"


def says(grade: str) -> bool:
    return grade in {"优", "优秀"}


def corrected(text: str, total: str | None = "95.5") -> str | None:
    found = corrections(text, None if total is None else Decimal(total), "优秀", says)
    if found is None:
        return None
    for start, end, new in reversed(found):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('为:总得分96.75分，属于"优秀"。', '为:总得分95.5分，属于"优秀"。'),
        ("为：总得分80分，属于“良好”。", "为：总得分95.5分，属于“优秀”。"),
        ("为：总得分 95.50 分,属于“优”。", "为：总得分 95.50 分,属于“优”。"),
        ("为：总得分９５．５分，属于“优秀”。", "为：总得分９５．５分，属于“优秀”。"),
        ("为：总得分为：80分，等级为良。", "为：总得分为：95.5分，等级为优秀。"),
        ("为:总得分分，属于“”。", "为:总得分95.5分，属于“优秀”。"),
        ("为:未完成。", '为:总得分95.5分，属于"优秀"。'),
    ],
)
def test_the_number_and_the_grade(old: str, new: str) -> None:
    assert corrected(LEAD + old) == LEAD + new


@pytest.mark.parametrize(
    "old", ['为:总得分96.75分，属于"优秀"。', "为：总得分96分，属于“优秀”。", "为:未完成。"]
)
def test_an_evaluation_that_is_not_complete(old: str) -> None:
    assert corrected(LEAD + old, None) == f"{LEAD}{old[:2]}未完成。"


def test_what_was_written_by_us_needs_no_correction() -> None:
    assert corrected(result_sentence("某项目", Decimal("95.5"), "优秀")) == result_sentence(
        "某项目", Decimal("95.5"), "优秀"
    )
    assert corrections(result_sentence("某项目", None, None), None, None, says) == ()


@pytest.mark.parametrize(
    "text",
    [
        "上年总得分90分，属于“优秀”。",
        "总体自评结果良好。",
        "绩效自评价结果见附件1，总得分96分。",
        LEAD + "为:未完成。" + LEAD + "为:未完成。",
    ],
)
def test_other_sentences_are_none(text: str) -> None:
    assert corrected(text) is None
    assert not states_result(text)
