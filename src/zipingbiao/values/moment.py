"""A day, with or without a time, that a person types: ``2026-02-12``, ``2026年2月12日 17:00``."""

from __future__ import annotations

import datetime as dt

from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

_YEARS = r"(?P<{}>(?:19|20)\d\d)"
_MOMENT = regex(
    rf"(?:{_YEARS.format('y1')}\s*年\s*(?P<m1>\d{{1,2}})\s*月\s*(?P<d1>\d{{1,2}})\s*[日号]"
    rf"|{_YEARS.format('y2')}(?P<sign>[-/.])(?P<m2>\d{{1,2}})(?P=sign)(?P<d2>\d{{1,2}})"
    rf"|{_YEARS.format('y3')}(?P<m3>\d\d)(?P<d3>\d\d))"
    r"(?:[\sT]*(?P<hour>\d{1,2})(?::(?P<minute>\d\d)(?::\d\d(?:\.0*)?)?|[时点](?:(?P<minutes>\d{1,2})分?|整)?))?"
)


@frozen
class Moment:
    """A day, and a time of it such as ``17:00`` where one was typed, else ""."""

    day: dt.date
    time: str = ""

    def __str__(self) -> str:
        """Return it as papers print it: 2026年2月12日 17:00."""
        day = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return f"{day} {self.time}" if self.time else day


def parse_moment(text: str) -> Moment | None:
    """Return the day that *text* is as a whole, or None: one without a year, and 2月30日, are none."""
    found = _MOMENT.fullmatch(normalise(text))
    if found is None:
        return None
    year, month, day = (
        next(int(part) for number in "123" if (part := found[f"{name}{number}"])) for name in "ymd"
    )
    hour, minute = found["hour"], int(found["minute"] or found["minutes"] or 0)
    try:
        time = dt.time(int(hour), minute) if hour else None
        return Moment(dt.date(year, month, day), f"{time:%H:%M}" if time is not None else "")
    except ValueError:
        return None
