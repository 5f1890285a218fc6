"""B102 几个项目的指标和业绩值完全相同。

检查内容：不同的项目（或同一项目的不同年度），各项指标的名称、目标值、业绩值是否逐项相同。
为何重要：一张表另存后没有改写，就会把一个项目的成绩报成另一个项目的。
依据：核对的经验；不同的项目有各自的数量和金额。
严重程度：业绩值中有与目标值不同的数也相同的为警告，因为偏差也一样很难是巧合，但要由填表人核对；其余为提示。每张表报一次，写明与哪些项目相同。
反例：两个项目都是“维护系统数量”目标值130、业绩值221个，“培训人数”目标值500、业绩值486人。
正例：按同一套指标填报、业绩值各不相同的项目；业绩值都是100%或文字的项目（看不出是否照抄）。
不检查：少于四项指标的表；数量、金额不到两项的表；同一项目同一年度的几个版本。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.rules.batches.pairs import Sheet, groups, others, project_of
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.outcome import is_percent
from zipingbiao.table.records import Role
from zipingbiao.values.spelling import label_key
from zipingbiao.values.typed import Quantity

CODE = "B102"
SEVERITY = Severity.WARNING

_LINES = 4
_FIGURES = 2
_TELLING = 10


def check_batch(evaluations: Sequence[tuple[str, Evaluation]]) -> Iterator[tuple[str, Finding]]:
    """Report tables whose indicators and results are those of another project."""
    for _, members in groups(evaluations, _key, project_of):
        for path, evaluation in members:
            lines = _lines(evaluation)
            deviates = any(_is_telling(row) and row.completion not in {None, 1} for row in lines)
            message = (
                f"{len(lines)}项指标的名称、目标值和业绩值与{others((path, evaluation), members)}逐项相同，"
                "疑似照抄。请核对是否填写了本项目的实际完成数。"
            )
            severity = SEVERITY if deviates else Severity.INFO
            refs = [line.indicator.ref(Role.ACTUAL, Role.TARGET) for line in lines]
            yield path, Finding.about(CODE, severity, refs, message)


def _key(sheet: Sheet) -> tuple[tuple[str, ...], ...] | None:
    lines = _lines(sheet[1])
    if len(lines) < _LINES or sum(_is_telling(row) for row in lines) < _FIGURES:
        return None
    roles = (Role.TARGET, Role.ACTUAL)
    return tuple(
        (label_key(row.indicator.name), *(label_key(row.indicator.text(role)) for role in roles))
        for row in lines
    )


def _lines(evaluation: Evaluation) -> list[Scored]:
    return [row for row in evaluation.rows if not row.indicator.is_execution]


def _is_telling(row: Scored) -> bool:
    """Tell whether the result is a figure that two projects seldom share: no percentage, not 1 or 2."""
    actual = row.indicator.value(Role.ACTUAL)
    return isinstance(actual, Quantity) and not is_percent(actual) and abs(actual.number) >= _TELLING
