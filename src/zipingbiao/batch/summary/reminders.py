"""催报话术: what to write to a department that lacks something, short enough for one message."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zipingbiao.batch.summary.coverage import Coverage, Missing, Reminder, Trace
from zipingbiao.batch.summary.departments import place_of
from zipingbiao.result.rows import ProjectRow
from zipingbiao.values.moment import Moment
from zipingbiao.values.offices import office_of

LONGEST = 300
_MOST_NAMED = 10
_LONGEST_NAME = 30
_OTHERS: tuple[tuple[Trace, str, str], ...] = (
    (Trace.SCAN, "只收到扫描件", "请补报Excel表"),
    (Trace.BLANK, "收到的是空表", "请填好后重报"),
    (Trace.UNREADABLE, "收到的文件打不开", "请另存为Excel后重报"),
    (Trace.NEAR, "收到的表名称或编码与名单不一致", "请核对后告知"),
)
_SATURDAY = 5


def reminders(
    departments: Iterable[Coverage],
    missing: Sequence[Missing],
    faulty: Mapping[str, Sequence[ProjectRow]],
    year: str,
    as_of: Moment | None,
) -> Iterator[Reminder]:
    """Yield one for each department that lacks a table or has one to correct, each at most LONGEST signs.

    Args:
        departments: all of the list.
        missing: the projects without a table.
        faulty: the tables that must be corrected, by department.
        year: of the summary.
        as_of: 截至; without it no day is said that no list says.
    """
    known = list(departments)
    sender = _sender(department.label for department in known)
    for department in known:
        lacking = [each for each in missing if each.enrolled.department == department.label]
        wrong = faulty.get(department.label, ())
        if lacking or wrong:
            contacts = [each.enrolled.row for each in lacking]
            yield Reminder(
                department.label,
                next((row.contact for row in contacts if row.contact), ""),
                next((row.phone for row in contacts if row.phone), ""),
                _fitting(department, lacking, wrong, f"{year}年度" if year else "", as_of, sender),
            )


def _fitting(
    department: Coverage,
    lacking: Sequence[Missing],
    wrong: Sequence[ProjectRow],
    year: str,
    as_of: Moment | None,
    sender: str,
) -> str:
    """The text with as many names as there is room for."""
    text = ""
    for most in range(_MOST_NAMED, -1, -1):
        text = _text(department, lacking, wrong, (year, _until(lacking, as_of), sender), most)
        if len(text) <= LONGEST:
            break
    return text[:LONGEST]


def _text(
    department: Coverage,
    lacking: Sequence[Missing],
    wrong: Sequence[ProjectRow],
    ends: tuple[str, str, str],
    most: int,
) -> str:
    year, until, sender = ends
    of = {trace: [each for each in lacking if each.trace is trace] for trace in Trace}
    nothing = of[Trace.NOTHING]
    parts = [
        f"贵单位应报{department.due}个，已收到{department.due - department.missing}个"
        + (f"，还差{len(nothing)}个{_names(map(_name, nothing), most)}" if nothing else "")
    ]
    also = "另有"
    for trace, said, wanted in _OTHERS:
        if of[trace]:
            parts.append(f"{also}{len(of[trace])}个{said}{_names(map(_name, of[trace]), most)}，{wanted}")
            also = ""
    if wrong:
        names = (_cut(row.name or row.code) for row in wrong)
        parts.append(f"{len(wrong)}个表需修改{_names(names, most)}，意见已另发")
    return f"{_short(department.label)}您好：{year}项目支出绩效自评，{'；'.join(parts)}。{until}{sender}"


def _names(names: Iterable[str], most: int) -> str:
    told = list(names)
    more = f"等{len(told)}个" if len(told) > most else ""
    return f"（{'、'.join(told[:most])}{more}）" if most else ""


def _name(each: Missing) -> str:
    return _cut(each.enrolled.row.name)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _short(department: str) -> str:
    """县水利局 for 云岭县水利局, as one speaks to it."""
    place = office_of(department).place
    level = place[-1:] if place and place[-1] in "省市县区旗州盟" else ""
    return f"{level}{department[len(place) :]}" if place and department.startswith(place) else department


def _until(lacking: Sequence[Missing], as_of: Moment | None) -> str:
    """By when: the day of the list while it is to come, else the working day after 截至; without a day soon."""
    days = []
    for each in lacking:
        deadline = each.enrolled.row.deadline
        if deadline is not None and (deadline.year or as_of is not None):
            days.append(deadline.last_day(as_of.day.year if as_of is not None else deadline.year or 0))
    if as_of is not None:
        days = [day for day in days if day >= as_of.day] or [_next_working_day(as_of.day)]
    if not days:
        return "请尽快报送。"
    day = max(Counter(days).items(), key=lambda each: (each[1], each[0]))[0]
    return f"请于{day.month}月{day.day}日前报送。"


def _next_working_day(day: dt.date) -> dt.date:
    after = day + dt.timedelta(days=1)
    while after.weekday() >= _SATURDAY:
        after += dt.timedelta(days=1)
    return after


def _sender(departments: Iterable[str]) -> str:
    """The finance office of the place whose offices these are."""
    place = place_of(departments)
    level = place[-1:] if place and place[-1] in "省市县区旗州盟" else ""
    return f"{level}财政局绩效股"
