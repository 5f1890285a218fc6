"""Small hand-made batches: tables with the amounts and scores that a test names, nothing read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import replace

from support.tables import build
from zipingbiao.batch.records import Summary, record_of
from zipingbiao.batch.summary.table import summarise as summarise_records
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.records import Project

# 10 points of execution are scored from the amounts, the rest is typed: 83.5 together.
LINES = """
产出指标 | 指标甲 | 50 | 按时 | 大致按时 | 45   |
效益指标 | 指标乙 | 30 | 提高 | 提高     | 30   |
满意度   | 指标丙 | 10 | 满意 | 一般     | 8.5  | 群众反映办事慢。
"""


def table(
    name: str = "档案整理",
    *,
    department: str = "教育局",
    unit: str = "第一中学",
    code: str = "",
    year: str = "2021",
    budget: str = "100",
    executed: str = "100",
    initial: str = "",
    lines: str = LINES,
    merged: tuple[int, ...] = (),
) -> Evaluation:
    """A scored table with an execution of ten points; *lines* follow in plain notation from row 3 on."""
    heading = "一级 | 指标 | 分值 | 目标值 | 业绩值 | 得分 | 原因"
    evaluation = build(
        {
            "funds": f"| 年度总金额\n年初预算 | {initial}\n全年预算 | {budget}\n全年执行 | {executed}",
            "table": f"{heading}\n预算执行指标 | 预算执行率 | 10\n{lines.strip()}",
            "merged_score": merged,
        }
    )
    project = Project(name, code, department, unit, year)
    return replace(evaluation, table=replace(evaluation.table, project=project))


def file(
    path: str, *evaluations: Evaluation, findings: tuple[Finding, ...] = (), digest: str = ""
) -> FileResult:
    """An accepted file; its content is taken from its path unless a digest is given."""
    content = digest or hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    checks = (findings, *((),) * (len(evaluations) - 1)) if evaluations else ()
    return FileResult(path, Status.ACCEPTED, None, evaluations, checks, digest=content)


def summarise(results: Iterable[FileResult]) -> Summary:
    """The summary of a batch, by way of the records that a worker would send."""
    return summarise_records(map(record_of, results))


# --- what a worker calls instead of the reader ----------------------------------------------------


def hang_on_bad(path: str, profile_name: str | None) -> FileResult:
    """Read as always, but never come back from a file whose name says 坏."""
    if "坏" in path:
        time.sleep(600)
    return examine(path, profile_name)


def crash_on_bad(path: str, profile_name: str | None) -> FileResult:
    """Read as always, but with a fault of ours in a file whose name says 坏."""
    if "坏" in path:
        raise LookupError(path)
    return examine(path, profile_name)


def die_on_bad(path: str, profile_name: str | None) -> FileResult:
    """Read as always, but take the whole process down with a file whose name says 坏."""
    if "坏" in path:
        os.abort()
    return examine(path, profile_name)


def slow(path: str, profile_name: str | None) -> FileResult:
    """Read as always, after half a second."""
    time.sleep(0.5)
    return examine(path, profile_name)
