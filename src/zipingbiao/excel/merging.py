"""A folder merged beside Excel: in a process of its own, looked at from time to time, ended when somebody wishes.

Excel stays usable meanwhile, and the process finishes its 汇总表 although Excel is closed. It is
started like every Python of ours: nothing that lies in the folder runs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import zipingbiao as z
from zipingbiao.batch.files import is_output
from zipingbiao.errors import RefusedError, ZipingbiaoError
from zipingbiao.values.frozen import frozen

SUMMARY_FILE = "汇总表.xlsx"
_CHILD = (
    "import sys; sys.path = sys.argv[3:]; from zipingbiao.excel.merging import main; main(*sys.argv[1:3])"
)
_ENDED = "汇总中途停止了，没有写入汇总表，请再按一次；仍然这样，请在命令提示符运行 zpb merge 文件夹 -o 汇总表.xlsx 查看原因。"


class Merged(NamedTuple):
    """What was done, for people, and the 汇总表 that was written; None where no file held a table."""

    lines: tuple[str, ...]
    out: Path | None


@frozen
class Merging:
    """One folder at work.

    Attributes:
        folder: what is merged; its 汇总表 lies in it.
        process: the Python that does it.
        told: the file in which it says how far it is, and in the end what it did.
    """

    folder: Path
    process: subprocess.Popen[bytes]
    told: Path

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        return self.process.poll() is None

    @property
    def progress(self) -> str:
        """How far it is, for the status bar."""
        last = self._last()
        so_far = f" {last['done']} / {last['all']} 个文件" if "done" in last else ""
        return f"绩效自评：正在汇总“{self.folder.name}”{so_far}，再按“汇总文件夹”可以停止。"

    def merged(self) -> Merged:
        """Return what was done, once it is no longer running.

        Raises:
            RefusedError: it could not be done; the sentence says why.
        """
        last = self._last()
        self._tidy()
        if "lines" not in last:
            raise RefusedError(last.get("refused", _ENDED))
        return Merged(tuple(last["lines"]), self.folder / SUMMARY_FILE if last["written"] else None)

    def stop(self) -> None:
        """End the process; a 汇总表 that was there stays as it was."""
        self.process.terminate()
        self.process.wait()
        self._tidy()

    def _tidy(self) -> None:
        with suppress(OSError):  # somebody looks at it: it lies among temporary files
            self.told.unlink()

    def _last(self) -> dict[str, Any]:
        """The last whole line that it said."""
        whole = self.told.read_text("utf-8").rpartition("\n")[0] if self.told.exists() else ""
        said: dict[str, Any] = json.loads(whole.rpartition("\n")[2]) if whole else {}
        return said


_at_work: list[Merging] = []


def current() -> Merging | None:
    """Return the folder at work, or done and not yet told of."""
    return _at_work[0] if _at_work else None


def start(folder: Path, profile: str | None = None) -> Merging:
    """Begin to merge a folder; another one must not be at work."""
    file, name = tempfile.mkstemp(prefix="zpb-merge-", suffix=".txt")
    try:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-E", "-P", "-B", "-c", _CHILD, str(folder), profile or "",
             *filter(os.path.isabs, sys.path)],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    finally:
        os.close(file)
    _at_work[:] = [Merging(folder, process, Path(name))]
    return _at_work[0]


def forget() -> None:
    """Make room for the next folder."""
    _at_work.clear()


def main(folder: str, profile: str) -> None:
    """Merge a folder and say on standard output how far it is: one JSON object per line."""
    target = Path(folder, SUMMARY_FILE)
    try:
        merged = z.merge(
            folder,
            target,
            profile=profile or None,
            update=target if is_output(target) else None,
            progress=lambda step: _say({"done": step.done, "all": step.all}),
        )
    except ZipingbiaoError as known:
        _say({"refused": str(known)})
    else:
        _say({"lines": list(merged.lines()), "written": merged.out is not None})


def _say(what: object) -> None:
    sys.stdout.buffer.write(f"{json.dumps(what)}\n".encode())
    sys.stdout.buffer.flush()
