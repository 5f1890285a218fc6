"""What is read by a pattern and what is read by the parser alone is the same, in every sheet."""

from pathlib import Path

import pytest

from book.read.raw import HEAD, sheet
from zipingbiao.book.cells import Cell, CellClass, Grid, Visibility
from zipingbiao.book.read.cells import CellFactory
from zipingbiao.book.read.package import WORKSHEET, open_package
from zipingbiao.book.read.preflight import DEFAULT_LIMITS, Limits
from zipingbiao.book.read.scan import scan
from zipingbiao.book.read.sheet_xml import plain_cells
from zipingbiao.errors import UnreadableError

ROOT = Path(__file__).parents[3]
WORKBOOKS = sorted(
    path for folder in ("workbooks", "tests/data") for path in (ROOT / folder).rglob("*.xls[xm]")
)
SHARED = ("指标名称", "分值")
BY_THE_PARSER = b"<!-- every cell by the parser -->"


def read(xml: bytes, factory: CellFactory | None = None, limits: Limits = DEFAULT_LIMITS) -> Grid | str:
    """The grid, or why there is none."""
    made = factory or CellFactory((), SHARED, date1904=False)
    try:
        grid, _ = scan(
            xml, "表", "sheet1.xml", made, visibility=Visibility.VISIBLE, limits=limits, text_left=limits.text
        )
    except UnreadableError as error:
        return str(error)
    return grid


def in_order(grid: Grid | str) -> object:
    return grid if isinstance(grid, str) else (grid, [*grid.cells])


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_workbook_of_the_tests_is_read_alike(path: Path) -> None:
    package = open_package(path.read_bytes())
    for part in package.sheets:
        if part.kind == WORKSHEET:
            factory = CellFactory(package.formats, package.shared, date1904=package.date1904)
            xml = package.read(part.part)
            assert in_order(read(xml, factory)) == in_order(read(xml + BY_THE_PARSER, factory))


def test_nothing_of_a_usual_sheet_is_left_to_the_parser() -> None:
    rows = (
        '<row r="1" spans="1:3" ht="21" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="2"/>'
        '<c r="C1" t="inlineStr"><is><t xml:space="preserve"> 一\n二&lt;5</t></is></c></row>'
        '<row r="2"><c r="A2"><v>12.5</v></c><c r="B2" t="str"><f>IF(A2&lt;9,"",A2&amp;"分")</f><v>12.5分</v></c></row>'
    )
    left, cells = plain_cells((HEAD + sheet(rows)).encode())
    assert len([*cells]) == 4
    assert left.decode() == HEAD + sheet("")
    grid = read((HEAD + sheet(rows)).encode())
    assert isinstance(grid, Grid)
    assert grid.cells == {
        (1, 1): Cell("指标名称", CellClass.TEXT),
        (1, 3): Cell(" 一\n二<5", CellClass.TEXT),
        (2, 1): grid.cells[2, 1],
        (2, 2): Cell("12.5分", CellClass.TEXT, 'IF(A2<9,"",A2&"分")'),
    }


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>', id="a cell without a place"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c s="0" r="B1"><v>2</v></c></row>', id="another order"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c></row><row><c r="B2"><v>2</v></c><c><v>3</v></c></row>', id="a row without a number"),
        pytest.param('<row r="5"><c r="A7"><v>1</v></c></row><row ht="12"><c><v>3</v></c></row>', id="a cell in another row than it says"),
        pytest.param('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', id="rows from below"),
        pytest.param('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', id="cells from the right"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', id="a cell twice"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><f ca="1">1+1</f><v>2</v></c></row>', id="twice, once unusual"),
        pytest.param('<row r="1"><c r="B1"><f ca="1">1</f><v>1</v></c><c r="A1"><f ca="1">2</f><v>2</v></c></row>', id="unusual ones from the right"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="A1:B1">{1,2}</f><v>2</v></c></row>', id="an array over a plain cell"),
        pytest.param('<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row><row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c></row>', id="a shared formula"),
        pytest.param('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" ht="0" customHeight="1"><c r="A2"><v>2</v></c></row>', id="hidden rows"),
        pytest.param('<row r="1" customHeight="1" ht="0.0"></row><row r="2"><c r="A2"><v>2</v></c></row>', id="a row of no height"),
        pytest.param('<row r="1"><c r="A1" t="inlineStr"><is><t>一_x000D_</t></is></c><c r="B1" t="str"><v>二_x000D_</v></c></row>', id="escapes"),
        pytest.param('<row r="1"><c r="A1" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r><rPh><t>注</t></rPh></is></c></row>', id="rich text"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>一&#10;二&amp;三</v></c></row>', id="a number of a sign"),
        pytest.param('<row r="1"><c r="A1" t="inlineStr"><is><t>&#24180;&#x5e74;&#128512;&#9;&#13;</t></is></c></row>', id="numbers of signs"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>&#0024180;</v></c></row>', id="a number with zeros before it"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>&#1;</v></c></row>', id="the number of a sign that may not stand in XML"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>', id="the number of half a sign"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>&#x110000;</v></c></row>', id="a number that no sign has"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>&#;&#x;</v></c></row>', id="a sign without its number"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>一&nbsp;二</v></c></row>', id="an entity that nobody declared"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>一&二</v></c></row>', id="a sign that is no entity"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>一\r\n二</v></c></row>', id="two signs that are one"),
        pytest.param('<row r="1"><c r="A1" t="str"><v>一\x01二</v></c></row>', id="a sign that may not stand in XML"),
        pytest.param('<row r="1"><c r="A1" t="str"><v><![CDATA[<c r="B1"><v>1</v></c>]]></v></c></row>', id="CDATA"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><!-- <c r="B1"><v>1</v></c> --></row>', id="a comment"),
        pytest.param('<row r="1"><c r="A1"><v>1</v></c><?of us <c r="B1"><v>1</v></c> ?></row>', id="an instruction"),
        pytest.param('<row r="1"><x:c xmlns:x="urn:x" r="B1"><x:v>1</x:v></x:c><c r="A1"><v>1</v></c></row>', id="foreign names"),
        pytest.param('<row r="1"><c r="A1" t="s"><v>7</v></c></row>', id="a string that does not exist"),
        pytest.param('<row r="1"><c r="A1" t="s"><v></v></c><c r="B1" t="n"><v/></c><c r="C1"><f></f><v></v></c></row>', id="empty values"),
        pytest.param('<row r="1"><c r="A0"><v>1</v></c></row>', id="row 0"),
        pytest.param('<row r="1"><c r="XFE1"><v>1</v></c></row>', id="no such column"),
        pytest.param('<row r="9999999"><c r="A1"><v>1</v></c></row>', id="no such row"),
        pytest.param('\n<row r="1"><c r="A1" t="str"><v>一\n二</v></c>\n</rov>', id="not well-formed in line 4"),
        pytest.param('<row r="1"><c r="A1" t="d"><v>2025-03-01</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="b"><v>1</v></c><c r="D1" t="zz"><v>1</v></c></row>', id="kinds"),
        pytest.param('<row r="1"><c r="A1" cm="1"><v>1</v></c><c r="B1"><v>2</v><extLst><ext uri="x"/></extLst></c></row>', id="more than a value"),
    ],
)  # fmt: skip
def test_odd_sheets_are_read_alike(rows: str) -> None:
    xml = (HEAD + sheet(rows)).encode()
    assert in_order(read(xml)) == in_order(read(xml + BY_THE_PARSER))


def coloured(formula: str) -> bytes:
    rule = f'<cfRule type="expression" dxfId="0" priority="1"><formula>{formula}</formula></cfRule>'
    after = f'<conditionalFormatting sqref="A1:A9">{rule}{rule}</conditionalFormatting>'
    return (HEAD + sheet(after=after)).encode()


def test_what_only_colours_cells_does_not_reach_the_parser() -> None:
    xml = coloured('AND($A1&lt;&gt;"一",$A1&gt;0)')
    assert plain_cells(xml)[0].decode() == HEAD + sheet("")
    assert in_order(read(xml)) == in_order(read(xml + BY_THE_PARSER))


@pytest.mark.parametrize("formula", ["A1&B1", "A1&nbsp;", "<b>A1</b>", "<b>A1", "A1\x01"])
def test_what_is_wrong_in_it_is_told_as_ever(formula: str) -> None:
    assert in_order(read(coloured(formula))) == in_order(read(coloured(formula) + BY_THE_PARSER))


def limited(attributes: str = 'sqref="A1:A9"', formula: str = "1") -> bytes:
    rule = (
        f"<dataValidation {attributes}><formula1>{formula}</formula1><formula2>9</formula2></dataValidation>"
    )
    after = f'<dataValidations count="2">{rule}<dataValidation type="list" sqref="B1"/></dataValidations>'
    return (HEAD + sheet(after=after)).encode()


def test_what_only_limits_what_is_typed_does_not_reach_the_parser() -> None:
    xml = limited('type="whole" prompt="填 1 至 9" sqref="A1:A9"', "IF($A1&lt;5,1,2)")
    assert plain_cells(xml)[0].decode() == HEAD + sheet(
        "", after='<dataValidations count="2"></dataValidations>'
    )
    assert in_order(read(xml)) == in_order(read(xml + BY_THE_PARSER))


@pytest.mark.parametrize(
    "xml",
    [limited(formula="A1&B1"), limited(formula="<b>1"), limited('prompt="&nbsp;"'), limited('prompt="\x01"')],
)
def test_a_limit_that_is_wrong_is_told_as_ever(xml: bytes) -> None:
    why = read(xml)
    assert isinstance(why, str)
    assert why == read(xml + BY_THE_PARSER)


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ('<col min="1" max="2" width="9.5" style="3" customWidth="1"/>', []),
        ('<col collapsed="false" customWidth="true" hidden="false" outlineLevel="0" max="2" min="1" width="11.52"/>', []),
        ('<col min="1" max="1" width="9"/><col min="2" max="2" width="9" hidden="1"/>', [2]),
        ('<col min="1" max="2" hidden="true"/>', [1, 2]),
        ('<col min="2" max="2" width="0" customWidth="1"/>', [2]),
        ('<col min="2" max="2" width="0.00"/><col min="1" max="1" width="0.5"/>', [2]),
    ],
)  # fmt: skip
def test_a_hidden_column_is_seen_among_others(columns: str, hidden: list[int]) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    xml = (HEAD + sheet(rows).replace("<sheetData>", f"<cols>{columns}</cols><sheetData>")).encode()
    grid = read(xml)
    assert isinstance(grid, Grid)
    assert sorted(grid.hidden_columns) == hidden
    assert grid == read(xml + BY_THE_PARSER)


@pytest.mark.parametrize("encoding", ["UTF-16", "GBK"])
def test_another_encoding_is_no_matter_of_the_pattern(encoding: str) -> None:
    rows = '<row r="1"><c r="A1" t="str"><v>分值</v></c></row>'
    xml = (HEAD.replace("UTF-8", encoding) + sheet(rows)).encode(encoding)
    assert plain_cells(xml)[0] == xml


def test_a_sheet_with_too_many_cells_is_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(1, 12))
    xml, limits = (HEAD + sheet(rows)).encode(), Limits(cells=10)
    why = read(xml, limits=limits)
    assert isinstance(why, str)
    assert why == read(xml + BY_THE_PARSER, limits=limits)
