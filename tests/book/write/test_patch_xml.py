from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from book.write.parts import SHEET, WORKBOOK, member, sheet_data
from zipingbiao.book.changes import Plan
from zipingbiao.book.write.patch import patch

Planner = Callable[..., Plan]
Builder = Callable[..., bytes]
D = Decimal

# ------------------------------------------------------------------ single cells


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        pytest.param(
            '<row r="1"><c r="A1" s="3" t="s"><v>0</v></c></row>',
            {"表!A1": D("1.50")},
            '<row r="1"><c r="A1" s="3"><v>1.5</v></c></row>',
            id="a number for a shared string",
        ),
        pytest.param(
            "<row r='1'><c s='3' r='A1' vm='1' cm='2' ph='1' t='e'><v>#N/A</v><extLst/></c></row>",
            {"表!A1": "文"},
            "<row r='1'><c s='3' r='A1' ph='1' t=\"inlineStr\"><is><t>文</t></is><extLst/></c></row>",
            id="text for an error with rich data",
        ),
        pytest.param(
            '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>v</t></r></is></c><c r="B1"/></row>',
            {"表!A1": "", "表!B1": " x"},
            '<row r="1"><c r="A1"/><c r="B1" t="inlineStr"><is><t xml:space="preserve"> x</t></is></c></row>',
            id="blank for rich text, text into an empty cell",
        ),
        pytest.param(
            '<row r="1">\r\n  <c\r\n r="A1" ><v>1</v>\r\n</c>\r\n  <!-- c --></row>\r\n',
            {"表!A1": D(2)},
            '<row r="1">\r\n  <c\r\n r="A1"><v>2</v>\r\n</c>\r\n  <!-- c --></row>\r\n',
            id="line ends and blanks stay",
        ),
        pytest.param(
            "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>",
            {"表!B1": D(5), "表!D1": D(6), "表!A2": D(7), "表!A3": D(8)},
            '<row><c><v>1</v></c><c><v>5</v></c><c r="D1"><v>6</v></c></row><row><c><v>7</v></c></row>'
            '<row r="3"><c r="A3"><v>8</v></c></row>',
            id="cells without addresses",
        ),
        pytest.param(
            '<row r="2" spans="2:4"><c r="B2"/><c r="D2"/></row><row r="5" s="7" customFormat="1"/>',
            {
                "表!A2": D(1),
                "表!C2": D(3),
                "表!F2": D(6),
                "表!A1": D(9),
                "表!B3": D(4),
                "表!A3": D(3),
                "表!C5": D(5),
            },
            '<row r="1"><c r="A1"><v>9</v></c></row>'
            '<row r="2" spans="1:6"><c r="A2"><v>1</v></c><c r="B2"/><c r="C2"><v>3</v></c><c r="D2"/>'
            '<c r="F2"><v>6</v></c></row>'
            '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><v>4</v></c></row>'
            '<row r="5" s="7" customFormat="1"><c r="C5" s="7"><v>5</v></c></row>',
            id="new cells and rows in order",
        ),
        pytest.param(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            {"表!B1": "", "表!C9": ""},
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            id="blank where nothing is",
        ),
    ],
)
def test_cells(
    small: Builder, plan_for: Planner, before: str, changes: dict[str, Decimal | str], after: str
) -> None:
    data = small(f"<sheetData>{before}</sheetData>")
    out = member(patch(data, plan_for(data, changes)), SHEET)
    assert sheet_data(out) == f"<sheetData>{after}</sheetData>"


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_a_sheet_without_cells(small: Builder, plan_for: Planner, empty: str) -> None:
    data = small(empty)
    out = member(patch(data, plan_for(data, {"表!B2": D(1), "表!A4": D(2)})), SHEET)
    rows = '<row r="2"><c r="B2"><v>1</v></c></row><row r="4"><c r="A4"><v>2</v></c></row>'
    assert sheet_data(out) == f"<sheetData>{rows}</sheetData>"


@pytest.mark.parametrize(
    ("formula", "new", "after"),
    [
        ("<c r='A1' s='1' t='str'><f>B1&amp;\"&gt;\"</f><v>old</v></c>", D("2.5"), "<c r='A1' s='1'><f>B1&amp;\"&gt;\"</f><v>2.5</v></c>"),
        ('<c r="A1"><f>B1</f></c>', "<a>", '<c r="A1" t="str"><f>B1</f><v>&lt;a&gt;</v></c>'),
        ('<c r="A1" cm="1" vm="2" t="e"><f t="array" ref="A1:A2">B1</f><v>#N/A</v></c>', D(1), '<c r="A1" cm="1"><f t="array" ref="A1:A2">B1</f><v>1</v></c>'),
        ('<c r="A1"><f t="shared" si="0"/><v>1</v></c>', D(2), '<c r="A1"><f t="shared" si="0"/><v>2</v></c>'),
        ('<c r="A1"><f ca="1">NOW()</f><v/></c>', "", '<c r="A1" t="str"><f ca="1">NOW()</f><v></v></c>'),
    ],
)  # fmt: skip
def test_a_formula_stays_and_gets_a_result(
    small: Builder, plan_for: Planner, formula: str, new: Decimal | str, after: str
) -> None:
    data = small(f'<sheetData><row r="1">{formula}</row></sheetData>')
    out = member(patch(data, plan_for(data, {"表!A1": new}, cached=("表!A1",))), SHEET)
    assert sheet_data(out) == f'<sheetData><row r="1">{after}</row></sheetData>'
    with pytest.raises(ValueError, match="formula"):
        patch(data, plan_for(data, {"表!A1": new}))


def test_a_cell_inside_an_array_formula_has_a_result_only(small: Builder, plan_for: Planner) -> None:
    first = '<c r="A1"><f t="array" ref="A1:A2">B1:B2</f><v>1</v></c>'
    data = small(f'<sheetData><row r="1">{first}</row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>')
    out = member(patch(data, plan_for(data, {"表!A2": D(3)}, cached=("表!A2",))), SHEET)
    assert '<row r="2"><c r="A2"><v>3</v></c></row>' in out
    assert first in out
    with pytest.raises(ValueError, match="formula"):
        patch(data, plan_for(data, {"表!A2": D(3)}))


@pytest.mark.parametrize("cell", ['<c r="A1"><v>1</v></c>', '<c r="A1"/>', ""])
def test_a_result_needs_a_formula(small: Builder, plan_for: Planner, cell: str) -> None:
    data = small(f'<sheetData><row r="1">{cell}</row></sheetData>')
    with pytest.raises(ValueError, match="holds no formula"):
        patch(data, plan_for(data, {"表!A1": D(1)}, cached=("表!A1",)))


def test_a_merged_range_is_written_at_its_first_cell_only(small: Builder, plan_for: Planner) -> None:
    data = small("<sheetData/>", after='<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>')
    assert "并" in member(patch(data, plan_for(data, {"表!B2": "并"})), SHEET)
    for inside in ("表!C2", "表!B3", "表!C3"):
        with pytest.raises(ValueError, match="merged"):
            patch(data, plan_for(data, {inside: "x"}))


def test_the_style_of_a_new_cell(small: Builder, plan_for: Planner) -> None:
    rows = '<row r="1" s="5" customFormat="1"><c r="A1" s="9"/></row><row r="2" s="6"/>'
    columns = '<cols><col min="2" max="3" style="4"/><col min="4" max="4" width="9"/></cols>'
    data = small(f"<sheetData>{rows}</sheetData>", before=columns)
    changes = {"表!B1": D(1), "表!C1": D(1), "表!B2": D(1), "表!D2": D(1), "表!C7": D(1), "表!D7": D(1)}
    out = member(patch(data, plan_for(data, changes, like={"表!C1": "表!A1", "表!D7": "表!Z99"})), SHEET)
    styles = dict(re.findall(r'<c r="(\w+)"(?: s="(\d+)")?>', out))
    with pytest.raises(ValueError, match="another sheet"):
        patch(data, plan_for(data, changes, like={"表!C1": "别的!A1"}))
    assert styles == {"B1": "5", "C1": "9", "B2": "4", "D2": "", "C7": "4", "D7": ""}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x01b\r\x0b\ufffe", "a_x0001_b_x000D__x000B__xFFFE_"),
        ("_x0041_ _xZZ_", "_x005F_x0041_ _xZZ_"),
        ("\ud800", "_xD800_"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("𠮷]]>&lt;", "𠮷]]&gt;&amp;lt;"),
        ("长" * 40_000, "长" * 32_767),
        ("𠮷" * 20_000, "𠮷" * 16_383),
    ],
)
def test_text_as_a_workbook_holds_it(small: Builder, plan_for: Planner, text: str, written: str) -> None:
    data = small("<sheetData/>")
    out = member(patch(data, plan_for(data, {"表!A1": text})), SHEET)
    assert f'<c r="A1" t="inlineStr"><is><t>{written}</t></is></c>' in out


def test_prefixed_xml_with_a_byte_order_mark(pack: Builder, plan_for: Planner, small: Builder) -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = f"\ufeff<?xml version='1.0' encoding='utf-8'?>\r\n<x:worksheet xmlns:x='{main}'><x:dimension ref='A1'/>"
    sheet = f"{head}<x:sheetData><x:row r='1'><x:c r='A1' t='e'><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    book = member(small("<sheetData/>"), WORKBOOK).replace("xmlns=", "xmlns:x=")
    book = re.sub(r"<(/?)(\w)", r"<\1x:\2", book).replace(
        "</x:workbook>", "<x:calcPr calcId='1' /></x:workbook>"
    )
    data = pack({SHEET: sheet.encode(), WORKBOOK: book.encode()})
    changes = {"表!A1": "甲", "表!C1": D(2), "表!B3": "乙"}
    out = patch(data, plan_for(data, changes, names=(("n", "t"),)))
    rows = (
        "<x:row r='1'><x:c r='A1' t=\"inlineStr\"><x:is><x:t>甲</x:t></x:is></x:c><x:c r=\"C1\"><x:v>2</x:v></x:c></x:row>"
        '<x:row r="3"><x:c r="B3" t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row>'
    )
    wider = head.replace("ref='A1'", 'ref="A1:C3"')
    assert member(out, SHEET) == f"{wider}<x:sheetData>{rows}</x:sheetData></x:worksheet>"
    assert (
        '</x:sheets><x:definedNames><x:definedName name="n" hidden="1">"t"</x:definedName></x:definedNames>'
        "<x:calcPr calcId='1' fullCalcOnLoad=\"1\"/>"
    ) in member(out, WORKBOOK)


# ------------------------------------------------------------------ the workbook part


@pytest.mark.parametrize(
    ("before", "names", "after"),
    [
        ("", (("a", "1"),), '<definedNames><definedName name="a" hidden="1">"1"</definedName></definedNames>'),
        ("<definedNames/>", (("a", "1"),), '<definedNames><definedName name="a" hidden="1">"1"</definedName></definedNames>'),
        ("<functionGroups/><calcPr/>", (("a", "1"),), '<functionGroups/><definedNames><definedName name="a" hidden="1">"1"</definedName></definedNames><calcPr/>'),
        ('<definedNames><definedName name="A" comment="&gt;">"0"</definedName><definedName name="b">表!$A$1</definedName></definedNames>', (("a", '"'),), '<definedNames><definedName name="a" hidden="1">""""</definedName><definedName name="b">表!$A$1</definedName></definedNames>'),
        ('<definedNames><definedName name="a">"0"</definedName></definedNames><calcPr/>', (("a", None),), "<calcPr/>"),
        ('<definedNames><definedName name="a">"0"</definedName></definedNames>', (("a", None), ("b", "1")), '<definedNames><definedName name="b" hidden="1">"1"</definedName></definedNames>'),
        ('<definedNames><definedName name="a" localSheetId="0">1</definedName></definedNames>', (("a", None),), '<definedNames><definedName name="a" localSheetId="0">1</definedName></definedNames>'),
        ("<calcPr/>", (("a", None),), "<calcPr/>"),
    ],
)  # fmt: skip
def test_names(
    small: Builder, plan_for: Planner, before: str, names: tuple[tuple[str, str | None], ...], after: str
) -> None:
    data = small("<sheetData/>", workbook=before)
    out = patch(data, plan_for(data, {}, names=names))
    assert member(out, WORKBOOK) == member(data, WORKBOOK).replace(f"</sheets>{before}", f"</sheets>{after}")
    assert member(out, SHEET) == member(data, SHEET)


@pytest.mark.parametrize("text", ["长" * 256, "a\x01"])
def test_a_name_holds_no_such_text(small: Builder, plan_for: Planner, text: str) -> None:
    data = small("<sheetData/>")
    with pytest.raises(ValueError, match="name"):
        patch(data, plan_for(data, {}, names=(("a", text),)))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '<calcPr fullCalcOnLoad="1"/>'),
        ("<definedNames/><oleSize/>", '<definedNames/><calcPr fullCalcOnLoad="1"/><oleSize/>'),
        ('<calcPr calcId="191029"/>', '<calcPr calcId="191029" fullCalcOnLoad="1"/>'),
        (
            '<calcPr fullCalcOnLoad="0" iterate="1"></calcPr>',
            '<calcPr fullCalcOnLoad="1" iterate="1"></calcPr>',
        ),
        ("<calcPr fullCalcOnLoad='true'/>", "<calcPr fullCalcOnLoad='true'/>"),
    ],
)
def test_recalculation_on_load(small: Builder, plan_for: Planner, before: str, after: str) -> None:
    data = small("<sheetData/>", workbook=before)
    out = patch(data, plan_for(data, {"表!A1": D(1)}))
    assert f"</sheets>{after}</workbook>" in member(out, WORKBOOK)
