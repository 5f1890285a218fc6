"""The bureau's list of projects, and what it shows of a county that nothing else does."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal

from support.drawn_county import kinds
from support.drawn_county.layouts import Cell, Row, Sheet
from support.drawn_county.project import Project, in_wan
from support.drawn_county.words import Department

HEADINGS = (
    "序号", "项目编码", "项目名称", "主管部门", "曾用名/简称", "实施单位", "年初预算", "调整后预算", "国库支付数",
    "是否涉密", "免评原因", "截止日期", "联系人", "电话",
)  # fmt: skip


def register(
    projects: Sequence[Project],
    *,
    exempt: Mapping[str, str],
    secret: frozenset[str],
    former: Mapping[Department, str],
    draw: random.Random,
) -> bytes:
    """Return 名单.xlsx: a row per project in the order of departments; columns may stand in any order.

    Args:
        projects: all that the bureau knows of.
        exempt: 免评原因 by code.
        secret: codes of those that are a state secret.
        former: names that departments had before.
        draw: where the order of columns comes from.
    """
    columns = [HEADINGS[0], *draw.sample(HEADINGS[1:], len(HEADINGS) - 1)]
    rows: list[Row] = [["2025年度项目支出绩效自评项目名单（金额单位：万元）"], columns]
    for number, project in enumerate(sorted(projects, key=lambda each: each.department.number), 1):
        said: dict[str, Cell] = {
            "序号": Decimal(number),
            "项目编码": project.code,
            "项目名称": project.name,
            "主管部门": project.department.name,
            "曾用名/简称": former.get(project.department),
            "实施单位": project.unit,
            "年初预算": Decimal(in_wan(project.initial)),
            "调整后预算": Decimal(in_wan(project.budget)),
            "国库支付数": Decimal(in_wan(project.executed)),
            "是否涉密": "是" if project.code in secret else "否",
            "免评原因": exempt.get(project.code),
            "截止日期": "2026-03-01",
            "联系人": "张某",
            "电话": "0000-0000000",
        }
        rows.append([said[column] for column in columns])
    return kinds.xlsx([Sheet("名单", rows)])
