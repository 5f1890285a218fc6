"""T107 实际完成情况与目标逐字相同。

检查内容：实际完成情况（总体目标完成情况）与预期目标（年度绩效目标）的文字是否一字不差，标点和空格不计。
为何重要：照抄目标没有说明做了什么、做到什么程度，等于没有填写完成情况。
依据：全国样表并列印有“预期目标”和“实际完成情况”两栏，一栏写目标，一栏写结果。
严重程度：提示，因为目标写得具体、又恰好全部完成时，两栏也可能相近，由填报人改写。
反例：两栏都写“保障平台安全稳定运行，完成功能升级”。
正例：目标“保障平台安全稳定运行”，完成情况“平台全年无故障运行，完成2次升级”。
不检查：只有一栏或一栏空白的表；短于8个字的文字；文字有改动的。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.texts.said import is_result, is_year_goal, repeated
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity

CODE = "T107"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a result that repeats the goal of the year, once per table."""
    advice = "请写实际做了什么、达到什么程度，不要照抄目标。"
    yield from repeated(CODE, SEVERITY, evaluation, is_result, is_year_goal, advice)
