"""V108 数值像是日期变来的。

检查内容：目标值和业绩值一边是五位整数、恰为某一天的日期序号，另一边却小得多。
为何重要：在表格里输入“3-5”或“1/2”会变成日期，改成常规格式后就成了45721之类的数，得分随之全错。
依据：电子表格的规则：日期存为从1900年起的天数，输入像日期的文字会自动变成日期。
严重程度：警告，因为五位数也可能就是真实的数量，要由填表人核对。一张表只报一次，列出各行。
反例：目标值45721、业绩值4：45721是2025年3月5日，原来可能写的是“3-5”。
正例：目标值45721人、业绩值44980人；目标值“3至5次”。
不检查：单元格仍显示为日期的（见 V104）；写明了单位的数；2010年至2035年（所用评分规则的 serial_years 项）以外的日期序号。
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.say import with_detail
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Role
from zipingbiao.values.typed import Quantity

CODE = "V108"
SEVERITY = Severity.WARNING

_START = dt.date(1899, 12, 30)
_FAR = 1000


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report numbers that look like the serial of a date, once per table."""
    hits = [
        Hit(with_detail(row, f"{entry.text}是{day.year}年{day.month}月{day.day}日"), entry.ref, entry.text)
        for row, entry, day in _serials(evaluation)
    ]
    said = "的数值像是“3-5”之类的文字被表格软件当作日期而变来的。请核对，先把单元格设为文本再重新填写。"
    yield from together(CODE, SEVERITY, hits, said)


def doubtful(evaluation: Evaluation) -> list[Scored]:
    """Return the lines of which one side looks like the serial of a date of the profile's years."""
    return [row for row, _, _ in _serials(evaluation)]


@once
def _serials(evaluation: Evaluation) -> Iterator[tuple[Scored, Entry, dt.date]]:
    """Each such line with its cell and the day that it is the serial of."""
    years = evaluation.profile.serial_years
    for row in evaluation.rows:
        target, actual = row.indicator.entries.get(Role.TARGET), row.indicator.entries.get(Role.ACTUAL)
        if row.indicator.unit is not None or target is None or actual is None:
            continue
        for entry, other in ((target, actual), (actual, target)):
            if _is_far(entry, other) and (day := _day(entry, years)) is not None:
                yield row, entry, day


def _day(entry: Entry, years: tuple[int, int]) -> dt.date | None:
    """The day whose serial a plain number of a cell is, if it is one of the years of use."""
    if entry.is_formula or not isinstance(entry.value, Quantity):
        return None
    number, is_number = entry.value.number, entry.cell is not None and isinstance(entry.cell.value, Decimal)
    if not is_number or entry.value.unit is not None or number != number.to_integral_value():
        return None
    first, last = dt.date(years[0], 1, 1), dt.date(years[1], 12, 31)
    if not (first - _START).days <= number <= (last - _START).days:
        return None
    return _START + dt.timedelta(days=int(number))


def _is_far(entry: Entry, other: Entry) -> bool:
    """Whether the other side is a number, less than a thousandth of this one."""
    if not isinstance(entry.value, Quantity) or not isinstance(other.value, Quantity):
        return False
    return abs(other.value.number) * _FAR < entry.value.number
