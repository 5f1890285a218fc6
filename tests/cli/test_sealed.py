"""Signed, final-marked and protected workbooks: written after a question or ``--yes``, never in silence."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

import zipingbiao as z
from book.read import raw
from cli.test_odd_files import BOOK, SHEET, changed, parts, zpb
from cli.test_undo import blank, scored

__all__ = ["blank", "scored"]  # fixtures

CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="_MarkAsFinal"><vt:bool>FINAL</vt:bool></property></Properties>'
)
PROTECTED = (SHEET, ("</sheetData>", '</sheetData><sheetProtection sheet="1" objects="1"/>'))
SEALED = {
    "有数字签名": {**parts(), "_xmlsignatures/origin.sigs": "", "_xmlsignatures/sig1.xml": "<Signature/>"},
    "标记为最终状态": {**parts(), "docProps/custom.xml": CUSTOM.replace("FINAL", "true")},
    "工作表“自评表”设有保护": changed(*PROTECTED),
    "设有工作簿保护": changed(BOOK, ("<sheets>", '<workbookProtection lockStructure="1"/><sheets>')),
    "设为建议只读": changed(BOOK, ("<sheets>", '<fileSharing readOnlyRecommended="1"/><sheets>')),
}
OPEN = {
    "final no more": {**parts(), "docProps/custom.xml": CUSTOM.replace("FINAL", "false")},
    "a protection that is off": changed(SHEET, ("</sheetData>", '</sheetData><sheetProtection sheet="0"/>')),
    "locked windows": changed(BOOK, ("<sheets>", '<workbookProtection lockWindows="1"/><sheets>')),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "甲.xlsx"


@pytest.mark.parametrize(("said", "made"), SEALED.items(), ids=SEALED)
def test_without_a_terminal_it_says_so_and_waits_for_yes(said: str, made: dict[str, str], file: Path) -> None:
    file.write_bytes(raw.zipped(made))
    before = file.read_bytes()
    assert zpb("check", file).status == 0
    ran = zpb("score", file)
    assert (ran.status, file.read_bytes(), list(file.parent.iterdir())) == (2, before, [file])
    assert f"再加 --yes 运行：这个工作簿{said}" in ran.out
    ran = zpb("score", file, "--yes")
    assert (ran.status, "已写入" in ran.out) == (0, True)
    again = json.loads(zpb("score", file, "--json").out)["files"][0]
    assert (again["changes"], again["refused"]) == ([], None)  # nothing to write, nothing to ask


@pytest.mark.parametrize("made", OPEN.values(), ids=OPEN)
def test_what_is_not_sealed_is_not_asked_about(made: dict[str, str], file: Path) -> None:
    file.write_bytes(raw.zipped(made))
    assert zpb("score", file).status == 0


def test_a_person_is_asked_by_the_name_of_the_file(file: Path) -> None:
    file.write_bytes(raw.zipped(changed(*PROTECTED)))
    asked: list[str] = []

    def no(question: str) -> bool:
        asked.append(question)
        return False

    (press,) = z.score(file, ask=no)
    assert asked == ["甲.xlsx 工作表“自评表”设有保护，仍要写入吗？"]
    assert (press.saved, press.refused is not None) == (None, True)
    (press,) = z.score(file, ask=lambda _: True)
    assert press.saved == file


def test_repair_asks_too(file: Path) -> None:
    odd = changed(*PROTECTED, ("≥200人次", "＞＝200人次"))
    file.write_bytes(raw.zipped(odd))
    ran = zpb("fix", file)
    assert (ran.status, "--yes" in ran.out) == (2, True)
    assert zpb("fix", file, "--yes").status == 0


def test_undo_asks_too(scored: Path) -> None:
    with zipfile.ZipFile(scored) as archive:
        made = {name: archive.read(name) for name in archive.namelist()}
    first = "xl/worksheets/sheet1.xml"
    made[first] = made[first].replace(b"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>')
    scored.write_bytes(raw.zipped(made))
    ran = zpb("undo", scored)
    assert (ran.status, "工作表“项目1”设有保护" in ran.out) == (2, True)
    assert zpb("undo", scored, "--yes").status == 0
