"""Many files → one result or record each, in input order, whatever happens to the process that reads one."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Generic, NamedTuple, TypeVar

from zipingbiao.batch.engine import Item, Job, here
from zipingbiao.batch.inside import Budget, let_go, within
from zipingbiao.batch.processes import in_one_beside, in_processes
from zipingbiao.batch.records import FileRecord, detailed, record_of
from zipingbiao.result.examine import examine, examine_bytes
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.scoring import profile as profiles


class Step(NamedTuple):
    """How far a batch is.

    Attributes:
        done: files and members of archives that have a result.
        all: how many there are as far as is known: an archive adds what it holds.
        cached: how many of *done* were known from an earlier run.
        rejected: how many of *done* could not be read.
    """

    done: int
    all: int
    cached: int = 0
    rejected: int = 0


Progress = Callable[[Step], None]
Arrived = Callable[[FileRecord], FileRecord]
T = TypeVar("T", bound=FileResult | FileRecord)

FEWEST_FOR_PROCESSES = 8
FILES_PER_TASK = 32
NO_PROCESSES = sys.platform == "emscripten"
"""In a browser there is one process."""


def examine_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[FileResult, ...]:
    """Return the result of each file, in input order and the same for any number of workers.

    After an archive the results of its members follow, in the order of its list.

    From ``FEWEST_FOR_PROCESSES`` files on the work is done in other processes: a file that takes too
    long or ends its process is REJECTED and the rest goes on. Of fewer files, or with ``workers=1``,
    the usual small workbook is read in this process, which starts at once; any other file, and what an
    archive holds, is read in one process beside, with the same protection.

    Args:
        paths: files, as :func:`zipingbiao.batch.files.find` returns them.
        profile_name: for all tables, or None to choose per table.
        workers: processes; None for one per processor that we may use.
        progress: called after each step with how far it is.

    Raises:
        UsageError: there is no profile of this name.
    """
    return _all(paths, Job(examine, _whole, profile_name), workers, progress)


def record_all(
    paths: Iterable[str | os.PathLike[str]],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    details: bool = False,
    arrived: Arrived | None = None,
    stoppable: bool = False,
) -> tuple[FileRecord, ...]:
    """Return the record of each file, as :func:`examine_all` does its result: little travels, little stays.

    With *details* each keeps its whole result; *arrived* is called with each as soon as it is
    known, and returns what is held of it. With *stoppable* a KeyboardInterrupt ends the reading only: what was
    not read until then is SKIPPED and says so (:data:`zipingbiao.batch.engine.UNREAD`).
    """
    job = Job(examine, detailed if details else record_of, profile_name)
    return _all(paths, job, workers, progress, arrived, stoppable=stoppable)


def examine_books(
    books: Mapping[str, bytes], profile_name: str | None = None, progress: Progress | None = None
) -> tuple[FileResult, ...]:
    """Return the result of each file in memory, by name, as :func:`examine_all`; no process, no file system is needed.

    Raises:
        UsageError: there is no profile of this name.
    """

    def examine_book(name: str, profile_name: str | None) -> FileResult:
        return examine_bytes(books[name], name, profile_name)

    return _all(books, Job(examine_book, _whole, profile_name, books.__getitem__), 1, progress)


def task_size(files: int, workers: int) -> int:
    """Return how many files travel together: many for speed, few enough to keep every worker busy."""
    return max(1, min(FILES_PER_TASK, files // (workers * 4)))


def _all(
    paths: Iterable[str | os.PathLike[str]],
    job: Job[T],
    workers: int | None,
    progress: Progress | None,
    arrived: Callable[[T], T] | None = None,
    *,
    stoppable: bool = False,
) -> tuple[T, ...]:
    """Examine the files, then the members of those that are archives, then the members of these."""
    if job.profile is not None:
        profiles.load(job.profile)  # a wrong name is one mistake, not one per file
    files = [_Found[T](os.fspath(path)) for path in paths]
    wave, done, stopped = files, Step(0, 0), False
    budgets: dict[int, Budget] = defaultdict(Budget)
    try:
        while wave:
            items = [found.item for found in wave]
            results: list[T] = []
            if not stopped:
                results, stopped = _mapped(items, job, workers, progress, done, arrived, stoppable=stoppable)
            results += map(job.unread, items[len(results) :])
            done = _after(done, results)
            for found, result in zip(wave, results, strict=True):
                found.result = _refused(result, found, budgets)
            wave = [inside for found in wave for inside in _members(found, job)]
    finally:
        let_go()
    return tuple(result for found in files for result in found.results())


def _mapped(
    items: Sequence[Item],
    job: Job[T],
    workers: int | None,
    progress: Progress | None,
    before: Step,
    arrived: Callable[[T], T] | None,
    *,
    stoppable: bool,
) -> tuple[list[T], bool]:
    """Return the results of the items, in their order, and whether it was stopped: then those of the first ones."""
    if workers is None:
        workers = _processors()
    if workers == 1 or len(items) < FEWEST_FOR_PROCESSES:
        size, mapped = 1, here(job) if job.opened is not None or NO_PROCESSES else in_one_beside(job)
    else:
        workers = min(workers, len(items))
        size, mapped = task_size(len(items), workers), in_processes(job, workers)
    kept: list[T] = []
    step = before._replace(all=before.done + len(items))
    batches = [items[start : start + size] for start in range(0, len(items), size)]
    try:
        with closing(mapped(batches)) as records:
            for batch in records:
                kept.extend(batch if arrived is None else map(arrived, batch))
                step = _after(step, batch)
                if progress is not None:
                    progress(step)
    except KeyboardInterrupt:
        if not stoppable:
            raise
        return kept, True
    return kept, False


def _after(step: Step, results: Sequence[FileResult | FileRecord]) -> Step:
    rejected = sum(result.status is Status.REJECTED for result in results)
    return step._replace(done=step.done + len(results), rejected=step.rejected + rejected)


class _Found(Generic[T]):
    """A file or member on its way: what is to be examined, what came of it, and what it holds."""

    def __init__(self, item: Item, outer: int | None = None) -> None:
        self.item = item
        self.outer = id(self) if outer is None else outer
        self.result: T | None = None
        self.inside: list[_Found[T] | T] = []

    def results(self) -> Iterator[T]:
        assert self.result is not None  # noqa: S101
        yield self.result
        for each in self.inside:
            yield from each.results() if isinstance(each, _Found) else (each,)


def _refused(result: T, found: _Found[T], budgets: Mapping[int, Budget]) -> T:
    """Return an archive as it was found, or REJECTED where it lies too deep or holds too much."""
    if result.status is not Status.ARCHIVE:
        return result
    why = budgets[found.outer].refusal(found.item, result.members)
    return result if why is None else replace(result, status=Status.REJECTED, why=why, members=())


def _members(found: _Found[T], job: Job[T]) -> Iterator[_Found[T]]:
    """Put the members of an archive into their places; yield those that are to be examined.

    Their names do not stay with the archive: one of them may turn out to be marked as secret.
    """
    assert found.result is not None  # noqa: S101
    members = found.result.members
    if members:
        found.result = replace(found.result, members=tuple(each._replace(name="") for each in members))
    for each in within(found.item, members):
        if isinstance(each, FileResult):
            found.inside.append(job.keep(each))
        else:
            inside = _Found[T](each, found.outer)
            found.inside.append(inside)
            yield inside


def _whole(result: FileResult) -> FileResult:
    return result


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
