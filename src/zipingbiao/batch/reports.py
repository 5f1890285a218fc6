"""A workbook and the written report of the same project: compared where both are checked together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from zipingbiao.batch.baseline import Index, Known
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.rules.run import Checked, check_prose, check_report
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.records import Project
from zipingbiao.values.spelling import label_key

Table = Known[Evaluation]


def with_reports_compared(results: Sequence[FileResult]) -> tuple[FileResult, ...]:
    """Return the results with what differs between each report and the workbook of its project.

    They belong together by the name of the project, with or without 项目 at its end, where neither unit
    nor year says otherwise; a report that names no project, with the only table there is. A report with
    several such workbooks is compared with none, and a note says so.

    What a report's own table says otherwise is a finding of the report, what one without a table says
    is a finding of the workbook.
    """
    tables = [known for known in _tables(results) if known.table.table.report is None]
    if not tables:
        return tuple(results)
    pairing = _Pairing(tables)
    compared = [_compared(result, pairing) for result in results]
    return tuple(pairing.with_findings(result) for result in compared)


def _tables(results: Sequence[FileResult]) -> Iterator[Table]:
    for result in results:
        for evaluation in result.evaluations:
            yield Known(result.path, _folded(evaluation.table.project), evaluation)


def _folded(project: Project) -> Project:
    """The head by which tables are matched: the sentence of a report says one 项目 behind whatever the name is."""
    return replace(project, name=label_key(project.name).removesuffix("项目"))


class _Pairing:
    """The tables of the workbooks, and what reports without a table say of them."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = tables
        self._index = Index(tables)
        self._found: dict[int, list[Checked]] = defaultdict(list)

    def of(self, project: Project, path: str, notes: list[str]) -> Table | None:
        """Return the one table of the project of a report; where it is not known which, *notes* says why.

        A table beside the report in its own file, which is *path*, belongs to it by its name alone.
        """
        others = [one for one in self._tables if one.path != path]
        if not project.name:
            return others[0] if len(others) == 1 else None
        known = [one for one in self._index.of(_folded(project)) if _same_year(one.project, project)]
        if len(known) == 1:
            return known[0]
        if known:
            files = "、".join(sorted({Path(one.path).name for one in known})[:3])
            notes.append(f"“{project.name}”有{len(known)}份自评表（{files}），没有与报告核对，请只保留一份。")
        elif len(others) == 1:
            (other,) = others
            notes.append(
                f"请核对项目名称、单位和年度：报告写的是“{project.name}”，{Path(other.path).name}是"
                f"“{other.table.table.name}”，看来不是同一项目，没有相互核对。"
            )
        return None

    def add(self, table: Table, checked: Checked) -> None:
        """Keep what is to be said of a table of a workbook."""
        self._found[id(table.table)].append(checked)

    def with_findings(self, result: FileResult) -> FileResult:
        """Return the result of a workbook with what was kept for its tables."""
        found = [self._found.get(id(evaluation), []) for evaluation in result.evaluations]
        if not any(found):
            return result
        checks = tuple(
            (*before, *(finding for findings, _ in more for finding in findings))
            for before, more in zip(result.checks, found, strict=True)
        )
        crashed = (fault for more in found for _, faults in more for fault in faults)
        return replace(result, checks=checks, faults=(*result.faults, *crashed))


def _compared(result: FileResult, pairing: _Pairing) -> FileResult:
    if result.prose:
        return _prose_compared(result, pairing)
    reports = [evaluation for evaluation in result.evaluations if evaluation.table.report is not None]
    notes = list(result.notes)
    for report in reports:
        table = pairing.of(report.table.project, result.path, notes)
        if table is not None:
            of_report = Known(result.path, report.table.project, report)
            pairing.add(of_report, check_report(report, table.table, Path(table.path).name))
    return replace(result, notes=tuple(notes)) if reports else result


def _prose_compared(result: FileResult, pairing: _Pairing) -> FileResult:
    """A report without a table is no unreadable file where its table is among the others."""
    notes, beside = list(result.notes), []
    for prose in result.prose:
        table = pairing.of(prose.project, result.path, notes)
        if table is not None:
            pairing.add(table, check_prose(prose, table.table, Path(result.path).name))
            beside.append(Path(table.path).name)
    if not beside:
        return replace(result, notes=tuple(notes))
    why = f"这是自评报告的正文，其中没有自评表，已与{'、'.join(dict.fromkeys(beside))}核对，不必处理。"
    return replace(result, status=Status.ATTACHED, why=why, notes=tuple(notes))


def _same_year(one: Project, other: Project) -> bool:
    """Whether two heads may be of one year: a report often names none."""
    return len({one.year.strip(), other.year.strip()} - {""}) < len((one, other))
