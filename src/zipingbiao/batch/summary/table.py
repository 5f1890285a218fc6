"""Results of many files → the summary: every table a row, every department a subtotal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from zipingbiao.batch.records import Department, FileRecord, Section, Summary
from zipingbiao.batch.summary.duplicates import repeats, same_text, set_aside_copies, suspects
from zipingbiao.batch.summary.totals import frame_of, total_of
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow

if TYPE_CHECKING:
    import pandas as pd

TITLE = "项目支出绩效自评汇总表"


def summarise(records: Iterable[FileRecord]) -> Summary:
    """Return the summary of a batch; the order of *records* decides only between equal rows.

    Byte-identical copies are set aside first. Of tables that say the same the first one counts.
    Tables that may be one project (same name, nothing contradicts) and differ are all listed and
    none is in a total. Where the batch holds several years, each
    year is added up by itself, and all of them once more.
    """
    settled = set_aside_copies(records)
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
    frame = frame_of(drafts, frozenset({*doubles, *same}), by_year=len(years) > 1)
    numbers = {place: number for number, place in enumerate(frame.index, start=1)}
    rows = {place: _placed(drafts[place], numbers, place, doubles, same) for place in numbers}
    sections = tuple(_sections(frame, rows, by_year=len(years) > 1))
    overall = total_of("全部年度合计", frame) if len(sections) > 1 else None
    title = f"{years[0]}年度{TITLE}" if len(years) == 1 else TITLE
    return Summary(title, sections, overall, tuple(_notes(sections, len(same), files, years)), files)


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
    sections: Sequence[Section], same: int, files: Sequence[tuple[str, FileRecord]], years: Sequence[str]
) -> Iterator[str]:
    totals = [section.total for section in sections]
    yield "金额单位为万元。合计的执行率 = 全年执行数之和 ÷ 全年预算数之和；得分不相加，只计平均。"
    yield "简单平均为各项目自评总分的平均；加权平均以全年预算数为权数。自评总分按填报得分，未填报的按核算得分。"
    if same:
        yield f"{same} 个项目与另一处内容完全相同（如单独的工作簿和单位的总工作簿），均已列出，只计一次。"
    doubtful = sum(total.projects - total.counted for total in totals) - same
    if doubtful:
        yield f"{doubtful} 个项目疑似重复（项目名称相同，单位、年度、编码不矛盾，内容不同），均已列出，都不计入合计；请核实后只保留一份。"
    lacking = sum(total.without_rate for total in totals)
    if lacking:
        yield f"{lacking} 个项目没有可用的全年预算数或全年执行数，不计入合计的执行率。"
    if len(years) > 1:
        yield f"本批有 {len(years)} 个年度（{'、'.join(years)}），各年度分别合计，最后一行为全部年度合计。"
    copies = sum(record.status is Status.SKIPPED for _, record in files)
    rejected = sum(record.status is Status.REJECTED for _, record in files)
    if copies or rejected:
        yield f"另有 {rejected} 个文件无法读取、{copies} 个文件略过，原因见“文件清单”。"


def _shown_paths(records: Sequence[FileRecord]) -> list[str]:
    """Return the paths below the folder that all files share, so that no machine's path is told."""
    paths = [os.path.abspath(record.path) for record in records]  # noqa: PTH100 compared as text
    try:
        shared = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    except ValueError:  # no file at all, or files on several drives
        return [record.path for record in records]
    return [os.path.relpath(path, shared).replace(os.sep, "/") for path in paths]
