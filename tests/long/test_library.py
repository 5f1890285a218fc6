"""xlwings' true library under Wine, with the command of our add-in: what starts arrives whole, what fails fails fast.

Needs Wine, a compiler for Windows and the package index: the library is in the package for Windows only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings

from support import budget
from support.exports import exported
from zipingbiao.excel.addin.start import Start

pytestmark = [
    budget.drawn,
    pytest.mark.skipif(not budget.LONG, reason="only in tests/long/run"),
    pytest.mark.skipif(shutil.which("wine") is None, reason="Wine is missing: apt-get install wine"),
]

HERE = Path(__file__).parent
COMPILERS = {64: "x86_64-w64-mingw32-gcc", 32: "i686-w64-mingw32-gcc"}
LONGEST = 2000  # milliseconds of a start that fails
# Blanks and what a shell would take for its own.
PLACES = (
    r"C:\Users\a & b (x)\Python 311",
    r"C:\100% %PATH% ^x\Python",
    r"C:\it's, y=1;z\Python",
    r"C:\[a] {b} !c! `d` #e @f\Python",
)


@dataclass(frozen=True)
class Windows:
    """A drive C: with one of the libraries, and who calls it."""

    drive: Path
    environment: dict[str, str]
    bits: int

    def start(self, command: str) -> tuple[int, int, str]:
        """Return what the library answered to the command: its number, milliseconds, its words."""
        done = self.run(str(self.drive / "caller.exe"), r"C:\library.dll", command)
        number, milliseconds, *words = done.split("\n")
        return int(number), int(milliseconds), "\n".join(words)

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            ["wine", *arguments], env=self.environment, capture_output=True, check=True, timeout=300
        )
        return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")

    @property
    def arguments(self) -> list[str]:
        """What the program that was started got."""
        return (self.drive / "arguments.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("wheel")
    wanted = ["--platform", "win_amd64", "--only-binary", ":all:", "--no-deps", "--dest", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", f"xlwings=={xlwings.__version__}", *wanted],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip("the package index does not answer: xlwings for Windows could not be downloaded")
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(folder)
    return {bits: next(folder.rglob(f"xlwings{bits}-{xlwings.__version__}.dll")) for bits in COMPILERS}


@pytest.fixture(scope="module", params=COMPILERS, ids=lambda bits: f"{bits} bits")
def windows(
    request: pytest.FixtureRequest, libraries: dict[int, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windows]:
    bits: int = request.param
    if shutil.which(COMPILERS[bits]) is None:
        pytest.skip(f"{COMPILERS[bits]} is missing: apt-get install gcc-mingw-w64")
    prefix = tmp_path_factory.mktemp("wine") / "prefix"
    environment = {**os.environ, "WINEPREFIX": str(prefix), "WINEDEBUG": "-all", "DISPLAY": ""}
    environment["WINEDLLOVERRIDES"] = "mscoree,mshtml="
    made = Windows(prefix / "drive_c", environment, bits)
    subprocess.run(["wine", "wineboot", "-i"], env=environment, capture_output=True, check=True, timeout=300)
    shutil.copyfile(libraries[bits], made.drive / "library.dll")
    for source, program in (("caller.c", "caller.exe"), ("stand_in.c", "pythonw.exe")):
        flags = ["-municode", "-O1", "-Wall", "-Werror"]
        built = [str(HERE / source), "-o", str(made.drive / program), "-lole32", "-loleaut32", "-luuid"]
        subprocess.run([COMPILERS[bits], *flags, *built], check=True)
    try:
        made.run(str(made.drive / "pythonw.exe"))
    except subprocess.CalledProcessError as ended:
        if ended.returncode != 1:  # what the stand-in ends with
            pytest.skip(f"Wine runs no programs of {bits} bits here: wine{bits} is missing")
    yield made
    subprocess.run(["wineserver", "-k"], env=environment, check=False)  # that of this folder only


def placed(windows: Windows, place: str) -> str:
    """Put the stand-in for Python at a place, and return its path as Windows spells it."""
    folder = windows.drive.joinpath(*place.split("\\")[1:])
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(windows.drive / "pythonw.exe", folder / "pythonw.exe")
    return rf"{place}\pythonw.exe"


def test_the_library_of_both_bits_offers_what_the_addin_calls(libraries: dict[int, Path]) -> None:
    for library in libraries.values():
        assert "XLPyDLLActivateAuto" in exported(library)


@pytest.mark.parametrize("place", PLACES)
def test_the_arguments_arrive_as_they_were_given(windows: Windows, place: str) -> None:
    program = placed(windows, place)
    number, milliseconds, words = windows.start(Start(program, "", {}).command)
    first, *flags, text = windows.arguments
    assert (first, flags) == (program, ["-B", "-E", "-P", "-c"])
    begin, _, rest = text.partition("{")
    assert begin == "from zipingbiao.excel.desk.server import serve; serve('"
    assert rest.endswith("}')")
    assert number != 0
    assert words.startswith("Python process exited before")
    assert milliseconds < LONGEST


@pytest.mark.parametrize("gone", [r"C:\Users\moved\Python 311\pythonw.exe", r"C:\windows", ""])
def test_a_python_that_cannot_be_started_is_told_at_once(windows: Windows, gone: str) -> None:
    number, milliseconds, words = windows.start(Start(gone, "", {}).command)
    assert number != 0
    assert words.startswith("Could not create Python process")
    assert milliseconds < LONGEST


def test_a_command_of_a_shell_would_wait_for_two_minutes(windows: Windows) -> None:
    """Why there is none: it goes on living when Python did not start."""
    text = Start(r"C:\moved\pythonw.exe", "", {}).command
    number, milliseconds, _ = windows.start(rf'C:\windows\system32\cmd.exe  /K "{text}"')
    assert number != 0
    assert milliseconds > 100_000
