"""A settled batch beside the list of projects: coverage, what is missing, what the list does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.summary.coverage import (
    CHASED,
    EXEMPT,
    FAULT,
    UNLISTED,
    VOLUNTARY,
    Coverage,
    Enrolment,
    Missing,
    Remark,
    Trace,
    coverage_of,
)
from zipingbiao.batch.summary.enrolment import Matched
from zipingbiao.batch.summary.questions import hashed
from zipingbiao.batch.summary.reminders import reminders
from zipingbiao.batch.summary.roll import Enrolled, Listed, Roll
from zipingbiao.batch.summary.standing import Bench
from zipingbiao.batch.summary.traces import traces
from zipingbiao.result.rows import ProjectRow
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.moment import Moment
from zipingbiao.values.offices import office_of


@frozen
class Standing:
    """What became of the tables of a batch: as settled, their projects of the list, and the files with their shown paths."""

    bench: Bench
    matched: Matched
    files: Sequence[tuple[str, FileRecord]]


def enrolment_of(
    listed: Listed,
    roll: Roll,
    standing: Standing,
    year: str,
    as_of: Moment | None,
    chased: Mapping[str, str],
) -> Enrolment:
    """Return what the list shows of a settled batch.

    Args:
        listed: the list as it came.
        roll: the list under folded names.
        standing: the batch.
        year: of the summary.
        as_of: 截至.
        chased: 催报情况 of an earlier 汇总表, by the key of the project.
    """
    bench, matched = standing.bench, standing.matched
    enrolled = matched.enrolled
    came = {at: place for place, at in matched.of.items() if place not in bench.docket.dropped}
    done = {
        at
        for place, at in matched.of.items()
        if bench.docket.stands(place) and bench.row(place).adopted_total is not None
    }
    due = [at for at, each in enumerate(enrolled) if not each.is_exempt]
    lacking = [at for at in due if at not in came]
    found = dict(traces(lacking, enrolled, standing.files))
    found.update((at, Trace.NEAR) for at in lacking if at in matched.near)
    missing = [_missing(enrolled[at], found.get(at, Trace.NOTHING), chased) for at in lacking]
    names = list(dict.fromkeys([*roll.departments, *(enrolled[at].department for at in due)]))
    reported = _Reported(enrolled, due, frozenset(done), frozenset(lacking))
    departments = reported.by_department(names)
    transfers = {at for place, at in matched.of.items() if bench.row(place).scope is Scope.TRANSFER}
    ordered = sorted(missing, key=lambda each: names.index(each.enrolled.department))
    return Enrolment(
        total=reported.of("合计"),
        departments=departments,
        missing=tuple(ordered),
        exempt=tuple(each for each in enrolled if each.is_exempt),
        remarks=tuple(
            _remarks(listed, roll, standing, year, came, {*chased} - {each.key for each in missing}, chased)
        ),
        reminders=tuple(reminders(departments, ordered, _faulty(bench, came, enrolled), year, as_of)),
        secret=len(listed.register.secret),
        as_of=as_of,
        projects=reported.without(transfers).of(Scope.PROJECT.label),
        projects_of=reported.without(transfers).by_department(names),
        transfers=reported.only(transfers).of(Scope.TRANSFER.label),
    )


@frozen
class _Reported:
    """The projects of a list by their places: those that must report, did, and did not."""

    enrolled: Sequence[Enrolled]
    due: Sequence[int]
    done: Collection[int]
    lacking: Collection[int]

    def of(self, label: str, department: str = "") -> Coverage:
        """How many reported, all or of one department."""
        parts = (
            [
                self.enrolled[at]
                for at in self.due
                if at in part and department in {"", self.enrolled[at].department}
            ]
            for part in (frozenset(self.due), self.done, self.lacking)
        )
        return coverage_of(label, *parts)

    def by_department(self, names: Iterable[str]) -> tuple[Coverage, ...]:
        """The same of each department that must report something."""
        return tuple(each for each in (self.of(name, name) for name in names) if each.due)

    def only(self, places: Collection[int]) -> _Reported:
        """Only some of the projects."""
        return replace(self, due=[at for at in self.due if at in places])

    def without(self, places: Collection[int]) -> _Reported:
        """All but some of the projects."""
        return replace(self, due=[at for at in self.due if at not in places])


def key_of(each: Enrolled) -> str:
    """Return the key by which what people type about a missing project is found again."""
    office = office_of(each.row.unit or each.row.department).name
    return hashed(each.whole_code or each.name, office, each.row.year)


def _missing(each: Enrolled, trace: Trace, chased: Mapping[str, str]) -> Missing:
    key = key_of(each)
    return Missing(each, key, trace, chased.get(key, ""))


def _faulty(
    bench: Bench, came: Mapping[int, int], enrolled: Sequence[Enrolled]
) -> Mapping[str, list[ProjectRow]]:
    """The tables that must be corrected, by the department of the list."""
    found: dict[str, list[ProjectRow]] = {}
    for at, place in sorted(came.items()):
        if bench.row(place).errors and bench.docket.stands(place):
            found.setdefault(enrolled[at].department, []).append(bench.row(place))
    return found


# ------------------------------------------------------------------ what else is to be said


def _remarks(
    listed: Listed,
    roll: Roll,
    standing: Standing,
    year: str,
    came: Mapping[int, int],
    gone: Iterable[str],
    chased: Mapping[str, str],
) -> Iterator[Remark]:
    bench, matched = standing.bench, standing.matched
    for place in bench.docket.standing():
        row = bench.row(place)
        if place not in matched.of and row.scope is not Scope.DEPARTMENT:
            yield Remark(
                UNLISTED,
                "请核对编码和名称：名单中没有这个项目，仍计入汇总",
                row.department,
                row.unit,
                row.code,
                row.name,
                row.budget,
                row.file,
                row.scope,
            )
    for at, each in enumerate(matched.enrolled):
        if each.is_exempt and at in came:
            yield _about(
                each,
                VOLUNTARY,
                f"名单免评（{each.row.exempt}），仍报送了自评表，计入汇总",
                bench.row(came[at]).file,
            )
        elif each.is_exempt:
            yield _about(each, EXEMPT, each.row.exempt)
    for note in (*listed.register.notes, *listed.also()[1]):
        yield Remark(FAULT, note)
    others = len(roll.enrolled) - len(matched.enrolled)
    if others:
        yield Remark(FAULT, f"名单中另有{others}个项目不是{year}年度的，没有计入应评")
    known = {key_of(each): each for each in roll.enrolled}
    for key in sorted(gone):
        said = f"已不在应报未报之列，原催报情况：{chased[key]}"
        yield _about(known[key], CHASED, said) if key in known else Remark(CHASED, said)


def _about(each: Enrolled, matter: str, why: str, file: str = "") -> Remark:
    row = each.row
    return Remark(matter, why, each.department, row.unit, row.code, row.name, each.registered.budget, file)
