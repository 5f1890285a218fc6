"""The helpers themselves: a helper that calls everything good would prove nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from support import office

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """Make a workbook whose cached result is wrong: 2 × 3 is said to be 99."""
    path = tmp_path / "旧值 1.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row("A1", [2, 3])
        sheet.write_formula("C1", "=A1*B1", None, 99)
    return path


def damaged(path: Path, old: bytes, new: bytes) -> Path:
    """Write a copy of a workbook with one text of its sheet replaced."""
    copy = path.with_name("坏.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(old, new) if name.endswith("sheet1.xml") else data)
    assert copy.read_bytes() != path.read_bytes()
    return copy


@pytest.mark.office
def test_cached_values_are_computed_anew(stale: Path) -> None:
    assert office.recalculated(stale).worksheets[0]["C1"].value == 6


@pytest.mark.office
def test_a_conversion_replaces_an_older_result(stale: Path, tmp_path: Path) -> None:
    older = tmp_path / "out" / f"{stale.stem}.pdf"
    older.parent.mkdir()
    older.write_bytes(b"old")
    assert office.convert(stale, "pdf", older.parent) == older
    assert older.read_bytes().startswith(b"%PDF")


@pytest.mark.office
def test_what_is_no_workbook_fails(tmp_path: Path) -> None:
    path = tmp_path / "文本.xlsx"
    path.write_text("不是工作簿", encoding="utf-8")
    with pytest.raises(office.OfficeError, match=r"made no pdf of 文本\.xlsx"):
        office.convert(path, "pdf", tmp_path)
    with pytest.raises(office.OfficeError, match="cannot open"):
        office.validate(path, "Microsoft365")


@pytest.mark.office
def test_the_validator_names_part_and_place(stale: Path) -> None:
    assert office.validate(stale, "Microsoft365") == []
    errors = office.validate(damaged(stale, b"<c r=", b'<c nonsense="1" r='), "Microsoft365")
    assert "/xl/worksheets/sheet1.xml" in errors[0]
    assert "nonsense" in errors[0]


@pytest.mark.parametrize(("required", "status", "word"), [("", 0, "skipped"), ("1", 1, "error")])
def test_a_missing_program_skips_on_a_desk_and_fails_in_ci(required: str, status: int, word: str) -> None:
    marked = f"{Path(__file__)}::{test_cached_values_are_computed_anew.__name__}"
    environment = {**os.environ, "PATH": "", office.VALIDATOR_VARIABLE: "", "ZPB_REQUIRE_OFFICE": required}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", marked]
    run = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment
    )
    assert run.returncode == status, run.stdout
    assert f"1 {word}" in run.stdout
    assert "未找到 LibreOffice" in run.stdout
