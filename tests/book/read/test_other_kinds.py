"""Old workbooks, .xlsb, .ods, web pages, XML 2003 and text: each cell as its program means it."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import struct
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pytest
from python_calamine import CalamineWorkbook

from book.read import raw
from support import old_excel
from support.office import convert
from support.old_excel import compound, old_workbook
from support.other_kinds import binary_workbook, delimited, number32, record, spreadsheet_2003, web_page, wide
from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid, Scalar, Visibility
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.read.preflight import Limits
from zipingbiao.errors import UnreadableError

Writer: TypeAlias = Callable[..., bytes]
DAY = dt.datetime(2021, 12, 31)  # noqa: DTZ001 - a cell has no zone
CELLS = {
    (1, 1): Cell("指标名称", CellClass.TEXT),
    (1, 2): Cell("分值", CellClass.TEXT),
    (2, 1): Cell(Decimal("0.8947"), CellClass.PERCENT, decimals=2),
    (2, 2): Cell(DAY, CellClass.DATE),
    (3, 1): Cell(Decimal("1234.56"), CellClass.CURRENCY),
    (3, 2): Cell(Decimal(-12), CellClass.NUMBER),
    (4, 1): Cell("两\n行<&>\"'", CellClass.TEXT),
    (4, 3): Cell(Decimal(140900245580123), CellClass.NUMBER),
    (5, 1): Cell("合并", CellClass.TEXT),
    (7, 2): Cell("藏着", CellClass.TEXT),
}
TYPED = {
    (8, 1): Cell(Decimal("19.5"), CellClass.NUMBER, ""),
    (8, 2): Cell("好的", CellClass.TEXT, ""),
    (8, 3): Cell("#DIV/0!", CellClass.ERROR, ""),
    (9, 1): Cell("#DIV/0!", CellClass.ERROR),
    (9, 2): Cell(True, CellClass.BOOL),
}
MERGES = (Area(5, 1, 6, 3), Area(4, 1, 4, 2))
GRID = Grid("自评表", CELLS, MERGES)
WHOLE = Grid("自评表", {**CELLS, **TYPED}, MERGES, hidden_rows=frozenset({7}), hidden_columns=frozenset({2}))
LAST_YEAR = Grid("2020年", {(1, 1): Cell("旧", CellClass.TEXT)}, visibility=Visibility.HIDDEN)
DEEP = Grid("参数", {(1, 1): Cell("深", CellClass.TEXT)}, visibility=Visibility.VERY_HIDDEN)


def values(book: Book) -> dict[tuple[int, int], Scalar]:
    (grid,) = book.grids
    return {place: cell.value for place, cell in grid.cells.items()}


def refusal(data: bytes, name: str = "甲.xls") -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, name)
    assert str(caught.value).count("。") == 1
    return str(caught.value)


def assert_same(found: Grid, meant: Grid) -> None:
    assert dict(found.cells) == dict(meant.cells)
    assert sorted(map(str, found.merges)) == sorted(map(str, meant.merges))
    assert (found.hidden_rows, found.hidden_columns) == (meant.hidden_rows, meant.hidden_columns)
    assert (found.sheet, found.visibility) == (meant.sheet, meant.visibility)


# ------------------------------------------------------------------ binary workbooks


@pytest.mark.parametrize(("kind", "write"), [("xls", old_workbook), ("xlsb", binary_workbook)])
def test_a_binary_workbook_keeps_classes_formulas_and_what_is_hidden(kind: str, write: Writer) -> None:
    book = read_bytes(write([WHOLE, LAST_YEAR, DEEP]), "甲.dat")
    assert (book.kind, book.writable) == (kind, False)
    for found, meant in zip(book.grids, (WHOLE, LAST_YEAR, DEEP), strict=True):
        assert_same(found, meant)


def test_a_row_of_no_height_and_a_column_of_no_width_of_an_xls_are_hidden() -> None:
    data = old_workbook([WHOLE])
    for layout, hidden_by_mark, without_size in (
        ("<HHHHHHI", (6, 0, 0, 255, 0, 0, 0x120), (6, 0, 0, 0, 0, 0, 0x140)),
        ("<HHHHHH", (1, 1, 2304, 0, 1, 0), (1, 1, 0, 0, 0, 0)),
    ):
        hidden, none = struct.pack(layout, *hidden_by_mark), struct.pack(layout, *without_size)
        assert data.count(hidden) == 1
        data = data.replace(hidden, none)
    assert_same(read_bytes(data, "甲.xls").grids[0], WHOLE)


def test_a_row_of_no_height_and_a_column_of_no_width_of_an_xlsb_are_hidden() -> None:
    with zipfile.ZipFile(io.BytesIO(binary_workbook([WHOLE]))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    row = number32(6, 0) + bytes(3)
    column = number32(1, 1)
    for hidden, none in (
        (row + b"\x10", row + b"\x20"),
        (column + number32(2304, 0) + b"\1", column + number32(0, 0) + b"\0"),
    ):
        assert sheet.count(hidden) == 1
        sheet = sheet.replace(hidden, none)
    parts["xl/worksheets/sheet1.bin"] = sheet
    assert_same(read_bytes(raw.zipped(parts), "甲.xlsb").grids[0], WHOLE)


@pytest.mark.parametrize("write", [old_workbook, binary_workbook])
def test_another_reader_sees_the_same_values(write: Writer) -> None:
    """What our tests write is no dialect of their own; errors and classes that reader cannot tell."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(write([GRID, LAST_YEAR, DEEP])))
    seen = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    for (row, column), cell in CELLS.items():
        if cell.kind is not CellClass.DATE:
            found = seen[row - 1][column - 1]
            assert found == (cell.value if isinstance(cell.value, str) else float(str(cell.value)))
    assert [sheet.name for sheet in book.sheets_metadata] == ["自评表", "2020年", "参数"]


@pytest.mark.office
@pytest.mark.parametrize(("kind", "write"), [("xls", old_workbook), ("xlsb", binary_workbook)])
def test_libreoffice_sees_the_same_cells(kind: str, write: Writer, tmp_path: Path) -> None:
    meant = Grid("自评表", CELLS, MERGES, hidden_rows=frozenset({7}), hidden_columns=frozenset({2}))
    file = tmp_path / f"甲.{kind}"
    file.write_bytes(write([meant, LAST_YEAR]))
    (first, second) = read_book(convert(file, "xlsx", tmp_path / "xlsx")).grids
    assert_same(first, meant)
    assert second.visibility is Visibility.HIDDEN


@pytest.mark.parametrize("write", [old_workbook, binary_workbook])
def test_a_binary_workbook_may_count_its_days_from_1904(write: Writer) -> None:
    (grid,) = read_bytes(write([GRID], date1904=True), "甲.xls").grids
    assert grid.cells[2, 2].value == DAY + dt.timedelta(days=1462)


def test_a_large_old_workbook_lies_in_large_sectors() -> None:
    cells = {(row, 1): Cell(f"第{row}行", CellClass.TEXT) for row in range(1, 900)}
    assert_same(read_bytes(old_workbook([Grid("长", cells)]), "甲.xls").grids[0], Grid("长", cells))


def test_excel_95_writes_its_texts_in_a_code_page() -> None:
    label = "分值".encode("gbk")
    sheet = old_excel.begin(0x10, 0x500) + old_excel.record(
        0x204, struct.pack("<HHHH", 0, 0, 0, len(label)) + label
    )
    sheet += (
        old_excel.record(0x0BD, struct.pack("<HHHIHIH", 1, 0, 0, 95 << 2 | 3, 0, 7 << 2 | 2, 1))
        + old_excel.EOF
    )
    name = "自评".encode("gbk")
    head = old_excel.begin(5, 0x500) + old_excel.record(0x42, struct.pack("<H", 936))
    head += old_excel.record(0x31, bytes(14) + b"\5Arial") + old_excel.record(0xE0, bytes(16))
    size = len(head) + 4 + 7 + len(name) + 4
    head += old_excel.record(0x85, struct.pack("<IBBB", size, 0, 0, len(name)) + name) + old_excel.EOF
    (grid,) = read_bytes(compound({"Book": head + sheet}), "甲.et").grids
    assert grid.sheet == "自评"
    assert {place: cell.value for place, cell in grid.cells.items()} == {
        (1, 1): "分值",
        (2, 1): Decimal("0.95"),
        (2, 2): Decimal(7),
    }


def test_names_that_stand_for_a_text_are_kept() -> None:
    said = bytes([0x17, 8, 0]) + b"shanxi/3"
    name = struct.pack("<HBBHHH4B", 0, 0, 11, len(said), 0, 0, 0, 0, 0, 0) + b"\0zp_template" + said
    data = compound({"Workbook": old_excel.stream([GRID], before=old_excel.record(0x18, name))})
    assert read_bytes(data, "甲.xls").names == {"zp_template": '"shanxi/3"'}
    data = binary_workbook([GRID], name=("zp_template", "shanxi/3"))
    assert read_bytes(data, "甲.xlsb").names == {"zp_template": '"shanxi/3"'}


def test_what_is_embedded_is_not_the_file() -> None:
    """A Word document as an object on a sheet makes no document of the workbook."""
    inside = "WordDocument".encode("utf-16-le")
    grid = Grid("自评表", {**CELLS, (9, 9): Cell("WordDocument甲", CellClass.TEXT)}, MERGES)
    assert inside in old_workbook([grid])
    assert read_bytes(old_workbook([grid]), "甲.xls").kind == "xls"
    assert "没有工作簿" in refusal(compound({"Contents": old_excel.stream([GRID])}))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (compound({"Workbook": old_excel.stream([GRID], before=old_excel.record(0x2F, bytes(6)))}), "已加密"),
        (compound({"Workbook": old_excel.stream([GRID]).replace(b"\0\6", b"\0\4", 1)}), "过于古老"),
        (compound({"Workbook": old_excel.stream([GRID])[:-30]}), "已损坏"),
        (old_workbook([GRID])[:900], "不完整"),
        (compound({"Workbook": old_excel.stream([GRID, GRID])[:0]}), "已损坏"),
    ],
)
def test_an_old_workbook_that_cannot_be_read_has_one_sentence(data: bytes, reason: str) -> None:
    assert reason in refusal(data)


def test_sheets_that_lie_in_each_other_are_refused() -> None:
    stream = old_excel.stream([GRID, LAST_YEAR])
    first, second = (
        at for at in range(len(stream)) if stream[at : at + 2] == b"\x85\0" and stream[at + 3] == 0
    )
    same = stream[: second + 4] + stream[first + 4 : first + 8] + stream[second + 8 :]
    assert "已损坏" in refusal(compound({"Workbook": same}))


def test_small_sectors_in_a_circle_end() -> None:
    """A reader that follows them believes itself in an endless workbook."""
    data = bytearray(old_workbook([GRID]))
    table = 512 + 512 * struct.unpack_from("<I", data, 60)[0]
    struct.pack_into("<I", data, table + 4 * 3, 0)
    assert "内部目录" in refusal(bytes(data))


def test_limits_hold_before_a_library_sees_the_cells() -> None:
    cells = {(row, 1): Cell(Decimal(row), CellClass.NUMBER) for row in range(1, 60)}
    for data in (old_workbook([Grid("数", cells)]), binary_workbook([Grid("数", cells)])):
        with pytest.raises(UnreadableError, match="单元格数超过上限 50"):
            read_bytes(data, "甲.xls", limits=Limits(cells=50))
        with pytest.raises(UnreadableError, match="合并区域数超过上限 1"):
            read_bytes(old_workbook([WHOLE]), "甲.xls", limits=Limits(merges=1))
        with pytest.raises(UnreadableError, match="文字总量"):
            read_bytes(old_workbook([WHOLE]), "甲.xls", limits=Limits(text=5))


def test_records_without_end_are_not_read() -> None:
    many = old_excel.stream([GRID], inside=[old_excel.record(0x99) * 400])
    with pytest.raises(UnreadableError, match="行和单元格数超过上限 300"):
        read_bytes(compound({"Workbook": many}), "甲.xls", limits=Limits(blocks=300))
    styles = old_excel.stream([GRID], before=old_excel.record(0xE0, bytes(20)) * 65_600)
    assert "已损坏" in refusal(compound({"Workbook": styles}))


def test_without_its_library_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    assert "pip install xlrd" in refusal(old_workbook([GRID]))
    assert read_bytes(raw.workbook(), "甲.xlsx").grids


def test_a_rich_text_of_xlsb_is_its_text() -> None:
    data = binary_workbook([GRID])
    assert record(62, bytes(8) + b"\1" + wide("绩效")) not in data  # such cells are written by hand only
    from zipingbiao.book.read.xlsb import _cell, _Shared

    cell = _cell(62, bytes(8) + b"\1" + wide("绩效") + bytes(8), _Shared((), (), date1904=False))
    assert cell == Cell("绩效", CellClass.TEXT)


# ------------------------------------------------------------------ .ods

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ODS = f"""<o:document-content xmlns:o="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"
 xmlns:style="{OFFICE}:style:1.0" xmlns:n="{OFFICE}:datastyle:1.0" xmlns:draw="{OFFICE}:drawing:1.0"><o:automatic-styles>
<n:number-style style:name="N7"><n:number n:decimal-places="0" n:min-integer-digits="7"/></n:number-style>
<style:style style:name="ce7" style:family="table-cell" style:data-style-name="N7"/>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>%s
</o:automatic-styles><o:body><o:spreadsheet>%s</o:spreadsheet></o:body></o:document-content>"""


def ods(tables: str, *, styles: str = "", **parts: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return raw.zipped({"mimetype": kind, "content.xml": ODS % (styles, tables), **parts})


def one_sheet(rows: str, columns: str = "<table:table-column/>") -> Grid:
    book = read_bytes(ods(f'<table:table table:name="自评表">{columns}{rows}</table:table>'), "甲.ods")
    assert (book.kind, book.writable) == ("ods", False)
    return book.grids[0]


def row_of(*cells: str, said: str = "") -> str:
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def cell_of(kind: str, said: str = "", text: str = "") -> str:
    return f'<table:table-cell o:value-type="{kind}" {said}><text:p>{text}</text:p></table:table-cell>'


def test_a_cell_of_ods_says_its_class() -> None:
    grid = one_sheet(
        row_of(
            cell_of("percentage", 'o:value="0.95"', "95%"),
            cell_of("currency", 'o:value="1234.5"', "￥1,234.50"),
            cell_of("date", 'o:date-value="2021-12-31"', "21年"),
            cell_of("time", 'o:time-value="PT08H30M00S"', "8:30"),
            cell_of("boolean", 'o:boolean-value="true"', "TRUE"),
            cell_of("float", 'o:value="12" table:style-name="ce7"', "0000012"),
            cell_of("float", 'table:formula="of:=SUM([.A1:.B1];[$去年.C$1])" o:value="1.5"', "1.5"),
            cell_of("string", 'table:formula="of:=1/0"', "#DIV/0!"),
            '<table:table-cell table:formula="of:=[.A1]"/>',
        )
    )
    assert list(grid.cells.values()) == [
        Cell(Decimal("0.95"), CellClass.PERCENT),
        Cell(Decimal("1234.5"), CellClass.CURRENCY),
        Cell(DAY, CellClass.DATE),
        Cell(dt.time(8, 30), CellClass.DATE),
        Cell(True, CellClass.BOOL),
        Cell(Decimal(12), CellClass.NUMBER, decimals=0, digits="0000012"),
        Cell(Decimal("1.5"), CellClass.NUMBER, "SUM(A1:B1,去年!C$1)"),
        Cell("#DIV/0!", CellClass.ERROR, "1/0"),
        Cell(None, CellClass.BLANK, "A1", shows=CellClass.NUMBER),
    ]


def test_repeats_merges_and_hidden_places_of_ods() -> None:
    grid = one_sheet(
        row_of(
            '<table:table-cell table:number-columns-repeated="16384"/>', said='table:number-rows-repeated="2"'
        )
        + row_of(
            cell_of("string", 'table:number-columns-spanned="2" table:number-rows-spanned="3"', "产出"),
            '<table:covered-table-cell table:number-columns-repeated="1"/>',
            cell_of("string", 'table:number-columns-repeated="2"', "同"),
        )
        + row_of(said='table:visibility="collapse" table:number-rows-repeated="3"')
        + row_of(cell_of("string", text="末"), said='table:number-rows-repeated="2"')
        + row_of(said='table:visibility="filter" table:number-rows-repeated="1048568"'),
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>',
    )
    assert {place: cell.value for place, cell in grid.cells.items()} == {
        (3, 1): "产出", (3, 3): "同", (3, 4): "同", (7, 1): "末", (8, 1): "末",
    }  # fmt: skip
    assert grid.merges == (Area(3, 1, 5, 2),)
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({4, 5, 6}, {2})


def test_a_row_of_no_height_and_a_column_of_no_width_of_ods_are_hidden() -> None:
    styles = "".join(
        f'<style:style style:name="{name}"><style:table-{part}-properties {said}/></style:style>'
        for name, part, said in [
            ("ro1", "row", 'style:row-height="0cm" style:use-optimal-row-height="false"'),
            ("ro2", "row", 'style:row-height="0cm" style:use-optimal-row-height="true"'),
            ("ro3", "row", 'style:row-height="0.45cm"'),
            ("co1", "column", 'style:column-width="0in"'),
            ("co2", "column", 'style:column-width="2cm"'),
        ]
    )
    rows = "".join(
        row_of(cell_of("string", text="甲"), cell_of("string", text="乙"), said=f'table:style-name="{name}"')
        for name in ("ro1", "ro2", "ro3")
    )
    columns = '<table:table-column table:style-name="co2"/><table:table-column table:style-name="co1"/>'
    written = ods(f'<table:table table:name="自评表">{columns}{rows}</table:table>', styles=styles)
    (grid,) = read_bytes(written, "甲.ods").grids
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({1}, {2})


def test_the_text_of_ods_is_what_stands_in_the_cell() -> None:
    text = '一<text:s text:c="2"/>二<text:line-break/>三<text:span>四</text:span></text:p><text:p>五'
    note = "<o:annotation><text:p>批注</text:p></o:annotation>"
    shape = "<draw:frame><draw:text-box><text:p>形状</text:p></draw:text-box></draw:frame>"
    grid = one_sheet(
        row_of(
            f'<table:table-cell o:value-type="string">{note}{shape}<text:p>{text}</text:p></table:table-cell>'
        )
    )
    assert grid.cells[1, 1].value == "一  二\n三四\n五"


def test_a_hidden_sheet_of_ods() -> None:
    sheet = f'<table:table table:name="2020" table:style-name="ta2">{row_of(cell_of("string", text="旧"))}</table:table>'
    assert read_bytes(ods(sheet), "甲.ods").grids[0].visibility is Visibility.HIDDEN


def filled(row: str, cell: str) -> bytes:
    return ods(f"<table:table>{row_of(cell_of('string', cell, '甲'), said=row)}</table:table>")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (ods("", **{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "打开密码"),
        (ods("<table:table><table:table-row>"), "不是完整的 XML"),
        (raw.zipped({"mimetype": "x", "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DTD"),
        (filled("", 'table:number-columns-repeated="99999"'), "行列数"),
        (filled('table:number-rows-repeated="1048576"', ""), "单元格数"),
    ],
)
def test_ods_that_cannot_be_read_has_one_sentence(data: bytes, reason: str) -> None:
    assert reason in refusal(data, "甲.ods")


# ------------------------------------------------------------------ XML 2003


def test_xml_2003_keeps_classes_places_and_what_is_hidden() -> None:
    book = read_bytes(spreadsheet_2003([GRID, LAST_YEAR]).encode(), "甲.xls")
    assert (book.kind, book.writable) == ("xml2003", False)
    for found, meant in zip(book.grids, (GRID, LAST_YEAR), strict=True):
        assert_same(found, meant)


XML = """<?xml version="1.0" encoding="{}"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<ss:Styles><ss:Style ss:ID="a"><ss:NumberFormat ss:Format="Percent"/></ss:Style><ss:Style ss:ID="b" ss:Parent="a"/>
<ss:Style ss:ID="c"><ss:NumberFormat ss:Format="0000000"/></ss:Style></ss:Styles>
<ss:Worksheet ss:Name="表"><ss:Table><ss:Column/><ss:Column ss:Index="3" ss:Span="1" ss:Hidden="1" ss:StyleID="b"/><ss:Column ss:Index="5" ss:Width="0"/>
<ss:Row ss:Index="3" ss:Span="1"><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">甲<B xmlns="urn:h">乙</B></ss:Data>
<ss:Comment><ss:Data>批注</ss:Data></ss:Comment></ss:Cell><ss:Cell><ss:Data ss:Type="Number">0.5</ss:Data></ss:Cell>
<ss:Cell ss:Index="5" ss:StyleID="c" ss:Formula="=R1C1"><ss:Data ss:Type="Number">12</ss:Data></ss:Cell></ss:Row>
<ss:Row ss:Hidden="1"><ss:Cell><ss:Data ss:Type="Error">#REF!</ss:Data></ss:Cell><ss:Cell><ss:Data ss:Type="Boolean">1</ss:Data>
</ss:Cell></ss:Row></ss:Table></ss:Worksheet></ss:Workbook>"""


@pytest.mark.parametrize(
    ("declared", "encoding"), [("UTF-8", "utf-8"), ("gb2312", "gb18030"), ("utf-16", "utf-16")]
)
def test_xml_2003_in_its_shorter_forms(declared: str, encoding: str) -> None:
    (grid,) = read_bytes(XML.format(declared).encode(encoding), "甲.xls").grids
    assert dict(grid.cells) == {
        (3, 1): Cell("甲乙", CellClass.TEXT),
        (3, 3): Cell(Decimal("0.5"), CellClass.PERCENT, decimals=2),
        (3, 5): Cell(Decimal(12), CellClass.NUMBER, "", 0, digits="0000012"),
        (5, 1): Cell("#REF!", CellClass.ERROR),
        (5, 2): Cell(True, CellClass.BOOL),
    }
    assert grid.merges == (Area(3, 1, 3, 2),)
    assert (set(grid.hidden_rows), set(grid.hidden_columns)) == ({5}, {3, 4, 5})


def test_an_entity_is_refused_in_xml_2003() -> None:
    bomb = XML.format("UTF-8").replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1)
    assert "DTD" in refusal(bomb.encode())


# ------------------------------------------------------------------ web pages


def test_a_page_as_excel_saves_it() -> None:
    (grid,) = read_bytes(web_page(GRID).encode("gb18030"), "甲.xls").grids
    assert_same(grid, Grid("表1", CELLS, MERGES))


def page(body: str) -> dict[tuple[int, int], Scalar]:
    return values(read_bytes(f"<HTML>{body}".encode(), "甲.xls"))


def test_a_page_of_a_web_system_is_one_sheet() -> None:
    """Titles are rows, tables stand below each other, a table that only lays out the page is none."""
    assert page(
        "<style>td{color:red}</style><script>if (a < 3) { document.write('<td>x</td>') }</script>"
        "<h3>项目支出<b>绩效</b>自评表</h3><table><tr><td><table><tr><th>分值<th>得分<tr><td>10&nbsp;<td> 9.5"
        "</table></td></tr></table>注：<5 个<table><td>无行"
    ) == {
        (1, 1): "项目支出绩效自评表",
        (3, 1): "分值",
        (3, 2): "得分",
        (4, 1): "10",
        (4, 2): "9.5",
        (5, 1): "注：<5 个",
        (6, 1): "无行",
    }


def test_tall_and_wide_cells_of_a_page() -> None:
    (grid,) = read_bytes(
        b"<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td rowspan=9>d<tr><td colspan='x'>e<td>f</table><p>g",
        "甲.html",
    ).grids
    assert {place: cell.value for place, cell in grid.cells.items()} == {
        (1, 1): "a", (1, 2): "b", (2, 2): "c", (2, 3): "d", (3, 1): "e", (3, 2): "f", (4, 1): "g",
    }  # fmt: skip
    assert set(grid.merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3), Area(2, 3, 3, 3)}


def test_a_page_says_how_a_number_is_shown() -> None:
    (grid,) = read_bytes(
        b"""<style>.p{mso-number-format:"0\\.00%"} .t{mso-number-format:"\\@";}</style><table><tr>
        <td class="x p">0.95</td><td class=p>95%</td><td class=t>0.95</td>
        <td style="mso-number-format:'Short Date'">44561</td><td style='mso-number-format:"0000000"'>123</td>
        <td x:num>7</td><td x:num="0.5" style='mso-number-format:Percent' x:fmla="=A1">50%</td><td>#DIV/0!</td>
        <td sdval="0.25" sdnum="2052;0;0.00%">25%</td></tr></table>""",
        "甲.xls",
    ).grids
    assert list(grid.cells.values()) == [
        Cell(Decimal("0.95"), CellClass.PERCENT, decimals=2),
        Cell("95%", CellClass.TEXT),
        Cell("0.95", CellClass.TEXT),
        Cell(DAY, CellClass.DATE),
        Cell(Decimal(123), CellClass.NUMBER, decimals=0, digits="0000123"),
        Cell(Decimal(7), CellClass.NUMBER),
        Cell(Decimal("0.5"), CellClass.PERCENT, "A1", 2),
        Cell("#DIV/0!", CellClass.ERROR),
        Cell(Decimal("0.25"), CellClass.PERCENT, decimals=2),
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        "<!--",
        "<td>",
        "<table><tr><td>",
        '<td a="',
        "<td colspan=1000 rowspan=9>",
        "&#",
        "<style>",
        "{",
        "<b> ",
        "a=",
    ],
)
def test_no_page_costs_more_than_its_length(unit: str) -> None:
    """A long page ends at once, whatever they are."""
    with contextlib.suppress(UnreadableError):
        read_bytes(b"<table>" + unit.encode() * (300_000 // len(unit)), "甲.xls")


def test_a_page_in_one_file_has_a_sheet_for_each_table() -> None:
    """As Excel saves 单个文件网页: a frame without cells, a page per sheet, each in an encoding of its own."""
    held = b"".join(f"={byte:02X}".encode() for byte in "指标</td></tr></table>".encode("gbk"))
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n----x\r\n'
        b'Content-Type: text/html; charset="us-ascii"\r\n\r\n<html><frameset><frame src=a></frameset></html>\r\n'
        b'----x\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
        b"<table><tr><td class=3Dx>=\r\n" + held + b"\r\n----x--\r\n"
    )
    book = read_bytes(data, "甲.xls")
    assert (book.kind, book.grids[0].sheet, values(book)) == ("mhtml", "表1", {(1, 1): "指标"})


# ------------------------------------------------------------------ text


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_each_encoding_and_between_each_sign(separator: str, encoding: str) -> None:
    book = read_bytes(delimited(GRID, separator).encode(encoding), "甲.csv")
    assert (book.kind, book.writable) == ("csv", False)
    found = values(book)
    assert found[2, 1] == "89.47%"
    assert found[4, 1] == "两\n行<&>\"'"
    assert found[4, 3] == "140900245580123"
    assert found[7, 2] == "藏着"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # The sign of most rows of one width separates, not the one that sentences hold.
        ("指标\t得分\n数量，质量\t5\n甲,乙,丙\t6\n", {(2, 1): "数量，质量", (3, 1): "甲,乙,丙", (3, 2): "6"}),
        ("a;b\n1,5;2\n", {(2, 1): "1,5"}),
        # A lone quotation mark is a sign of its own and swallows nothing.
        ('屏幕 24"\t1\n屏幕\t2\n', {(1, 1): '屏幕 24"', (2, 2): "2"}),
        ('甲,"说""好""",1\r\n乙,"两\r\n行",2\r\n', {(1, 2): '说"好"', (2, 2): "两\n行"}),
        ("甲,乙\n#REF!,1\n", {(2, 1): "#REF!"}),
        ("编码,分值\n0012,5\n", {(2, 1): "0012"}),
    ],
)
def test_a_text_tells_its_separator(text: str, found: dict[tuple[int, int], str]) -> None:
    cells = values(read_bytes(text.encode("gb18030"), "甲.csv"))
    assert {place: cells[place] for place in found} == found


def test_bytes_that_are_no_character_are_told() -> None:
    data = "指标,分值\n数量,50\n".encode("gb18030") * 900 + b"\xff\xff,1\n"
    book = read_bytes(data, "甲.csv")
    assert "核对原文件" in book.notes[0]
    assert values(book)[1801, 2] == "1"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("甲.csv", "请提供 Excel 原文件"),
        ("甲.docx", "与扩展名不符"),
        ("甲.rar", "与扩展名不符"),
        ("甲.jpg", "与扩展名不符"),
        ("甲.pdf", "与扩展名不符"),
    ],
)
def test_a_word_is_no_table(name: str, reason: str) -> None:
    assert reason in refusal(b"x\n", name)


def test_a_table_in_plain_text_is_read_whatever_it_is_called() -> None:
    assert values(read_bytes("指标,分值\n数量,50\n".encode(), "甲.docx"))[2, 2] == "50"
