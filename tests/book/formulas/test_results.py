"""A whole workbook: what must be calculated again, in which order, and what is left out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from zipingbiao.book.cells import Book, Cell, CellClass, Grid, Ref, column_number
from zipingbiao.book.formulas import calculate, results

SHEET = "自评表"


def place(address: str) -> tuple[int, int]:
    return int(address[1:]), column_number(address[0])


def book(formulas: dict[str, str], other: dict[str, str] | None = None, **more: Cell) -> Book:
    """H7 to H9 hold 10, 20 and 30; formulas come with a stale result of 1. *other* are those of 汇总表."""
    cells = {(row, 8): Cell(Decimal(number), CellClass.NUMBER) for row, number in ((7, 10), (8, 20), (9, 30))}
    cells |= {place(at): Cell(Decimal(1), CellClass.NUMBER, text) for at, text in formulas.items()}
    cells |= {place(at): cell for at, cell in more.items()}
    second = {place(at): Cell(Decimal(1), CellClass.NUMBER, text) for at, text in (other or {}).items()}
    return Book("", (Grid(SHEET, cells), Grid("汇总表", second)), {"总分": f"={SHEET}!$H$10"})


def new(workbook: Book, **changed: str | int) -> dict[str, str]:
    """The results after changes, in short: ``H10`` or ``汇总表!A1`` → text."""
    typed = {
        Ref(SHEET, *place(at)): Decimal(value) if isinstance(value, int) else value
        for at, value in changed.items()
    }
    found = results(workbook, typed)
    return {str(ref).removeprefix(f"{SHEET}!"): f"{value}" for ref, value in found.items()}


def stale(workbook: Book, **changed: int) -> bool:
    return calculate(workbook, {Ref(SHEET, *place(at)): Decimal(changed[at]) for at in changed}).unknown


def test_only_dependents_are_calculated() -> None:
    workbook = book({"H10": "SUM(H7:H9)", "H11": "H8*2", "G1": "1+1"})
    assert new(workbook, H7=5) == {"H10": "55"}
    assert new(workbook) == {}
    assert set(results(workbook)) == {Ref(SHEET, 10, 8), Ref(SHEET, 11, 8), Ref(SHEET, 1, 7)}


def test_formulas_of_formulas_follow_across_sheets_and_names() -> None:
    workbook = book({"H10": "SUM(H7:H9)", "A1": "总分/2"}, {"A1": f"{SHEET}!H10+1", "A2": "A1*2"})
    assert new(workbook, H7=5) == {"A1": "27.5", "H10": "55", "汇总表!A1": "56", "汇总表!A2": "112"}


def test_a_sum_of_a_sum_and_its_parts_is_calculated_after_the_inner_one() -> None:
    assert new(book({"H2": "SUM(H7:H12)", "H12": "SUM(H7:H9)"}), H7=5) == {"H2": "110", "H12": "55"}


def test_other_formulas_count_with_their_cached_values() -> None:
    assert new(book({"H10": "H7+G1", "G1": "YEAR(NOW())"}), H7=5) == {"H10": "6"}


def test_a_changed_cell_may_be_blank_or_new_or_hold_a_formula() -> None:
    workbook = book({"H10": "COUNTA(H7:H9)", "H11": "COUNT(H1:H9)+SUM(H:H)*0"})
    assert new(workbook, H7="")["H10"] == "2"
    assert new(book({"H11": "SUM(A1:B9)"}), A5=4) == {"H11": "4"}
    assert new(book({"G1": "SUM(H7:H9)", "G2": "G1+1"}), G1=9) == {"G2": "10"}


def test_a_new_cell_is_seen_in_a_large_area() -> None:
    assert new(book({"G1": "SUM(H:H)"}), H999=40) == {"G1": "100"}


def test_what_was_never_calculated_is_calculated() -> None:
    workbook = book({"G2": "G1+1"}, G1=Cell(None, CellClass.BLANK, "SUM(H7:H9)"))
    assert new(workbook) == {"G1": "60", "G2": "61"}
    assert not stale(workbook, A1=1)


def test_what_we_do_not_know_is_left_out_with_its_dependents() -> None:
    workbook = book({"G1": "SUM(H7:H9)+NOW()", "G2": "G1+1", "G3": "H7+1", "G4": 'IFERROR(G1,"无")'})
    assert new(workbook, H7=5) == {"G3": "6"}
    assert stale(workbook, H7=5)
    assert not stale(workbook, H6=5)


def test_a_formula_whose_references_are_not_all_known_may_depend_on_anything() -> None:
    assert stale(book({"G1": 'INDIRECT("H"&7)'}), H7=5)
    assert stale(book({"G1": "表1[得分]"}), H7=5)
    assert stale(book({"G1": "没有的名称"}), H7=5)
    assert not stale(book({"G1": "[1]Sheet1!B2"}), H7=5)


def test_an_error_is_left_out_but_may_be_caught() -> None:
    workbook = book({"G1": "1/(H7-5)", "G2": "G1+1", "G3": 'IFERROR(G1,"无")'})
    assert new(workbook, H7=5) == {"G3": "无"}
    assert stale(workbook, H7=5)


def test_an_error_that_stays_and_a_truth_that_stays_are_not_stale() -> None:
    error = Cell("#DIV/0!", CellClass.ERROR, "H7/0")
    assert not stale(book({}, G1=error), H7=5)
    assert not stale(book({}, G1=Cell(True, CellClass.BOOL, "H7>1")), H7=5)
    assert stale(book({}, G1=Cell(False, CellClass.BOOL, "H7>1")), H7=5)


def test_a_date_is_left_to_excel() -> None:
    date = Cell(dt.datetime(2021, 1, 1), CellClass.DATE)  # noqa: DTZ001 - a cell has no zone
    workbook = book({"G1": "IF(H7>0,A1,0)", "G2": "IF(H7>9,A1,H7)"}, A1=date)
    assert new(workbook, H7=5) == {"G2": "5"}


def test_a_circle_is_left_out_with_its_dependents() -> None:
    workbook = book({"H10": "SUM(H7:H11)", "H11": "H10", "G1": "H10+1", "G2": "H7+1", "G3": "G3+H7"})
    assert new(workbook, H7=5) == {"G2": "6"}
    assert stale(workbook, H7=5)


def test_a_long_chain_and_many_sums_end() -> None:
    """A running total over 3000 rows, and a chain as long, need neither recursion nor a search per cell."""
    cells = {(row, 1): Cell(Decimal(1), CellClass.NUMBER) for row in range(1, 3001)}
    cells |= {(row, 2): Cell(Decimal(0), CellClass.NUMBER, f"B{row - 1}+A{row}") for row in range(2, 3001)}
    cells |= {
        (row, 3): Cell(Decimal(0), CellClass.NUMBER, f"SUM(B{row}:B{row + 2})") for row in range(2, 3001)
    }
    found = results(Book("", (Grid(SHEET, cells),)), {Ref(SHEET, 1, 2): Decimal(1)})
    assert len(found) == 2 * 2999
    assert found[Ref(SHEET, 3000, 2)] == 3000
    assert found[Ref(SHEET, 10, 3)] == 33


def test_a_workbook_without_formulas_needs_no_calculation() -> None:
    assert calculate(book({}), {Ref(SHEET, 7, 8): Decimal(5)}).results == {}
