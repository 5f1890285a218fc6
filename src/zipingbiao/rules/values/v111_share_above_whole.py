"""V111 比率超过100%。

检查内容：满意度、合格率、覆盖率、及时率等占整体的比率，目标值或业绩值是否超过100%。
为何重要：部分不会多于整体，超过100%多半是多打了一位，或把“≥90%”认成了“290%”。
依据：这些比率按定义是部分占整体；公开表中有“≥90%”被识别成“290%”的。
严重程度：警告，因为是否占整体只能从名称判断，口径不同时也可能略超，要由填表人核对。一张表只报一次，列出各行。
反例：“群众满意度”目标值290%；“验收合格率”业绩值120%。
正例：“任务完成率”业绩值120%；“收入增长率”150%；“满意度”100%。
不检查：完成率、执行率、增长率、利用率等可以超过100%的比率；预算执行率（见 F106）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.together import Hit, on_line, together
from zipingbiao.rules.values.shares import is_share, percentage
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.number import HUNDRED, plain

CODE = "V111"
SEVERITY = Severity.WARNING

_LABELS = {Role.TARGET: "目标值", Role.ACTUAL: "业绩值"}
_MISREAD = 200  # ≥90% read as 290%

_Cell = tuple[Role, Decimal]


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report shares above 100 %, once per table."""
    hits = [_hit(row, cells) for row, cells in _above(evaluation)]
    said = "：这类比率一般不会超过100%。请核对后改正。"
    yield from together(CODE, SEVERITY, hits, said, expected="不超过100%")


def _hit(row: Scored, cells: Sequence[_Cell]) -> Hit:
    roles = [role for role, _ in cells]
    found = "、".join(row.indicator.text(role) for role in roles)
    refs = tuple(row.indicator.entries[role].ref for role in roles)
    detail = "，".join(
        f"{_LABELS[role]}{row.indicator.text(role)}{_hint(row, role, number)}" for role, number in cells
    )
    return on_line(row, *roles, detail=detail, found=found)._replace(more=refs)


def doubtful(evaluation: Evaluation) -> list[Scored]:
    """Return the lines that have a share above 100 %."""
    return [row for row, _ in _above(evaluation)]


@once
def _above(evaluation: Evaluation) -> Iterator[tuple[Scored, list[_Cell]]]:
    """Each such line with its cells that are too large."""
    for row in evaluation.rows:
        if row.indicator.is_execution or not is_share(row.indicator):
            continue
        numbers = [(role, percentage(row.indicator, role)) for role in _LABELS]
        cells = [(role, number) for role, number in numbers if number is not None and number > HUNDRED]
        if cells:
            yield row, cells


def _hint(row: Scored, role: Role, number: Decimal) -> str:
    rest = number - _MISREAD
    is_misread = 0 < rest <= HUNDRED and row.indicator.text(role)[:1] == "2"
    return f"可能是“≥{plain(rest)}%”" if is_misread else ""
