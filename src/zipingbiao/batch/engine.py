"""The one seam of a batch: a map from batches of paths to what is kept of each file.

Where the work is done is decided behind it: here, or in processes of our own
(:mod:`zipingbiao.batch.processes`). Whatever happens to a file, its record says so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from zipingbiao.result.examine import isolated
from zipingbiao.result.file_result import FileResult, Status

T = TypeVar("T")
Batch = Sequence[str]
Map = Callable[[Iterable[Batch]], Generator[list[T], None, None]]
"""Batches of paths → for each, in order, one record per path; it never raises because of a file."""


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """What is done with each file. It travels between processes, its two functions by their names."""

    examine: Callable[[str, str | None], FileResult]
    keep: Callable[[FileResult], T]
    profile: str | None = None

    def record(self, path: str) -> T:
        """Return what is kept of one file, whatever it brings about."""
        return isolated(path, lambda: self.keep(self.examine(path, self.profile)), self.keep)

    def rejected(self, path: str, why: str, *faults: str) -> T:
        """Return what is kept of a file that ended the work on it."""
        return self.keep(FileResult(path, Status.REJECTED, why, faults=faults))


def here(job: Job[T]) -> Map[T]:
    """Return the map that works in this process, file by file, without protection."""
    return lambda batches: ([job.record(path) for path in batch] for batch in batches)
