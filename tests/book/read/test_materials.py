"""What units send along is told by its first bytes; a table never is one of these."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from support.handed_in import FILES
from support.sent import DOC, EXE, JPG, MP4, PDF, document
from zipingbiao.book.read.materials import material_of


@pytest.mark.parametrize(
    ("head", "kind", "paper"),
    [
        (PDF, "pdf", True),
        (b"junk\r\n%PDF-1.7", "pdf", True),
        (JPG, "picture", True),
        (b"\x89PNG\r\n\x1a\n", "picture", True),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture", True),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture", True),
        (b"BM\x36\0\x0c\0\0\0\0\0", "picture", True),
        (b"II*\0\x08\0", "picture", True),
        (MP4, "video", False),
        (b"RIFF\x10\0\0\0AVI LIST", "video", False),
        (b"RIFF\x10\0\0\0WAVEfmt ", "sound", False),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "sound", False),
        (EXE, "program", False),
        (b"AC1027\0", "dwg", False),
        (b"L\0\0\0\x01\x14\x02\0\0", "lnk", True),
    ],
)
def test_first_bytes_tell(head: bytes, kind: str, *, paper: bool) -> None:
    found = material_of(head)
    assert found is not None
    assert (found.kind, found.paper) == (kind, paper)
    assert found.why.endswith("。")


@pytest.mark.parametrize(
    "head",
    [
        FILES[0].read_bytes(),
        document([["a"]]),
        DOC,
        b"",
        b"MZ\xd2\xbb,1",
        b"BM,1,2,3\r\n",
        "项目,金额".encode(),
        b"<html>",
    ],
)
def test_what_may_hold_a_table_is_left_to_the_readers(head: bytes) -> None:
    assert material_of(head[:4096]) is None


def test_an_archive_that_holds_a_scan_is_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "扫描.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("扫描.pdf", PDF)
    assert material_of(path.read_bytes()) is None
