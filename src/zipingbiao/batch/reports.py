"""A workbook and the written report of the same project: compared where both are checked together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zipingbiao.batch.baseline import Index, Known
from zipingbiao.result.file_result import FileResult
from zipingbiao.rules.run import Checked, check_report
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding
from zipingbiao.table.records import Project
from zipingbiao.values.spelling import label_key

Table = Known[Evaluation]


def with_reports_compared(results: Sequence[FileResult]) -> tuple[FileResult, ...]:
    """Return the results with what differs between each report and the workbook of its project.

    They belong together by the name of the project, with or without 项目 at its end, where neither unit
    nor year says otherwise. A report with several such workbooks is compared with none, and a note says so.
    """
    tables = [known for known in _tables(results) if known.table.table.report is None]
    if not tables:
        return tuple(results)
    index = Index(tables)
    return tuple(_compared(result, index, tables) for result in results)


def _tables(results: Sequence[FileResult]) -> Iterator[Table]:
    for result in results:
        for evaluation in result.evaluations:
            yield Known(result.path, _folded(evaluation.table.project), evaluation)


def _folded(project: Project) -> Project:
    """The head by which tables are matched: the sentence of a report says one 项目 behind whatever the name is."""
    return replace(project, name=label_key(project.name).removesuffix("项目"))


def _compared(result: FileResult, index: Index[Evaluation], tables: Sequence[Table]) -> FileResult:
    if all(evaluation.table.report is None for evaluation in result.evaluations):
        return result
    checks: list[tuple[Finding, ...]] = []
    faults, notes = list(result.faults), list(result.notes)
    for evaluation, found in zip(result.evaluations, result.checks, strict=True):
        findings, crashed = _beside(evaluation, index, tables, notes)
        checks.append((*found, *findings))
        faults += crashed
    return replace(result, checks=tuple(checks), faults=tuple(faults), notes=tuple(notes))


def _beside(
    report: Evaluation, index: Index[Evaluation], tables: Sequence[Table], notes: list[str]
) -> Checked:
    project = report.table.project
    if report.table.report is None:
        return (), ()
    known = [one for one in index.of(_folded(project)) if _same_year(one.project, project)]
    if len(known) == 1:
        return check_report(report, known[0].table, Path(known[0].path).name)
    if len(known) > 1:
        files = "、".join(sorted({Path(one.path).name for one in known})[:3])
        notes.append(f"“{project.name}”有{len(known)}份自评表（{files}），没有与报告核对，请只保留一份。")
    elif len(tables) == 1 and project.name:
        (other,) = tables
        notes.append(
            f"请核对项目名称：报告写的是“{project.name}”，{Path(other.path).name}是“{other.table.table.name}”，"
            "名称、单位或年度不同，没有相互核对。"
        )
    return (), ()


def _same_year(one: Project, other: Project) -> bool:
    """Whether two heads may be of one year: a report often names none."""
    years = {one.year.strip(), other.year.strip()} - {""}
    return len(years) < 2  # noqa: PLR2004 the two of them
