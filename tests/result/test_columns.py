"""A column carries its total: wherever it is put, both 汇总表 show the total below it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from decimal import Decimal

import openpyxl
import pytest

from batch.made import file, summarise, table
from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.write.new_cells import Column, Style
from zipingbiao.change.own_sheets import summary_lines
from zipingbiao.result.columns import EARLIER_OWN_SUMMARY, HANDED_UP, OWN_SUMMARY, ProjectColumn
from zipingbiao.result.sheets import SummaryLayout

PLAIN = ProjectColumn("资金级次", 10, Style.TEXT, lambda _: "县级")
SUMMED = ProjectColumn(
    "实际结余", 10, Style.AMOUNT,
    lambda _: Decimal("0.5"),
    Column("结余", 10, Style.AMOUNT, lambda total: Decimal("0.5") * total.counted),
)  # fmt: skip


def batch() -> Summary:
    return summarise(
        [
            file("一.xlsx", table("校舍", initial="90", budget="100", executed="99.5")),
            file("二.xlsx", table("体检", unit="医院", budget="40", executed="20")),
        ]
    )


Shown = dict[str, tuple[object, ...]]


def of_folder(columns: Sequence[ProjectColumn]) -> Shown:
    """Each column of a folder's 汇总表（上报）: the total, that of the department, and both projects."""
    stream = io.BytesIO()
    write_summary(batch(), stream, columns)
    sheet = openpyxl.load_workbook(stream)["汇总表（上报）"]
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(3, 7, max_col=len(columns))]
    return {str(heading): tuple(row[place] for row in rows) for place, heading in enumerate(heads)}


def of_workbook(columns: Sequence[ProjectColumn]) -> Shown:
    """Each column of a workbook's own 汇总表: its projects and their total, which stands above them."""
    total, *lines = summary_lines(list(batch().projects()), SummaryLayout(tuple(columns)))
    lines.append(total)
    return {column.heading: tuple(line[place] for line in lines) for place, column in enumerate(columns)}


def inserted(columns: Sequence[ProjectColumn], place: int, column: ProjectColumn) -> list[ProjectColumn]:
    return [*columns[:place], column, *columns[place:]]


@pytest.mark.parametrize("place", range(len(HANDED_UP) + 1))
@pytest.mark.parametrize(
    ("column", "cells"), [(PLAIN, (None, None, "县级", "县级")), (SUMMED, (1, 1, 0.5, 0.5))]
)
def test_a_column_of_a_folders_summary_moves_with_its_total(
    column: ProjectColumn, cells: tuple[object, ...], place: int
) -> None:
    shown = of_folder(inserted(HANDED_UP, place, column))
    assert shown.pop(column.heading) == cells
    assert shown == of_folder(HANDED_UP)


@pytest.mark.parametrize("place", range(len(OWN_SUMMARY) + 1))
@pytest.mark.parametrize(
    ("column", "cells"),
    [(PLAIN, ("县级", "县级", None)), (SUMMED, (Decimal("0.5"), Decimal("0.5"), Decimal(1)))],
)
def test_a_column_of_a_workbooks_summary_moves_with_its_total(
    column: ProjectColumn, cells: tuple[object, ...], place: int
) -> None:
    shown = of_workbook(inserted(OWN_SUMMARY, place, column))
    assert shown.pop(column.heading) == cells
    assert shown == of_workbook(OWN_SUMMARY)


def test_both_summaries_show_the_same_total() -> None:
    folder, workbook = of_folder(HANDED_UP), of_workbook(OWN_SUMMARY)
    for heading in ("年初预算", "全年预算", "全年执行"):
        assert folder[f"{heading}数"][0] == workbook[f"{heading}数"][2]
    assert (folder["执行率"][0], workbook["执行率"][2]) == (0.8536, Decimal("0.8536"))  # 119.5 ÷ 140
    assert workbook["项目名称"][2] == "合计（2个）"
    assert workbook["自评得分"][2] == Decimal("90.98")  # scores are never added: the mean of 93.45 and 88.5


def test_the_summary_of_an_earlier_template_keeps_its_total_below() -> None:
    """A workbook handed out before has its own columns; a total stands there only of several projects."""
    layout = SummaryLayout(EARLIER_OWN_SUMMARY, total_above=False)
    rows = list(batch().projects())
    assert [line[2] for line in summary_lines(rows, layout)] == ["校舍", "体检", "合计"]
    assert [line[2] for line in summary_lines(rows[:1], layout)] == ["校舍"]
