"""Every Python that we start runs nothing that lies beside a received workbook.

Excel and ``zpb`` have the folder of that workbook as their current folder, and Python by itself looks there
first. Each start runs here with its own arguments among modules that say when they run, and once more as it
would be without its flags: then they do.
"""

from __future__ import annotations

import ast
import html
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import xlwings

import zipingbiao
from book.read import raw
from support import vba
from zipingbiao.batch import run
from zipingbiao.book.read import second
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.excel import merging
from zipingbiao.excel.addin import build, sources
from zipingbiao.excel.addin.start import Start

SRC = Path(zipingbiao.__file__).parent
EXAMPLES = sorted((SRC.parents[1] / "workbooks" / "examples").glob("*.xlsx"))
FLAGS = ("-E", "-P")
BESIDE = ("xlwings", "zipingbiao", "openpyxl", "multiprocessing", "sitecustomize")
# Says that it ran, then lets the true module take its place.
HOSTILE = """import sys
with open({mark!r}, "a") as mark:
    mark.write(__name__ + "\\n")
former = sys.path[:]
sys.path[:] = [entry for entry in former if entry not in ("", {folder!r})]
del sys.modules[__name__]
try:
    __import__(__name__)
finally:
    sys.path[:] = former
"""


class Received:
    """A folder with a workbook that somebody sent, and modules beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = folder.with_name("ran.txt")
        folder.mkdir()
        for name in BESIDE:
            text = HOSTILE.format(mark=str(self.mark), folder=str(folder))
            (folder / f"{name}.py").write_text(text, "utf-8")

    @property
    def ran(self) -> set[str]:
        return set(self.mark.read_text().split()) if self.mark.exists() else set()

    def start(self, arguments: Sequence[str], path: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program here, with *path* as PYTHONPATH."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return subprocess.run(
            arguments,
            cwd=self.folder,
            env={**environment, "PYTHONPATH": path} if path else environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def received(tmp_path: Path) -> Received:
    return Received(tmp_path / "收到 的")


def without(arguments: Sequence[str], *flags: str) -> list[str]:
    assert set(flags) <= set(arguments)
    return [argument for argument in arguments if argument not in flags]


# --- the add-in ------------------------------------------------------------------------------------

PLACE = "C:\\程序 & 文件 (x)\\pythonw.exe"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What the add-in hands to its library, as Windows takes it apart; the Python is that of this computer."""
    path = tmp_path_factory.mktemp("built") / "addin.xlam"
    path.write_bytes(build.addin(start=Start(PLACE, "", {})))
    (line,) = re.findall(r"<t[^>]*>(&quot;.*?|\".*?)</t>", texts(path))
    program, *arguments = shlex.split(html.unescape(line).replace("\\", "\\\\"))
    assert program == PLACE
    return [sys.executable, *arguments]


def texts(path: Path) -> str:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/sharedStrings.xml").decode()


def filled_in(command: Sequence[str]) -> list[str]:
    """What Python gets: the library puts its identifier in."""
    return [argument.replace("$(CLSID)", "{506e67c3-55b5-48c3-a035-eed5deea7d6d}") for argument in command]


def test_the_command_starts_python_alone(command: list[str]) -> None:
    assert command[1:-1] == ["-B", *FLAGS, "-c"]
    assert command[-1] == "from zipingbiao.excel.desk.server import serve; serve('$(CLSID)')"


def test_the_server_of_the_addin_runs_nothing_beside_the_workbook(
    received: Received, command: list[str]
) -> None:
    done = received.start(filled_in(command))
    assert received.ran == set()
    # As far as it comes without Windows: through the true xlwings to its server.
    assert "com_server" in done.stderr
    assert "pywin32" in done.stderr


@pytest.mark.parametrize("names", [("xlwings",), BESIDE], ids=["current folder", "PYTHONPATH"])
def test_without_its_flag_the_server_would(
    received: Received, command: list[str], names: tuple[str, ...]
) -> None:
    if names == BESIDE:
        received.start(without(filled_in(command), "-E"), path=str(received.folder))
        assert {"zipingbiao", "sitecustomize"} <= received.ran
    else:
        received.start(without(filled_in(command), "-P"))
        assert "zipingbiao" in received.ran


def test_what_the_server_imports_later_is_ours(received: Received, command: list[str]) -> None:
    """Buttons and functions import while the server runs: after its command, in the same folder."""
    named = (sources.module("ZpbMain"), sources.module("ZpbConversion"))
    (served,) = {name for text in named for name in re.findall(r'UDF_MODULE As String = "([\w.]+)"', text)}
    begin, _, _ = command[-1].partition("; ")
    later = [*command[:-1], f"{begin}; import {served} as served; print(served.__name__)"]
    for path in ("", str(received.folder)):
        assert received.start(later, path).stdout.strip() == served
    assert received.ran == set()
    received.start(without(later, *FLAGS))
    assert {"xlwings", "zipingbiao"} <= received.ran


# --- the second reader -----------------------------------------------------------------------------

ODD = raw.workbook(root=None)


@pytest.fixture
def child(received: Received, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments with which the second reader started its child, in that folder."""
    true, seen = subprocess.run, []

    def run(arguments: list[str], **given: object) -> object:
        seen.append(arguments)
        return true(arguments, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "path", ["", *sys.path])  # as in a Python that somebody talks to
    monkeypatch.setenv("PYTHONPATH", str(received.folder))
    monkeypatch.chdir(received.folder)
    sheets = second.read_again(ODD, DEFAULT_LIMITS)
    assert sheets.grids[0].cells[1, 1].value == raw.LABELS[0]
    (started,) = seen
    monkeypatch.undo()
    return started


def test_the_second_reader_runs_nothing_beside_the_workbook(received: Received, child: list[str]) -> None:
    assert child[1:3] == list(FLAGS)
    assert received.ran == set()


def test_without_its_flags_the_second_reader_would(received: Received, child: list[str]) -> None:
    received.start(without(child, "-E"), path=str(received.folder))
    assert received.ran == {"sitecustomize"}  # all others come after the folders that we hand over
    received.start([sys.executable, "-m", second.__name__])
    assert "zipingbiao" in received.ran


# --- the processes of a batch ---------------------------------------------------------------------------

# As pip writes it: a script in another folder, without flags of ours.
ZPB = "from zipingbiao.cli import main\nif __name__ == '__main__':\n    main()\n"


@pytest.fixture
def batch(received: Received) -> Received:
    for number in range(10):
        shutil.copy(EXAMPLES[number % len(EXAMPLES)], received.folder / f"{number}.xlsx")
    return received


def test_the_processes_of_a_merge_run_nothing_beside_the_workbooks(batch: Received) -> None:
    zpb = batch.folder.with_name("zpb.py")
    zpb.write_text(ZPB, "utf-8")
    done = batch.start([sys.executable, str(zpb), "merge", ".", "--workers", "2"])
    assert (batch.folder / "汇总表.xlsx").exists(), done.stderr
    assert batch.ran == set()


@pytest.fixture
def worker(batch: Received, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments with which a batch started a process, in that folder."""
    true, seen = subprocess.Popen, []

    def start(arguments: list[str], **given: object) -> object:
        seen.append(arguments)
        return true(arguments, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(batch.folder))
    monkeypatch.chdir(batch.folder)
    files = sorted(str(path) for path in batch.folder.glob("*.xlsx"))
    assert {result.status for result in run.examine_all(files, workers=2)} == {"accepted"}
    started, *_ = seen
    monkeypatch.undo()
    return started


def test_a_process_of_a_batch_runs_nothing_beside_the_workbooks(batch: Received, worker: list[str]) -> None:
    assert worker[1:3] == list(FLAGS)
    assert batch.ran == set()


def test_without_its_flags_a_process_of_a_batch_would(batch: Received, worker: list[str]) -> None:
    batch.start(without(worker, "-E"), path=str(batch.folder))
    assert batch.ran == {"sitecustomize"}
    batch.start([sys.executable, "-c", "import zipingbiao.batch.worker"])
    assert "zipingbiao" in batch.ran


@pytest.fixture
def merge(batch: Received, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments with which 汇总文件夹 started its process, in that folder."""
    true, seen = subprocess.Popen, []

    def start(arguments: list[str], **given: object) -> object:
        seen.append(arguments)
        return true(arguments, **given)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(sys, "path", ["", *sys.path])
    monkeypatch.setenv("PYTHONPATH", str(batch.folder))
    monkeypatch.chdir(batch.folder)
    at_work = merging.start(batch.folder)
    at_work.process.wait()
    merging.forget()
    assert at_work.merged().out is not None
    monkeypatch.undo()
    return seen[0]


def test_a_folder_merged_beside_excel_runs_nothing_of_that_folder(batch: Received, merge: list[str]) -> None:
    assert merge[1:3] == list(FLAGS)
    assert batch.ran == set()


def test_without_its_flags_that_process_would(batch: Received, merge: list[str]) -> None:
    batch.start(without(merge, "-E"), path=str(batch.folder))
    assert batch.ran == {"sitecustomize"}


# --- no start without them -------------------------------------------------------------------------

SHELLS = re.compile(r"system|popen|startfile|getoutput|getstatusoutput|exec[lv]p?e?|(posix_)?spawn\w*")
POOLS = {"Process", "Pool", "ProcessPool", "ProcessPoolExecutor", "set_start_method"}


def unsafe_in_python(source: str) -> Iterator[str]:
    """Starts of Python without the flags, and starts of which nobody can tell."""
    tree = ast.parse(source)
    safe: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            lists = [each for each in given if isinstance(each, ast.List | ast.Tuple) and has_flags(each)]
            safe |= {id(node) for _ in lists} | {id(each.elts[0]) for each in lists}
            if ast.unparse(node.func) == "Path":  # names an interpreter and starts none
                safe |= {id(each) for each in given}
    for node in ast.walk(tree):
        if is_start(node) and id(node) not in safe:
            yield ast.unparse(node)


def has_flags(node: ast.List | ast.Tuple) -> bool:
    return [ast.unparse(each) for each in node.elts[:3]] == ["sys.executable", *map(repr, FLAGS)]


def is_start(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        home, _, name = ast.unparse(node.func).rpartition(".")
        return home == "subprocess" or SHELLS.fullmatch(name) is not None or name in POOLS
    if isinstance(node, ast.ImportFrom):
        return node.module == "subprocess"
    return isinstance(node, ast.Attribute) and ast.unparse(node) == "sys.executable"


def unsafe_in_vba(source: str) -> Iterator[str]:
    """Lines that give Python a command without the flags, or start programs by another way than the server."""
    ways = re.compile(
        r'AppleScriptTask|ShellExecute|(^|= ?|Call )Shell[ (]|WScript(\(\))?\.(Run|Exec)\b|"cmd\.exe'
    )
    for line in map(str.strip, source.splitlines()):
        bare = re.search(r" -[cm] ", line) and f" {' '.join(FLAGS)} " not in line
        if not line.startswith("'") and (bare or ways.search(line)):
            yield line


MODULES = sorted(SRC.rglob("*.py"))
# Programs that are no Python, and how each begins: by an absolute path, never one beside the workbooks
# (tests/book/unpack/test_tool.py, tests/book/read/test_office.py).
OTHER_PROGRAMS = {
    "book/read/fonts.py": ("subprocess.run([program, ':', 'family'], ",),
    "book/unpack/tool.py": ("subprocess.Popen([program, *arguments], ",),
    "book/read/office.py": (
        "subprocess.Popen(command, ",
        "subprocess.run([str(Path(os.environ['SYSTEMROOT'], 'System32', 'taskkill.exe'",
    ),
}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_no_module_starts_python_without_the_flags(path: Path) -> None:
    others = OTHER_PROGRAMS.get(path.relative_to(SRC).as_posix(), ())
    starts = list(unsafe_in_python(path.read_text("utf-8")))
    assert len(starts) == len(others), starts
    assert all(start.startswith(other) for start, other in zip(sorted(starts), sorted(others), strict=True))


def test_no_vba_starts_python_without_the_flags(tmp_path: Path) -> None:
    for path in build.build_addin(tmp_path, code_page=936):
        for name, source in vba.read_back(path).items():
            assert list(unsafe_in_vba(source)) == [], f"{path.name} {name}"
    for path in sorted((sources.folder() / "vba").iterdir()):
        assert list(unsafe_in_vba(path.read_text("ascii"))) == [], path.name


@pytest.mark.parametrize(
    "source",
    [
        "subprocess.run([sys.executable, '-m', 'zipingbiao.book.read.second'])",
        "subprocess.run([sys.executable, '-E', '-m', 'x'])",
        "subprocess.Popen(args=(sys.executable, '-P', '-E', '-c', 'x'))",
        "python = sys.executable",
        "subprocess.run(['pythonw.exe', '-c', 'x'])",
        "subprocess.run('python x.py', shell=True)",
        "os.system('python x.py')",
        "os.execv(path, command)",
        "from subprocess import run",
        "pool = ProcessPool(max_workers=2)",
        "@cache\ndef read():\n    pool = ProcessPool()",
        "multiprocessing.Process(target=run).start()",
    ],
)
def test_the_walk_sees_a_bare_start(source: str) -> None:
    assert list(unsafe_in_python(source))


@pytest.mark.parametrize(
    "source",
    [
        "subprocess.run([sys.executable, '-E', '-P', '-c', 'x'])",
        "Path(sys.executable)",
        "platform.system_alias('Linux', '6', '')",
    ],
)
def test_the_walk_lets_a_safe_one_be(source: str) -> None:
    assert list(unsafe_in_python(source)) == []


def test_the_walk_sees_what_xlwings_would_start() -> None:
    installed = Path(str(xlwings.__file__)).with_name("xlwings_custom_addin.bas")
    found = "\n".join(unsafe_in_vba(installed.read_text("ascii")))
    assert [found.count(way) for way in (" -B -c ", "AppleScriptTask(", "WScript.Run(")] == [2, 1, 1]
