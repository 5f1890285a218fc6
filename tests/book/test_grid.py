"""Which merged range a place belongs to, and which places are the same."""

from decimal import Decimal

import pytest

from zipingbiao.book.blocks import TablePlaces
from zipingbiao.book.cells import Area, Cell, CellClass, Grid, Ref

ONE = Cell(Decimal(1), CellClass.NUMBER)
WHOLE_SHEET = Area(1, 1, 1_048_576, 16_384)


def grid(*merges: Area, last: int = 3) -> Grid:
    return Grid("自评表", {(1, 1): ONE, (last, 1): ONE}, merges)


@pytest.mark.parametrize("beside", [(), (Area(1, 4, 1_048_576, 16_384),)])
def test_a_place_is_found_in_its_merged_range(beside: tuple[Area, ...]) -> None:
    """Also below the last used cell, and beside a range that is too large to be written out."""
    levels, below = Area(1, 1, 3, 2), Area(5, 1, 6, 3)
    found = grid(levels, below, *beside)
    assert [found.merge_at(*place) for place in ((1, 1), (3, 2), (6, 3))] == [levels, levels, below]
    assert [found.merge_at(*place) for place in ((4, 1), (1, 3), (7, 1))] == [None, None, None]


def test_a_range_over_the_whole_sheet_costs_nothing_and_is_known_in_used_rows() -> None:
    found = grid(WHOLE_SHEET, last=900_000)
    assert found.merge_at(1, 16_384) == WHOLE_SHEET
    assert found.merge_at(900_000, 7) == WHOLE_SHEET
    assert found.merge_at(2, 7) is None


def test_of_two_ranges_over_one_place_the_first_counts() -> None:
    first, second = Area(1, 1, 2, 2), Area(2, 2, 3, 3)
    assert grid(first, second).merge_at(2, 2) == first
    assert grid(second, first).merge_at(2, 2) == second


def test_many_ranges_are_found_whatever_their_share() -> None:
    rows = [Area(row, 1, row, 9) for row in range(1, 60_001)]
    found = Grid("明细", {(row, 1): ONE for row in (1, 777, 60_000)}, tuple(rows))
    assert [found.merge_at(row, 9) for row in (1, 777, 60_000)] == [rows[0], rows[776], rows[-1]]


def test_a_place_of_a_document_says_itself_in_words_and_is_one_place() -> None:
    table = Grid("表6", {(5, 4): ONE}, places=TablePlaces("附件1", (), ((0, 6),)))
    assert table.ref(5, 4) == table.through_merge(5, 4)[0]
    assert table.ref(5, 4).place == "附件1（表6）第5行第4列"
    assert str(table.ref(5, 4)) == "表6!D5"
    assert sorted([Ref("乙", 2, 1), Ref("甲", 10, 1), Ref("甲", 9, 2)]) == [
        Ref("乙", 2, 1), Ref("甲", 9, 2), Ref("甲", 10, 1),
    ]  # fmt: skip
