"""The sheets by which missing tables are chased: 应报未报, 催报话术, 名单核对."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import Any

from zipingbiao.batch.summary.coverage import Coverage, Enrolment, Missing, Remark, Reminder
from zipingbiao.batch.summary.decisions import CHASED, MARK, MARK_WIDTH, MISSING
from zipingbiao.book.write.new_cells import Column, Formats, Style, height_of, put, put_headings, put_record
from zipingbiao.values.deadline import Deadline
from zipingbiao.values.deadline import write as write_deadline
from zipingbiao.values.frozen import frozen
from zipingbiao.values.moment import Moment

_NOTHING = "没有应报未报的项目。"


@frozen
class _Line:
    """A missing project as it is listed."""

    number: int
    missing: Missing
    as_of: Moment | None

    @property
    def deadline(self) -> str:
        """截止日期: a whole day as 2026-02-10, else as far as it is known."""
        deadline = self.missing.enrolled.row.deadline
        if deadline is None:
            return ""
        day = _day(deadline, self.as_of)
        return day.isoformat() if day is not None else write_deadline(deadline)

    @property
    def late(self) -> int | None:
        """逾期 in days; None where it is not late, or nobody knows."""
        deadline = self.missing.enrolled.row.deadline
        day = _day(deadline, self.as_of) if deadline is not None else None
        if day is None or self.as_of is None or self.as_of.day <= day:
            return None
        return (self.as_of.day - day).days


def _day(deadline: Deadline, as_of: Moment | None) -> dt.date | None:
    year = deadline.year or (as_of.day.year if as_of is not None else None)
    return deadline.last_day(year) if year is not None else None


def _columns(*, dated: bool) -> tuple[Column[_Line], ...]:
    row = "missing.enrolled.row."
    late = (Column("逾期（天）", 6, Style.COUNT, attrgetter("late")),) if dated else ()
    return (
        Column("序号", 4.5, Style.COUNT, attrgetter("number")),
        Column("主管部门", 20, Style.FITTED, attrgetter("missing.enrolled.department")),
        Column("实施单位", 18, Style.FITTED, attrgetter(f"{row}unit")),
        Column("项目编码", 20, Style.FITTED, attrgetter(f"{row}code")),
        Column("项目名称", 28, Style.TEXT, attrgetter(f"{row}name")),
        Column("调整后预算", 11, Style.AMOUNT, attrgetter("missing.enrolled.registered.budget")),
        Column("截止日期", 10, Style.WORD, attrgetter("deadline")),
        *late,
        Column("情况", 16, Style.FITTED, attrgetter("missing.trace.value")),
        Column("联系人", 8, Style.WORD, attrgetter(f"{row}contact")),
        Column("电话", 13, Style.WORD, attrgetter(f"{row}phone")),
        Column(CHASED, 14, Style.TEXT, attrgetter("missing.chased")),
        Column(MARK, MARK_WIDTH, Style.TEXT, attrgetter("missing.key")),
    )


REMINDERS: tuple[Column[Reminder], ...] = (
    Column("主管部门", 20, Style.FITTED, attrgetter("department")),
    Column("联系人", 8, Style.WORD, attrgetter("contact")),
    Column("电话", 13, Style.WORD, attrgetter("phone")),
    Column("可直接发送的文字", 56, Style.TEXT, attrgetter("text")),
)

REMARKS: tuple[Column[Remark], ...] = (
    Column("事项", 12, Style.WORD, attrgetter("matter")),
    Column("主管部门", 20, Style.FITTED, attrgetter("department")),
    Column("实施单位", 18, Style.FITTED, attrgetter("unit")),
    Column("项目编码", 20, Style.FITTED, attrgetter("code")),
    Column("项目名称", 28, Style.TEXT, attrgetter("name")),
    Column("预算数", 11, Style.AMOUNT, attrgetter("amount")),
    Column("说明", 40, Style.TEXT, attrgetter("why")),
    Column("文件", 30, Style.TEXT, attrgetter("file")),
)


def write_missing(workbook: Any, enrolment: Enrolment, formats: Formats) -> None:
    """Write 应报未报: the missing projects by department, below a line that says how many reported."""
    sheet = workbook.add_worksheet(MISSING)
    columns = _columns(dated=enrolment.as_of is not None)
    last = len(columns) - 2
    title = "应报未报项目清单"
    if enrolment.as_of is not None:
        title = f"{title}（截至{enrolment.as_of}收到的文件）"
    look = formats.get(Style.TITLE)
    sheet.merge_range(0, 0, 0, last, "", look)
    put(sheet, 0, 0, title, look)
    sheet.set_row(0, 30)
    put_headings(sheet, 1, columns, formats)
    sheet.set_column(last + 1, last + 1, columns[-1].width, None, {"hidden": True})
    asked = formats.get(Style.TEXT, asked=True)
    looks = [
        asked if column.heading == CHASED else look
        for column, look in zip(columns, formats.of(columns), strict=True)
    ]
    row = 2
    for heading, lines in _by_department(enrolment):
        for column in range(last + 1):
            put(sheet, row, column, heading if column == 1 else None, formats.get(Style.PLAIN, total=True))
        sheet.set_row(row, height_of(1))
        row += 1
        for line in lines:
            put_record(sheet, row, columns, line, looks)
            row += 1
    if not enrolment.missing:
        put(sheet, row, 1, _NOTHING, formats.get(Style.PLAIN))
    sheet.freeze_panes(2, 0)
    set_up_portrait(sheet, 1)


def set_up_portrait(sheet: Any, heading_row: int) -> None:
    """A4 portrait, one page wide, headings on each page."""
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.set_footer("&C第 &P 页 共 &N 页")
    sheet.hide_gridlines(1)


def _by_department(enrolment: Enrolment) -> Iterator[tuple[str, list[_Line]]]:
    known: Mapping[str, Coverage] = {each.label: each for each in enrolment.departments}
    lines = [_Line(at, each, enrolment.as_of) for at, each in enumerate(enrolment.missing, start=1)]
    for name, group in groupby(lines, key=attrgetter("missing.enrolled.department")):
        yield str(known[name]), list(group)
