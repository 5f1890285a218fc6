"""A name counts by its namespace: what other namespaces call ``c``, ``f`` or ``col`` is nothing of ours."""

from __future__ import annotations

from decimal import Decimal

import pytest

from book.read import raw
from zipingbiao.book.cells import Grid, Visibility
from zipingbiao.book.read import read_bytes
from zipingbiao.book.read.parse import OddWorkbookError, elements

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
DECLARED = f'xmlns:xdr="{XDR}" xmlns:xm="{XM}" xmlns:x14="{X14}"'

# The anchor of a button, the range of a sparkline, a condition on another sheet; as Excel writes them.
ANCHOR = "<anchor><from><xdr:col>1</xdr:col><xdr:row>1</xdr:row></from></anchor>"
CONTROL = f'<controls><control shapeId="1"><controlPr>{ANCHOR}</controlPr></control></controls>'
SPARKLINE = (
    "<extLst><ext><x14:sparkline><xm:f>表!A1:B1</xm:f><xm:sqref>C1</xm:sqref></x14:sparkline>"
    '<x14:c r="A1"><x14:v>99</x14:v></x14:c><x14:mergeCell ref="A1:B9"/></ext></extLst>'
)
# At the root, as Excel does, or at the very element, as other programs do.
WHERE = ("root", "inner")


def grid(rows: str, *, before: str = "", after: str = "", where: str = "root") -> Grid:
    at = DECLARED if where == "root" else ""
    inner = "" if where == "root" else f" {DECLARED}"
    sheet = raw.sheet(
        rows, before, after.replace("<controls", f"<controls{inner}").replace("<ext>", f"<ext{inner}>")
    )
    data = raw.workbook(sheet=sheet.replace("<worksheet", f"<worksheet {at}"))
    (only,) = read_bytes(data, "甲.xlsx").grids
    return only


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("cell", ["", '<row r="1"><c r="A1"><v>1</v></c></row>'])
def test_a_cell_of_another_namespace_is_no_cell(where: str, cell: str) -> None:
    read = grid(cell, after=SPARKLINE, where=where)
    assert {place: found.value for place, found in read.cells.items()} == (
        {(1, 1): Decimal(1)} if cell else {}
    )
    assert read.merges == ()


@pytest.mark.parametrize("formula", ["", "<f>B1+1</f>"])
def test_a_formula_of_another_namespace_is_no_formula(formula: str) -> None:
    inner = "<extLst><ext><xm:f>B9</xm:f><x14:v>9</x14:v></ext></extLst>"
    read = grid(f'<row r="1"><c r="A1">{formula}<v>1</v>{inner}</c></row>')
    assert (read.cells[1, 1].value, read.cells[1, 1].formula) == (Decimal(1), "B1+1" if formula else None)


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("own", ["", '<col min="2" max="2" hidden="1"/>'])
def test_a_column_of_another_namespace_hides_nothing(where: str, own: str) -> None:
    theirs = CONTROL.replace("<xdr:col>", '<xdr:col min="1" max="1" hidden="1">')
    before = f"<cols>{own}</cols>" if own else ""
    rows = '<row r="1"><c r="C1"><v>1</v></c></row>'
    assert grid(rows, before=before, after=theirs, where=where).hidden_columns == ({2} if own else set())


def test_a_shared_string_of_another_namespace_is_none() -> None:
    shared = raw.strings("<si><t>指标名称</t><q:t>别</q:t></si>", "<si><t>分值</t></si>")
    listed = shared.replace("<sst", '<sst xmlns:q="urn:q"').replace(
        "</sst>", "<q:si><q:t>x</q:t></q:si></sst>"
    )
    (read,) = read_bytes(raw.workbook(strings=listed), "甲.xlsx").grids
    assert [cell.value for cell in read.cells.values()] == ["指标名称", "分值", Decimal("12.5")]


def test_sheets_names_and_formats_of_another_namespace_are_none() -> None:
    q = 'xmlns:q="urn:q"'
    rows = '<row r="1"><c r="A1" s="0"><v>0.5</v></c></row>'
    styles = raw.styles("0.00%").replace("<styleSheet", f"<styleSheet {q}")
    data = raw.workbook(
        rows,
        workbook=f'<workbook xmlns="{raw.MAIN}" xmlns:r="{raw.REL}" {q}><q:workbookPr date1904="1"/><sheets>'
        '<q:sheet name="别的" r:id="r1"/><sheet name="表" q:name="x" q:state="hidden" q:id="r3" r:id="r1"/></sheets>'
        "<definedNames><q:definedName name='别'>1</q:definedName></definedNames></workbook>",
        styles=styles.replace("<cellXfs>", '<cellXfs><q:xf numFmtId="14"/>'),
        rels=raw.parts()["xl/_rels/workbook.xml.rels"]
        .removeprefix(raw.HEAD)
        .replace(
            "<Relationship ", f'<q:Relationship {q} Id="r1" Type="x/styles" Target="x"/><Relationship ', 1
        ),
    )
    book = read_bytes(data, "甲.xlsx")
    assert [(each.sheet, each.visibility) for each in book.grids] == [("表", Visibility.VISIBLE)]
    assert book.names == {}
    assert book.grids[0].cells[1, 1].kind.value == "percent"


@pytest.mark.parametrize("main", [raw.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"])
def test_elements_are_named_by_their_namespace(main: str) -> None:
    xml = (
        f'<x:a xmlns:x="{main}" xmlns="urn:q" xmlns:o="{raw.REL}">'
        '<b id="1"/><x:b id="2" o:id="3" x:id="4"/><c><x:b xmlns:x="urn:q"/></c></x:a>'
    )
    (found,) = elements(xml.encode(), "部件", {"b"})
    assert (found.parent, found.name) == ("a", "b")
    assert found.attributes == {"id": "2", "r:id": "3", ":id": "4"}


@pytest.mark.parametrize("declared", ["", 'xmlns="urn:q"', f'xmlns:x="{raw.MAIN}"'])
def test_a_part_of_an_unknown_namespace_is_odd(declared: str) -> None:
    with pytest.raises(OddWorkbookError):
        elements(f"<workbook {declared}/>".encode(), "部件", {"workbook"})
