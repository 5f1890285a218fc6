"""T118 绩效目标写的数量与数量指标对不上。

检查内容：年度绩效目标里带单位的数量（如“348个农村党支部”），与同一单位的数量指标的目标值、业绩值有没有一个相同。
为何重要：指标是从目标分解出来的；两处的数量各说各的，就看不出目标完成了没有。
依据：绩效目标应分解为数量等指标（财预〔2020〕10号《项目支出绩效评价管理办法》的原则，可信程度：未核对原文）。
严重程度：提示，因为目标里的数量和指标可能说的是两件事，由填报人核对。一张表只报一次。
反例：目标写“13个乡镇、348个农村党支部”，数量指标“维护系统数量”的目标值130，业绩值221个。
正例：目标写“培训200人”，指标“培训人数”目标值200；目标写“建设3个站、2个点”，指标目标值5。
不检查：没有写数量的目标；单位不同的指标；百分比、金额；一个数量与指标相同的目标。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.say import listed, quote
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.texts.said import is_year_goal, texts
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.regex import regex
from zipingbiao.values.typed import Quantity
from zipingbiao.values.words import COUNTERS

CODE = "T118"
SEVERITY = Severity.INFO

_COUNTER = "|".join(sorted(map(re.escape, COUNTERS), key=len, reverse=True))
_COUNTED = regex(rf"(?<![\d.第年月])(?P<number>\d+(?:\.\d+)?)(?P<unit>{_COUNTER})(?![月季年])")


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report a goal of the year none of whose numbers is that of an indicator, once per table."""
    goal = next((text for text in texts(evaluation) if is_year_goal(text.title)), None)
    if goal is None:
        return
    rows = [row for row in evaluation.rows if "数量" in row.indicator.level2 and _unit(row) is not None]
    if not rows:
        return
    counted = [(Decimal(found["number"]), _key(found["unit"])) for found in _COUNTED.finditer(goal.spelt)]
    alike = [row for row in rows if _unit(row) in {unit for _, unit in counted}]
    if not alike or any(_fits(row, counted) for row in alike):
        return
    units = {_unit(row) for row in alike}
    said = listed([quote(f"{number}{unit}") for number, unit in counted if unit in units])
    hits = [
        on_line(row, Role.TARGET, detail=f"目标值{row.indicator.text(Role.TARGET)}", found=Role.TARGET)
        for row in alike
    ]
    asked = "，没有一个相同。请核对目标与指标说的是不是同一件事。"
    for finding in together(CODE, SEVERITY, hits, asked, lead=f"年度目标写的数量是{said}，数量指标是"):
        yield Finding.about(
            CODE, SEVERITY, (*finding.refs, goal.entry.ref), finding.message, said, finding.found
        )


def _fits(row: Scored, counted: list[tuple[Decimal, str]]) -> bool:
    """Whether one number of the goal in the unit of a line, or their sum, is its target or its result."""
    numbers = [number for number, unit in counted if unit == _unit(row)]
    values = [row.indicator.value(role) for role in (Role.TARGET, Role.ACTUAL)]
    known = {value.number for value in values if isinstance(value, Quantity)}
    return bool(known & {*numbers, sum(numbers, Decimal(0))})


def _unit(row: Scored) -> str | None:
    """The counter of a line, wherever it is written; None for a share, an amount or a bare number."""
    values = [row.indicator.value(role) for role in (Role.TARGET, Role.ACTUAL)]
    units = [value.unit for value in values if isinstance(value, Quantity)] + [row.indicator.unit]
    known = next((unit for unit in units if unit is not None), None)
    return _key(known.label) if known is not None and known.dimension == "count" else None


def _key(counter: str) -> str:
    """个村 counts as 个."""
    return "个" if counter.startswith("个") else counter
