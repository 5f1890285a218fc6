"""The public copy of a workbook: nothing secret in any part, all that is shown still there."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support import confidential, office
from support.confidential import PHONES, SECRET
from support.handed_in import FILES
from zipingbiao.book.write.public.workbook import public_workbook
from zipingbiao.errors import RefusedError
from zipingbiao.table import ours
from zipingbiao.template.examples import examples

OURS = (ours.Sheet.FINDINGS, ours.Sheet.LOG)
EXAMPLES = sorted(examples().glob("*.xlsx"))


@pytest.fixture(scope="module")
def copy() -> bytes:
    given = confidential.workbook()
    assert confidential.found(given, SECRET)
    return public_workbook(given, codes=["14092621000001"])


def test_no_part_says_anything_secret(copy: bytes) -> None:
    names = " ".join(confidential.searched(copy))
    assert confidential.found(copy, SECRET, *PHONES, "zp_", "C:\\Users") == []
    for part in (
        "comment",
        "vmlDrawing",
        "customXml",
        "thumbnail",
        "printerSettings",
        "custom.xml",
        "calcChain",
    ):
        assert part not in names


def test_what_is_shown_is_there(copy: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.sheetnames == ["表"]
    sheet = book["表"]
    assert sheet["A2"].value == "请打***********或****-*******"
    assert str(sheet["A3"].value) == "手机***********"
    assert (sheet["A1"].value, sheet["B1"].value) == ("联系电话", "*******")
    assert sheet["D1"].value == "14092621000001"
    assert sheet["B4"].value == "***********"
    assert sheet["A13"].value == "附表"
    assert sheet["A15"].hyperlink.target == "https://www.gov.cn/"
    assert [sheet[each].hyperlink for each in ("A13", "A14")] == [None, None]
    assert sheet["A11"].value is None
    assert sheet["F1"].value is None


def test_a_formula_that_loses_what_it_points_to_keeps_its_value(copy: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(copy))["表"]
    shown = {each: sheet[each].value for each in ("B5", "B6", "B7", "B8", "B9")}
    assert shown == {"B5": 14, "B6": 6, "B7": 1, "B8": "=B5+1", "B9": "电话***********"}


def test_names_rules_and_lists_that_lead_nowhere_are_gone(copy: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(copy))
    sheet = book["表"]
    assert list(book.defined_names) == ["全部"]
    assert list(sheet.defined_names) == ["局部"]
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["A21"]
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["A22"]


def test_a_copy_of_a_copy_is_the_same(copy: bytes) -> None:
    assert public_workbook(copy, codes=["14092621000001"]) == copy


@pytest.mark.parametrize(
    ("kind", "word"), [("pivotCacheDefinition", "数据透视表"), ("somethingNew", "特殊内容")]
)
def test_what_may_hide_anything_is_refused(kind: str, word: str) -> None:
    given = confidential.changed(
        confidential.workbook(),
        {"xl/odd.xml": b"<x/>"},
        {
            "xl/_rels/workbook.xml.rels": (
                "</Relationships>",
                f'<Relationship Id="rId99" Type="http://a.b/{kind}" Target="odd.xml"/></Relationships>',
            )
        },
    )
    with pytest.raises(RefusedError, match=word):
        public_workbook(given)


def test_a_workbook_without_a_sheet_for_the_public_is_refused() -> None:
    with pytest.raises(RefusedError, match="没有可以公开的工作表"):
        public_workbook(confidential.workbook(), without=["表"])


@pytest.mark.parametrize("path", [*EXAMPLES, *FILES], ids=lambda path: path.stem)
def test_a_copy_is_scored_as_its_workbook(path: Path) -> None:
    """By label, as anybody's workbook: our marks are gone."""
    scored, press = z.score(path.read_bytes(), recompute=True)
    copy = public_workbook(scored, without=OURS)
    again = z.evaluate(z.read(copy, name="a.xlsx"))
    assert [one.adopted_total for one in again.evaluations] == [
        one.adopted_total for one in press.result.evaluations
    ]


@pytest.mark.office
@pytest.mark.parametrize("made", ["secrets", *(path.name for path in EXAMPLES)])
def test_office_programs_take_the_copy_and_calculate_the_same(made: str, tmp_path: Path) -> None:
    given = confidential.workbook() if made == "secrets" else z.score((examples() / made).read_bytes())[0]
    target = tmp_path / "公开.xlsx"
    target.write_bytes(public_workbook(given, without=OURS))
    assert office.validate(target, "Microsoft365") == []
    stored = openpyxl.load_workbook(io.BytesIO(target.read_bytes()), data_only=True)
    for sheet in office.recalculated(target).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert (cell.value or "") == (stored[sheet.title][cell.coordinate].value or ""), cell
