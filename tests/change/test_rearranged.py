"""Workbooks that people rearranged in any way: each command ends in a result or one sentence, and a second press is empty."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import zipingbiao as z
from support import budget
from support.handed_in import FILES
from zipingbiao.change.fix import fix_bytes
from zipingbiao.change.score import score_bytes
from zipingbiao.errors import ZipingbiaoError
from zipingbiao.result.examine import examine_bytes

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
BOOKS = [path.read_bytes() for path in (*FILES, *sorted(WORKBOOKS.rglob("*.xlsx")))]
NUMBERS = (0, -1, 0.1, 95.5, 100, 45_000, 1e15, True)


def texts() -> list[str]:
    """What stands in the workbooks: headings, values, labels, words."""
    sheets = (sheet for data in BOOKS for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets)
    values = (value for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)
    return sorted({value for value in values if isinstance(value, str) and len(value) < 25})


TEXTS = texts()


def put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):  # no part of a merged range
        cell.value = value


def copy_row(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    values = [cell.value for cell in sheet[row]]
    sheet.insert_rows(row + 1)
    for place, value in enumerate(values, 1):
        put(sheet, row + 1, place, value)


def swap_columns(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    other = drawn % sheet.max_column + 1
    for line in range(1, sheet.max_row + 1):
        here, there = sheet.cell(line, column).value, sheet.cell(line, other).value
        put(sheet, line, column, there)
        put(sheet, line, other, here)


def clear_column(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    for line in range(1, sheet.max_row + 1):
        put(sheet, line, column, None)


def unmerge(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    ranges = sorted(map(str, sheet.merged_cells.ranges))
    if ranges:
        with suppress(KeyError):  # openpyxl inserts rows below merged ranges that it does not move
            sheet.unmerge_cells(ranges[drawn % len(ranges)])


def merge(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    if not any(each.min_row <= row + 2 and row <= each.max_row for each in sheet.merged_cells.ranges):
        sheet.merge_cells(start_row=row, end_row=row + drawn % 3, start_column=column, end_column=column + 1)


def hide(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    sheet.row_dimensions[row].hidden = True


def as_percent(sheet: Worksheet, row: int, column: int, drawn: int) -> None:
    for line in range(row, sheet.max_row + 1):
        sheet.cell(line, column).number_format = "0%"


DOINGS: Mapping[str, Callable[[Worksheet, int, int, int], None]] = {
    "type": lambda sheet, row, column, drawn: put(sheet, row, column, TEXTS[drawn % len(TEXTS)]),
    "number": lambda sheet, row, column, drawn: put(sheet, row, column, NUMBERS[drawn % len(NUMBERS)]),
    "clear": lambda sheet, row, column, _: put(sheet, row, column, None),
    "delete row": lambda sheet, row, _, __: sheet.delete_rows(row),
    "delete column": lambda sheet, _, column, __: sheet.delete_cols(column),
    "insert row": lambda sheet, row, _, __: sheet.insert_rows(row),
    "insert column": lambda sheet, _, column, __: sheet.insert_cols(column),
    "copy row": copy_row,
    "swap columns": swap_columns,
    "clear column": clear_column,
    "unmerge": unmerge,
    "merge": merge,
    "hide": hide,
    "percent": as_percent,
}
PLACE = st.integers(0, 100_000)
STEPS = st.lists(
    st.tuples(st.sampled_from(sorted(DOINGS)), PLACE, PLACE, PLACE, PLACE), min_size=1, max_size=4
)


def rearranged(data: bytes, steps: list[tuple[str, int, int, int, int]]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for doing, which, row, column, drawn in steps:
        sheet = book.worksheets[which % len(book.worksheets)]
        if sheet.max_row > 1:
            DOINGS[doing](sheet, row % sheet.max_row + 1, column % sheet.max_column + 1, drawn)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@settings(max_examples=budget.often(8, 600))
@given(which=st.integers(0, len(BOOKS) - 1), steps=STEPS)
def test_every_command_ends_well_and_a_second_press_is_empty(
    which: int, steps: list[tuple[str, int, int, int, int]]
) -> None:
    data = rearranged(BOOKS[which], steps)
    assert examine_bytes(data, "表.xlsx").faults == ()
    z.merge({"表.xlsx": data, "乙.xlsx": BOOKS[which]})
    with suppress(ZipingbiaoError):  # nothing else may come of it
        scored, press = score_bytes(data)
        assert press.result.faults == ()
        assert score_bytes(scored)[0] == scored
    with suppress(ZipingbiaoError):
        fix_bytes(data)
