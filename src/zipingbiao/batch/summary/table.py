"""Results of many files → the summary: every table a row, every department a subtotal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from zipingbiao.batch.records import Department, FileRecord, Section, Summary
from zipingbiao.batch.summary.duplicates import repeats, same_text, suspects
from zipingbiao.batch.summary.settle import settle
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow
from zipingbiao.result.totals import total_of
from zipingbiao.table.funds import AmountKind

Key = TypeVar("Key")

TITLE = "项目支出绩效自评汇总表"
NO_YEAR = "未填年度"


def summarise(records: Iterable[FileRecord]) -> Summary:
    """Return the summary of a batch; the order of *records* decides only between equal rows.

    Files that do not count beside another one are set aside first. Of tables that say the same the first one counts.
    Tables that may be one project (same name, nothing contradicts) and differ are all listed and
    none is in a total. Where the batch holds several years, each
    year is added up by itself, and all of them once more.
    """
    settled = settle(records)
    files = tuple(zip(_shown_paths(settled), settled, strict=True))
    drafts = [
        replace(row, file=shown)
        for shown, record in files
        if record.status is Status.ACCEPTED
        for row in record.projects
    ]
    same = repeats(drafts)
    doubles = _doubles(drafts, same)
    years = sorted({draft.year for draft in drafts if draft.year})
    by_year = len(years) > 1
    order = sorted(range(len(drafts)), key=lambda place: _order(drafts[place], by_year=by_year))
    numbers = {place: number for number, place in enumerate(order, start=1)}
    rows = [_placed(drafts[place], numbers, place, doubles, same) for place in order]
    sections = tuple(_sections(rows, by_year=by_year))
    overall = total_of("全部年度合计", rows) if len(sections) > 1 else None
    title = f"{years[0]}年度{TITLE}" if len(years) == 1 else TITLE
    return Summary(title, sections, overall, tuple(_notes(rows, len(same), files, years)), files)


def _identity(draft: ProjectRow) -> tuple[str, ...]:
    owner = draft.unit or ("" if draft.department == NO_DEPARTMENT else draft.department)
    return tuple(same_text(text) for text in (draft.name, owner, draft.year, draft.code))


def _doubles(drafts: Sequence[ProjectRow], same: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """The places of the doubles of each suspect; a table that only repeats another one is none."""
    places = [place for place in range(len(drafts)) if place not in same]
    found = suspects([_identity(drafts[place]) for place in places])
    return {places[one]: tuple(places[other] for other in others) for one, others in found.items()}


def _placed(
    draft: ProjectRow,
    numbers: Mapping[int, int],
    place: int,
    doubles: Mapping[int, Sequence[int]],
    same: Mapping[int, int],
) -> ProjectRow:
    """Give a row its number; a row with doubles says so before all else, and is not counted."""
    counted, remark = place not in doubles and place not in same, draft.remark
    if not counted:
        if place in same:
            why = f"与序号 {numbers[same[place]]} 内容相同，只计一次"
        else:
            others = "、".join(str(number) for number in sorted(numbers[other] for other in doubles[place]))
            why = f"疑似重复（另见序号 {others}），不计入合计"
        remark = f"{why}；{remark}" if remark else why
    return replace(draft, number=numbers[place], remark=remark, counted=counted)


def _order(row: ProjectRow, *, by_year: bool) -> tuple[str, bool, str, str, str]:
    """Year where there are several, department, unit, code; what is missing comes last, then the input's order."""
    owner = (same_text(row.department), same_text(row.unit), same_text(row.code))
    return (_year(row) if by_year else "", row.department == NO_DEPARTMENT, *owner)


def _year(row: ProjectRow) -> str:
    return row.year or NO_YEAR


def _sections(rows: Sequence[ProjectRow], *, by_year: bool) -> Iterator[Section]:
    if not by_year:
        yield _section(rows, "", "合计")
        return
    for year, projects in _grouped(rows, _year).items():
        label = f"{year}年度" if year.isdigit() else year
        yield _section(projects, f"{label} ", f"{label}合计")


def _section(rows: Sequence[ProjectRow], before: str, label: str) -> Section:
    departments = [
        Department(tuple(projects), total_of(f"{before}{projects[0].department}", projects))
        for projects in _grouped(rows, lambda row: same_text(row.department)).values()
    ]
    return Section(tuple(departments), total_of(label, rows))


def _grouped(rows: Iterable[ProjectRow], key: Callable[[ProjectRow], Key]) -> dict[Key, list[ProjectRow]]:
    groups: dict[Key, list[ProjectRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _notes(
    rows: Sequence[ProjectRow], same: int, files: Sequence[tuple[str, FileRecord]], years: Sequence[str]
) -> Iterator[str]:
    counted = [row for row in rows if row.counted]
    budget, by_initial = _budget_of(counted)
    yield f"金额单位为万元。合计的执行率 = 全年执行数之和 ÷ {budget}之和；得分不相加，只计平均。"
    if by_initial:
        yield by_initial
    yield "简单平均为各项目自评总分的平均；加权平均以全年预算数为权数。自评总分按填报得分，未填报的按核算得分。"
    if same:
        yield f"{same} 个项目与另一处内容完全相同（如单独的工作簿和单位的总工作簿），均已列出，只计一次。"
    doubtful = len(rows) - len(counted) - same
    if doubtful:
        yield f"{doubtful} 个项目疑似重复（项目名称相同，单位、年度、编码不矛盾，内容不同），均已列出，都不计入合计；请核实后只保留一份。"
    lacking = sum(None in (row.budget, row.executed) for row in counted)
    if lacking:
        yield f"{lacking} 个项目没有可用的{budget}或全年执行数，不计入合计的执行率。"
    if len(years) > 1:
        yield f"本批有 {len(years)} 个年度（{'、'.join(years)}），各年度分别合计，最后一行为全部年度合计。"
    statuses = [record.status for _, record in files]
    others = "、".join(
        f"{statuses.count(status)} 个文件{status.label}"
        for status in Status
        if status is not Status.ACCEPTED and status in statuses
    )
    if others:
        yield f"另有 {others}，原因见“文件清单”。"


def _budget_of(rows: Sequence[ProjectRow]) -> tuple[str, str]:
    """What the totals' rate divides by, and a sentence where the projects' rules differ in that."""
    kinds = [row.budget_kind for row in rows]
    initial, full_year = (kinds.count(kind) for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR))
    if not initial:
        return "全年预算数", ""
    if not full_year:
        return "年初预算数", ""
    return "预算数", (
        f"计算执行率时，{initial} 个项目按所用评分规则取年初预算数，其余取全年预算数；合计与各项目的口径相同。"
    )


def _shown_paths(records: Sequence[FileRecord]) -> list[str]:
    """Return the paths below the folder that all files share, so that no machine's path is told."""
    paths = [os.path.abspath(record.path) for record in records]  # noqa: PTH100 compared as text
    try:
        shared = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    except ValueError:  # no file at all, or files on several drives
        return [record.path for record in records]
    return [os.path.relpath(path, shared).replace(os.sep, "/") for path in paths]
