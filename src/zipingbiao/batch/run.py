"""Many files → one result or record each, in input order, whatever happens to the process that reads one."""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from zipingbiao.batch.files import is_output
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.book.marks import OUR_OUTPUT
from zipingbiao.result.examine import OUR_FAULT, examine, isolated
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring import profile as profiles

if TYPE_CHECKING:
    from pebble import ProcessPool

Progress = Callable[[int, int], None]
Reader = Callable[[str, str | None], FileResult]
T = TypeVar("T")
Keep = Callable[[FileResult], T]

SECONDS_PER_FILE = 20.0
FEWEST_FOR_POOL = 8
FILES_PER_TASK = 32
_SAFE_PATH = "PYTHONSAFEPATH"


def examine_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[FileResult, ...]:
    """Return the result of each file, in input order and the same for any number of workers.

    From ``FEWEST_FOR_POOL`` files on the work is done in other processes: a file that takes more
    than ``SECONDS_PER_FILE`` or ends its process is REJECTED and the rest goes on. Fewer files, or
    ``workers=1``, are read in this process, which starts at once but gives no such protection
    beyond the reader's own limits. A script that calls this for many files needs the usual
    ``if __name__ == "__main__":``, because the new processes import it.

    Args:
        paths: files, as :func:`zipingbiao.batch.files.find` returns them.
        profile_name: for all tables, or None to choose per table.
        workers: processes; None for one per processor that we may use.
        progress: called with (done, all) after each step.

    Raises:
        UsageError: there is no profile of this name.
    """
    return _all(paths, profile_name, workers, progress, _whole)


def record_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[FileRecord, ...]:
    """Return the record of each file, as :func:`examine_all` does its result: little travels, little stays."""
    return _all(paths, profile_name, workers, progress, record_of)


def _all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None,
    workers: int | None,
    progress: Progress | None,
    keep: Keep[T],
) -> tuple[T, ...]:
    if profile_name is not None:
        profiles.load(profile_name)  # a wrong name is one mistake, not one per file
    names = [os.fspath(path) for path in paths]
    report = progress if progress is not None else _silent
    if workers is None:
        workers = _processors()
    if workers == 1 or len(names) < FEWEST_FOR_POOL:
        return _here(names, profile_name, report, keep)
    return _in_pool(names, profile_name, min(workers, len(names)), report, keep)


def task_size(files: int, workers: int) -> int:
    """Return how many files travel together: many for speed, few enough to keep every worker busy."""
    return max(1, min(FILES_PER_TASK, files // (workers * 4)))


def examine_one(path: str, profile_name: str | None) -> FileResult:
    """Return the result of one file; our own output is skipped."""
    if is_output(Path(path)):
        return FileResult(path, Status.SKIPPED, OUR_OUTPUT)
    return examine(path, profile_name)


def _whole(result: FileResult) -> FileResult:
    return result


def _kept(read: Reader, keep: Keep[T], path: str, profile_name: str | None) -> T:
    return isolated(path, lambda: keep(read(path, profile_name)), keep)


def _silent(done: int, total: int) -> None:
    """Report to nobody."""


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(names: Sequence[str], profile_name: str | None, report: Progress, keep: Keep[T]) -> tuple[T, ...]:
    kept = []
    for name in names:
        kept.append(_kept(examine_one, keep, name, profile_name))
        report(len(kept), len(names))
    return tuple(kept)


# --- other processes ----------------------------------------------------------------------------


@contextmanager
def _safe_path() -> Iterator[None]:
    """Let every Python that starts meanwhile leave the current folder out, as ``-P`` does.

    A new process of the pool imports the standard library first, by ``-c``: a pickle.py beside the workbooks
    would run in it. Its command is not ours to write; our sys.path is handed over once it runs.
    """
    former = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if former is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = former


@_safe_path()
def _in_pool(
    names: Sequence[str], profile_name: str | None, workers: int, report: Progress, keep: Keep[T]
) -> tuple[T, ...]:
    """Read in tasks of several files; a task that does not end well is read again file by file."""
    import multiprocessing

    from pebble import ProcessPool

    size = task_size(len(names), workers)
    tasks = [names[start : start + size] for start in range(0, len(names), size)]
    done: dict[str, T] = {}
    again: list[str] = []
    # spawn is the one way to start a process that every system has, and that threads cannot spoil.
    pool = ProcessPool(max_workers=workers, context=multiprocessing.get_context("spawn"))
    try:
        for task, outcome in _outcomes(pool, tasks, profile_name, keep):
            if isinstance(outcome, Exception):
                again.extend(task)
            else:
                done.update(zip(task, outcome, strict=True))
            report(len(done), len(names))
        for (name,), outcome in _outcomes(pool, [[name] for name in again], profile_name, keep):
            done[name] = keep(_failed(name, outcome)) if isinstance(outcome, Exception) else outcome[0]
            report(len(done), len(names))
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one untyped
        pool.join()
    return tuple(done[name] for name in names)


def _outcomes(
    pool: ProcessPool, tasks: Sequence[Sequence[str]], profile_name: str | None, keep: Keep[T]
) -> Iterator[tuple[Sequence[str], list[T] | Exception]]:
    """Yield each task, in order, with what is kept of its files or with what ended it."""
    # The reader travels by reference: a worker calls what this module names now.
    waiting = deque(
        pool.schedule(_read_task, args=(examine_one, keep, task, profile_name), timeout=SECONDS_PER_FILE)
        for task in tasks
    )
    for task in tasks:
        outcome: list[T] | Exception
        try:
            outcome = waiting.popleft().result()
        except Exception as failure:  # noqa: BLE001 also a result that cannot travel
            outcome = failure
        yield task, outcome


def _read_task(read: Reader, keep: Keep[T], names: Sequence[str], profile_name: str | None) -> list[T]:
    return [_kept(read, keep, name, profile_name) for name in names]


def _failed(name: str, failure: Exception) -> FileResult:
    from pebble import ProcessExpired

    if isinstance(failure, TimeoutError):
        why = f"读取超过 {SECONDS_PER_FILE:.0f} 秒，已停止；请检查文件是否异常庞大，或重新获取原文件。"
        return FileResult(name, Status.REJECTED, why)
    if isinstance(failure, ProcessExpired):
        why = "读取进程异常退出，已跳过；请用 Excel 或 WPS 打开后另存为 .xlsx，再重试。"
        return FileResult(name, Status.REJECTED, why)
    fault = "".join(traceback.format_exception(failure))
    return FileResult(name, Status.REJECTED, OUR_FAULT, faults=(fault,))
