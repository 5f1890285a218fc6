"""Y101 目标值或业绩值的日期早于自评年度。

检查内容：目标值、业绩值是日期或时限的，其中写的年份是否早于表头的年度。
为何重要：多半是沿用了上年的目标，或改填时漏改了日期，按它核对就是核对上年的工作。
依据：自评对照的是当年批准的年度指标值；各地样表的表头都写年度。
严重程度：警告，因为结转项目可能确有上年的时限，要由填表人核对并说明。一张表只报一次，列出各行。
反例：2021年度的自评表，目标值“2020年12月31日前完成”；业绩值“2020年11月”。
正例：目标值“2021年12月底前”；只写“12月底前”；目标值“2020年7月-2021年6月”。
不检查：没有写年度的表；项目名称里写着的年份（结转项目）；晚于自评年度的日期（逾期见 V104）；指标名称、项目名称和工作表名里的年份（见 T104）。
"""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import on_line, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import Role
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.regex import regex

CODE = "Y101"
SEVERITY = Severity.WARNING

_YEAR = regex(r"20\d\d")
_LABELS = {Role.TARGET: "目标值", Role.ACTUAL: "业绩值"}


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report dates of a year before the one evaluated, once per table."""
    stated = _YEAR.fullmatch(evaluation.table.project.year.strip())
    if stated is None:
        return
    named = set(_YEAR.findall(evaluation.table.project.name))
    hits = [
        on_line(row, role, detail=f"{_LABELS[role]}{quote(row.indicator.text(role))}", found=role)
        for row in evaluation.rows
        if (role := _early(row, int(stated[0]), named)) is not None
    ]
    year = f"{stated[0]}年"
    said = f"的日期早于自评年度{year}，像是沿用了上年的表。请改正日期，结转项目请说明。"
    yield from together(CODE, SEVERITY, hits, said, expected=year)


def _early(row: Scored, year: int, named: set[str]) -> Role | None:
    """The first of target and actual whose latest date lies before the year, and not in that of the project."""
    for role in _LABELS:
        value = row.indicator.value(role)
        if not isinstance(value, Deadline) or value.year is None:
            continue
        if value.year < year and str(value.year) not in named:
            return role
    return None
