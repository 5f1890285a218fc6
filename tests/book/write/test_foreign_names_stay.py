"""Patching by namespace: what others call ``col``, ``f`` or ``calcPr`` is neither heeded nor changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest

from book.read.raw import MAIN
from book.write.parts import SHEET, WORKBOOK, member
from zipingbiao.book.cells import column_letters
from zipingbiao.book.changes import Plan
from zipingbiao.book.marks import Footer
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.errors import RefusedError

Planner = Callable[..., Plan]
Builder = Callable[..., bytes]
D = Decimal

RELATIONS, TYPES, CHAIN = "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/calcChain.xml"
XDR = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
XM = 'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'


def button(column: str = "<xdr:col>1</xdr:col>") -> str:
    """The anchor of a form control, as Excel writes it."""
    anchor = f"<anchor><from {XDR}>{column}<xdr:row>1</xdr:row></from></anchor>"
    return f'<controls><control shapeId="1"><controlPr>{anchor}</controlPr></control></controls>'


def patched(data: bytes, plan: Plan, part: str = SHEET) -> tuple[str, str]:
    """A part before and after."""
    return member(data, part), member(patch(data, plan), part)


@pytest.mark.parametrize(
    ("columns", "style"), [("", ""), ('<cols><col min="2" max="9" style="4"/></cols>', ' s="4"')]
)
@pytest.mark.parametrize("rows", ['<row r="3"/>', '<row r="3"><c r="A3"/></row>', ""])
def test_the_anchor_of_a_button_is_no_column(
    small: Builder, plan_for: Planner, columns: str, style: str, rows: str
) -> None:
    theirs = button('<xdr:col min="1" max="9" style="7">1</xdr:col>')
    data = small(f"<sheetData>{rows}</sheetData>", before=columns, after=button() + theirs)
    _, out = patched(data, plan_for(data, {"表!B3": D(1)}))
    assert f'<c r="B3"{style}><v>1</v></c>' in out
    assert out.endswith(f"{button()}{theirs}</worksheet>")


def test_a_column_without_a_number_is_refused(small: Builder, plan_for: Planner) -> None:
    for broken in ('min="s" max="3" style="1"', 'max="3" style="1"', 'min="1" max=""', 'min="-1" max="2"'):
        data = small("<sheetData/>", before=f"<cols><col {broken}/></cols>")
        with pytest.raises(RefusedError, match=r"没有写入.*列号.*另存为"):
            patch(data, plan_for(data, {"表!B3": D(1)}))


@pytest.mark.parametrize(
    ("own", "new"),
    [("", "<v>2</v>"), ("<f>C1</f><v>1</v>", "<f>C1</f><v>2</v>"), ("<v>1</v>", "<v>2</v>")],
)
def test_the_value_of_a_cell_among_the_elements_of_others(
    small: Builder, plan_for: Planner, own: str, new: str
) -> None:
    theirs = f"<extLst><ext {XM} {X14}><xm:f>B1</xm:f><x14:v>9</x14:v><f>D1</f><v>8</v></ext></extLst>"
    data = small(f'<sheetData><row r="1"><c r="A1">{own}{theirs}</c></row></sheetData>')
    before, out = patched(data, plan_for(data, {"表!A1": D(2)}, cached=("表!A1",) if "<f>C1" in own else ()))
    assert out == before.replace(f"{own}{theirs}", f"{new}{theirs}")


@pytest.mark.parametrize("own", ["", '<c r="A1" s="3"/>'])
def test_a_cell_of_others_is_not_written(small: Builder, plan_for: Planner, own: str) -> None:
    theirs = (
        f'<extLst><ext {X14}><x14:row r="1"><x14:c r="A1"><x14:v>9</x14:v></x14:c></x14:row></ext></extLst>'
    )
    data = small(f'<sheetData><row r="1">{own}</row></sheetData>', after=theirs)
    before, out = patched(data, plan_for(data, {"表!A1": D(2)}))
    new = '<c r="A1" s="3"><v>2</v></c>' if own else '<c r="A1"><v>2</v></c>'
    assert out == before.replace(f'<row r="1">{own}</row>', f'<row r="1">{new}</row>', 1)


@pytest.mark.parametrize("own", ["", '<mergeCells><mergeCell ref="C1:C2"/></mergeCells>'])
def test_ranges_of_others_bind_nobody(small: Builder, plan_for: Planner, own: str) -> None:
    theirs = f'<extLst><ext {X14} {XM}><x14:mergeCell ref="A1:B9"/><xm:f t="array" ref="A1:B9">1</xm:f></ext></extLst>'
    data = small('<sheetData><row r="1"><c r="B1"/></row></sheetData>', after=own + theirs)
    before, out = patched(data, plan_for(data, {"表!B1": D(2)}))
    assert out == before.replace('<c r="B1"/>', '<c r="B1"><v>2</v></c>')


def test_a_model_gives_its_own_style_only(small: Builder, plan_for: Planner) -> None:
    model = '<c r="A1" t="inlineStr"><is><t>说明 s="9" 见表</t></is></c>'
    data = small(f'<sheetData><row r="1">{model}</row></sheetData>')
    _, out = patched(data, plan_for(data, {"表!B1": D(2)}, like={"表!B1": "表!A1"}))
    assert f'{model}<c r="B1"><v>2</v></c>' in out


# ------------------------------------------------------------------ prefixes


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        pytest.param(
            '<sheetData><y:row xmlns:y="{main}" r="1"><y:c r="A1"><y:v>1</y:v></y:c></y:row></sheetData>',
            {"表!A1": "文", "表!B1": D(2), "表!A2": D(3)},
            '<sheetData><y:row xmlns:y="{main}" r="1"><y:c r="A1" t="inlineStr"><y:is><y:t>文</y:t></y:is></y:c>'
            '<y:c r="B1"><y:v>2</y:v></y:c></y:row><row r="2"><c r="A2"><v>3</v></c></row></sheetData>',
            id="a row with a prefix of its own",
        ),
        pytest.param(
            '<y:sheetData xmlns:y="{main}"><row xmlns="{main}" r="1"/></y:sheetData>',
            {"表!A1": D(1), "表!A2": D(2)},
            '<y:sheetData xmlns:y="{main}"><row xmlns="{main}" r="1"><c r="A1"><v>1</v></c></row>'
            '<y:row r="2"><y:c r="A2"><y:v>2</y:v></y:c></y:row></y:sheetData>',
            id="an empty row that declares the default again",
        ),
        pytest.param(
            '<y:sheetData xmlns:y="{main}"/>',
            {"表!A1": D(1)},
            '<y:sheetData xmlns:y="{main}"><y:row r="1"><y:c r="A1"><y:v>1</y:v></y:c></y:row></y:sheetData>',
            id="no rows",
        ),
        pytest.param(
            '<sheetData><row r="1"><c r="A1" xmlns="{main}"><表:v xmlns:表="{main}">1</表:v></c></row></sheetData>',
            {"表!A1": D(2)},
            '<sheetData><row r="1"><c r="A1" xmlns="{main}"><v>2</v></c></row></sheetData>',
            id="a value with a prefix of its own",
        ),
    ],
)
def test_new_elements_take_the_prefix_around_them(
    small: Builder, plan_for: Planner, before: str, changes: dict[str, Decimal | str], after: str
) -> None:
    given, wanted = (text.replace("{main}", MAIN) for text in (before, after))
    data = small(given)
    old, out = patched(data, plan_for(data, changes))
    assert out == old.replace(given, wanted)
    shown = read_bytes(patch(data, plan_for(data, changes)), "甲.xlsx").grids[0].cells
    found = {f"表!{column_letters(column)}{row}": cell.value for (row, column), cell in shown.items()}
    assert found == changes


# ------------------------------------------------------------------ the other parts


def test_names_and_calculation_of_others_stay(small: Builder, plan_for: Planner) -> None:
    theirs = (
        '<extLst><ext xmlns:q="urn:q"><q:calcPr fullCalcOnLoad="1"/><q:definedNames><q:definedName name="a"/>'
        "</q:definedNames></ext></extLst>"
    )
    data = small("<sheetData/>", workbook=theirs)
    before, out = patched(data, plan_for(data, {"表!A1": D(1)}, names=(("a", "1"),)), WORKBOOK)
    ours = '<definedNames><definedName name="a" hidden="1">"1"</definedName></definedNames><calcPr fullCalcOnLoad="1"/>'
    assert out == before.replace("</sheets>", f"</sheets>{ours}")


def test_neighbours_with_a_prefix_of_their_own(small: Builder, plan_for: Planner, pack: Builder) -> None:
    plain = small("<sheetData/>")
    sheets = f'<y:sheets xmlns:y="{MAIN}"><y:sheet name="表" sheetId="1" r:id="rId1"/></y:sheets>'
    lists = f'<z:definedNames xmlns:z="{MAIN}"><z:definedName name="b">1</z:definedName></z:definedNames>'
    head = member(plain, WORKBOOK).partition("<sheets>")[0]
    for listed, added in (
        ("", '<definedNames><definedName name="a" hidden="1">"1"</definedName></definedNames>'),
        (lists, '<z:definedName name="a" hidden="1">"1"</z:definedName>'),
    ):
        book = f"{head}{sheets}{listed}</workbook>"
        data = pack({SHEET: member(plain, SHEET).encode(), WORKBOOK: book.encode()})
        _, out = patched(data, plan_for(data, {"表!A1": D(1)}, names=(("a", "1"),)), WORKBOOK)
        names = listed.replace("</z:definedNames>", f"{added}</z:definedNames>") or added
        assert out == f'{head}{sheets}{names}<calcPr fullCalcOnLoad="1"/></workbook>'


@pytest.mark.parametrize("own", ["", "<oddFooter>&amp;C数据校验码见表尾</oddFooter>"])
def test_a_footer_of_others_says_no_code(small: Builder, plan_for: Planner, own: str) -> None:
    theirs = '<extLst><ext xmlns:q="urn:q"><q:oddFooter>数据校验码见表尾</q:oddFooter></ext></extLst>'
    footer = f"<headerFooter>{own}</headerFooter>"
    data = small("<sheetData/>", after=footer + theirs)
    plan = plan_for(data, {"表!A1": D(1)})
    _, out = patched(data, Plan(plan.changes, plan.digest, footers=(Footer("表", "7K3M9QXA"),)))
    assert out.endswith(footer.replace("见表尾", " 7K3M9QXA") + theirs + "</worksheet>")


def with_chain(data: bytes) -> bytes:
    """The workbook with a list of formulas, and lines of others that look like those that name it."""
    buffer = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    lines = {
        RELATIONS: '<q:Relationship xmlns:q="urn:q" Type="x/calcChain"/>'
        '<Relationship Id="c" Type="x/calcChain" Target="calcChain.xml"></Relationship>',
        TYPES: f'<q:Override xmlns:q="urn:q" ContentType="{kind}"/><Override PartName="/{CHAIN}" ContentType="{kind}"/>',
    }
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            root = text.rindex("</")
            target.writestr(name, text[:root] + lines.get(name, "") + text[root:])
        target.writestr(CHAIN, f'<calcChain xmlns="{MAIN}"><c r="A1" i="1"/></calcChain>')
    return buffer.getvalue()


def test_lines_of_others_stay_when_the_list_of_formulas_goes(small: Builder, plan_for: Planner) -> None:
    data = with_chain(small('<sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData>'))
    out = patch(data, plan_for(data, {"表!A1": D(1)}, formulas={"表!A1": ""}))
    for part, line in ((RELATIONS, "Relationship"), (TYPES, "Override")):
        before, after = member(data, part), member(out, part)
        start = before.index(f"<{line} ", before.index("<q:"))
        assert after == before[:start] + before[before.rindex("</") :]


# ------------------------------------------------------------------ backslashes


def raw_members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        infos = sorted(opened.infolist(), key=lambda info: info.header_offset)
        stops = [*(info.header_offset for info in infos[1:]), opened.start_dir]
        return {
            info.orig_filename: data[info.header_offset : stop]
            for info, stop in zip(infos, stops, strict=True)
        }


def test_member_names_with_backslashes_stay(small: Builder, plan_for: Planner) -> None:
    source = with_chain(small('<sheetData><row r="1"><c r="A1"><f>1</f></c></row></sheetData>'))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            info.filename = name.replace("/", "\\")
            new.writestr(info, old.read(name).replace(b'"worksheets/', b'"worksheets\\'))
    data = buffer.getvalue()
    before = raw_members(data)
    assert "xl\\worksheets\\sheet1.xml" in before
    one = raw_members(patch(data, plan_for(data, {"表!A1": D(1)}, cached=("表!A1",))))
    assert list(one) == list(before)
    touched = {"xl\\worksheets\\sheet1.xml", "xl\\workbook.xml"}
    assert {name for name in one if one[name] != before[name]} == touched
    gone = raw_members(patch(data, plan_for(data, {"表!A1": D(1)}, formulas={"表!A1": ""})))
    assert [name for name in before if name not in gone] == ["xl\\calcChain.xml"]
