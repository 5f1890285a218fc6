"""B104 一个单位的项目全部满分。

检查内容：汇总时，同一单位、同一年度的几个项目，自评总分是否都是满分。
为何重要：各个项目处处圆满很少见；全部满分的自评看不出哪里要改进，复核时会被点名抽查。
依据：2026年某区复核自评表的问题清单：“10个项目全部自评100分”。
严重程度：提示，因为全部完成也是可能的。一个单位只报一次，写在它的第一张表上。
反例：一个单位三个项目，总分都是100分。
正例：三个项目100、98.5、100分。
不检查：汇总以外，单独检查一个文件时；只有一个项目的单位；有总分算不出的项目的单位；不同年度、不同单位之间；同一项目的几个版本。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.rules.batches.pairs import groups, project_key, unit_key
from zipingbiao.rules.shared.kept import Sheet
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.values.number import plain, same_points

CODE = "B104"
SEVERITY = Severity.INFO


def check_merged(tables: Sequence[Sheet]) -> Iterator[tuple[str, Finding]]:
    """Mention the units whose projects all have full marks, once per unit and year."""
    for _, members in groups(tables, _key, _project):
        if not all(map(_is_full, members)):
            continue
        path, table = min(members, key=lambda member: (member[0], member[1].anchor))
        projects, points = len(set(map(_project, members))), plain(table.weight_total)
        message = (
            f"本单位{projects}个项目的自评总分都是{points}分。请核对目标值是否偏低，并备好各项的佐证材料。"
        )
        yield path, Finding(CODE, SEVERITY, table.total or table.anchor, message, points)


def _key(sheet: Sheet) -> tuple[str, str]:
    path, table = sheet
    return (unit_key(path, table.project), table.project.year)


def _project(sheet: Sheet) -> tuple[str, ...]:
    path, table = sheet
    return project_key(path, table.anchor, table.project)


def _is_full(sheet: Sheet) -> bool:
    _, table = sheet
    return table.adopted_total is not None and same_points(table.adopted_total, table.weight_total)
