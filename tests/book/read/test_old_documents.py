"""Old Word documents: read through LibreOffice, and one sentence where that cannot be."""

from __future__ import annotations

import stat
import sys
import time
from pathlib import Path

import pytest

from support import office, reports
from zipingbiao.book.read import office as converter
from zipingbiao.book.read import read_book
from zipingbiao.errors import UnreadableError
from zipingbiao.result.evaluate import evaluate

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le") + bytes(4096)


def old(tmp_path: Path, name: str = "报告.doc") -> Path:
    path = tmp_path / name
    path.write_bytes(OLE)
    return path


def pretend(monkeypatch: pytest.MonkeyPatch, program: Path, script: str) -> None:
    """Let a script stand for LibreOffice."""
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(converter, "_program", lambda: str(program))


@pytest.mark.office
@pytest.mark.parametrize("seed", [2, 3])
@pytest.mark.parametrize("name", ["报告.doc", "报告.wps", "报告.xlsx"])
def test_an_old_document_is_read_like_a_new_one(tmp_path: Path, seed: int, name: str) -> None:
    document = tmp_path / "a.docx"
    document.write_bytes(reports.content(reports.written(seed)))
    path = office.convert(document, "doc", tmp_path / "old").rename(tmp_path / name)
    book = read_book(path)
    assert (book.kind, book.writable, book.part) == ("doc", False, "")
    assert "已用 LibreOffice 转换后读取" in book.notes[0]
    (found,) = evaluate(book).evaluations
    assert found.table.project.name == reports.NAMES[seed]
    assert {key: found.table.texts[key].text for key in reports.prose(seed)} == {
        key: text.strip() for key, text in reports.prose(seed).items()
    }


@pytest.mark.office
def test_a_broken_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^报告\.doc：旧版 Word 文档.*另存为 \.docx。$"):
        read_book(old(tmp_path))


@pytest.mark.parametrize(
    ("name", "said"), [("报告.doc", r"另存为 \.docx"), ("表.xls", "请提供 Excel 原文件")]
)
def test_without_the_program_the_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    monkeypatch.setattr(converter, "_program", lambda: None)
    with pytest.raises(UnreadableError, match=said):
        read_book(old(tmp_path, name))


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = tmp_path / "alive"
    pretend(monkeypatch, tmp_path / "soffice", f"(sleep 2; touch '{sign}') & sleep 60")
    monkeypatch.setattr(converter, "SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(UnreadableError, match=r"没有转换完，请用 Word 或 WPS 打开后另存为 \.docx"):
        read_book(old(tmp_path))
    assert time.monotonic() - began < 2
    time.sleep(2.5)
    assert not sign.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell script")
def test_it_runs_in_a_folder_of_its_own_that_is_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    pretend(
        monkeypatch,
        tmp_path / "soffice",
        f'pwd > "{log}"; echo "$@" >> "{log}"; cat profile/user/* >> "{log}"',
    )
    with pytest.raises(UnreadableError, match="未能转换"):
        read_book(old(tmp_path))
    folder, arguments, *settings = log.read_text("utf-8").splitlines()
    assert not Path(folder).exists()
    assert f"-env:UserInstallation=file://{folder}/profile" in arguments
    assert any("DisableMacrosExecution" in line and "true" in line for line in settings)


def test_a_program_beside_the_documents_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(converter, "_PLACES", ())
    assert converter._program() is None
