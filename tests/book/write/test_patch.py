from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.write.parts import SHEET, WORKBOOK, member
from support import office
from support.budget import often
from zipingbiao.book.cells import Ref, column_letters
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.write.patch import patch
from zipingbiao.errors import RefusedError

Planner = Callable[..., Plan]
Builder = Callable[..., bytes]
D = Decimal

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*is not supported and will be removed:UserWarning"
)  # openpyxl


def raw_members(data: bytes) -> dict[str, tuple[bytes, Any]]:
    """Each member's local record with its packed bytes, and what the directory says of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
        stops = [info.header_offset for info in infos[1:]] + [archive.start_dir]
        return {
            info.filename: (
                data[info.header_offset : stop],
                (info.date_time, info.external_attr, info.extra, info.comment, info.create_system),
            )
            for info, stop in zip(infos, stops, strict=True)
        }


def load(data: bytes, *, data_only: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)


def values(data: bytes, *, data_only: bool = True) -> dict[str, object]:
    """What openpyxl reads: ``表!A1`` → value (cached results, or formulas)."""
    book = load(data, data_only=data_only)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def without_cells(xml: str, *refs: str) -> str:
    for ref in refs:
        xml = re.sub(rf'<c r="{ref}"[^>]*?(?:/>|>.*?</c>)', "", xml, flags=re.DOTALL)
    return xml


# ------------------------------------------------------------------ a workbook with everything

CHANGES: dict[str, Decimal | str] = {
    "自评表!A5": "质量（改） <&> ",
    "自评表!C4": D("9"),
    "自评表!D5": D("8.95"),
    "自评表!D8": D("26.2"),
    "自评表!E8": "良",
    "自评表!G20": D("0.8947"),
    "图 表!J30": "新行\n两行",
}


@pytest.fixture(scope="module")
def patched(rich: bytes, plan_for: Planner) -> bytes:
    cached = ("自评表!D8", "自评表!E8")
    return patch(rich, plan_for(rich, CHANGES, cached=cached, names=(("zpb_memory", 'D5="8.95"&<'),)))


def test_all_other_members_keep_their_bytes(rich: bytes, patched: bytes) -> None:
    before, after = raw_members(rich), raw_members(patched)
    assert list(before) == list(after)
    touched = {name for name in before if before[name] != after[name]}
    assert touched == {SHEET, "xl/worksheets/sheet2.xml", WORKBOOK}
    assert all(before[name][1] == after[name][1] for name in before)
    with zipfile.ZipFile(io.BytesIO(patched)) as archive:
        assert archive.testzip() is None
        assert archive.comment == "归档".encode()
        assert {"xl/calcChain.xml", "customUI/customUI14.xml", "xl/vbaProject.bin"} <= set(archive.namelist())


def test_a_touched_sheet_differs_only_in_the_planned_cells(rich: bytes, patched: bytes) -> None:
    before = without_cells(member(rich, SHEET), "A5", "C4", "D5", "D8", "E8")
    after = without_cells(member(patched, SHEET), "A5", "C4", "D5", "D8", "E8", "G20")
    after = after.replace('<row r="20"></row>', "").replace('ref="A1:G20"', 'ref="A1:G12"')
    assert after == before


def test_the_workbook_part_gains_a_name_and_recalculation(rich: bytes, patched: bytes) -> None:
    name = '<definedName name="zpb_memory" hidden="1">"D5=""8.95""&amp;&lt;"</definedName>'
    after = member(patched, WORKBOOK)
    assert after.count('fullCalcOnLoad="1"') == 1
    assert after.replace(name, "") == member(rich, WORKBOOK)
    book = load(patched)
    assert book.defined_names["zpb_memory"].value == '"D5=""8.95""&<"'
    assert book.defined_names["zpb_memory"].hidden
    assert "总分" in book.defined_names


def test_another_reader_sees_the_new_values_and_all_others_unchanged(rich: bytes, patched: bytes) -> None:
    expected = {name: float(new) if isinstance(new, Decimal) else new for name, new in CHANGES.items()}
    assert values(patched) == values(rich) | expected
    plain = {name: new for name, new in expected.items() if name not in {"自评表!D8", "自评表!E8"}}
    shown, formulas = values(patched, data_only=False), values(rich, data_only=False) | plain
    arrays = {name: formulas.pop(name).text for name in ("图 表!F1", "图 表!G1")}  # type: ignore[attr-defined]
    assert {name: shown.pop(name).text for name in arrays} == arrays  # type: ignore[attr-defined]
    assert shown == formulas


def test_styles_of_cells(rich: bytes, patched: bytes) -> None:
    before, after = (load(data)["自评表"] for data in (rich, patched))
    assert after["D5"].number_format == before["D5"].number_format == "0.00"
    assert after["G20"].number_format == "0.00"  # its column's
    assert after["C4"].number_format == "General"


def test_the_same_plan_again_changes_nothing(patched: bytes, plan_for: Planner) -> None:
    cached = ("自评表!D8", "自评表!E8")
    again = plan_for(patched, CHANGES, cached=cached, names=(("zpb_memory", 'D5="8.95"&<'),))
    assert patch(patched, again) == patched


def test_an_empty_plan_gives_the_same_bytes(rich: bytes, plan_for: Planner) -> None:
    assert patch(rich, plan_for(rich, {})) is rich


@pytest.mark.office
def test_libreoffice_calculates_what_the_plan_set(rich: bytes, plan_for: Planner, tmp_path: Path) -> None:
    changes = {"自评表!D5": D("8.95"), "自评表!D6": D("7"), "自评表!D8": D("25.95")}
    out = patch(rich, plan_for(rich, changes, cached=("自评表!D8",)))
    path = tmp_path / "改 过.xlsm"
    path.write_bytes(out)
    seen = office.recalculated(path)["自评表"]
    assert values(out)["自评表!D8"] == 25.95
    assert seen["D8"].value == pytest.approx(25.95)
    assert (seen["D5"].value, seen["A12"].value) == (8.95, "依据")


@pytest.mark.office
def test_the_validator_finds_nothing_new(rich: bytes, patched: bytes, tmp_path: Path) -> None:
    before, after = tmp_path / "before.xlsm", tmp_path / "after.xlsm"
    before.write_bytes(rich)
    after.write_bytes(patched)
    for version in ("Office2013", "Microsoft365"):
        assert set(office.validate(after, version)) <= set(office.validate(before, version))


# ------------------------------------------------------------------ refusals


def test_other_bytes_than_the_plan_was_made_from_are_refused(small: Builder, plan_for: Planner) -> None:
    data = small("<sheetData/>")
    with pytest.raises(RefusedError, match="被修改"):
        patch(data + b" ", plan_for(data, {"表!A1": D(1)}))


def test_a_plan_for_a_sheet_that_is_not_there_is_our_fault(small: Builder, plan_for: Planner) -> None:
    data = small("<sheetData/>")
    with pytest.raises(ValueError, match="不在"):
        patch(data, plan_for(data, {"不在!A1": D(1)}))
    with pytest.raises(ValueError, match="NaN"):
        patch(data, plan_for(data, {"表!A1": D("NaN")}))


@pytest.mark.parametrize("encoding", ["utf-16", "gbk", "us-ascii", "ISO-8859-1"])
def test_a_sheet_in_another_encoding_is_refused(
    pack: Builder, small: Builder, plan_for: Planner, encoding: str
) -> None:
    parts = {name: member(small("<sheetData/>"), name) for name in (SHEET, WORKBOOK)}
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    data = pack({SHEET: (head + parts[SHEET]).encode(encoding), WORKBOOK: parts[WORKBOOK].encode()})
    with pytest.raises(RefusedError, match="UTF-8"):
        patch(data, plan_for(data, {"表!A1": D(1)}))


@pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"PK\3\4"])
def test_what_is_no_workbook_is_refused(plan_for: Planner, content: bytes) -> None:
    with pytest.raises(RefusedError, match="没有写入"):
        patch(content, plan_for(content, {"表!A1": D(1)}))


def test_a_workbook_that_leads_to_no_sheets_in_the_usual_way_is_refused(
    small: Builder, plan_for: Planner
) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small("<sheetData/>"))) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            if name != "_rels/.rels":
                target.writestr(name, source.read(name))
    data = buffer.getvalue()
    with pytest.raises(RefusedError, match="结构特殊"):
        patch(data, plan_for(data, {"表!A1": D(1)}))


def test_names_in_chinese_are_names(small: Builder, plan_for: Planner) -> None:
    data = small('<sheetData><row r="1"><c r="A1" 属="1"/></row></sheetData>', workbook='<calcPr 属="1"/>')
    out = patch(data, plan_for(data, {"表!A1": D(1)}))
    assert '<c r="A1" 属="1"><v>1</v></c>' in member(out, SHEET)
    assert '<calcPr 属="1" fullCalcOnLoad="1"/>' in member(out, WORKBOOK)


def test_what_nobody_foresaw_is_refused(
    small: Builder, plan_for: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = small("<sheetData/>")

    def breaks(*_: object) -> None:
        raise AttributeError

    monkeypatch.setattr("zipingbiao.book.write.patch.patch_sheet", breaks)
    with pytest.raises(RefusedError, match="没有写入"):
        patch(data, plan_for(data, {"表!A1": D(1)}))


def test_a_sheet_that_is_not_well_formed_is_refused(small: Builder, plan_for: Planner) -> None:
    data = small('<sheetData><row r="1"></sheetData>')
    with pytest.raises(RefusedError, match="没有写入"):
        patch(data, plan_for(data, {"表!A1": D(1)}))


# ------------------------------------------------------------------ any sheet, any changes

PLACES = st.tuples(st.integers(1, 6), st.integers(1, 5))
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_"), min_size=1, max_size=6
)
NUMBERS = st.decimals(-(10**9), 10**9, places=4)
CONTENTS = st.one_of(TEXTS, NUMBERS)
NAMES = st.dictionaries(st.sampled_from(["zp_a", "zp_b", "zp_c"]), st.one_of(st.none(), TEXTS))


def written(cells: dict[tuple[int, int], Decimal | str], formulas: set[tuple[int, int]]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("表")
    for (row, column), value in cells.items():
        plain = value if isinstance(value, str) else float(value)
        if (row, column) in formulas:
            sheet.write_formula(row - 1, column - 1, "=1+1", None, plain)
        elif isinstance(plain, str):
            sheet.write_string(row - 1, column - 1, plain)
        else:
            sheet.write_number(row - 1, column - 1, plain)
    book.close()
    return buffer.getvalue()


def plainly(cells: dict[tuple[int, int], Decimal | str]) -> Iterator[tuple[str, object]]:
    for (row, column), value in cells.items():
        yield f"表!{column_letters(column)}{row}", value if isinstance(value, str) else float(value)


@settings(max_examples=often(10, 600), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(PLACES, CONTENTS, max_size=8),
    st.sets(PLACES, max_size=4),
    st.dictionaries(PLACES, CONTENTS, min_size=1, max_size=8),
    NAMES,
)
def test_reading_back_gives_the_old_cells_and_the_changes(
    cells: dict[tuple[int, int], Decimal | str],
    formulas: set[tuple[int, int]],
    changes: dict[tuple[int, int], Decimal | str],
    names: dict[str, str | None],
) -> None:
    import hashlib

    def plan(data: bytes) -> Plan:
        return Plan(
            tuple(
                Change(Ref("表", *place), "", new, "测试", cached=place in formulas & cells.keys())
                for place, new in sorted(changes.items())
            ),
            hashlib.blake2b(data, digest_size=16).hexdigest(),
            tuple(names.items()),
        )

    data = written(cells, formulas)
    out = patch(data, plan(data))
    assert values(out) == dict(plainly(cells | changes))
    assert patch(out, plan(out)) == out
    shown = load(out)
    kept = {
        name: f'"{text.replace(chr(34), chr(34) * 2)}"' for name, text in names.items() if text is not None
    }
    assert {name: shown.defined_names[name].value for name in shown.defined_names} == kept
    assert all(shown["表"].cell(*place).value == "=1+1" for place in formulas & cells.keys())
