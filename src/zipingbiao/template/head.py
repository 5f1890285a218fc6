"""What both forms share above and below the table: facts of the unit, signatures, the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zipingbiao.book.marks import CODE_LABEL
from zipingbiao.table.ours import Sheet
from zipingbiao.template.page import Page, Value
from zipingbiao.template.places import UNIT_CELLS, from_unit
from zipingbiao.template.sums import Formula

_FIELDS = {"主管部门": "department", "实施单位": "unit", "年度": "year"}
_SIGNATURES = (
    ("填报人", "填报人"),
    ("审核人", "审核人"),
    ("单位负责人", "单位负责人"),
    ("日期（盖章）", "填报日期"),
)


def own(page: Page, label: str) -> str:
    """Return what the project says itself of a field of 单位信息; "" where it does not differ."""
    field = _FIELDS[label]
    said = getattr(page.project.project, field)
    return said if said != getattr(page.new.unit, field) else ""


def from_unit_or_own(page: Page, label: str) -> tuple[Value, Any]:
    """Return value and style of a head cell: the project's own, else the formula to 单位信息."""
    if said := own(page, label):
        return said, page.styles.typed(align="left", indent=1)
    return Formula(from_unit(label)), page.styles.formula("General", align="left", indent=1, text_wrap=True)


def write_foot(page: Page, places: Sequence[tuple[int, int]]) -> None:
    """Write the four signatures, each over its (first, last) columns."""
    look = page.styles.plain(align="left", bottom=4)
    signatures = (Formula(f'="{field}："&{_said(source)}') for field, source in _SIGNATURES)
    page.line(*((left, right, text, look) for (left, right), text in zip(places, signatures, strict=True)))


def write_checks(page: Page, verdict: Formula) -> None:
    """Write below what is printed the code and what the weights lack.

    The code is printed in the page footer: a statutory form carries no words that are not its own.
    """
    page.end_print()
    page.spaced()
    page.line(
        (0, 1, CODE_LABEL, page.styles.plain(align="right", font_size=9)),
        (2, 2, "", page.styles.ours(align="left", font_size=9)),
        (3, page.last, verdict, page.styles.plain(align="left", indent=1, font_size=9)),
    )


def _said(label: str) -> str:
    """What a signature shows of a field; a date that Excel took for one is no number on paper."""
    shown = from_unit(label)[1:]
    if label != "填报日期":
        return shown
    day = f"{Sheet.UNIT}!{UNIT_CELLS[label]}"
    return f'IF(ISNUMBER({day}),YEAR({day})&"年"&MONTH({day})&"月"&DAY({day})&"日",{shown})'
