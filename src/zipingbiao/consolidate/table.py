"""Results of many files → the summary: every table a row, every department a subtotal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from zipingbiao.consolidate.duplicates import same_text, set_aside_copies, suspects
from zipingbiao.consolidate.rows import NO_DEPARTMENT, Draft, draft, reasons_of
from zipingbiao.consolidate.totals import frame_of, total_of
from zipingbiao.evaluate import FileResult, Status
from zipingbiao.writers.summary_records import Department, ProjectRow, Section, Summary

if TYPE_CHECKING:
    import pandas as pd

TITLE = "项目支出绩效自评汇总表"


def summarise(results: Iterable[FileResult]) -> Summary:
    """Return the summary of a batch; the order of *results* decides only between equal rows.

    Byte-identical copies are set aside first. Tables that may be one project (same name, nothing
    contradicts) are all listed and none is in a total. Where the batch holds several years, each
    year is added up by itself, and all of them once more.
    """
    settled = set_aside_copies(results)
    files = tuple(zip(_shown_paths(settled), settled, strict=True))
    drafts = [
        draft(shown, evaluation, findings)
        for shown, result in files
        if result.status is Status.ACCEPTED
        for evaluation, findings in zip(result.evaluations, result.checks, strict=True)
    ]
    doubles = suspects([_identity(draft) for draft in drafts])
    years = sorted({draft.year for draft in drafts if draft.year})
    frame = frame_of(drafts, frozenset(doubles), by_year=len(years) > 1)
    numbers = {place: number for number, place in enumerate(frame.index, start=1)}
    rows = {place: _row(drafts[place], numbers, place, doubles.get(place, ())) for place in numbers}
    sections = tuple(_sections(frame, rows, by_year=len(years) > 1))
    overall = total_of("全部年度合计", frame) if len(sections) > 1 else None
    title = f"{years[0]}年度{TITLE}" if len(years) == 1 else TITLE
    return Summary(title, sections, overall, tuple(_notes(sections, files, years)), files)


def _identity(draft: Draft) -> tuple[str, ...]:
    owner = draft.unit or ("" if draft.department == NO_DEPARTMENT else draft.department)
    return tuple(same_text(text) for text in (draft.name, owner, draft.year, draft.code))


def _row(draft: Draft, numbers: dict[int, int], place: int, doubles: Sequence[int]) -> ProjectRow:
    initial, full_year, executed = draft.amounts
    remarks = list(draft.remarks)
    if doubles:
        others = "、".join(str(number) for number in sorted(numbers[double] for double in doubles))
        remarks.insert(0, f"疑似重复（另见序号 {others}），不计入合计")
    return ProjectRow(
        number=numbers[place],
        year=draft.year,
        department=draft.department,
        unit=draft.unit,
        code=draft.code,
        name=draft.name,
        initial_budget=initial,
        full_year_budget=full_year,
        executed=executed,
        execution_rate=draft.execution_rate,
        parts=tuple(draft.evaluation.parts.values()),
        unmet=sum(row.met is False for row in draft.evaluation.rows),
        reasons=reasons_of(draft.evaluation),
        errors=draft.errors,
        warnings=draft.warnings,
        file=draft.file,
        remark="；".join(remarks),
        counted=not doubles,
        evaluation=draft.evaluation,
    )


def _sections(frame: pd.DataFrame, rows: dict[int, ProjectRow], *, by_year: bool) -> Iterator[Section]:
    if not by_year:
        yield _section(frame, rows, "", "合计")
        return
    for year, lines in frame.groupby("year", sort=False):
        label = f"{year}年度" if str(year).isdigit() else str(year)
        yield _section(lines, rows, f"{label} ", f"{label}合计")


def _section(frame: pd.DataFrame, rows: dict[int, ProjectRow], before: str, label: str) -> Section:
    departments = []
    for _, lines in frame.groupby("department", sort=False):
        projects = tuple(rows[place] for place in lines.index)
        departments.append(Department(projects, total_of(f"{before}{projects[0].department}", lines)))
    return Section(tuple(departments), total_of(label, frame))


def _notes(
    sections: Sequence[Section], files: Sequence[tuple[str, FileResult]], years: Sequence[str]
) -> Iterator[str]:
    totals = [section.total for section in sections]
    yield "金额单位为万元。合计的执行率 = 全年执行数之和 ÷ 全年预算数之和；得分不相加，只计平均。"
    yield "简单平均为各项目自评总分的平均；加权平均以全年预算数为权数。自评总分按填报得分，未填报的按核算得分。"
    doubtful = sum(total.projects - total.counted for total in totals)
    if doubtful:
        yield f"{doubtful} 个项目疑似重复（项目名称相同，单位、年度、编码不矛盾，内容不同），均已列出，都不计入合计；请核实后只保留一份。"
    lacking = sum(total.without_rate for total in totals)
    if lacking:
        yield f"{lacking} 个项目没有可用的全年预算数或全年执行数，不计入合计的执行率。"
    if len(years) > 1:
        yield f"本批有 {len(years)} 个年度（{'、'.join(years)}），各年度分别合计，最后一行为全部年度合计。"
    copies = sum(result.status is Status.SKIPPED for _, result in files)
    rejected = sum(result.status is Status.REJECTED for _, result in files)
    if copies or rejected:
        yield f"另有 {rejected} 个文件无法读取、{copies} 个文件略过，原因见“文件清单”。"


def _shown_paths(results: Sequence[FileResult]) -> list[str]:
    """Return the paths below the folder that all files share, so that no machine's path is told."""
    paths = [os.path.abspath(result.path) for result in results]  # noqa: PTH100 compared as text
    try:
        shared = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    except ValueError:  # no file at all, or files on several drives
        return [result.path for result in results]
    return [os.path.relpath(path, shared).replace(os.sep, "/") for path in paths]
