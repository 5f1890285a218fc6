"""The head and the foot of a paper that is handed up: title, 填报单位, notes, and who signs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from zipingbiao.batch.records import Section, Summary
from zipingbiao.batch.summary.departments import place_of
from zipingbiao.batch.summary.signed import UNIT_LABEL, Signed
from zipingbiao.book.write.new_cells import Column, Formats, Style, T, Value, put_across
from zipingbiao.book.write.paper import pixels
from zipingbiao.result.columns import ProjectColumn
from zipingbiao.result.rows import ProjectRow
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Scope
from zipingbiao.values.number import round_points

ROUNDED = "注：部分数据因四舍五入，分项之和与合计略有差异。"
SECRET = "涉密项目按规定另行报送，未列入本表。"  # noqa: S105 no password
TITLE_HEIGHT, UNIT_HEIGHT = 30.0, 15.75
_DRAFT_WIDTH, _DRAFT_LEAST = 360, 200  # pixels, on one line and on two
_TITLE_SIGN = 21.5  # pixels of a sign of 16 points
_NAMES = {
    Scope.PROJECT: "项目支出绩效自评",
    Scope.TRANSFER: "转移支付绩效自评",
    Scope.DEPARTMENT: "部门整体支出绩效自评",
}


def place(summary: Summary) -> str:
    """Return whose county it is: 云岭县; "" where its departments do not say it."""
    return place_of(
        department.total.label for section in summary.sections for department in section.departments
    )


def unit_of(summary: Summary, signed: Signed) -> str:
    """Return 填报单位: as typed, else the finance office of the place; "" where nobody knows."""
    return signed.unit or finance_office(place(summary))


def finance_office(of: str) -> str:
    """Return the finance office of a place."""
    if not of:
        return ""
    return f"{of}财政{'厅' if of.endswith(('省', '自治区')) else '局'}"


def title(summary: Summary, scope: Scope, kind: str = "汇总表") -> str:
    """Return the title of a paper: 云岭县2025年度项目支出绩效自评汇总表."""
    year = f"{summary.year}年度" if summary.year else ""
    return f"{place(summary)}{year}{_NAMES[scope]}{kind}"


def put_head(
    sheet: Any, summary: Summary, columns: Sequence[Column[T]], texts: tuple[str, str], formats: Formats
) -> None:
    """Write title and unit above *columns*; *texts* are both. While something is open, the title says so at its right."""
    said, unit = texts
    last = len(columns) - 1
    sheet.set_row(0, TITLE_HEIGHT)
    if summary.draft:
        across = _beside_title(columns, _TITLE_SIGN * (len(said) + 1))
        put_across(sheet, 0, (0, across - 1), said, formats.get(Style.TITLE))
        put_across(sheet, 0, (across, last), summary.draft, formats.get(Style.WARNING))
    else:
        put_across(sheet, 0, (0, last), said, formats.get(Style.TITLE))
    sheet.set_row(1, UNIT_HEIGHT)
    put_across(sheet, 1, (0, 3), f"{UNIT_LABEL}{unit}", formats.get(Style.PLAIN))
    put_across(sheet, 1, (last - 2, last), "金额单位：万元", formats.get(Style.UNIT))


def _beside_title(columns: Sequence[Column[T]], title_width: float) -> int:
    """The column from which on the draft stands: on one line if the title leaves room, else on two."""
    across = len(columns) - 1
    while across > 1:
        own = pixels(columns[across:])
        if own >= _DRAFT_WIDTH or (own >= _DRAFT_LEAST and pixels(columns[: across - 1]) < title_width):
            break
        across -= 1
    return across


def footer(unit: str) -> str:
    """Return the footer of a page: whose it is, which page of how many."""
    return f"&L{unit.replace('&', '&&')}&C第 &P 页 共 &N 页"


def notes(summary: Summary, section: Section) -> str:
    """Return what a reader of the totals must know, numbered; the same sentences on every paper of one batch."""
    counted = [row for row in section.projects() if row.counted]
    told = [
        f"执行率＝全年执行数÷{budget_label(counted)}，合计和部门行按合计金额计算。",
        "合计和部门行的“自评得分”为项目得分的简单平均分。",
    ]
    if summary.enrolment is not None and section.scope is Scope.PROJECT:
        told.append(summary.enrolment.projects.sentence)
    if summary.secret and section.scope is Scope.PROJECT:
        told.append(SECRET)
    return "注：" + "".join(f"{number}. {sentence}" for number, sentence in enumerate(told, start=1))


def budget_label(rows: Iterable[ProjectRow]) -> str:
    """Return what the rate of a total divides by, as a paper calls it."""
    kinds = {row.budget_kind for row in rows}
    if kinds == {AmountKind.INITIAL}:
        return "年初预算数"
    return "全年预算数" if AmountKind.INITIAL not in kinds else "预算数（按各项目所用评分规则）"


def is_rounded_off(section: Section, printed: Iterable[ProjectColumn]) -> bool:
    """Whether printed amounts do not add up to the printed totals, because each is rounded by itself."""
    return any(any(_sums_off(section, column)) for column in printed if column.style is Style.MONEY)


def _sums_off(section: Section, column: ProjectColumn) -> Iterator[bool]:
    total = column.total
    if total is None:
        return
    for department in section.departments:
        rows = [column.value(row) for row in department.projects if row.counted]
        yield _is_off(rows, total.value(department.total))
    yield _is_off([total.value(each.total) for each in section.departments], total.value(section.total))


def _is_off(parts: Iterable[Value], total: Value) -> bool:
    printed = sum((round_points(part) for part in parts if isinstance(part, Decimal)), Decimal(0))
    return printed != (round_points(total) if isinstance(total, Decimal) else 0)
