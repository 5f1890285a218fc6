"""What a bureau gives for its own page, in its smallest form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

PHONE, PERSON, PAID = "13912345678", "王小明", 8765.4321
SECRET, COMMENT = "北斗值守", "内部掌握：不得外传"
RULES = f"""# {COMMENT}
title: 云岭县（反向按比值）
extends: national-2020
values:
  inverse:                     # {COMMENT}
    value: ratio
    from: 2026-01-08
    source: 云岭县财政局《项目支出绩效自评办法》附件二
    trust: confirmed
    checked_on: 2026-11-20
"""
HEADINGS = (
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "年度指标值",
    "实际完成值",
    "得分",
    "偏差原因分析及改进措施",
)
LINES: tuple[tuple[str | float | None, ...], ...] = (
    ("产出指标", "数量指标", "维护系统数量", 50, "≥130个", "130个", 50, None),
    ("效益指标", "社会效益指标", "系统使用率", 30, "≥95%", "95%", 30, None),
    ("满意度指标", "服务对象满意度指标", "群众满意度", 10, "≥90%", "90%", 10, None),
)
FUNDS = (
    ("项目资金（万元）", None, "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("年度资金总额", None, 10, 10, 10, 10, "100%", 10),
)


def save(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("附件1")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def rules(folder: Path) -> Path:
    """The 评分规则 of the county."""
    path = folder / "云岭县.yaml"
    path.write_text(RULES, "utf-8")
    return path


def register(folder: Path) -> Path:
    """Two units with three projects, one of them secret, with what no unit is to know of another."""
    return save(
        folder / "名单.xlsx",
        [
            ("项目名称", "实施单位", "主管部门", "年度", "年初预算数", "国库支付数", "联系人", "联系电话", "是否涉密"),
            ("东片区维护", "云岭县水利局", "云岭县水利局", "2025", 10, PAID, PERSON, PHONE, "否"),
            ("西片区维护", "云岭县档案馆", "云岭县档案馆", "2025", 20, PAID, PERSON, PHONE, "否"),
            (SECRET, "云岭县水利局", "云岭县水利局", "2025", 30, PAID, PERSON, PHONE, "是"),
        ],
    )  # fmt: skip


def targets(folder: Path) -> Path:
    """Approved targets of two projects; the secret one is among them."""
    place = folder / "批复目标"
    place.mkdir()
    for name in ("东片区维护", SECRET):
        head = [("项目支出绩效目标批复表",), ("项目名称", name), ("实施单位", "云岭县水利局")]
        save(place / f"{place.name}{len(name)}.xlsx", [*head, HEADINGS[:5], *(line[:5] for line in LINES)])
    return place


def handed_in(path: Path, target: str = "≥130个") -> Path:
    """The table of a unit, as it should be but for the *target* of its first line."""
    head = [("2025年度项目支出绩效自评表",), ("项目名称", "东片区维护"), ("实施单位", "云岭县水利局")]
    lines = [(*LINES[0][:4], target, *LINES[0][5:]), *LINES[1:]]
    return save(path, [*head, *FUNDS, HEADINGS, *lines])
