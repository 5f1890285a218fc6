"""Cell by cell the same as openpyxl, for workbooks that XlsxWriter and openpyxl wrote."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from book.read import raw
from support.budget import often
from zipingbiao.book.cells import CellClass, Grid
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Limits
from zipingbiao.book.read.second import read_again
from zipingbiao.errors import UnreadableError
from zipingbiao.values import number

FORMATS = ("General", "0.00", "0.00%", "0%", "#,##0.00", "yyyy-mm-dd", "@")
# XML keeps no control characters, and a file no escape that was typed as text.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda text: "_x" not in text and not text.startswith("=")
)
NUMBERS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda value: float(f"{value:.15g}")),
)
MOMENTS = st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
VALUES = st.one_of(TEXT, NUMBERS, st.booleans(), MOMENTS)
CELLS = st.dictionaries(
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
    st.tuples(VALUES, st.sampled_from(FORMATS[:-2])),
    min_size=1,
    max_size=25,
)


def by_xlsxwriter(cells: dict[tuple[int, int], tuple[Any, str]], *, inline: bool) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": not inline, "constant_memory": inline})
    sheet = book.add_worksheet("自评表")
    for (row, column), (value, code) in sorted(cells.items()):
        if isinstance(value, dt.datetime):
            sheet.write_datetime(row, column, value, book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}))
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif isinstance(value, str):
            sheet.write_string(row, column, value)
        else:
            sheet.write_number(row, column, value, book.add_format({"num_format": code}))
    book.close()
    return buffer.getvalue()


def by_openpyxl(cells: dict[tuple[int, int], tuple[Any, str]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for (row, column), (value, code) in cells.items():
        cell = sheet.cell(row + 1, column + 1, value)
        if isinstance(value, str):
            cell.data_type = "s"  # openpyxl guesses errors such as #N/A from the text
        elif isinstance(value, int | float) and not isinstance(value, bool):
            cell.number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def expected_of(data: bytes) -> dict[tuple[int, int], object]:
    """What openpyxl reads, numbers through the one door."""
    found: dict[tuple[int, int], object] = {}
    for row in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0].iter_rows():
        for cell in row:
            if cell.value is not None:
                exact = number.exact(cell.value) if isinstance(cell.value, int | float) else None
                found[cell.row, cell.column] = cell.value if exact is None else exact
    return found


def read(data: bytes) -> Grid:
    return read_bytes(data, "甲.xlsx").grids[0]


def values(grid: Grid) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in grid.cells.items()}


@settings(deadline=None, max_examples=often(10, 600))
@given(CELLS, st.sampled_from(["shared", "inline", "openpyxl"]))
def test_values_are_those_of_openpyxl(cells: dict[tuple[int, int], tuple[Any, str]], writer: str) -> None:
    data = by_openpyxl(cells) if writer == "openpyxl" else by_xlsxwriter(cells, inline=writer == "inline")
    grid = read(data)
    assert values(grid) == expected_of(data)
    for (row, column), (value, code) in cells.items():
        cell = grid.at(row + 1, column + 1)
        assert cell is not None
        assert (cell.kind is CellClass.TEXT) == isinstance(value, str)
        assert (cell.kind is CellClass.DATE) == isinstance(value, dt.datetime)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        assert (cell.kind is CellClass.PERCENT) == (is_number and code.endswith("%"))


def shaped(*, array: bool) -> bytes:
    """A workbook with merges, hidden parts, formulas, formats and a name."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("自评表")
    sheet.merge_range("A1:D1", "项目支出绩效自评表")
    sheet.merge_range("A2:A4", "产出指标")
    for column, code in enumerate(FORMATS):
        sheet.write_number(5, column, 45292.5, book.add_format({"num_format": code}))
    sheet.write_blank(9, 9, None, book.add_format({"border": 1}))
    sheet.write_formula("B7", "=SUM(A6:B6)", None, 7)
    sheet.write_formula("B8", '="优"&""', None, "优")
    if array:
        sheet.write_array_formula("C7:C8", "{=A6:A7*2}", None, 4)
    sheet.write_rich_string("A9", "普通", book.add_format({"bold": True}), "加粗")
    sheet.set_row(6, None, None, {"hidden": True})
    sheet.set_column("C:C", None, None, {"hidden": True})
    book.add_worksheet("隐藏").hide()
    book.define_name("基数", "=自评表!$A$6")
    book.close()
    return buffer.getvalue()


def test_shape_formulas_and_formats_are_those_of_openpyxl() -> None:
    data = shaped(array=True)
    typed = openpyxl.load_workbook(io.BytesIO(data))
    shown, grid = typed.worksheets[0], read(data)
    assert values(grid) == expected_of(data)
    assert {str(area) for area in grid.merges} == {str(area) for area in shown.merged_cells.ranges}
    assert grid.hidden_rows == {row for row, shape in shown.row_dimensions.items() if shape.hidden}
    assert {get_column_letter(column) for column in grid.hidden_columns} == {"C"}
    assert {place: cell.formula for place, cell in grid.cells.items() if cell.formula is not None} == {
        (7, 2): "SUM(A6:B6)",
        (8, 2): '"优"&""',
        (7, 3): "A6:A7*2",
        (8, 3): "",
    }
    kinds = [(cell.kind.value, cell.decimals) for place, cell in sorted(grid.cells.items()) if place[0] == 6]
    assert kinds == [
        ("number", None),
        ("number", 2),
        ("percent", 2),
        ("percent", 0),
        ("number", 2),
        ("date", None),
        ("number", None),
    ]
    full = read_bytes(data, "甲.xlsx")
    assert [each.visibility.value for each in full] == ["visible", "hidden"]
    assert full.names == {"基数": "自评表!$A$6"}


def test_the_second_reader_delivers_the_same_book() -> None:
    data = shaped(array=False)
    first = read_bytes(data, "甲.xlsx")
    second = read_again(data, DEFAULT_LIMITS)
    assert [replace(grid, merges=tuple(sorted(grid.merges, key=str))) for grid in second.grids] == [
        replace(grid, merges=tuple(sorted(grid.merges, key=str))) for grid in first.grids
    ]
    assert second.names == first.names


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(DEFAULT_LIMITS, cells=3), "单元格数"),
        (replace(DEFAULT_LIMITS, merges=1), "合并区域"),
        (replace(DEFAULT_LIMITS, sheets=1), "工作表数"),
        (replace(DEFAULT_LIMITS, text=3), "文字总量"),
    ],
)
def test_the_second_reader_keeps_the_limits(limits: Limits, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_again(shaped(array=False), limits)


def test_the_second_reader_names_a_sheet_that_it_loses() -> None:
    files = raw.parts(
        workbook=f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.REL}"><sheets>'
        '<sheet name="自评表" sheetId="1" r:id="r1"/><sheet name="附表" sheetId="2" r:id="r9"/></sheets></workbook>'
    )
    rels = files["xl/_rels/workbook.xml.rels"]
    lost = (
        f'<Relationship Id="r9" Type="{raw.REL}/worksheet" Target="worksheets/sheet9.xml"/></Relationships>'
    )
    files["xl/_rels/workbook.xml.rels"] = rels.replace("</Relationships>", lost)
    book = read_bytes(raw.zipped(files), "甲.xlsx")
    assert [grid.sheet for grid in book] == ["自评表"]
    assert "附表" in book.notes[1]
