"""Which fonts a computer lacks: by any of their names, and silence where the system does not tell."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from zipingbiao.book.read import fonts, office
from zipingbiao.errors import UnreadableError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fc-list is a shell script here")


def pretend(monkeypatch: pytest.MonkeyPatch, program: Path, said: str) -> None:
    program.write_text(f"#!/bin/sh\n{said}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(fonts, "installed", lambda _name: str(program))


def test_a_font_is_known_by_any_of_its_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, tmp_path / "fc-list", r"printf 'SimSun,宋体\nSimHei\nNoto Sans CJK SC\nA\\-B\n\n'")
    wanted = ["仿宋_GB2312", "宋体", "黑体", "noto sans cjk sc", "A-B", "方正小标宋简体", "仿宋_GB2312"]
    assert fonts.missing(wanted) == ["仿宋_GB2312", "方正小标宋简体"]


def test_a_system_that_does_not_tell_says_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, tmp_path / "fc-list", "exit 3")
    assert fonts.missing(["宋体"]) is None
    monkeypatch.setattr(fonts, "installed", lambda _name: None)
    assert fonts.missing(["宋体"]) is None


def test_what_takes_too_long_to_print_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    monkeypatch.setattr(office, "PRINTING_SECONDS", 0.3)
    with pytest.raises(UnreadableError, match="没有生成 PDF，请用 Word、Excel 或 WPS 打开后另存为 PDF。"):
        office.printed({"a.xlsx": b"x"})


def test_what_it_does_not_print_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nmkdir -p out; echo x > out/b.pdf\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "_program", lambda: str(program))
    assert office.printed({"a.xlsx": b"x", "b.docx": b"y"}) == {"b.docx": b"x\n"}
