"""Cases with a second table: what was approved, what stood in last year's table, or the workbook of a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from support.tables import TABLE, build
from zipingbiao.batch.baseline import Baseline
from zipingbiao.book.cells import Ref
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.rules import run
from zipingbiao.rules.shared.kept import kept
from zipingbiao.rules.shared.registered import Registered
from zipingbiao.rules.years.approval import Approval
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.find.targets import TargetLine
from zipingbiao.table.register import RegisterRow
from zipingbiao.values.number import exact

SOURCE = "批复.xlsx"
_PROJECT = {"name": "某项目"}


def check(case: Mapping[str, Any]) -> tuple[list[Finding], list[str]]:
    """Return findings and faults of all rules that the tables of a case call for."""
    evaluation = build({"project": _PROJECT, **case} if "last" in case else case)
    checked = [run.check(evaluation)]
    if "approved" in case:
        checked.append(run.check_targets(evaluation, approval(case)))
    if "workbook" in case:
        checked.append(run.check_report(evaluation, build(case["workbook"]), "自评表.xlsx"))
    if "registered" in case:
        checked.append(run.check_registered(kept(evaluation), registered(case)))
    findings = [finding for found, _ in checked for finding in found]
    faults = [fault for _, crashed in checked for fault in crashed]
    if "last" in case:
        for result in _compared(evaluation, build({"project": _PROJECT, **case["last"]})):
            findings += result.findings
            faults += result.faults
    return findings, faults


def approval(case: Mapping[str, Any]) -> Approval:
    """Return the approved targets of a case; 一级 二级 指标 分值 目标值, then 调整后 and 文号 if given."""
    heading, *rows = (
        [cell.strip() for cell in row.split("|")] for row in case["approved"].strip().splitlines()
    )
    lines, above = [], dict.fromkeys(("一级", "二级"), "")
    for number, row in enumerate(rows, 2):
        said = dict(zip(heading, [*row, *[""] * len(heading)], strict=False))
        above = {level: said.get(level) or text for level, text in above.items()}
        lines.append(_line(number, {**said, **above}))
    documents = {cell(place): text for place, text in case.get("documents", {}).items()}
    return Approval(SOURCE, tuple(lines), documents)


def registered(case: Mapping[str, Any]) -> Registered:
    """Return what the list says of the project of a case; its name where the case does not say another."""
    said = {"name": case.get("project", {}).get("name", ""), **case["registered"]}
    initial, full_year, paid = (
        exact(str(said[field])) if field in said else None for field in ("initial", "full_year", "paid")
    )
    row = RegisterRow(said["name"], Ref("名单", 5, 5), initial=initial, full_year=full_year, paid=paid)
    return Registered("名单.xlsx", row)


def cell(place: str) -> Ref:
    """Return the cell of the table that a case calls ``F3``."""
    return Ref(TABLE, int(place[1:]), ord(place[0]) - ord("A") + 1)


def _line(row: int, said: Mapping[str, str]) -> TargetLine:
    return TargetLine(
        level1=said["一级"],
        level2=said["二级"],
        name=said["指标"],
        ref=Ref("目标", row, 5),
        weight=exact(said.get("分值", "") or None),
        target=said.get("目标值", ""),
        adjusted=said.get("调整后", ""),
        document=said.get("文号", ""),
        is_execution="预算执行" in said["一级"] + said["二级"],
    )


def _compared(evaluation: Evaluation, last: Evaluation) -> tuple[FileResult, ...]:
    before = FileResult("上年/表.xlsx", Status.ACCEPTED, None, (last,), ((),))
    now = FileResult("今年/表.xlsx", Status.ACCEPTED, None, (evaluation,), ((),))
    return Baseline(last=[before], folder="上年").applied([now], whole=True)
