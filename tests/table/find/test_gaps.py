"""What a form asks for around its indicators and nobody filled in: only cells that the form really has."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from table.find.drawn import read, read_one, sheet
from zipingbiao.book.cells import Cell, CellClass, Grid
from zipingbiao.table.records import SelfEvaluation

TABLE = """一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|甲|1|1|90|90
总分|||||90|90
"""
HEAD = "（2023年度）\n项目名称||乡村道路养护\n主管部门||交通局||实施单位|公路站\n"


def gaps(evaluation: SelfEvaluation) -> dict[str, str]:
    """Label → cell."""
    return {gap.label: gap.ref.a1 for gap in evaluation.gaps}


def with_cells(grid: Grid, cells: dict[tuple[int, int], Cell]) -> Grid:
    return replace(grid, cells={**grid.cells, **cells})


def test_a_filled_head_has_none() -> None:
    goals = "年度总体目标|预期目标|||实际完成情况\n|养护100公里|||养护98公里\n"
    assert gaps(read_one(HEAD + goals + TABLE)) == {}


def test_a_form_without_the_cells_has_none() -> None:
    assert gaps(read_one(TABLE)) == {}


def test_blank_head_and_goals() -> None:
    head = "（2023年度）\n项目名称\n主管部门||||实施单位\n年度总体目标|预期目标|||实际完成情况\n\n"
    assert gaps(read_one(head + TABLE, merges="A4:A5 B4:D4 E4:G4 B5:D5 E5:G5")) == {
        "项目名称": "B2",
        "实施单位": "F3",
        "预期目标": "B5",
        "实际完成情况": "E5",
    }


def test_goals_as_rows_and_behind_a_colon() -> None:
    head = HEAD + "年度绩效目标\n总体目标完成情况：\n"
    assert gaps(read_one(head + TABLE)) == {"年度绩效目标": "B4", "总体目标完成情况": "B5"}


def test_the_goal_of_the_whole_period_alone_is_not_the_goal_of_the_year() -> None:
    assert gaps(read_one(HEAD + "实施期绩效目标\n年度绩效目标\n" + TABLE)) == {"年度绩效目标": "B5"}
    assert gaps(read_one(HEAD + "实施期绩效目标\n年度绩效目标|养护100公里\n" + TABLE)) == {}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("项目名称：    实施单位：    年度：", {"项目名称": "A1", "实施单位": "A1", "年度": "A1"}),
        ("项目名称：养护    实施单位：公路站    年度：", {"年度": "A1"}),
        ("项目名称：____|||实施单位：公路站||", {"项目名称": "A1"}),
        ("项目名称：|养护||实施单位：|公路站|", {}),
        ("项目名称|实施单位|年度", {"项目名称": "A2", "实施单位": "B2", "年度": "C2"}),
    ],
)
def test_labels_in_one_line(line: str, found: dict[str, str]) -> None:
    assert gaps(read_one(f"{line}\n\n{TABLE}")) == found


def test_labels_over_their_values() -> None:
    assert gaps(read_one(f"项目名称|实施单位|年度\n养护|公路站|2023\n{TABLE}")) == {}


@pytest.mark.parametrize(
    "title", ["（    年度）", "(20  年度)", "（XX年度）", "20__年度项目支出绩效自评表", "____年度绩效自评表"]
)
def test_a_title_that_leaves_the_year_open(title: str) -> None:
    head = HEAD.replace("（2023年度）", title)
    assert gaps(read_one(head + TABLE)) == {"年度": "A1"}


@pytest.mark.parametrize("title", ["（2023年度）", "2023年度项目支出绩效自评表", "项目支出绩效自评表"])
def test_a_title_with_its_year_or_without_any(title: str) -> None:
    assert gaps(read_one(HEAD.replace("（2023年度）", title) + TABLE)) == {}


def test_what_is_signed_by_hand() -> None:
    foot = "填报人：|||单位负责人：张三||日期（盖章）：\n联系电话：\n"
    found = read_one(HEAD + TABLE + foot).gaps
    assert [(gap.field, gap.label) for gap in found] == [("signature", "填报人"), ("signature", "日期")]


def test_a_place_for_a_stamp_is_no_gap() -> None:
    assert gaps(read_one("项目名称|养护\n填报单位（盖章）：\n（2023年度）\n" + TABLE)) == {}


def test_what_stands_on_a_cover_is_not_missing() -> None:
    cover = sheet("项目名称|养护\n实施单位|公路站\n年度|2023", name="封面")
    table = sheet("项目名称\n实施单位\n年度\n" + TABLE)
    (evaluation,) = read(cover, table)
    assert gaps(evaluation) == {}


def test_the_heading_of_the_money_unit_and_of_the_funds_are_no_fields() -> None:
    funds = "项目资金|年初预算数|全年预算数|全年执行数\n年度资金总额|100|100|95\n"
    assert gaps(read_one(HEAD + "单位：万元\n" + funds + TABLE)) == {}


def test_a_formula_names_the_cell_it_looks_at() -> None:
    formula = Cell("", CellClass.TEXT, 'IF(单位信息!$C$5="","",单位信息!$C$5)')
    bare = Cell(Decimal(0), CellClass.NUMBER, "封面!B3")  # of a blank cell a bare reference gives 0
    signed = Cell("填报人：", CellClass.TEXT, '"填报人："&单位信息!C7')
    drawn = sheet("项目名称\n实施单位\n（2023年度）\n" + TABLE + "签字")
    grid = with_cells(drawn, {(1, 2): bare, (2, 2): formula, (7, 1): signed})
    (evaluation,) = read(grid)
    assert {gap.label: str(gap.ref) for gap in evaluation.gaps} == {
        "项目名称": "封面!B3",
        "实施单位": "单位信息!C5",
        "填报人": "单位信息!C7",
    }
    assert (evaluation.project.name, evaluation.project.unit) == ("", "")


def test_an_error_in_the_head_is_no_name() -> None:
    broken = Cell("#REF!", CellClass.ERROR, "#REF!")
    drawn = sheet("项目名称|养护\n实施单位\n（2023年度）\n" + TABLE)
    (evaluation,) = read(with_cells(drawn, {(2, 2): broken, (2, 12): broken}))
    assert evaluation.project.unit == ""
    assert [(gap.field, gap.label, gap.ref.a1, gap.shows) for gap in evaluation.gaps] == [
        ("", "实施单位", "B2", "#REF!")
    ]
