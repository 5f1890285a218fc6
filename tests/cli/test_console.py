"""A console of code page 936: what it can show is shown in it, the rest is spelled; JSON is UTF-8 everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.handed_in import FILES
from zipingbiao.cli.console import _SPELLED, set_up


def run(*arguments: str, encoding: str) -> tuple[bytes, bytes]:
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-P", "-m", "zipingbiao", *arguments]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode in {0, 1, 2}, done.stderr
    assert b"Traceback" not in done.stderr
    return done.stdout, done.stderr


@pytest.fixture(autouse=True)
def _registered() -> None:
    set_up()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("错误：10 × 106.49 ÷ 107.26 ≥ 9，“好”→…", "错误：10 × 106.49 ÷ 107.26 ≥ 9，“好”→…"),
        ("✓ 已写入", "对 已写入"),
        ("5 − 3", "5 - 3"),
        ("面积100 m²", "面积100 m2"),
        ("约㎥", "约m3"),
        ("a\u00a0b", "a b"),
        ("𠮷县", "□县"),
        ("项目😀", "项目□"),
        ("坏名\udcff.xlsx", "坏名□.xlsx"),
    ],
)
def test_what_the_code_page_lacks_is_spelled(text: str, shown: str) -> None:
    assert text.encode("gbk", _SPELLED).decode("gbk") == shown


@pytest.mark.parametrize("command", ["check", "score"])
def test_a_gbk_console_reads_what_is_printed(command: str, tmp_path: Path) -> None:
    file = Path(shutil.copy(FILES[0], tmp_path / "自评表😀.xlsx"))
    utf8, _ = run(command, str(file), *(["--dry-run"] if command == "score" else []), encoding="utf-8")
    gbk, _ = run(command, str(file), *(["--dry-run"] if command == "score" else []), encoding="gbk")
    assert gbk.decode("gbk") == utf8.decode("utf-8").encode("gbk", _SPELLED).decode("gbk")
    assert "自评表□.xlsx" in gbk.decode("gbk")


def test_help_and_complaints_are_in_the_code_page_too() -> None:
    assert "项目支出绩效自评表" in run("--help", encoding="cp936")[0].decode("gbk")
    assert "您是要 score 吗" in run("scroe", encoding="cp936")[1].decode("gbk")


def test_json_stays_utf8_on_a_gbk_console() -> None:
    out, _ = run("check", str(FILES[0]), "--json", encoding="gbk")
    assert json.loads(out.decode("utf-8"))["files"][0]["status"] == "accepted"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "big5", "cp437"])
def test_an_encoding_without_simplified_chinese_gets_utf8(encoding: str) -> None:
    assert "项目支出绩效自评表" in run("--help", encoding=encoding)[0].decode("utf-8")
