"""The one seam of a batch: a map from batches of files to what is kept of each file.

Where the work is done is decided behind it: here, or in processes of our own
(:mod:`zipingbiao.batch.processes`). Whatever happens to a file, its record says so.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from zipingbiao.batch.inside import Inside, examine_inside
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.isolated import isolated, kind_by_name
from zipingbiao.values.frozen import frozen

T = TypeVar("T")
Item = str | Inside
"""What is examined: a file by its path, or a member of an archive."""
Batch = Sequence[Item]
UNREAD = "汇总中断时还没有读到，没有采用；请再运行一次同一命令。"
"""Why a file is SKIPPED that nobody came to read."""
Map = Callable[[Iterable[Batch]], Generator[list[T], None, None]]
"""Batches of files → for each, in order, one record per file; it never raises because of a file."""


@frozen
class Job(Generic[T]):
    """What is done with each file. It travels between processes, its functions by their names.

    Attributes:
        examine: a file by its path.
        keep: what stays of a result.
        opened: gives the bytes of the file at a path, where it is not read from the disk.
    """

    examine: Callable[[str, str | None], FileResult]
    keep: Callable[[FileResult], T]
    profile: str | None = None
    opened: Callable[[str], bytes] | None = None

    def record(self, item: Item) -> T:
        """Return what is kept of one file, whatever it brings about."""
        path, member = _place(item)
        return isolated(path, lambda: self.keep(self._result(item)), lambda bad: self.keep(_of(bad, member)))

    def rejected(self, item: Item, why: str, *faults: str) -> T:
        """Return what is kept of a file that ended the work on it."""
        path, member = _place(item)
        return self.keep(
            FileResult(path, Status.REJECTED, why, faults=faults, kind=kind_by_name(path), member=member)
        )

    def unread(self, item: Item) -> T:
        """Return what is kept of a file that nobody came to read."""
        path, member = _place(item)
        return self.keep(FileResult(path, Status.SKIPPED, UNREAD, kind=kind_by_name(path), member=member))

    def _result(self, item: Item) -> FileResult:
        if isinstance(item, str):
            return self.examine(item, self.profile)
        return examine_inside(item, self.profile, self.opened)


def _place(item: Item) -> tuple[str, str]:
    """The path to show, and of a member its name."""
    return (item, "") if isinstance(item, str) else (item.path, item.member)


def _of(result: FileResult, member: str) -> FileResult:
    return replace(result, member=member) if member else result


def here(job: Job[T]) -> Map[T]:
    """Return the map that works in this process, file by file, without protection."""
    return lambda batches: ([job.record(item) for item in batch] for batch in batches)
