"""The sentence of a report that states the result of its project: written here, and its name read back here.

Reports print it word for word alike; the word 项目 stands behind whatever the project is called, so a
name that ends in 项目 shows it twice (融媒体平台建设项目项目绩效自评价结果为…), and exactly one belongs to it.
"""

from __future__ import annotations

import re
from decimal import Decimal

from zipingbiao.values.number import plain

_LEAD = "综合考虑预算执行情况、产出、效益、服务对象满意度各方面因素，通过数据采集及分析，最终评分结果："
_NAMED = re.compile(r"最终评分结果\s*[:：]\s*(?P<name>.*)项目\s*绩效自评价?结果", re.DOTALL)


def result_sentence(project: str, total: Decimal | None, grade: str | None) -> str:
    """Return the sentence for a project, its total in points and its grade as the place prints it.

    Without a total it says that the evaluation is not complete, in the same words up to there.
    """
    name = " ".join(project.split())
    said = "未完成" if total is None else f'总得分{plain(total)}分，属于"{grade}"'
    return f"{_LEAD}{name}项目绩效自评价结果为:{said}。"


def named_in(sentence: str) -> str | None:
    """Return the project of such a sentence as :func:`result_sentence` was given it; None for another text."""
    found = _NAMED.search(sentence)
    return found["name"].strip() if found is not None else None
