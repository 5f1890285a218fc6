"""部门汇总: one row per department, also for one that sent nothing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from operator import attrgetter
from typing import Any

from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary import headline
from zipingbiao.batch.summary.coverage import Coverage
from zipingbiao.batch.summary.signed import Signed
from zipingbiao.book.write.new_cells import (
    Column,
    Formats,
    Style,
    Value,
    put_grouped_headings,
    put_record,
)
from zipingbiao.book.write.paper import A4_ACROSS, set_paper
from zipingbiao.result.columns import NO_RATE
from zipingbiao.result.totals import GRADES, TotalRow
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen

_HEADINGS = 2
_ONE_PAGE = 32
_RED = "#FF0000"


@frozen
class DepartmentLine:
    """One row of the sheet.

    Attributes:
        number: 序号; None of the total.
        label: 主管部门.
        total: of its projects; None where none came.
        coverage: beside the list; None without one, and of a department that the list does not have.
        unlisted: how many of its projects the list does not have.
    """

    number: int | None
    label: str
    total: TotalRow | None
    coverage: Coverage | None
    unlisted: int = 0

    @property
    def scored(self) -> int:
        """已评: of the list where there is one."""
        if self.coverage is not None:
            return self.coverage.done
        return self.total.scored if self.total is not None else 0

    @property
    def missing(self) -> int | None:
        """未报; None where nothing is missing or nobody knows."""
        return self.coverage.missing or None if self.coverage is not None else None

    @property
    def remark(self) -> str:
        """Why the numbers of the row do not say all."""
        total = self.total
        open_ones = total.projects - total.counted if total is not None else 0
        pointless = total.without_points if total is not None else 0
        unfinished = total.without_score - pointless if total is not None else 0
        told = (
            (open_ones, "待认定"), (unfinished, "未完成"), (pointless, "无分值"), (self.unlisted, "名单外"),
        )  # fmt: skip
        return "\n".join(f"{word}{number}个" for number, word in told if number)


def department_lines(summary: Summary) -> Iterator[DepartmentLine]:
    """Yield the total, then the departments in the order of the list, then those that it does not have."""
    enrolment = summary.enrolment
    totals = {each.total.label: each.total for each in summary.main.departments}
    known = {each.label: each for each in enrolment.projects_of} if enrolment is not None else {}
    unlisted = enrolment.unlisted if enrolment is not None else ()
    strangers = [remark.department for remark in unlisted if remark.scope is Scope.PROJECT]
    yield DepartmentLine(
        None,
        "合计",
        summary.main.total,
        enrolment.projects if enrolment is not None else None,
        len(strangers),
    )
    for number, label in enumerate(dict.fromkeys([*known, *totals]), start=1):
        yield DepartmentLine(number, label, totals.get(label), known.get(label), strangers.count(label))


def _of_total(name: str) -> Any:
    """A figure of the projects; a dash where none came."""
    value = attrgetter(name)

    def said(line: DepartmentLine) -> Value:
        if line.total is None or not line.total.counted:
            return NO_RATE
        found: Value = value(line.total)
        return found

    return said


def _rate(line: DepartmentLine) -> Decimal | str | None:
    if line.total is None or line.total.has_no_budget or not line.total.counted:
        return NO_RATE
    return line.total.execution_rate


def _grade(place: int) -> Any:
    return lambda line: line.total.grades[place] if line.total is not None else 0


def columns(*, listed: bool) -> tuple[Column[DepartmentLine], ...]:
    """Return the columns; what only a list of projects says is absent where there is none."""
    count, money, score = Style.COUNT, Style.MONEY, Style.SCORE
    projects = "项目数（个）"
    amounts, points = "金额（万元）", "得分"
    due = [Column("应评", 6, count, attrgetter("coverage.due"), group=projects)]
    rate = [Column("覆盖率", 8, Style.PERCENT, attrgetter("coverage.rate"), group=projects)]
    missing = [
        Column("未报", 6, count, attrgetter("missing"), colour=lambda line: _RED if line.missing else "")
    ]  # fmt: skip
    return (
        Column("序号", 4.5, count, attrgetter("number")),
        Column("主管部门", 27, Style.TEXT, attrgetter("label")),
        *([_listed(column) for column in due] if listed else []),
        Column("已评", 6, count, attrgetter("scored"), group=projects),
        *([_listed(column) for column in rate] if listed else []),
        Column("全年预算数", 12, money, _of_total("full_year_budget"), group=amounts),
        Column("全年执行数", 12, money, _of_total("executed"), group=amounts),
        Column("执行率", 8, Style.PERCENT, _rate, group=amounts),
        Column("平均分", 7.5, score, _of_total("mean"), group=points),
        Column("按金额加权", 8.5, score, _of_total("weighted_mean"), group=points),
        *(Column(grade, 5, count, _grade(at), group="等级（个）") for at, grade in enumerate(GRADES)),
        *(missing if listed else []),
        Column("备注", 9.5, Style.TEXT, attrgetter("remark")),
    )


def _listed(column: Column[DepartmentLine]) -> Column[DepartmentLine]:
    """A figure of the list; a dash for a department that it does not have."""
    return Column(
        column.heading, column.width, column.style,
        lambda line: column.value(line) if line.coverage is not None else NO_RATE, group=column.group,
    )  # fmt: skip


def write_by_department(workbook: Any, summary: Summary, formats: Formats) -> None:
    """Write the sheet; up to 32 departments stand on one page."""
    sheet = workbook.add_worksheet("部门汇总")
    printed = columns(listed=summary.enrolment is not None)
    signed = summary.signed.get(Scope.PROJECT, Signed())
    unit = headline.unit_of(summary, signed)
    text = headline.title(summary, Scope.PROJECT, "分部门汇总表")
    headline.put_head(sheet, summary, printed, (text, unit), formats)
    put_grouped_headings(sheet, _HEADINGS, printed, formats)
    looks, bold = formats.of(printed), formats.of(printed, total=True)
    lines = list(department_lines(summary))
    for at, line in enumerate(lines, start=_HEADINGS + 2):
        put_record(sheet, at, printed, line, bold if line.number is None else looks)
    sheet.freeze_panes(_HEADINGS + 3, 2)
    set_paper(sheet, A4_ACROSS, footer=headline.footer(unit))
    sheet.fit_to_pages(1, 1 if len(lines) - 1 <= _ONE_PAGE else 0)
    sheet.repeat_rows(_HEADINGS, _HEADINGS + 1)
