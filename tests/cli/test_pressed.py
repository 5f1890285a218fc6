"""A command from Explorer's menu: a file or folder that was chosen, in a window that waits."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zipingbiao.cli import pressed

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"


@pytest.fixture
def chosen(tmp_path: Path) -> Path:
    """A folder whose name holds what a shell would take for its own, with one example."""
    folder = tmp_path / "报送 & 材料 (1)"
    folder.mkdir()
    shutil.copyfile(next(EXAMPLES.glob("[0-9]*.xlsx")), folder / "自评表.xlsx")
    return folder


def start(*given: str) -> subprocess.CompletedProcess[str]:
    """As the entry of the menu does it, from another folder."""
    return subprocess.run(
        [sys.executable, "-B", "-E", "-P", "-m", pressed.__name__, *given],
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_a_workbook_is_checked_and_scored(chosen: Path) -> None:
    file = chosen / "自评表.xlsx"
    before = file.read_bytes()
    assert "自评表.xlsx" in start("check", str(file)).stdout
    assert file.read_bytes() == before
    assert "Traceback" not in start("score", str(file)).stderr


def test_a_folder_gets_its_summary_and_keeps_what_people_wrote_there(chosen: Path) -> None:
    assert pressed.arguments("merge", str(chosen)) == [
        "merge",
        str(chosen),
        "-o",
        str(chosen / "汇总表.xlsx"),
    ]
    first = start("merge", str(chosen))
    assert (chosen / "汇总表.xlsx").is_file(), first.stderr
    again = pressed.arguments("merge", str(chosen))
    assert again == ["merge", str(chosen), "--update", str(chosen / "汇总表.xlsx")]
    assert start("merge", str(chosen)).returncode == first.returncode


def test_the_window_waits_for_a_person_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", asked.append)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    with pytest.raises(SystemExit):
        pressed.run(["check", str(tmp_path / "没有.xlsx")])
    assert asked == []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    with pytest.raises(SystemExit):
        pressed.run(["check", str(tmp_path / "没有.xlsx")])
    assert asked == ["按回车键关闭窗口。"]
