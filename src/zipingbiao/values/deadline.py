"""Dates and deadlines as people write them: ``2021年12月底前``, ``9月前``, ``2023.07-2024.01``.

A deadline is a latest day; it never becomes a quantity, and two deadlines never become a ratio.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import field

from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import says
from zipingbiao.values.words import DONE, WORK


@frozen
class Deadline:
    """A point or period in time, known to the day, the month or the year.

    Attributes:
        year, month, day: of the latest date; None where it was not written.
        before: True for ``9月前``, which ends with the last day of August. ``12月底前`` includes
            the last day of December and is not marked, and so does a day: ``6月30日前``.
        from_cell: the cell held an Excel date, not text.
    """

    year: int | None
    month: int | None
    day: int | None
    before: bool = False
    from_cell: bool = field(default=False, compare=False)
    text: str = field(default="", compare=False)

    def first_day(self, year: int) -> dt.date:
        """The earliest day that the value may mean; *year* fills in a missing year.

        A value that only says *before* may mean any day of that year.
        """
        if self.before:
            return self.last_day(year).replace(month=1, day=1)
        return self._start(year)

    def last_day(self, year: int) -> dt.date:
        """The latest day that the value may mean; *year* fills in a missing year."""
        start = self._start(year)
        if self.before:
            return start - dt.timedelta(days=1)
        if self.day:
            return start
        month = self.month or 12
        return dt.date(start.year, month, calendar.monthrange(start.year, month)[1])

    def _start(self, year: int) -> dt.date:
        # The 29th of February is a day of every year whose number nobody wrote.
        whole, month = self.year or year, self.month or 1
        return dt.date(whole, month, min(self.day or 1, calendar.monthrange(whole, month)[1]))


_YEAR = r"(?P<y{}>(?:19|20)\d{{2}})"
_DATE = regex(
    rf"{_YEAR.format(1)}\s*年度?\s*(?P<m1>\d{{1,2}})\s*月份?\s*(?:(?P<d1>\d{{1,2}})\s*[日号])?"
    rf"|{_YEAR.format(2)}[./-](?P<m2>\d{{1,2}})[./-](?P<d2>\d{{1,2}})(?:\s*日)?(?!\d)"
    rf"|{_YEAR.format(3)}(?P<dot>[./-])(?P<m3>\d{{1,2}})(?![\d.%])"
    rf"|{_YEAR.format(4)}\s*年度?"
    r"|(?<![\d.])(?P<m5>\d{1,2})\s*月份?\s*(?:(?P<d5>\d{1,2})\s*[日号])?"
)
_TO = r"(?=\s*[-—~至到]+\s*"
# Other ways to name a month, written as months: the end of a quarter or of the year, short ranges.
_REWRITES = (
    (regex(r"\s+\d{1,2}:\d{2}(?::\d{2})?$"), ""),
    # 12/31/24, as an Excel with American dates shows them; 12/10/24 may be either and is asked about.
    (regex(r"(?<![\d/])(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/(?:20)?(\d{2})(?![\d/])"), r"20\3年\1月\2日"),
    (regex(r"第?一季度|第1季度"), "4月前"),
    (regex(r"第?二季度|第2季度|上半年"), "7月前"),
    (regex(r"第?三季度|第3季度"), "10月前"),
    (regex(r"第?四季度|第4季度|下半年|(?<!\d)(?<!\d )(?:本|当|今)?年[底末终]"), "12月底"),
    (regex(rf"(?<![\d.])(\d{{1,2}}){_TO}\d{{1,2}}\s*月)"), r"\1月"),
    (regex(rf"(?<!\d)((?:19|20)\d{{2}}){_TO}(?:19|20)\d{{2}}\s*年)"), r"\1年"),
)
# What may stand around the dates of a deadline; anything else is a sentence about something else.
_AROUND = regex(
    r"(?:截至|截止|于|在|到|至|按|按期|按时|及时|全部|全年|当年|本年|今年|年内|年度内|度|初|底|末|上旬|中旬|下旬"
    r"|之前|以前|前|之内|以内|内|期间|日|不晚于|不迟于|最晚|最迟|≤|<=|=|开工|实施|启动|运行|已|均|并"
    rf"|{DONE}|{WORK}(?={DONE})|(?<=完成){WORK}|[-—~()。,，、.\s])*"
)
_PERIOD = regex(r"[-—~至到]")
_DATED_BEFORE = regex(r"截|于|在|到|至|前|按")
_DATED_BEHIND = regex(rf"(?:之|以)?前|[初底末]|[上中下]旬|{DONE}")
_BEFORE_THEN = regex(r"(?:之|以)?前")
_PART_OF_MONTH = regex(r"上旬|中旬|初")
_PARTED = "年月季/.-"  # without any of them no date can be told
_TEN_DAYS = {"上旬": 10, "中旬": 20, "初": 10}
_LONGEST = 60


def parse(text: str) -> Deadline | None:
    """Return the deadline that *text* (normalised) is, or None when it is something else."""
    if len(text) > _LONGEST or not says(text, _PARTED):
        return None
    for pattern, months in _REWRITES:
        text = pattern.sub(months, text)
    dates = list(_DATE.finditer(text))
    if not dates or len(dates) > 2 or not _AROUND.fullmatch(_DATE.sub("", text)):
        return None
    if len(dates) == 2 and not _PERIOD.search(text[dates[0].end() : dates[1].start()]):
        return None
    lead, tail = text[: dates[0].start()], text[dates[-1].end() :].strip()
    dotted = len(dates) == 1 and dates[0]["dot"] == "."
    if dotted and not _DATED_BEFORE.match(lead) and not _DATED_BEHIND.match(tail):
        return None  # 2023.07 alone, or behind 完成, may be an amount
    return _latest(_parts(dates[0]), _parts(dates[-1]), tail)


def from_date(value: dt.date) -> Deadline:
    """Return the deadline of an Excel date cell."""
    return Deadline(value.year, value.month, value.day, from_cell=True, text=f"{value:%Y-%m-%d}")


def write(value: Deadline) -> str:
    """Write a deadline so that :func:`parse` reads an equal one back (years 1900 to 2099)."""
    year = f"{value.year}年" if value.year else ""
    month = f"{value.month}月" if value.month else ""
    day = f"{value.day}日" if value.day else ""
    return f"{year}{month}{day}{'前' if value.before else ''}"


def days_late(target: Deadline, actual: Deadline) -> int | None:
    """Return how many days *actual* is late: 0 on time, None when the dates are too coarse to tell.

    A missing year is taken from the other side; with no year on either side both are in one year.
    """
    year = target.year or actual.year or 2023  # any year without a leap day serves for months alone
    limit = target.last_day(year)
    if actual.last_day(year) <= limit:
        return 0
    first = actual.first_day(year)
    return (first - limit).days if first > limit else None


def how_late(target: Deadline, actual: Deadline) -> str:
    """Return by how much *actual* is late, as exact as it was written: ``晚了5天``, ``晚了3个月``, ``晚了1年``.

    For dates of which :func:`days_late` says that they are late. A month is compared with the end of a
    month, a year with the end of a year; what is known less exactly than its limit is ``至少晚了78天``.
    """
    year = target.year or actual.year or 2023
    limit, days = target.last_day(year), days_late(target, actual)
    if actual.day:
        return f"晚了{days}天"
    last, at_end = actual.last_day(year), (limit + dt.timedelta(days=1)).day == 1
    if actual.month and not actual.before and at_end:
        return f"晚了{(last.year - limit.year) * 12 + last.month - limit.month}个月"
    if not actual.month and at_end and limit.month == last.month:
        return f"晚了{last.year - limit.year}年"
    return f"至少晚了{days}天"


_Parts = tuple[int | None, int | None, int | None]


def _parts(found: re.Match[str]) -> _Parts:
    def number(*names: str) -> int | None:
        return next((int(found[name]) for name in names if found[name]), None)

    return number("y1", "y2", "y3", "y4"), number("m1", "m2", "m3", "m5"), number("d1", "d2", "d5")


def _latest(first: _Parts, last: _Parts, tail: str) -> Deadline | None:
    year, month, day = last[0] or first[0], last[1], last[2]
    if not last[0] and (month or 0) < (first[1] or 0):
        return None  # 11月-3月 ends in a year that nobody wrote
    before = _BEFORE_THEN.match(tail) is not None and day is None
    if day is None and month and (part := _PART_OF_MONTH.match(tail)):
        day = _TEN_DAYS[part.group()]
    try:
        dt.date(2024 if year is None else year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return Deadline(year, month, day, before)
