"""Results of many files → the summary: every project of the year once, every department a subtotal."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from zipingbiao.batch.among import with_registered_findings
from zipingbiao.batch.records import Department, FileRecord, Section, Summary
from zipingbiao.batch.summary.decisions import NOTHING, Earlier
from zipingbiao.batch.summary.departments import department_order, offices_in, with_departments
from zipingbiao.batch.summary.doubtful import content_of
from zipingbiao.batch.summary.enrolled import Standing, enrolment_of
from zipingbiao.batch.summary.enrolment import Matched, settle_enrolment
from zipingbiao.batch.summary.identity import code_of, project_key
from zipingbiao.batch.summary.last_year import LastYear
from zipingbiao.batch.summary.ledger import shown_paths
from zipingbiao.batch.summary.questions import Docket, Question
from zipingbiao.batch.summary.roll import Listed, Roll, roll_of
from zipingbiao.batch.summary.settle import rank, settle
from zipingbiao.batch.summary.standing import Bench, settle_standing
from zipingbiao.batch.summary.versions import Mark, mark_of
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import ProjectRow
from zipingbiao.result.totals import total_of
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.moment import Moment
from zipingbiao.values.numerals import ordinal
from zipingbiao.values.offices import Offices

Key = TypeVar("Key")

TITLES = {
    Scope.PROJECT: "项目支出绩效自评汇总表",
    Scope.TRANSFER: "转移支付绩效自评汇总表",
    Scope.DEPARTMENT: "部门整体支出绩效自评汇总表",
}


@frozen
class Terms:
    """What the caller decided for a whole batch.

    Attributes:
        batches: the folders of the batches, the earliest first; empty where folders and names tell.
        year: of the summary, four digits; None for the one of most tables.
        earlier: what an earlier 汇总表 holds that people typed.
        listed: the projects that must report; None where no list is given.
        as_of: 截至, the date that papers show; None for no date.
        last: what the 汇总表 of the year before says; None where none is given.
    """

    batches: tuple[Path, ...] = ()
    year: str | None = None
    earlier: Earlier = NOTHING
    listed: Listed | None = None
    as_of: Moment | None = None
    last: LastYear | None = None


def summarise(
    records: Iterable[FileRecord], terms: Terms | None = None, *, everything: bool = False
) -> Summary:
    """Return the summary of a batch; of the order of *records* depends only that of equal departments.

    Files that do not count beside another one are set aside first, then tables that do not: another
    year, a replaced version, a project that stands in another file too. What nobody can decide is a
    question: its tables are listed and in no total. The tables of projects, transfers and whole
    departments are added up each by themselves. With *everything* also the tables that do not count
    are listed, each with the reason, and every file stays what it is by itself.
    """
    terms = terms or Terms()
    settled = settle(records)
    shown = shown_paths(settled)
    marks = [_mark(record, path, terms.batches) for record, path in zip(settled, shown, strict=True)]
    places = [
        (at, row._replace(file=shown[at], number=number))
        for at, record in enumerate(settled)
        if record.status is Status.ACCEPTED
        for number, row in enumerate(record.projects)
    ]
    listed_projects = terms.listed
    offices = offices_in((row for _, row in places), listed_projects)
    roll = roll_of(listed_projects, offices) if listed_projects is not None else None
    rows, folds = with_departments([row for _, row in places], offices, roll)
    contents = [content_of(settled[at], row, row.number) for at, row in places]
    docket = Docket(rows, contents, terms.earlier.lines)
    bench = Bench(
        docket,
        [marks[at].of(row.name) for at, row in places],
        [_rank(settled[at]) for at, _ in places],
        offices,
    )
    year = settle_standing(bench, terms.year)
    matched = settle_enrolment(bench, roll, year) if roll is not None else None
    if matched is not None:
        settled = with_registered_findings(settled, places, docket, matched)
    questions = sorted(docket.open, key=lambda each: (-each.amount, each.lines[0].file, each.matter))
    listed = [place for place in range(len(rows)) if everything or place not in docket.dropped]
    sections = tuple(_sections(_rows(docket, listed, questions, terms.earlier, matched), offices, roll))
    kept = settled if everything else _records(settled, marks, places, docket)
    files = tuple(zip(shown, kept, strict=True))
    enrolment = None
    if listed_projects is not None and roll is not None and matched is not None:
        standing = Standing(bench, matched, files)
        enrolment = enrolment_of(listed_projects, roll, standing, year, terms.as_of, terms.earlier.chased)
    return Summary(
        title=f"{year}年度{TITLES[Scope.PROJECT]}" if year else TITLES[Scope.PROJECT],
        year=year,
        sections=sections,
        notes=(
            *_notes(sections, files, len(folds)),
            *(enrolment.sentences() if enrolment is not None else ()),
        ),
        files=files,
        folds=folds,
        questions=tuple(questions),
        decided=tuple(docket.decided),
        gone=tuple(docket.gone()),
        typed=frozenset(terms.earlier.remarks),
        complaints=(
            *terms.earlier.complaints,
            *_unused(terms, year),
            *(each.complaint for each in questions if each.complaint),
        ),
        enrolment=enrolment,
        signed=terms.earlier.signed,
        last=terms.last if _is_earlier(terms.last, year) else None,
    )


def _is_earlier(last: LastYear | None, year: str) -> bool:
    return last is not None and bool(year) and last.year < year


def _unused(terms: Terms, year: str) -> Iterator[str]:
    last = terms.last
    if last is not None and not _is_earlier(last, year):
        yield f"请在 --last 后给上年的汇总表：现在给的是{last.year}年度的，这次汇总的是{year or '未知'}年度，没有比较"
    if terms.earlier.chased and terms.listed is None:
        yield "请用 --register 同时给出名单，否则上次填写的催报情况不能保留"


def _mark(record: FileRecord, shown: str, batches: Sequence[Path]) -> Mark:
    if not batches:
        return mark_of(shown, None)
    path = Path(os.path.abspath(record.path))  # noqa: PTH100 compared as text
    given = [
        number
        for number, folder in enumerate(batches, start=1)
        if path.is_relative_to(os.path.abspath(folder))  # noqa: PTH100
    ]
    return mark_of(shown, max(given, default=0), batches[given[-1] - 1].name if given else "")


def _rank(record: FileRecord) -> tuple[int, int]:
    """Of files of the same figures the workbook goes before a document, and the one of more projects."""
    return rank(record), -len(record.projects)


def _rows(
    docket: Docket,
    listed: Sequence[int],
    questions: Sequence[Question],
    earlier: Earlier,
    matched: Matched | None,
) -> Iterator[ProjectRow]:
    """The tables that are listed, without their number; one that is asked about says so and is not counted."""
    numbers = {id(question): number for number, question in enumerate(questions, start=1)}
    enrolled = matched.of if matched is not None else {}
    for place in listed:
        row, asked, at = docket.rows[place], docket.asked.get(place), enrolled.get(place)
        key, remark = project_key(row), row.remark
        why = docket.dropped.get(place, "")
        if asked is not None:
            why = f"待认定（第{numbers[id(asked)]}项），不计入合计"
        if why:
            remark = f"{why}；{remark}" if remark else why
        yield row._replace(
            remark=remark,
            counted=not why,
            notice=earlier.remarks.get(key, row.notice),
            stamped=earlier.stamped.get(key, ""),
            registered=matched.enrolled[at].registered if matched is not None and at is not None else None,
        )


def _records(
    settled: Sequence[FileRecord],
    marks: Sequence[Mark],
    places: Sequence[tuple[int, ProjectRow]],
    docket: Docket,
) -> Iterator[FileRecord]:
    """The records with what does not count taken out: the whole file, or some of its tables."""
    tables: dict[int, list[int]] = {}
    for place, (at, _) in enumerate(places):
        tables.setdefault(at, []).append(place)
    for at, record in enumerate(settled):
        known = tables.get(at, [])
        dropped = [place for place in known if place in docket.dropped]
        reasons = list(dict.fromkeys(docket.dropped[place] for place in dropped))
        if known and len(dropped) == len(known):
            yield replace(record.aside(Status.SKIPPED, f"{'；'.join(reasons)}。"), batch=marks[at].label)
            continue
        gone = {known.index(place) for place in dropped}
        notes = [f"其中“{docket.rows[place].name}”不计：{docket.dropped[place]}。" for place in dropped]
        rest = record.without(gone, notes) if dropped else record
        kept = tuple(docket.rows[place] for place in known if place not in docket.dropped)
        yield replace(rest, projects=kept, batch=marks[at].label)


# ------------------------------------------------------------------ sections


def _sections(rows: Iterable[ProjectRow], offices: Offices, roll: Roll | None) -> Iterator[Section]:
    """One section per kind of table; that of the projects always."""
    kept = list(rows)
    for scope in TITLES:
        ours = [row for row in kept if row.scope is scope]
        if not ours and scope is not Scope.PROJECT:
            continue
        numbered = _numbered(_ordered(ours, offices, roll))
        groups = _grouped(numbered, lambda row: row.department)
        ordinals = iter(map(ordinal, range(1, len(groups) + 1)))
        departments = tuple(
            Department(tuple(projects), replace(total, ordinal=next(ordinals) if total.counted else ""))
            for name, projects in groups.items()
            for total in (total_of(name, projects),)
        )
        yield Section(scope, departments, total_of("合计", numbered))


def _numbered(rows: Sequence[ProjectRow]) -> list[ProjectRow]:
    """The tables with their numbers: those in the totals from 1 on as they are printed, then the others."""
    counts = iter(range(1, len(rows) + 1))
    numbers = {place: next(counts) for place, row in enumerate(rows) if row.counted}
    numbers.update((place, next(counts)) for place, row in enumerate(rows) if not row.counted)
    return [row._replace(number=numbers[place]) for place, row in enumerate(rows)]


def _ordered(rows: Sequence[ProjectRow], offices: Offices, roll: Roll | None) -> list[ProjectRow]:
    """By department, then unit as the list has it, by its first code, or as they come, then code; never by the signs of a name."""
    departments = department_order(rows, roll)
    units: dict[str, tuple[int, bool, str, int]] = {}
    for place, row in enumerate(rows):
        code = code_of(row.code)
        key = offices.key(row.unit)
        found = (roll.unit_place(key) if roll is not None else 0, not row.unit or not code, code, place)
        units[key] = min(units.get(key, found), found)

    def order(row: ProjectRow) -> tuple[object, ...]:
        code = code_of(row.code)
        return departments[row.department], units[offices.key(row.unit)], not code, code

    return sorted(rows, key=order)


def _grouped(rows: Iterable[ProjectRow], key: Callable[[ProjectRow], Key]) -> dict[Key, list[ProjectRow]]:
    groups: dict[Key, list[ProjectRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def _notes(sections: Sequence[Section], files: Sequence[tuple[str, FileRecord]], folds: int) -> Iterator[str]:
    counted = [
        row
        for section in sections
        for department in section.departments
        for row in department.projects
        if row.counted
    ]
    budget, by_initial = _budget_of(counted)
    yield f"金额单位为万元。合计的执行率 = 全年执行数之和 ÷ {budget}之和；得分不相加，只计平均。"
    if by_initial:
        yield by_initial
    yield "简单平均为各项目自评总分的平均；加权平均以全年预算数为权数。自评总分按填报得分，未填报的按核算得分。"
    lacking = sum(None in (row.budget, row.executed) for row in counted)
    if lacking:
        yield f"{lacking} 个项目没有可用的{budget}或全年执行数，不计入合计的执行率。"
    if len(sections) > 1:
        names = "、".join(section.scope.label for section in sections)
        yield f"{names}分表汇总，互不相加。"
    if folds:
        yield f"主管部门的 {folds} 种写法已归并，见“名称归并”。"
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
