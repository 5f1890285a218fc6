"""T105 同一指标重复计分。

检查内容：名称相同的三级指标是否既设在产出下，又设在效益等另一个一级指标下；同一个一级指标下，是否有两行的名称和目标值都相同。
为何重要：同一个结果计两次分，会抬高总分；产出说做了什么，效益说带来了什么，不会是同一个指标。
依据：财预〔2020〕10号《项目支出绩效评价管理办法》：产出、效益、满意度分别设指标、分别计分（可信程度：未核对原文）；复核时重复的指标只计一处。
严重程度：警告，因为名称相同也可能口径不同，要由填表人核对。一张表只报一次，列出各行。
反例：产出和效益下都有“信息公开及时率”；数量指标下有两行“养护里程”，目标值都是“≥100公里”。
正例：产出下“培训人数”，效益下“参训人员持证率”；两行“培训人数”，目标值分别为90人和60人。
不检查：同一个一级指标下重名而目标值或单位不同的；不同二级指标下的“满意度”“完成率”等不写对象的名称；名称为一两个字的泛称；意思相近而名称不同的指标。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from zipingbiao.rules.shared.say import list_lines, quote
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key, without_brackets

CODE = "T105"
SEVERITY = Severity.WARNING

_SHORTEST = 3
_BARE = 3  # 满意度, 完成率: the level-2 name says of what


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report names that stand under two level-1 indicators, and lines repeated below one, once per table."""
    rows = [row for row in evaluation.rows if not row.indicator.is_execution]
    alike = [group for group in _groups(rows, _name) if len(_name(group[0])) >= _SHORTEST]
    across = [group for group in alike if len({_level(row) for row in group}) > 1]
    left = _members(alike) - _members(across)
    rest = [row for row in rows if id(row) in left and row.indicator.text(Role.TARGET)]
    within = _groups(rest, _whole)
    if not across and not within:
        return
    parts = []
    if across:
        parts.append(f"同一指标在不同的一级指标下重复计分：{_listed(across, _level_shown)}")
    if within:
        parts.append(f"名称和目标值都相同的指标重复计分：{_listed(within, _target_shown)}")
    twice = [*across, *within]
    found = "、".join(quote(group[0].indicator.name) for group in twice)
    cells = [row.indicator.ref(Role.NAME) for group in twice for row in group]
    message = f"{'；'.join(parts)}。请保留一处，并调整分值。"
    # The second line of a name is the one to be looked at.
    yield Finding.about(CODE, SEVERITY, [cells[1], *cells], message, found)


def _groups(rows: list[Scored], key: Callable[[Scored], object]) -> list[list[Scored]]:
    """The lines that share a key with another one, in the order of the table."""
    found: dict[object, list[Scored]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return [group for group in found.values() if len(group) > 1]


def _members(groups: list[list[Scored]]) -> set[int]:
    return {id(row) for group in groups for row in group}


def _name(row: Scored) -> str:
    return label_key(row.indicator.name)


def _level(row: Scored) -> str:
    return label_key(without_brackets(row.indicator.level1))


def _whole(row: Scored) -> tuple[str, ...]:
    """What makes two lines below one level-1 indicator the same."""
    indicator, name = row.indicator, _name(row)
    below = label_key(indicator.level2) if len(name) <= _BARE else ""
    values = (label_key(indicator.text(role)) for role in (Role.SIGN, Role.TARGET, Role.UNIT))
    return (_level(row), below, name, *values)


def _listed(groups: list[list[Scored]], detail: Callable[[Scored], str]) -> str:
    return "；".join(list_lines(group, [detail(row) for row in group]) for group in groups)


def _level_shown(row: Scored) -> str:
    return without_brackets(" ".join(row.indicator.level1.split()))


def _target_shown(row: Scored) -> str:
    return f"目标值{' '.join(row.indicator.text(Role.TARGET).split())}"
