"""Y303 分值比上年挪动。

检查内容：同一项目同一指标，今年的分值与上年是否相同。
为何重要：把分值从上年没有完成的指标挪到容易完成的指标上，两年的总分就不可比了。
依据：核对的经验；延续性项目的指标和分值一般不变。
严重程度：提示，因为分值可以按当年的工作重点重新分配，由审核人判断。一张表只报一次，列出各行。
反例：“维护系统数量”上年20分、今年10分，“群众满意度”上年10分、今年20分。
正例：满分从90改为100，各项同比例折算的；上年没有的指标。
不检查：没有找到上年的表的项目；分值空白或不是数的行（见 W106）；按资金表推算的预算执行率。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.together import together
from zipingbiao.rules.years.match import match, weights_moved
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Place
from zipingbiao.values.number import plain

CODE = "Y303"
SEVERITY = Severity.INFO


def check_last(evaluation: Evaluation, last: Evaluation) -> Iterator[Finding]:
    """Report weights that are not last year's, once per table."""
    pairs = [
        (row, before.indicator.weight)
        for row, before in match(evaluation.rows, last.rows).pairs
        if before.indicator.place is not Place.IMPLIED
    ]
    moved = weights_moved(pairs)
    hits = [pair.hit(f"上年{plain(pair.before)}，今年{plain(pair.now)}") for pair in moved]
    said = "的分值与上年不同。请核对分值是否挪到了容易完成的指标上。"
    yield from together(CODE, SEVERITY, hits, said)
