"""W108 三级指标与所在的二级指标不合。

检查内容：合格率是否写在数量指标下，及时率是否写在质量或效益指标下，满意度是否写在满意度指标以外。
为何重要：写错了位置，各级的分值就不是评分办法要的分配；有的地方复核时，与二级指标不合的三级指标不计分。
依据：2026年某区复核自评表的规则；各地样表二级指标的含义。
严重程度：提示，因为各地的归类不完全相同，当年批复的指标也不能自己移动。一张表只报一次，列出各行。
反例：数量指标下“工程验收合格率”；社会效益指标下“信息公开及时率”；社会效益指标下“群众满意度”。
正例：质量指标下“验收合格率”；时效指标下“发放及时率”；效益一级指标下的“服务对象满意度指标”。
不检查：没有二级指标的表；完成率、覆盖率、及时性等各处都用的名称；另一处也有的同名指标（见 T105）。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.rules.words import ELSEWHERE
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.spelling import label_key, without_brackets

CODE = "W108"
SEVERITY = Severity.INFO


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Mention lines that belong under another 二级指标, once per table."""
    strange = [(row, place) for row in evaluation.rows if (place := _place(row))]
    names = Counter(_name(row.indicator) for row in evaluation.rows if strange)
    hits = [
        on_line(
            row,
            Role.LEVEL2,
            Role.NAME,
            detail=f"写在{_level2(row.indicator)}下，一般归{place}",
            expected=place,
        )
        for row, place in strange
        if names[_name(row.indicator)] == 1
    ]
    said = "与所在的二级指标不合。请核对归类，批复的指标就是这样的不必改。"
    yield from together(CODE, SEVERITY, hits, said)


def _place(row: Scored) -> str:
    """The 二级指标 where a line belongs by its name; "" where it stands well enough."""
    indicator = row.indicator
    if indicator.is_execution or "满意" in indicator.level1 + indicator.level2:
        return ""
    name = _name(indicator)
    places = (
        place for end, wrong, place in ELSEWHERE if end.search(name) and wrong.search(_level2(indicator))
    )
    return next(places, "")


def _name(indicator: Indicator) -> str:
    return without_brackets(label_key(indicator.name))


def _level2(indicator: Indicator) -> str:
    return without_brackets("".join(indicator.level2.split()))
