"""Many files from wherever a person calls: a plain script, ``python -c``, a session; nothing else is ever run.

The processes that read must not run the calling script anew, and nothing that lies beside the workbooks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import zipingbiao
from batch.made import hang_on_bad
from support.handed_in import FILES
from zipingbiao.batch import processes, run
from zipingbiao.batch.engine import Job, here
from zipingbiao.batch.processes import in_processes
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult, Status

SRC = str(Path(zipingbiao.__file__).parents[1])
# Says that it ran, in a file beside the folder; then it stands in the way of the true module.
HOSTILE = 'open({mark!r}, "a").write(__name__ + "\\n")\nraise ImportError("not the true one")\n'

SCRIPT = """
import zipingbiao as z
print("once")
results = z.check("各单位", workers=2)
merged = z.merge(["各单位"], "汇总表.xlsx", workers=2)
print(len(results), sorted({result.status.value for result in results}), merged.lines()[-1])
"""
SAID = ["once", "13 ['accepted', 'skipped'] 2 个项目，已写入 汇总表.xlsx"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirteen workbooks of five projects, twice the number from which on others read them."""
    units = tmp_path / "各单位"
    units.mkdir()
    for number in range(13):
        shutil.copy(FILES[number % 5], units / f"{number}.xlsx")
    return tmp_path


def start(
    folder: Path, arguments: Sequence[str | Path], typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env={**kept, "PYTHONPATH": SRC, "PYTHONIOENCODING": "utf-8", **environment},
        input=typed,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("way", ["script", "-c", "stdin", "session", "notebook"])
def test_from_wherever_it_is_called(folder: Path, way: str) -> None:
    script = folder / "年底汇总.py"
    script.write_text(SCRIPT, "utf-8")
    ways: dict[str, Sequence[str | Path]] = {
        "script": [script],
        "-c": ["-c", SCRIPT],
        "stdin": ["-"],
        "session": ["-i", "-q"],
        # What a kernel of a notebook does with a cell.
        "notebook": ["-c", f"exec(compile({SCRIPT!r}, '<cell 1>', 'exec'), {{'__name__': '__main__'}})"],
    }
    done = start(folder, ways[way], SCRIPT if way in {"stdin", "session"} else "")
    assert [line for line in done.stdout.splitlines() if line] == SAID, done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_beside_the_workbooks_runs(folder: Path) -> None:
    mark = folder.parent / "ran.txt"
    for name in ("pickle", "zipingbiao", "signal", "sitecustomize", "yaml"):
        (folder / f"{name}.py").write_text(HOSTILE.format(mark=str(mark)), "utf-8")
    zpb = folder.parent / "bin" / "zpb.py"  # as pip writes it: a script in another folder
    zpb.parent.mkdir(exist_ok=True)
    zpb.write_text("from zipingbiao.cli import main\nmain()\n", "utf-8")
    done = start(folder, [zpb, "merge", "各单位", "--workers", "2"])
    assert "2 个项目" in done.stdout, done.stderr
    assert not mark.exists(), mark.read_text()


def test_what_a_process_prints_is_no_answer(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in sorted((folder / "各单位").iterdir())]
    (records,) = in_processes(Job(prints, str), 1)([files[:2]])
    assert records == [str(examine(path)) for path in files[:2]]
    assert "someone prints" in capfd.readouterr().err


def prints(path: str, profile_name: str | None) -> FileResult:
    sys.stdout.write("someone prints\n")
    return examine(path, profile_name)


def no_way_back(result: FileResult) -> object:
    return threading.Lock() if "坏" in result.path else result.status


def test_a_record_that_cannot_travel_is_told_and_costs_no_other_file(folder: Path) -> None:
    files = [str(path) for path in sorted((folder / "各单位").iterdir())][:3]
    travelled = list(in_processes(Job(examine, no_way_back), 1)([files, [files[0]]]))
    assert travelled == [[Status.ACCEPTED] * 3, [Status.ACCEPTED]]
    shutil.copy(files[0], folder / "坏.xlsx")
    job = Job(examine, told_or_no_way_back)
    ((good, bad),) = in_processes(job, 1)([[files[0], str(folder / "坏.xlsx")]])
    assert good is None
    assert isinstance(bad, FileResult)
    assert "程序出错" in (bad.why or "")
    assert "cannot pickle" in bad.faults[0]


def told_or_no_way_back(result: FileResult) -> object:
    if result.status is Status.REJECTED:
        return result
    return threading.Lock() if "坏" in result.path else None


@pytest.mark.parametrize("mapped", [here, lambda job: in_processes(job, 2)], ids=["here", "processes"])
def test_both_engines_keep_the_seam(folder: Path, mapped: object) -> None:
    files = [str(path) for path in sorted((folder / "各单位").iterdir())]
    batches = [files[:3], [], files[3:4], files[4:]]
    assert callable(mapped)
    records = [list(batch) for batch in mapped(Job(examine, status_of))(batches)]
    assert records == [[Status.ACCEPTED] * len(batch) for batch in batches]


def status_of(result: FileResult) -> Status:
    return result.status


def at_work() -> Iterator[str]:
    """The command lines of the processes that read for us, where the system shows them."""
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            text = (entry / "cmdline").read_bytes().decode(errors="replace")
            parent = (entry / "stat").read_text("utf-8", "replace").rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if "zipingbiao.batch.worker" in text and parent == str(os.getpid()):
            yield text


def test_whoever_stops_waiting_leaves_no_process_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Ctrl-C does: in the midst of a batch whose files never come back."""
    files = sorted((folder / "各单位").iterdir())
    files[2:] = [path.rename(path.with_name(f"坏{path.name}")) for path in files[2:]]
    monkeypatch.setattr(run, "examine", hang_on_bad)
    monkeypatch.setattr(run, "task_size", lambda *_: 1)

    def stop(step: run.Step) -> None:
        if step.done:
            raise KeyboardInterrupt

    before = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        run.examine_all(files, workers=2, progress=stop)
    assert time.monotonic() - before < processes.SECONDS_PER_FILE
    assert list(at_work()) == []
