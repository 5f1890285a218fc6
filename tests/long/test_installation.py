"""安装.cmd under Wine: installed, installed again, failed, cut off; what was installed before is never lost.

Needs Wine and a compiler for Windows; a stand-in takes the place of Python.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import budget
from zipingbiao.deliver.bundle import PYTHON, _script

COMPILER = "x86_64-w64-mingw32-gcc"
pytestmark = [
    budget.drawn,
    pytest.mark.skipif(not budget.LONG, reason="only in tests/long/run"),
    pytest.mark.skipif(shutil.which("wine") is None, reason="Wine is missing: apt-get install wine"),
    pytest.mark.skipif(shutil.which(COMPILER) is None, reason=f"{COMPILER} is missing"),
]
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Computer:
    """A Windows with the unpacked bundle in a folder of its own."""

    drive: Path
    environment: dict[str, str]

    @property
    def bundle(self) -> Path:
        return self.drive / "离线 安装 (1)"

    @property
    def python(self) -> Path:
        """The Python of the whole computer."""
        return self.drive / "windows" / "py.exe"

    @property
    def home(self) -> Path:
        """Where 安装.cmd installs."""
        (users,) = (each for each in (self.drive / "users").iterdir() if each.name != "Public")
        return users / "AppData" / "Local" / "zipingbiao"

    def install(self, *, fails: bool = False) -> int:
        """Double-click 安装.cmd, and return how it ended."""
        (self.drive / "FAILS").touch() if fails else (self.drive / "FAILS").unlink(missing_ok=True)
        (self.drive / "said.txt").unlink(missing_ok=True)
        return subprocess.run(
            ["wine", "cmd", "/c", "install.cmd"],
            cwd=self.bundle,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=300,
        ).returncode

    @property
    def said(self) -> list[list[str]]:
        """What Python was asked for, call by call."""
        file = self.drive / "said.txt"
        return [line.split("\t") for line in file.read_text("utf-8").splitlines()] if file.exists() else []

    @property
    def installed(self) -> set[str]:
        """What stands in the folder of the software; a mark of an earlier installation with it."""
        found = (each.relative_to(self.home).as_posix() for each in self.home.rglob("*") if each.is_file())
        return set(found) if self.home.exists() else set()


@pytest.fixture(scope="module")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Computer]:
    prefix = tmp_path_factory.mktemp("wine") / "prefix"
    environment = {
        **os.environ,
        "WINEPREFIX": str(prefix),
        "WINEDEBUG": "-all",
        "DISPLAY": "",
        "LANG": "C.UTF-8",
    }
    environment["WINEDLLOVERRIDES"] = "mscoree,mshtml="
    subprocess.run(["wine", "wineboot", "-i"], env=environment, capture_output=True, check=True, timeout=300)
    made = Computer(prefix / "drive_c", environment)
    flags = ["-municode", "-O1", "-Wall", "-Werror"]
    subprocess.run(
        [
            COMPILER,
            *flags,
            str(HERE / "installed.c"),
            "-o",
            str(made.drive / "stand_in.exe"),
            "-lshell32",
        ],
        check=True,
    )
    yield made
    subprocess.run(["wineserver", "-k"], env=environment, check=False)  # that of this folder only


@pytest.fixture
def computer(windows: Computer) -> Computer:
    """The computer with Python and nothing installed, and the bundle just unpacked."""
    shutil.copyfile(windows.drive / "stand_in.exe", windows.python)
    for folder in (windows.home, windows.bundle):
        shutil.rmtree(folder, ignore_errors=True)
    wheels = windows.bundle / "wheels"
    wheels.mkdir(parents=True)
    for name in ("pip-25.0-py3-none-any.whl", "zipingbiao-1.0-py3-none-any.whl"):
        (wheels / name).touch()
    (windows.bundle / "install.cmd").write_bytes(_script(PYTHON))
    return windows


OWN = "python/Scripts/python.exe"


def test_it_installs_with_the_wheels_beside_it_and_enters_the_menu(computer: Computer) -> None:
    assert computer.install() == 0
    assert computer.installed == {OWN}
    *_, pip, menu = computer.said
    assert pip[1].endswith(r"离线 安装 (1)\wheels\pip-25.0-py3-none-any.whl\pip")
    assert pip[-1].endswith("zipingbiao-1.0-py3-none-any.whl[excel]")
    assert menu[-3:] == ["addin", "install", "--menu"]


def test_installed_again_it_takes_the_place_of_the_earlier(computer: Computer) -> None:
    assert computer.install() == 0
    (computer.home / "python" / "earlier.txt").touch()
    assert computer.install() == 0
    assert computer.installed == {OWN}


def test_what_was_installed_stays_when_the_new_one_fails(computer: Computer) -> None:
    assert computer.install() == 0
    (computer.home / "python" / "earlier.txt").touch()
    assert computer.install(fails=True) == 1
    assert computer.installed == {OWN, "python/earlier.txt"}


def test_nothing_is_left_of_a_first_one_that_fails(computer: Computer) -> None:
    assert computer.install(fails=True) == 1
    assert computer.installed == set()


def test_after_one_that_was_cut_off_the_earlier_comes_back(computer: Computer) -> None:
    assert computer.install() == 0
    (computer.home / "python" / "earlier.txt").touch()
    (computer.home / "python").rename(computer.home / "python.old")
    (computer.home / "python").mkdir()
    assert computer.install(fails=True) == 1
    assert computer.installed == {OWN, "python/earlier.txt"}


def test_run_inside_the_archive_it_touches_nothing(computer: Computer) -> None:
    assert computer.install() == 0
    shutil.rmtree(computer.bundle / "wheels")
    assert computer.install() == 1
    assert computer.said == []
    assert computer.installed == {OWN}


def test_without_python_the_one_in_the_bundle_is_taken(computer: Computer) -> None:
    computer.python.unlink()
    (computer.bundle / "python").mkdir()
    shutil.copyfile(computer.drive / "stand_in.exe", computer.bundle / "python" / "python.exe")
    (computer.bundle / "python" / "python312._pth").write_bytes(b"python312.zip\r\n.\r\n")
    assert computer.install() == 0
    assert computer.installed == {"python/python.exe", "python/python312._pth"}
    paths = (computer.home / "python" / "python312._pth").read_text().split()
    assert paths == ["python312.zip", ".", r"Lib\site-packages"]
    target, place, _ = computer.said[0][-3:]
    assert target == "--target"
    assert place.endswith(r"\zipingbiao\python\Lib\site-packages")


def test_without_any_python_what_was_installed_stays(computer: Computer) -> None:
    assert computer.install() == 0
    computer.python.unlink()
    assert computer.install() == 1
    assert computer.installed == {OWN}
