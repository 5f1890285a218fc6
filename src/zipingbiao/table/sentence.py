"""The sentence of a report that states the result of its project: written here, and its name read back here.

Reports print it word for word alike; the word 项目 stands behind whatever the project is called, so a
name that ends in 项目 shows it twice (融媒体平台建设项目项目绩效自评价结果为…), and exactly one belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.values.number import exact, plain
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

_LEAD = "综合考虑预算执行情况、产出、效益、服务对象满意度各方面因素，通过数据采集及分析，最终评分结果："
_NAMED = re.compile(r"最终评分结果\s*[:：]\s*(?P<name>.*)项目\s*绩效自评价?结果", re.DOTALL)
# What it says of the result, however the quotation marks and blanks are typed. The figure or the grade may be
# missing where somebody took it out to write it by hand.
# Example: 绩效自评价结果为:总得分93.08分，属于"优秀"、自评结果为：总得分 98 分,等级为良. Near miss: 上年总得分90分、结果良好.
# Source: 山西自评报告.
_RESULT = regex(
    r"自评价?结果\s*(?:为|是)?\s*[:：]?\s*(?P<said>未完成|总得分\s*(?:为|是)?\s*[:：]?\s*(?P<total>[\d.．]*)\s*分\s*[，,；;、]?"
    r"\s*(?:评价|自评)?(?:属于|等级为|等级是|等次为|等级)\s*[:：]?\s*[“”\"'‘’＂「『]?\s*(?P<grade>优秀|良好|中等|较差|合格|不合格|优|良|中|差|)\s*[“”\"'‘’＂」』]?)"
)
_INCOMPLETE = "未完成"


class Correction(NamedTuple):
    """What is to stand in place of a span of a sentence."""

    start: int
    end: int
    new: str


def states_result(text: str) -> bool:
    """Tell whether a text states the result of one project."""
    return len(_RESULT.findall(text)) == 1


def corrections(
    text: str, total: Decimal | None, grade: str | None, says_grade: Callable[[str], bool]
) -> tuple[Correction, ...] | None:
    """Return what to change in a text that states the result of its project, so that it states this one.

    Only the number and the word of the grade change, and only where they say something else: 96.50 says 96.5.

    Args:
        text: a paragraph; None comes back where it states no result, or more than one.
        total: in points; None where the evaluation is not complete.
        grade: the grade as the place prints it.
        says_grade: whether a word means that grade: 优 means 优秀.
    """
    found = list(_RESULT.finditer(text))
    if len(found) != 1:
        return None
    (result,) = found
    is_complete = result["said"] != _INCOMPLETE
    if total is None or not is_complete:
        changes = is_complete if total is None else True
        return (Correction(*result.span("said"), _said(total, grade)),) if changes else ()
    made = []
    if exact(normalise(result["total"])) != total:
        made.append(Correction(*result.span("total"), plain(total)))
    if not says_grade(result["grade"]):
        made.append(Correction(*result.span("grade"), grade or ""))
    return tuple(made)


def result_sentence(project: str, total: Decimal | None, grade: str | None) -> str:
    """Return the sentence for a project, its total in points and its grade as the place prints it.

    Without a total it says that the evaluation is not complete, in the same words up to there.
    """
    name = " ".join(project.split())
    return f"{_LEAD}{name}项目绩效自评价结果为:{_said(total, grade)}。"


def _said(total: Decimal | None, grade: str | None) -> str:
    return _INCOMPLETE if total is None else f'总得分{plain(total)}分，属于"{grade}"'


def named_in(sentence: str) -> str | None:
    """Return the project of such a sentence as :func:`result_sentence` was given it; None for another text."""
    found = _NAMED.search(sentence)
    return found["name"].strip() if found is not None else None
