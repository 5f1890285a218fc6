"""Many files → one result or record each, in input order, whatever happens to the process that reads one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from typing import TypeVar

from zipingbiao.batch.engine import Job, here
from zipingbiao.batch.processes import in_processes
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.result.examine import examine, examine_bytes
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring import profile as profiles

Progress = Callable[[int, int], None]
T = TypeVar("T")

FEWEST_FOR_PROCESSES = 8
FILES_PER_TASK = 32


def examine_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[FileResult, ...]:
    """Return the result of each file, in input order and the same for any number of workers.

    From ``FEWEST_FOR_PROCESSES`` files on the work is done in other processes: a file that takes too
    long or ends its process is REJECTED and the rest goes on. Fewer files, or ``workers=1``, are
    read in this process, which starts at once but gives no such protection beyond the reader's own
    limits.

    Args:
        paths: files, as :func:`zipingbiao.batch.files.find` returns them.
        profile_name: for all tables, or None to choose per table.
        workers: processes; None for one per processor that we may use.
        progress: called with (done, all) after each step.

    Raises:
        UsageError: there is no profile of this name.
    """
    return _all(paths, Job(examine, _whole, profile_name), workers, progress)


def record_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[FileRecord, ...]:
    """Return the record of each file, as :func:`examine_all` does its result: little travels, little stays."""
    return _all(paths, Job(examine, record_of, profile_name), workers, progress)


def examine_books(
    books: Mapping[str, bytes], profile_name: str | None = None, progress: Progress | None = None
) -> tuple[FileResult, ...]:
    """Return the result of each workbook in memory, by name; neither a process nor a file system is needed.

    Raises:
        UsageError: there is no profile of this name.
    """

    def examine_book(name: str, profile_name: str | None) -> FileResult:
        return examine_bytes(books[name], name, profile_name)

    return _all(books, Job(examine_book, _whole, profile_name), 1, progress)


def task_size(files: int, workers: int) -> int:
    """Return how many files travel together: many for speed, few enough to keep every worker busy."""
    return max(1, min(FILES_PER_TASK, files // (workers * 4)))


def _all(
    paths: Iterable[str | os.PathLike[str]], job: Job[T], workers: int | None, progress: Progress | None
) -> tuple[T, ...]:
    if job.profile is not None:
        profiles.load(job.profile)  # a wrong name is one mistake, not one per file
    names = [os.fspath(path) for path in paths]
    if workers is None:
        workers = _processors()
    if workers == 1 or len(names) < FEWEST_FOR_PROCESSES:
        size, mapped = 1, here(job)
    else:
        workers = min(workers, len(names))
        size, mapped = task_size(len(names), workers), in_processes(job, workers)
    kept: list[T] = []
    batches = [names[start : start + size] for start in range(0, len(names), size)]
    with closing(mapped(batches)) as records:
        for batch in records:
            kept.extend(batch)
            if progress is not None:
                progress(len(kept), len(names))
    return tuple(kept)


def _whole(result: FileResult) -> FileResult:
    return result


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
