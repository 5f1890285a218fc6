"""Formulas that a plan sets or takes away, and rows that it hides or shows."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.write.parts import SHEET, WORKBOOK, member, sheet_data
from support import office
from support.budget import often
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.errors import RefusedError

Planner = Callable[..., Plan]
Builder = Callable[..., bytes]
D = Decimal

CHAIN, RELATIONS, TYPES = "xl/calcChain.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"

# ------------------------------------------------------------------ formulas


@pytest.mark.parametrize(
    ("before", "new", "formula", "after"),
    [
        pytest.param(
            '<row r="1"><c r="A1" s="3" t="s"><v>0</v></c></row>', D("1.5"), 'IF(B1<2,"a&b",1)',
            '<row r="1"><c r="A1" s="3"><f>IF(B1&lt;2,"a&amp;b",1)</f><v>1.5</v></c></row>',
            id="for a shared string",
        ),
        pytest.param(
            '<row r="1"><c r="A1" cm="2" t="inlineStr"><is><t>x</t></is><extLst/></c></row>', "优", "B1",
            '<row r="1"><c r="A1" t="str"><f>B1</f><v>优</v><extLst/></c></row>',
            id="for text, with text as its result",
        ),
        pytest.param(
            "<row r='1'><c r='A1' s='1' t='str'>\n<f ca='1'>NOW()</f>\n<v>old</v></c></row>", D(2), "C1+1",
            "<row r='1'><c r='A1' s='1'>\n<f>C1+1</f><v>2</v>\n</c></row>",
            id="for another formula",
        ),
        pytest.param(
            '<row r="2"/>', "", 'IF(B1="","",B1)',
            '<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c></row><row r="2"/>',
            id="in a row that does not exist, with an empty text as its result",
        ),
        pytest.param(
            '<row r="1"><c r="B1"/></row>', D(3), "B1",
            '<row r="1"><c r="A1"><f>B1</f><v>3</v></c><c r="B1"/></row>',
            id="in a cell that does not exist",
        ),
        pytest.param(
            '<row r="1"><c r="A1" s="4" t="str"><f t="normal">B1</f><v>x</v></c></row>', D(7), "",
            '<row r="1"><c r="A1" s="4"><v>7</v></c></row>',
            id="gone, for a number",
        ),
        pytest.param(
            '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>', "", "", '<row r="1"><c r="A1"/></row>',
            id="gone, for a blank",
        ),
        pytest.param(
            '<row r="1"/>', "", "", '<row r="1"/>', id="gone where nothing is",
        ),
    ],
)  # fmt: skip
def test_a_formula(
    small: Builder, plan_for: Planner, before: str, new: Decimal | str, formula: str, after: str
) -> None:
    data = small(f"<sheetData>{before}</sheetData>")
    out = patch(data, plan_for(data, {"表!A1": new}, formulas={"表!A1": formula}))
    assert sheet_data(member(out, SHEET)) == f"<sheetData>{after}</sheetData>"
    assert ('fullCalcOnLoad="1"' in member(out, WORKBOOK)) == (before != after)
    assert patch(out, plan_for(out, {"表!A1": new}, formulas={"表!A1": formula})) == out


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c>',
        '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
        '<c r="A1" cm="1"><f t="array" ref="A1">B1</f><v>1</v></c>',
        '<c r="A1"><f t="dataTable" ref="A1:A2" r1="B1"/><v>1</v></c>',
        '<c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c>',
    ],
)
@pytest.mark.parametrize("formula", ["B1", ""])
def test_a_formula_of_several_cells_is_not_replaced_in_one(
    small: Builder, plan_for: Planner, cell: str, formula: str
) -> None:
    data = small(f'<sheetData><row r="1">{cell}</row></sheetData>')
    with pytest.raises(RefusedError, match="不能单独替换"):
        patch(data, plan_for(data, {"表!A1": D(1)}, formulas={"表!A1": formula}))


@pytest.mark.parametrize("formula", ["=B1", "A" * 8193, "B1\x01"])
def test_what_no_cell_takes_as_a_formula(small: Builder, plan_for: Planner, formula: str) -> None:
    data = small("<sheetData/>")
    with pytest.raises(ValueError, match="formula"):
        patch(data, plan_for(data, {"表!A1": D(1)}, formulas={"表!A1": formula}))


def test_a_cell_keeps_its_formula_or_takes_another(small: Builder, plan_for: Planner) -> None:
    data = small('<sheetData><row r="1"><c r="A1"><f>B1</f></c></row></sheetData>')
    with pytest.raises(ValueError, match="another"):
        patch(data, plan_for(data, {"表!A1": D(1)}, cached=("表!A1",), formulas={"表!A1": "C1"}))


# ------------------------------------------------------------------ the list of formulas


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def test_a_new_formula_leaves_the_list_of_formulas_alone(rich: bytes, plan_for: Planner) -> None:
    changes = {"自评表!D5": D(1), "自评表!D8": D(2)}
    out = patch(rich, plan_for(rich, changes, formulas={"自评表!D5": "B5", "自评表!D8": "SUM(D4:D6)"}))
    assert names(out) == names(rich)
    assert all(member(out, part) == member(rich, part) for part in (CHAIN, RELATIONS, TYPES))


def test_the_list_of_formulas_goes_with_a_formula(rich: bytes, plan_for: Planner) -> None:
    out = patch(rich, plan_for(rich, {"自评表!D8": D(2)}, formulas={"自评表!D8": ""}))
    assert names(out) == [name for name in names(rich) if name != CHAIN]
    for part in (RELATIONS, TYPES):
        old, new = member(rich, part), member(out, part)
        start = next(at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
        gone = old[start : start + len(old) - len(new)]
        assert old == new[:start] + gone + new[start:]
        assert "alcChain" in gone
        assert "alcChain" not in new
        assert gone.count("<") == 1


# ------------------------------------------------------------------ rows


@pytest.mark.parametrize(
    ("before", "rows", "after"),
    [
        ('<row r="1" ht="20.5"  x14ac:dyDescent="0.2"><c r="A1"/></row>', {1: True},
         '<row r="1" ht="20.5"  x14ac:dyDescent="0.2" hidden="1"><c r="A1"/></row>'),
        ('<row r="1" hidden="1" ht="20.5"><c r="A1"/></row>', {1: False}, '<row r="1" ht="20.5"><c r="A1"/></row>'),
        ("<row r='1' hidden='true' />", {1: False}, "<row r='1' />"),
        ("<row r='1' hidden='0'/>", {1: True}, "<row r='1' hidden=\"1\"/>"),
        ("<row r='1' hidden='true'/>", {1: True}, "<row r='1' hidden='true'/>"),
        ("<row r='1' hidden='0'/>", {1: False}, "<row r='1' hidden='0'/>"),
        ('<row r="2"/>', {1: True, 3: True, 4: False}, '<row r="1" hidden="1"/><row r="2"/><row r="3" hidden="1"/>'),
    ],
)  # fmt: skip
def test_rows(small: Builder, plan_for: Planner, before: str, rows: Mapping[int, bool], after: str) -> None:
    space = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
    data = small(f"<sheetData {space}>{before}</sheetData>")
    out = patch(data, plan_for(data, {}, rows=rows))
    assert sheet_data(member(out, SHEET)) == f"<sheetData {space}>{after}</sheetData>"
    assert member(out, WORKBOOK) == member(data, WORKBOOK)


def test_rows_of_an_empty_sheet(small: Builder, plan_for: Planner) -> None:
    data = small("<sheetData/>")
    out = patch(data, plan_for(data, {"表!A3": D(1)}, rows={2: True, 3: True, 4: False}))
    rows = '<row r="2" hidden="1"/><row r="3" hidden="1"><c r="A3"><v>1</v></c></row>'
    assert sheet_data(member(out, SHEET)) == f"<sheetData>{rows}</sheetData>"


def test_a_row_with_a_new_cell_is_hidden_too(small: Builder, plan_for: Planner) -> None:
    data = small('<sheetData><row r="1" spans="1:1"/><row r="2"><c r="A2"/></row></sheetData>')
    out = patch(data, plan_for(data, {"表!B1": D(1), "表!B2": D(2)}, rows={1: True, 2: True}))
    assert sheet_data(member(out, SHEET)) == (
        '<sheetData><row r="1" spans="1:2" hidden="1"><c r="B1"><v>1</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"/><c r="B2"><v>2</v></c></row></sheetData>'
    )


def test_a_row_of_a_sheet_that_is_not_there_is_our_fault(rich: bytes, plan_for: Planner) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        patch(rich, plan_for(rich, {}, rows={1: True}))


# ------------------------------------------------------------------ any cells, any changes

PLACES = st.tuples(st.integers(1, 5), st.integers(1, 4))
VALUES = st.one_of(st.sampled_from(["", "文", "<&>"]), st.decimals(-1000, 1000, places=2))
FORMULAS = st.sampled_from([None, "", "1+1", 'IF(A9<1,"<",2)'])
CELLS = st.dictionaries(PLACES, st.tuples(VALUES, FORMULAS), max_size=6)


@settings(max_examples=often(10, 600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, CELLS)
def test_a_file_reads_as_the_book_after_the_changes(
    first: dict[tuple[int, int], tuple[Decimal | str, str | None]],
    second: dict[tuple[int, int], tuple[Decimal | str, str | None]],
) -> None:
    data = with_formulas()
    for changes in (first, second):
        book = read_bytes(data, "表.xlsx")
        held = {place for place, cell in book.grid("表").cells.items() if cell.formula is not None}
        planned = tuple(
            Change(Ref("表", *place), "", new, "", formula=formula, cached=formula is None and place in held)
            for place, (new, formula) in changes.items()
        )
        data = patch(data, Plan(planned, book.digest))
        written, expected = read_bytes(data, "表.xlsx"), after(book, planned)
        assert kinds_aside(written) == kinds_aside(expected)


def kinds_aside(book: Book) -> dict[tuple[int, int], tuple[object, object]]:
    """What cells hold; that a number is a percentage may be known from the file only."""
    return {place: (cell.value, cell.formula) for place, cell in book.grid("表").cells.items()}


# ------------------------------------------------------------------ other programs


def with_formulas() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("表")
    percent = book.add_format({"num_format": "0.00%"})
    sheet.write_column("A1", [1, 2, 3])
    sheet.write_formula("B1", "=A1*2", None, 2)
    sheet.write_formula("B2", "=A2*2", percent, 4)
    sheet.write_number("B3", 5, percent)
    sheet.write_string("A6", "末行")
    book.close()
    return buffer.getvalue()


def patched(plan_for: Planner) -> bytes:
    data = with_formulas()
    changes = {"表!B1": D(9), "表!B2": D(5), "表!B3": D("1.5"), "表!C9": "3项"}
    formulas = {"表!B1": "", "表!B2": "A2+A3", "表!B3": "A3/A2", "表!C9": 'COUNT(A1:A3)&"项"'}
    return patch(data, plan_for(data, changes, formulas=formulas, rows={6: True, 8: True}))


def test_another_reader_sees_formulas_results_and_hidden_rows(plan_for: Planner) -> None:
    out = patched(plan_for)
    shown, formulas = (
        openpyxl.load_workbook(io.BytesIO(out), data_only=only)["表"] for only in (True, False)
    )
    assert [shown[a1].value for a1 in ("B1", "B2", "B3", "C9")] == [9, 5, 1.5, "3项"]
    assert [formulas[a1].value for a1 in ("B1", "B2", "B3", "C9")] == [
        9,
        "=A2+A3",
        "=A3/A2",
        '=COUNT(A1:A3)&"项"',
    ]
    assert [formulas[a1].number_format for a1 in ("B2", "B3")] == ["0.00%", "0.00%"]
    assert [row for row in range(1, 10) if formulas.row_dimensions[row].hidden] == [6, 8]
    ours = read_bytes(out, "表.xlsx").grid("表")
    assert [ours.cells[row, 2].formula for row in (1, 2, 3)] == [None, "A2+A3", "A3/A2"]
    assert 6 in ours.hidden_rows


@pytest.mark.office
def test_office_programs_take_formulas_and_hidden_rows(
    rich: bytes, plan_for: Planner, tmp_path: Path
) -> None:
    path = tmp_path / "改.xlsx"
    path.write_bytes(patched(plan_for))
    seen = office.recalculated(path)["表"]
    assert [seen[a1].value for a1 in ("B1", "B2", "B3", "C9")] == [9, 5, 1.5, "3项"]
    assert seen.row_dimensions[6].hidden
    assert seen.row_dimensions[8].hidden
    assert office.validate(path, "Microsoft365") == []


@pytest.mark.office
@pytest.mark.filterwarnings("ignore:.*is not supported and will be removed:UserWarning")
def test_the_validator_takes_a_workbook_without_its_list_of_formulas(
    rich: bytes, plan_for: Planner, tmp_path: Path
) -> None:
    before, after = tmp_path / "before.xlsm", tmp_path / "after.xlsm"
    before.write_bytes(rich)
    changes = {"自评表!D8": D(2), "自评表!D5": D(3)}
    after.write_bytes(patch(rich, plan_for(rich, changes, formulas={"自评表!D8": "", "自评表!D5": "D4"})))
    assert set(office.validate(after, "Microsoft365")) <= set(office.validate(before, "Microsoft365"))
    assert office.recalculated(after)["自评表"]["D8"].value == 2
