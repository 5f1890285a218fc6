"""The bytes that the patcher cuts: every offset is exact, in any way of writing the same sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.read import raw
from zipingbiao.book.cells import column_letters
from zipingbiao.book.read.parse import Span
from zipingbiao.book.read.sheet_xml import SheetSpans, locate, parse_area
from zipingbiao.errors import UnreadableError

BODY = (
    '<row r="1" spans="1:2"><c r="A1" s="1"/><c r="C1" t="str"><v>甲>乙</v></c></row>'
    '<row r="2" ht="3"/><row r="5" name="a>b"><c r="B5"><f>A1&gt;2</f><v>1</v></c ></row>'
)


def cut(xml: bytes, span: Span) -> str:
    return xml[span.start : span.end].decode()


def cells(xml: bytes, found: SheetSpans) -> dict[tuple[int, int], str]:
    return {place: cut(xml, cell.element.whole) for place, cell in found.cells.items()}


def test_spans_are_the_very_bytes() -> None:
    xml = (raw.HEAD + raw.sheet(BODY, before='<dimension ref="A1:C5"/>')).encode("utf-8-sig")
    found = locate(xml, {(1, 1), (1, 3), (5, 2), (9, 9)})
    assert cells(xml, found) == {
        (1, 1): '<c r="A1" s="1"/>',
        (1, 3): '<c r="C1" t="str"><v>甲>乙</v></c>',
        (5, 2): '<c r="B5"><f>A1&gt;2</f><v>1</v></c >',
    }
    rows = [(number, row.element) for number, row in found.rows.items()]
    assert [(number, cut(xml, row.tag), row.self_closing) for number, row in rows] == [
        (1, '<row r="1" spans="1:2">', False),
        (2, '<row r="2" ht="3"/>', True),
        (5, '<row r="5" name="a>b">', False),
    ]
    assert [column for column, _ in found.rows[1].columns] == [1, 3]
    assert all(xml.startswith(b"<c ", start) for _, start in found.rows[1].columns)
    assert xml.startswith(b"</row>", found.rows[1].element.close)
    assert found.rows[2].element.close == found.rows[2].element.tag.end
    assert (cut(xml, found.data.tag), found.data.self_closing) == ("<sheetData>", False)
    assert xml.startswith(b"</sheetData>", found.data.close)
    assert found.dimension is not None
    assert cut(xml, found.dimension) == '<dimension ref="A1:C5"/>'
    formula = found.cells[5, 2].formula
    assert formula is not None
    assert cut(xml, formula) == "<f>A1&gt;2</f>"
    assert [[cut(xml, value) for value in cell.values] for cell in found.cells.values()] == [
        [],
        ["<v>甲>乙</v>"],
        ["<v>1</v>"],
    ]


def test_a_prefix_and_an_empty_sheet() -> None:
    xml = f'<x:worksheet xmlns:x="{raw.MAIN}"><x:sheetData/></x:worksheet>'.encode()
    found = locate(xml, ())
    assert (found.data.self_closing, found.dimension) == (True, None)
    assert found.data.close == found.data.end
    assert cut(xml, found.data.whole) == "<x:sheetData/>"


FOREIGN = '<q:row r="1"><q:c r="A1"><q:f>1</q:f></q:c></q:row><q:sheetData/><q:dimension/>'


@pytest.mark.parametrize("own", ["", '<c r="A1"><v>1</v></c>'])
@pytest.mark.parametrize("root", ['xmlns:q="urn:q"', f'xmlns:q="urn:q" xmlns:x="{raw.MAIN}"'])
def test_elements_of_other_namespaces_have_no_place(root: str, own: str) -> None:
    inside = f'<row r="1">{own}</row>'
    xml = raw.sheet(inside, FOREIGN, FOREIGN).replace("<worksheet", f"<worksheet {root}").encode()
    found = locate(xml, {(1, 1)})
    assert cells(xml, found) == ({(1, 1): own} if own else {})
    assert list(found.rows) == [1]
    assert cut(xml, found.data.whole) == f"<sheetData>{inside}</sheetData>"
    assert found.dimension is None


def test_only_the_children_of_a_cell_are_its_formula_and_value() -> None:
    inner = '<extLst><ext xmlns:xm="urn:xm"><xm:f>B1</xm:f><f>B2</f><v>2</v></ext></extLst><xm:v xmlns:xm="urn:xm"/>'
    xml = raw.sheet(f'<row r="1"><c r="A1">{inner}<v>1</v></c></row>').encode()
    cell = locate(xml, {(1, 1)}).cells[1, 1]
    assert cell.formula is None
    assert [cut(xml, value) for value in cell.values] == ["<v>1</v>"]


def test_cells_without_address_are_counted_as_a_reader_counts() -> None:
    xml = raw.sheet('<row><c><v>1</v></c><c r="D1"/><c><v>2</v></c></row>').encode()
    found = locate(xml, {(1, 5)})
    assert [column for column, _ in found.rows[1].columns] == [1, 4, 5]
    assert cells(xml, found)[1, 5] == "<c><v>2</v></c>"


@pytest.mark.parametrize(
    "xml",
    [
        raw.sheet().encode("utf-16"),
        b'<?xml version="1.0" encoding="GB18030"?><a/>',
        b'<?xml version="1.0" encoding="iso-8859-1"?><a/>',
        f'<worksheet xmlns="{raw.MAIN}"/>'.encode(),
        raw.sheet().encode()[:-3],
    ],
)
def test_what_cannot_be_patched_is_refused(xml: bytes) -> None:
    with pytest.raises(UnreadableError):
        locate(xml, ())


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), unique=True), st.data())
def test_every_cell_of_any_sheet_is_found(places: list[tuple[int, int]], data: st.DataObject) -> None:
    by_row: dict[int, str] = {}
    expected: dict[tuple[int, int], str] = {}
    for row, column in sorted(places):
        ref = f"{column_letters(column)}{row}"
        text = (
            data.draw(st.sampled_from(['<c r="%s"/>', '<c r="%s"><v>1</v></c>', '<c r="%s" s="1"></c>']))
            % ref
        )
        by_row[row] = by_row.get(row, "") + text
        expected[row, column] = text
    xml = raw.sheet("".join(f'<row r="{row}">{cells}</row>' for row, cells in by_row.items())).encode()
    found = locate(xml, expected)
    assert cells(xml, found) == expected


@pytest.mark.parametrize(
    ("ref", "expected"),
    [("A1:C3", "A1:C3"), ("$B$2", "B2"), ("C3:A1", "A1:C3"), ("A0", None), ("XFE1", None), ("A", None)],
)
def test_an_area_is_parsed(ref: str, expected: str | None) -> None:
    area = parse_area(ref)
    assert (None if area is None else str(area)) == expected
