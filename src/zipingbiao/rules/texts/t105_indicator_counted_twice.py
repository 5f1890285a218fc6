"""T105 同一指标在不同的一级指标下重复出现。

检查内容：名称相同的三级指标是否既设在产出下，又设在效益等另一个一级指标下。
为何重要：同一个结果计两次分，会抬高总分；产出说做了什么，效益说带来了什么，不会是同一个指标。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》：产出、效益、满意度分别设指标、分别计分（可信程度：未核对原文）。
严重程度：警告，因为名称相同也可能口径不同，要由填表人核对。一张表只报一次，列出各行。
反例：产出和效益下都有“信息公开及时率”。
正例：产出下“培训人数”，效益下“参训人员持证率”。
不检查：同一个一级指标下的重名；名称为一两个字的泛称；意思相近而名称不同的指标。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import list_lines, quote
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key, without_brackets

CODE = "T105"
SEVERITY = Severity.WARNING

_SHORTEST = 3


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report names that stand under two level-1 indicators, once per table."""
    groups: dict[str, list[Scored]] = {}
    for row in evaluation.rows:
        name = label_key(row.indicator.name)
        if not row.indicator.is_execution and len(name) >= _SHORTEST:
            groups.setdefault(name, []).append(row)
    twice = [rows for rows in groups.values() if len(rows) > 1 and len({_level(row) for row in rows}) > 1]
    if not twice:
        return
    parts = [
        list_lines(rows, [without_brackets(" ".join(row.indicator.level1.split())) for row in rows])
        for rows in twice
    ]
    message = f"同一指标在不同的一级指标下重复计分：{'；'.join(parts)}。请保留一处，并调整分值。"
    found = "、".join(quote(rows[0].indicator.name) for rows in twice)
    cells = [row.indicator.ref(Role.NAME) for rows in twice for row in rows]
    # The second line of a name is the one to be looked at.
    yield Finding.about(CODE, SEVERITY, [cells[1], *cells], message, found)


def _level(row: Scored) -> str:
    return label_key(without_brackets(row.indicator.level1))
