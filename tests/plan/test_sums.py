"""Plain sums keep a right cached value when scores below them change."""

from __future__ import annotations

from decimal import Decimal

import pytest

from zipingbiao.grid import Cell, CellClass, Grid
from zipingbiao.sums import new_results, other_dependents

H = 8


def sheet(formulas: dict[tuple[int, int], str], **texts: str) -> Grid:
    """Column H holds 10, 20 and 30 in rows 7 to 9; formulas come with a stale result of 1."""
    cells = {(row, H): Cell(Decimal(number), CellClass.NUMBER) for row, number in ((7, 10), (8, 20), (9, 30))}
    cells |= {place: Cell(Decimal(1), CellClass.NUMBER, formula) for place, formula in formulas.items()}
    cells |= {
        (int(address[1:]), ord(address[0]) - 64): Cell(text, CellClass.TEXT)
        for address, text in texts.items()
    }
    return Grid("自评表", cells)


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(H7:H9)", "55"),
        ("SUM($H$7:$H$9)", "55"),
        ("SUM(H7,H9)", "35"),
        ("SUM(H7:H8,H9)", "55"),
        ("H7+H8+H9", "55"),
        ("+H7+H8", "25"),
        ("SUM(H7:H8)+H9+10", "65"),
        ("ROUND(SUM(H7:H9),2)", "55"),
        (" sum( h7 : h9 ) ", "55"),
    ],
)
def test_what_is_calculated(formula: str, result: str) -> None:
    grid = sheet({(10, H): formula})
    changed = {(7, H): Decimal(5)}
    assert new_results(grid, changed) == {(10, H): Decimal(result)}
    assert not other_dependents(grid, changed, {(10, H): Decimal(result)})


@pytest.mark.parametrize(
    "formula", ["AVERAGE(H7:H9)", "H7*2", "SUM(H7:H9)/2", "IF(H7>1,H7,0)", "SUM(H7:H9)+"]
)
def test_what_is_left_to_the_recalculation_on_load(formula: str) -> None:
    grid = sheet({(10, H): formula})
    changed = {(7, H): Decimal(5)}
    assert new_results(grid, changed) == {}
    assert other_dependents(grid, changed, {})


def test_sums_of_sums_follow() -> None:
    grid = sheet({(10, H): "SUM(H7:H9)", (12, H): "H10+H11", (13, 2): "H12"})
    assert new_results(grid, {(7, H): Decimal(5)}) == {
        (10, H): Decimal(55), (12, H): Decimal(55), (13, 2): Decimal(55)
    }  # fmt: skip


def test_a_sum_of_a_sum_and_its_parts_is_calculated_after_the_inner_one() -> None:
    grid = sheet({(2, H): "SUM(H7:H12)", (12, H): "SUM(H7:H9)"})
    assert new_results(grid, {(7, H): Decimal(5)}) == {(2, H): Decimal(110), (12, H): Decimal(55)}


def test_text_counts_as_excel_counts_it() -> None:
    """SUM skips text, even a number typed as text; a plus sign takes such a number, and refuses words."""
    grid = sheet({(10, H): "SUM(H7:H9)", (11, H): "H7+H8", (12, H): "H8+G8"}, G8="及时")
    assert new_results(grid, {(8, H): "5"}) == {(10, H): Decimal(40), (11, H): Decimal(15)}


def test_a_formula_elsewhere_is_no_dependent() -> None:
    grid = sheet({(10, H): "SUM(H8:H9)", (11, H): "SUM(G7:G9)"})
    assert new_results(grid, {(7, H): Decimal(5)}) == {}
    assert not other_dependents(grid, {(7, H): Decimal(5)}, {})


def test_a_circle_ends() -> None:
    grid = sheet({(10, H): "SUM(H7:H11)", (11, H): "H10"})
    assert new_results(grid, {(7, H): Decimal(5)}) == {}
