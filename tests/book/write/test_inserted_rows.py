"""Rows inserted into a sheet: what stands below moves, what speaks of it follows, all else keeps its bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from support import office
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.rows.insert import with_rows
from zipingbiao.book.write.rows.moving import Insertion
from zipingbiao.book.write.zip_copy import rewrite
from zipingbiao.errors import RefusedError


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def made(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook whose first sheet 表 is filled by the test; the second one, 别处, is blank until then."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    fill(book, book.add_worksheet("表"))
    book.close()
    return stream.getvalue()


def patched(data: bytes, part: str, old: str, new: str) -> bytes:
    xml = parts(data)[part].decode()
    assert old in xml
    return rewrite(data, {part: xml.replace(old, new).encode()})


THREE = Insertion("表", 3, 3, like=2)
"""Three rows before row 3, as people insert them above the last ready row; row 2 is the model."""
AFTER = Insertion("表", 3, 3, like=2, grows=True)
"""Three rows below the only ready row, row 2."""


# ------------------------------------------------------------------ formulas


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A1+A2", "A1+A2"),
        ("A3+$A$4", "A6+$A$7"),
        ("SUM(A2:A3)", "SUM(A2:A6)"),
        ("SUM(A2:A2)", "SUM(A2:A2)"),
        ("SUM(A:A)+SUM(2:3)", "SUM(A:A)+SUM(2:6)"),
        ("表!B3&\"A3\"&'表'!B4", "表!B6&\"A3\"&'表'!B7"),
        ("别处!A3+A30", "别处!A3+A33"),
        ("LOG10(A3)+AB3C", "LOG10(A6)+AB3C"),
        ("单价*A3", "单价*A6"),
    ],
)
def test_addresses_below_the_new_rows_move(before: str, after: str) -> None:
    assert THREE.formula(before, "表", 9) == after


@pytest.mark.parametrize(
    ("before", "row", "after"),
    [
        ("SUM(A2:A2)", 3, "SUM(A2:A5)"),
        ("SUM(A2)", 3, "SUM(A2:A5)"),
        ("SUM(A1)", 3, "SUM(A1)"),
        ("COUNTA(A1:B2)", 1, "COUNTA(A1:B5)"),
        ("SUM(C2:E2)", 2, "SUM(C2:E2)"),
        ("RANK(A2,A$2:A$2)", 2, "RANK(A2,A$2:A$5)"),
        ("A2*2", 3, "A2*2"),
    ],
)
def test_a_sum_over_the_only_ready_row_takes_the_new_ones_in(before: str, row: int, after: str) -> None:
    """But a sum across that row is its own."""
    assert AFTER.formula(before, "表", row) == after


def test_other_sheets_are_left_alone_but_for_what_they_say_of_this_one() -> None:
    assert THREE.formula("A3+表!A3", "别处") == "A3+表!A6"
    assert THREE.formula("'1月:3月'!A3", "别处") == "'1月:3月'!A3"


# ------------------------------------------------------------------ the sheet


def list_of_two(book: Any, sheet: Any) -> None:
    look = book.add_format({"num_format": "0.00%", "border": 1})
    sheet.write_row("A1", ["名称", "预算", "执行", "率"])
    for row in (1, 2):
        sheet.set_row(row, 33)
        sheet.write(row, 0, f"项目{row}")
        sheet.write_row(row, 1, [100 * row, 50])
        sheet.write_formula(row, 3, f"=C{row + 1}/B{row + 1}", look)
    sheet.write("A4", "合计")
    sheet.write_formula("B4", "=SUM(B2:B3)", None, 300)
    sheet.write("A6", "注：")


def test_new_rows_take_look_height_and_formulas_of_the_model_and_no_values() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(with_rows(made(list_of_two), THREE)))["表"]
    assert [cell.value for cell in sheet["A"]] == [
        "名称",
        "项目1",
        None,
        None,
        None,
        "项目2",
        "合计",
        None,
        "注：",
    ]
    assert [cell.value for cell in sheet["D"]][:6] == ["率", "=C2/B2", "=C3/B3", "=C4/B4", "=C5/B5", "=C6/B6"]
    assert sheet["B7"].value == "=SUM(B2:B6)"
    assert sheet["D4"].number_format == "0.00%"
    assert [sheet.row_dimensions[row].height for row in range(2, 7)] == [33] * 5


def test_cached_results_and_every_other_part_keep_their_bytes() -> None:
    old = made(list_of_two)
    new = parts(with_rows(old, THREE))
    differing = {name for name, content in parts(old).items() if new.get(name) != content}
    assert differing == {"xl/worksheets/sheet1.xml"}
    assert read_bytes(with_rows(old, THREE), "表.xlsx").grid("表").cells[7, 2].value == 300


def test_no_row_to_insert_is_no_change() -> None:
    data = made(list_of_two)
    assert with_rows(data, Insertion("表", 3, 0, like=2)) is data


def test_what_speaks_of_rows_follows_them() -> None:
    def fill(book: Any, sheet: Any) -> None:
        list_of_two(book, sheet)
        other = book.add_worksheet("别处")
        other.write_formula("A1", "=表!B4")
        sheet.merge_range("A5:D5", "以上为合计")
        sheet.conditional_format(
            "B2:B3", {"type": "formula", "criteria": "=$C2<$B2", "format": book.add_format()}
        )
        sheet.data_validation("A3", {"validate": "list", "source": "=$F$8:$F$9"})
        sheet.write_url("A7", "internal:表!A6", string="去注")
        sheet.write_comment("A6", "批注")
        sheet.set_h_pagebreaks([4])
        sheet.print_area("A1:D6")
        sheet.repeat_rows(0)
        book.define_name("总预算", "=表!$B$4")
        sheet.insert_textbox("E6", "公章")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=表!$B$2:$B$3"})
        other.insert_chart("C3", chart)

    old = made(fill)
    data = with_rows(old, THREE)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["表"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A8:D8"}
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["B2:B6"]
    (valid,) = sheet.data_validations.dataValidation
    assert (str(valid.sqref), valid.formula1) == ("A6", "$F$11:$F$12")
    assert sheet["A10"].hyperlink.ref == "A10"
    assert sheet["A9"].comment.text == "批注"
    assert [each.id for each in sheet.row_breaks.brk] == [7]
    assert sheet.print_area == "'表'!$A$1:$D$9"
    assert sheet.print_title_rows == "$1:$1"
    assert book.defined_names["总预算"].value == "表!$B$7"
    assert book["别处"]["A1"].value == "=表!B7"
    found = parts(data)
    drawn = b"".join(found[name] for name in found if re.match(r"xl/drawings/drawing\d", name))
    assert b"<xdr:row>8</xdr:row>" in drawn
    assert b"<xdr:row>5</xdr:row>" not in drawn
    assert "表!$B$2:$B$6" in found["xl/charts/chart1.xml"].decode()
    assert b"<x:Row>8</x:Row>" in found["xl/drawings/vmlDrawing1.vml"]


def test_a_shared_formula_becomes_each_cells_own() -> None:
    """Excel and WPS write one text for a filled-down column; its cells part when rows come between."""

    def fill(book: Any, sheet: Any) -> None:
        list_of_two(book, sheet)

    data = made(fill)
    data = patched(
        data, "xl/worksheets/sheet1.xml", "<f>C2/B2</f>", '<f t="shared" ref="D2:D3" si="0">C2/B2</f>'
    )
    data = patched(data, "xl/worksheets/sheet1.xml", "<f>C3/B3</f>", '<f t="shared" si="0"/>')
    new = parts(with_rows(data, THREE))["xl/worksheets/sheet1.xml"].decode()
    assert re.findall(r"<f>(C\d/B\d)</f>", new) == [f"C{row}/B{row}" for row in range(2, 7)]
    assert "shared" not in new


def test_an_array_formula_moves_as_a_whole() -> None:
    def fill(book: Any, sheet: Any) -> None:
        list_of_two(book, sheet)
        sheet.write_array_formula("B8:B9", "{=B2:B3*2}")

    new = parts(with_rows(made(fill), THREE))["xl/worksheets/sheet1.xml"].decode()
    assert '<f t="array" ref="B11:B12">B2:B6*2</f>' in new


def test_cells_merged_in_the_model_are_merged_in_the_new_rows() -> None:
    def fill(book: Any, sheet: Any) -> None:
        list_of_two(book, sheet)
        sheet.merge_range("E2:F2", "")
        sheet.merge_range("E3:F3", "")

    sheet = openpyxl.load_workbook(io.BytesIO(with_rows(made(fill), THREE)))["表"]
    assert {str(area) for area in sheet.merged_cells.ranges} == {f"E{row}:F{row}" for row in range(2, 7)}


def test_a_table_of_excel_grows() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.add_table("A1:B3", {"data": [["甲", 1], ["乙", 2]]})

    data = with_rows(made(fill), THREE)
    assert openpyxl.load_workbook(io.BytesIO(data))["表"].tables["Table1"].ref == "A1:B6"


def test_a_sheet_with_a_data_table_is_refused() -> None:
    data = patched(
        made(list_of_two),
        "xl/worksheets/sheet1.xml",
        "<f>C3/B3</f>",
        '<f t="dataTable" ref="D3" dt2D="0" dtr="0" r1="A1"/>',
    )
    with pytest.raises(RefusedError, match="另存为"):
        with_rows(data, THREE)


@pytest.mark.parametrize(
    ("insertion", "bottom"), [(THREE, 4), (Insertion("表", 5, 3, like=2), 4), (AFTER, 4)]
)
def test_the_used_range_is_one_area(insertion: Insertion, bottom: int) -> None:
    """A program may have written too small a one: it stays one area."""
    data = patched(made(list_of_two), "xl/worksheets/sheet1.xml", 'ref="A1:D6"', f'ref="A1:D{bottom}"')
    new = parts(with_rows(data, insertion))["xl/worksheets/sheet1.xml"].decode()
    (used,) = re.findall(r'<dimension ref="([^"]+)"', new)
    assert used == ("A1:D4" if insertion.at > bottom else "A1:D7")


@pytest.mark.office
def test_office_programs_open_it_and_calculate_the_same(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(with_rows(made(list_of_two), THREE))
    assert office.validate(path, "Microsoft365") == []
    sheet = office.recalculated(path)["表"]
    assert (sheet["B7"].value, sheet["D2"].value, sheet["D6"].value) == (300, 0.5, 0.25)
