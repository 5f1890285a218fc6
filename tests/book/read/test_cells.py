"""Each kind of cell, as the file stores it, becomes the value, class and decimals that people see."""

import datetime as dt
from decimal import Decimal

import pytest

from book.read import raw
from zipingbiao.book.cells import Cell, CellClass, Grid, Visibility
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.cells import from_serial
from zipingbiao.book.read.formula import shift
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.book.read.second import read_again
from zipingbiao.book.read.styles import classify

D = Decimal


def at(year: int, month: int, day: int, hour: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour)  # noqa: DTZ001 - a cell has no zone


NUMBER, TEXT, DATE, PERCENT, ERROR = (
    CellClass.NUMBER,
    CellClass.TEXT,
    CellClass.DATE,
    CellClass.PERCENT,
    CellClass.ERROR,
)


def grid_of(cells: str, shared: tuple[str, ...] = raw.LABELS, **replaced: str) -> Grid:
    data = raw.workbook(f'<row r="1">{cells}</row>', shared, **replaced)
    return read_bytes(data, "甲.xlsx").grids[0]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1"><v>0.30000000000000004</v></c>', Cell(D("0.3"), NUMBER)),
        ('<c r="A1"><v>1E-2</v></c>', Cell(D("0.01"), NUMBER)),
        ('<c r="A1" s="2"><v>0.9928</v></c>', Cell(D("0.9928"), PERCENT, decimals=2)),
        ('<c r="A1" s="99"><v>5</v></c>', Cell(D(5), NUMBER)),
        ('<c r="A1"><v>12,5万</v></c>', Cell("12,5万", TEXT)),
        ('<c r="A1"><v>1E999999</v></c>', Cell("1E999999", TEXT)),
        ('<c r="A1" s="1"><v>45292</v></c>', Cell(at(2024, 1, 1), DATE)),
        ('<c r="A1" s="1"><v>45292.75</v></c>', Cell(at(2024, 1, 1, 18), DATE)),
        ('<c r="A1" s="1"><v>0.5</v></c>', Cell(dt.time(12), DATE)),
        ('<c r="A1" s="1"><v>-1</v></c>', Cell(D(-1), NUMBER)),
        ('<c r="A1" t="d"><v>2024-01-02T00:00:00Z</v></c>', Cell(at(2024, 1, 2), DATE)),
        ('<c r="A1" t="d"><v>08:30:00</v></c>', Cell(dt.time(8, 30), DATE)),
        ('<c r="A1" t="d"><v>年底</v></c>', Cell("年底", TEXT)),
        ('<c r="A1" t="b"><v>1</v></c>', Cell(value=True, kind=CellClass.BOOL)),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', Cell("#DIV/0!", ERROR)),
        ('<c r="A1" t="s"><v>1</v></c>', Cell("分值", TEXT)),
        ('<c r="A1" t="str"><v>优_x000D_</v></c>', Cell("优\r", TEXT)),
        ('<c r="A1" t="inlineStr"><is><t> 前后 </t></is></c>', Cell(" 前后 ", TEXT)),
        (
            '<c r="A1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r><rPh><t>fu</t></rPh></is></c>',
            Cell("富文本", TEXT),
        ),
        ('<c r="A1"><f>1/0</f><v>2</v></c>', Cell(D(2), NUMBER, "1/0")),
        ('<c r="A1"><f>SUM(B1:B2)</f></c>', Cell(None, CellClass.BLANK, "SUM(B1:B2)", shows=NUMBER)),
        ('<c r="A1"><f>SUM(B1:B2)</f><v></v></c>', Cell(None, CellClass.BLANK, "SUM(B1:B2)", shows=NUMBER)),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', Cell("", TEXT, '""')),
        ('<c r="A1" t="e"><f>1/0</f><v>#N/A</v></c>', Cell("#N/A", ERROR, "1/0")),
        ('<c r="A1" s="1"/>', None),
        ('<c r="A1" t="s"><v></v></c>', None),
        ('<c r="A1" t="str"><v></v></c>', None),
        ('<c r="A1"><v> </v></c>', None),
    ],
)
def test_a_stored_cell_is_read(xml: str, expected: Cell | None) -> None:
    assert grid_of(xml).at(1, 1) == expected


LOOKS_LIKE_A_BLANK_CELL = '<c r="B1" s="1"/></row>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ('<c r="A1" s="1"/><c r="B1" s="2"><v>0.5</v></c>', {(1, 2): Cell(D("0.5"), PERCENT, decimals=2)}),
        ('<c r="A1" s="1"/><c s="2"><v>0.5</v></c>', {(1, 2): Cell(D("0.5"), PERCENT, decimals=2)}),
        ('<c r="C1" s="1"></c><c r="D1" s="1" /><c><v>5</v></c>', {(1, 5): Cell(D(5), NUMBER)}),
        ('<c r="A1" s="1"/>\n<c s="1"/><c><v>5</v></c>', {(1, 3): Cell(D(5), NUMBER)}),
        ('<c s="1" r="C1"/><c><v>5</v></c>', {(1, 4): Cell(D(5), NUMBER)}),
        ('<c r="A1" s="1"/><c r="A1"><v>5</v></c><c r="A1" s="1"/>', {(1, 1): Cell(D(5), NUMBER)}),
        (
            f'<c r="A1" t="inlineStr"><is><t><![CDATA[{LOOKS_LIKE_A_BLANK_CELL}]]></t></is></c>',
            {(1, 1): Cell(LOOKS_LIKE_A_BLANK_CELL, TEXT)},
        ),
        (f"<!-- {LOOKS_LIKE_A_BLANK_CELL} --><c><v>5</v></c>", {(1, 1): Cell(D(5), NUMBER)}),
    ],
)
def test_cells_that_only_have_a_format_change_nothing(
    xml: str, expected: dict[tuple[int, int], Cell]
) -> None:
    grid = grid_of(xml)
    assert grid.cells == expected
    assert not grid.repeated


def test_equal_numbers_keep_the_digits_that_are_stored() -> None:
    """One cell is made for each spelling and format: 1.0 stays 1.0 beside 1, a code keeps its zeros."""
    grid = grid_of(
        '<c r="A1"><v>1</v></c><c r="B1"><v>1.0</v></c><c r="C1" s="2"><v>1</v></c>'
        '<c r="D1"><f>A1</f><v>1</v></c><c r="E1"><v>1</v></c>'
    )
    assert [str(grid.cells[1, column].value) for column in range(1, 6)] == ["1", "1.0", "1", "1", "1"]
    assert [grid.cells[1, column].kind for column in (1, 3)] == [NUMBER, PERCENT]
    assert [grid.cells[1, column].formula for column in (1, 4, 5)] == [None, "A1", None]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<si><r><t>总</t></r><r><rPr><b/></rPr><t>分</t></r></si>", "总分"),
        ('<si><t>汉字</t><rPh sb="0" eb="2"><t>hànzì</t></rPh></si>', "汉字"),
        ("第一行_x000D_&#10;第二行", "第一行\r\n第二行"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD842__xDFB7_", "𠮷"),
        ("半个_xD842_", "半个�"),
        ("<si>\n  <t>缩进</t>\n</si>", "缩进"),
    ],
)
def test_a_shared_string_is_joined_and_unescaped(item: str, expected: str) -> None:
    cell = grid_of('<c r="A1" t="s"><v>0</v></c>', (item,)).at(1, 1)
    assert cell is not None
    assert cell.value == expected


def test_a_date_counts_from_1904_where_the_workbook_says_so() -> None:
    book = raw.parts()["xl/workbook.xml"].removeprefix(raw.HEAD)
    grid = grid_of(
        '<c r="A1" s="1"><v>43830</v></c>',
        workbook=book.replace("<sheets>", '<workbookPr date1904="1"/><sheets>'),
    )
    assert grid.cells == {(1, 1): Cell(at(2024, 1, 1), DATE)}


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        ("1", at(1900, 1, 1)),
        ("59", at(1900, 2, 28)),
        ("60", at(1900, 2, 28)),
        ("61", at(1900, 3, 1)),
        ("2958465", at(9999, 12, 31)),
        ("2958466", None),
        ("0.99999999999", at(1900, 1, 1)),
    ],
)
def test_serials_around_the_day_that_never_was(serial: str, expected: dt.datetime | None) -> None:
    assert from_serial(D(serial), date1904=False) == expected


@pytest.mark.parametrize(
    ("code", "kind", "decimals"),
    [
        ("General", NUMBER, None),
        ("@", NUMBER, None),
        ("0", NUMBER, 0),
        ("#,##0.00", NUMBER, 2),
        ("0.00##", NUMBER, None),
        ("0.00E+00", NUMBER, None),
        ("# ?/?", NUMBER, None),
        ('0.0"万元"', NUMBER, 1),
        ("G/通用格式", NUMBER, None),
        ("[Red]0.00;[Blue]-0.00", NUMBER, 2),
        ("_ * #,##0.00_ ;_ * -#,##0.00_ ", NUMBER, 2),
        ("0%", PERCENT, 0),
        ("0.00%;-0.00%", PERCENT, 2),
        ('0.0"%"', NUMBER, 1),
        ("yyyy-mm-dd", DATE, None),
        ('yyyy"年"m"月"d"日"', DATE, None),
        ("[$-804]aaaa", DATE, None),
        ("[h]:mm", DATE, None),
        ('"¥"#,##0.00', CellClass.CURRENCY, None),
        ("[$¥-804]#,##0.00", CellClass.CURRENCY, None),
        ("[$-804]0.00", NUMBER, 2),
    ],
)
def test_a_format_code_gives_the_class(code: str, kind: CellClass, decimals: int | None) -> None:
    assert classify(code)[:2] == (kind, decimals)


@pytest.mark.parametrize(
    ("stored", "code", "seen"),
    [
        ("140900245580000123", "General", "140900245580000123"),  # 18 digits, written by another program
        ("140900245580000123", "0", "140900245580000123"),
        ("1.40900245580000123E+17", "General", "140900245580000123"),
        ("1.4060220240001E+17", "0", None),  # what Excel kept of 18 digits: the value holds it
        ("140602", "0000000", "0140602"),
        ("140602", "0000-00", "1406-02"),
        ("602", "[Red]0000\\-00", "0006-02"),
        ("14060299", "0000-00", "140602-99"),
        ("1234567", "0000000", None),
        ("140602", "0", None),
        ("12.5", "000000", None),
        ("95", "00%", None),
        ("0", "000", None),
        ("0.30000000000000004", "General", None),
        ("1E+300", "General", None),
    ],
)
def test_all_digits_of_a_code_are_kept(stored: str, code: str, seen: str | None) -> None:
    cell = grid_of(f'<c r="A1" s="0"><v>{stored}</v></c>', styles=raw.styles(code.replace('"', "&quot;"))).at(
        1, 1
    )
    assert cell is not None
    assert cell.digits == seen


def test_cells_and_rows_without_an_address_follow_the_one_before() -> None:
    rows = (
        '<row r="3"><c r="B3"><v>1</v></c><c s="1"/><c><v>2</v></c></row>'
        '<row><c><v>3</v></c><c r="F4"><v>4</v></c></row>'
    )
    grid = read_bytes(raw.workbook(rows), "甲.xlsx").grids[0]
    assert sorted(grid.cells) == [(3, 2), (3, 4), (4, 1), (4, 6)]


def test_shared_formulas_are_written_out_and_array_dependents_are_marked() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+$C$1+LOG10(2)</f><v>1</v></c>'
        '<c r="D1"><f t="array" ref="D1:D2">E1:E2*2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="D2"><v>4</v></c></row>'
    )
    grid = read_bytes(raw.workbook(rows), "甲.xlsx").grids[0]
    assert {place: cell.formula for place, cell in grid.cells.items()} == {
        (1, 1): "B1+$C$1+LOG10(2)",
        (2, 1): "B2+$C$1+LOG10(2)",
        (1, 4): "E1:E2*2",
        (2, 4): "",
    }


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "expected"),
    [
        ("A1+$A1+A$1+$A$1", 1, 1, "B2+$A2+B$1+$A$1"),
        ("SUM(A1:B2)", 2, 0, "SUM(A3:B4)"),
        ("SUM(A:A,$B:C,2:3)", 1, 1, "SUM(B:B,$B:D,3:4)"),
        ("'A1'!A1&\"A1\"", 1, 0, "'A1'!A2&\"A1\""),
        ("表1!A1", 0, 1, "表1!B1"),
        ("LOG10(A1)+rate1.A1", 1, 0, "LOG10(A2)+rate1.A1"),
        ("A1+B2", -1, 0, "#REF!+B1"),
        ("ABC1234567", 1, 1, "ABC1234567"),
        ("T[A1]+A1", 1, 0, "T[A1]+A2"),
    ],
)
def test_a_formula_moves(formula: str, rows: int, columns: int, expected: str) -> None:
    assert shift(formula, rows, columns) == expected


def test_merges_hidden_parts_and_names() -> None:
    book = (
        f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.REL}"><sheets>'
        '<sheet name="自评表" sheetId="1" state="veryHidden" r:id="r1"/></sheets><definedNames>'
        '<definedName name="zp_template" hidden="1">"shanxi 1"</definedName>'
        '<definedName name="_xlnm.Print_Area" localSheetId="0">自评表!$A$1</definedName>'
        "</definedNames></workbook>"
    )
    sheet = raw.sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row><row r="9" hidden="1"/>',
        before='<cols><col min="2" max="2" hidden="1"/><col min="4" max="16384" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
    )
    read = read_bytes(raw.workbook(workbook=book, sheet=sheet), "甲.xlsx")
    grid = read.grids[0]
    assert [str(area) for area in grid.merges] == ["A1:B1"]
    assert grid.visibility is Visibility.VERY_HIDDEN
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({2}, {2})
    assert read.names == {"zp_template": '"shanxi 1"'}


@pytest.mark.parametrize("reads", ["ours", "the second one"])
def test_a_row_of_no_height_and_a_column_of_no_width_are_hidden(reads: str) -> None:
    sheet = raw.sheet(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1</v></c><c r="C1"><v>1</v></c></row>'
        '<row r="2" ht="0" customHeight="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" ht="0.75" customHeight="1"><c r="A3"><v>1</v></c></row>'
        '<row r="4" ht="0.00" customHeight="true"><c r="A4"><v>1</v></c></row>',
        before='<cols><col min="1" max="1" width="10"/><col min="2" max="2" width="0" customWidth="1"/>'
        '<col min="3" max="3" width="0.5" customWidth="1"/></cols>',
    )
    data = raw.workbook(sheet=sheet)
    book = read_bytes(data, "甲.xlsx") if reads == "ours" else read_again(data, DEFAULT_LIMITS)
    assert (set(book.grids[0].hidden_rows), set(book.grids[0].hidden_columns)) == ({2, 4}, {2})


def test_a_height_that_is_made_anew_hides_nothing() -> None:
    sheet = raw.sheet('<row r="1" ht="0"><c r="A1"><v>1</v></c></row>')
    assert not read_bytes(raw.workbook(sheet=sheet), "甲.xlsx").grids[0].hidden_rows
