"""T108 实施期目标与年度目标逐字相同。

检查内容：实施期绩效目标与年度绩效目标都填写了的，文字是否一字不差，标点和空格不计。
为何重要：跨年项目的年度目标只是实施期目标的一部分，照抄后就无法核对本年度应完成多少。
依据：山西样表分别印有“项目实施期绩效目标”和“项目年度目标”。
严重程度：提示，因为一年期项目的两个目标本来可以相同。
反例：三年项目的实施期目标和年度目标都写“建成三个信息库”。
正例：实施期目标“建成三个信息库”，年度目标“建成人大代表信息库”。
不检查：只填写了一个目标的表；短于8个字的文字。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.texts.said import is_period_goal, is_year_goal, repeated
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "T108"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a goal of the year that repeats that of the period, once per table."""
    advice = "一年期项目可以相同；跨年项目请写明本年度应完成的部分。"
    yield from repeated(CODE, SEVERITY, evaluation, is_year_goal, is_period_goal, advice)
