"""The menu: numbers lead to commands, what does not exist is asked again, a dropped file gets what suits it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from support.handed_in import FILES
from zipingbiao.cli.menu import open_menu


def asked(typed: str, *dropped: Path, status: int = 0) -> tuple[list[list[str]], str, int]:
    """Return the commands that were run, what was shown, and the exit status."""
    ran: list[list[str]] = []

    def run(arguments: Sequence[str]) -> int:
        ran.append(list(arguments))
        return status

    with CliRunner().isolation(input=typed) as streams:
        result = open_menu(run, [str(path) for path in dropped])
        shown = streams[0].getvalue().decode()
    return ran, shown, result


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(FILES[0], tmp_path / "自评表.xlsx"))


def test_a_number_and_a_file_run_a_command(file: Path) -> None:
    ran, shown, status = asked(f'1\n"{file}"\n0\n', status=1)
    assert ran == [["score", str(file)]]
    assert f"zpb score {file}" in shown
    assert status == 1


def test_a_folder_is_checked_and_merged(tmp_path: Path) -> None:
    summary = tmp_path / "汇总表.xlsx"
    assert asked(f"2\n{tmp_path}\n0\n")[0] == [["check", str(tmp_path)]]
    assert asked(f"3\n{tmp_path}\n0\n")[0] == [["merge", str(tmp_path), "-o", str(summary)]]
    summary.write_bytes(b"")
    assert asked(f"3\n{tmp_path}\n0\n")[0] == [["merge", str(tmp_path), "--update", str(summary)]]


def test_a_new_file_and_a_report_are_named(file: Path) -> None:
    ran, _shown, _status = asked(f"5\n新表\n4\n{file}\n0\n")
    assert ran == [
        ["new", "新表.xlsx"],
        ["report", str(file), "-o", str(file.with_name("自评表绩效自评报告.docx"))],
    ]


def test_what_is_not_there_is_asked_again(file: Path, tmp_path: Path) -> None:
    ran, shown, _status = asked(f"9\n甲\n3\n{tmp_path / '没有'}\n{file}\n0\n0\n")
    assert ran == []
    assert "没有“9”这一项，请输入 0 到 6 的数字" in shown
    assert "没有找到“" in shown
    assert "不是放着各单位自评表的文件夹" in shown


def test_a_dropped_file_gets_what_suits_it(file: Path) -> None:
    ran, shown, status = asked("2\n\n", file, status=1)
    assert ran == [["check", str(file)]]
    assert "汇总" not in shown
    assert "按回车键关闭" in shown
    assert status == 1


def test_a_dropped_folder_is_offered_the_summary(tmp_path: Path) -> None:
    _ran, shown, _status = asked("0\n\n", tmp_path)
    assert "1 校验" in shown
    assert "2 汇总" in shown
    assert "评分" not in shown.replace("评分页", "")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo terminal")
def test_at_a_terminal_the_program_alone_shows_it(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-P", "-m", "zipingbiao"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path) as process:
        os.close(theirs)
        os.write(ours, b"0\n")
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
        os.close(ours)
    assert process.returncode == 0
    assert "3 汇总" in shown.decode()


def test_without_a_terminal_it_is_no_menu(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "zipingbiao"]
    done = subprocess.run(command, capture_output=True, cwd=tmp_path, stdin=subprocess.DEVNULL, check=False)
    assert "请输入数字" not in done.stdout.decode()
    assert "zpb check 自评表.xlsx" in done.stdout.decode() + done.stderr.decode()
