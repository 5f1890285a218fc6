"""What is read at once, and what a process of its own reads: a small sound .xlsx, and everything else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from support.handed_in import FILES
from zipingbiao.book.read.usual import MOST_BYTES, is_usual

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "file",
    [*FILES, *sorted((ROOT / "workbooks").rglob("*.xlsx"))],
    ids=lambda path: path.stem,
)
def test_what_units_hand_in_is_usual(file: Path) -> None:
    assert is_usual(file)


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return path


def test_a_workbook_that_unpacks_to_much_is_not(tmp_path: Path) -> None:
    bomb = _zip(tmp_path / "甲.xlsx", {"xl/workbook.xml": b"<x/>", "xl/s.xml": b" " * 11_000_000})
    assert bomb.stat().st_size < MOST_BYTES
    assert not is_usual(bomb)


def test_a_big_one_is_not(tmp_path: Path) -> None:
    file = tmp_path / "甲.xlsx"
    file.write_bytes(FILES[0].read_bytes().ljust(MOST_BYTES + 1, b"\0"))
    assert not is_usual(file)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("甲.xlsx", b"PK\x03\x04 this is no zip"),
        ("甲.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("甲.csv", "指标,目标值\n".encode()),
        ("甲.xlsx", b"<html><table></table></html>"),
    ],
)
def test_other_kinds_and_damaged_files_are_not(tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert not is_usual(file)


def test_a_document_and_an_archive_of_workbooks_are_not(tmp_path: Path) -> None:
    assert not is_usual(_zip(tmp_path / "报告.docx", {"word/document.xml": b"<x/>"}))
    assert not is_usual(_zip(tmp_path / "教育局.zip", {"表.xlsx": FILES[0].read_bytes()}))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 99])
def test_what_is_only_named_needs_no_process(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "扫描件.pdf"
    file.write_bytes(data)
    assert is_usual(file)
    assert is_usual(tmp_path / "不存在.xlsx")
