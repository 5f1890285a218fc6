"""Whatever was handed over → one settled record for each file and member: nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from zipingbiao.batch.cache import Cache
from zipingbiao.batch.files import set_aside
from zipingbiao.batch.records import FileRecord, detailed, record_of
from zipingbiao.batch.run import Arrived, Progress, Step, examine_books, record_all
from zipingbiao.batch.shelf import Shelf
from zipingbiao.batch.summary.settle import settle
from zipingbiao.result.file_result import FileResult
from zipingbiao.values.frozen import frozen

Found = tuple[Sequence[Path], Sequence[FileResult]]
"""The files to examine and those set aside, as :func:`zipingbiao.batch.files.find` returns them."""


def recorded(
    found: Found | Mapping[str, bytes],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    details: bool = False,
    cache: Cache | None = None,
    stoppable: bool = False,
) -> tuple[FileRecord, ...]:
    """Return the records of a batch, those examined and then those set aside; after an archive, its members.

    Args:
        found: files and those set aside; or files in memory, name → content.
        profile_name: 评分规则 for all tables, or None to choose per table.
        workers: as for :func:`zipingbiao.batch.run.examine_all`; files in memory are read in this process.
        progress: called after each step with how far it is.
        details: keep the whole result of each file.
        cache: what earlier runs know of files; one file alone is not worth asking it.
        stoppable: as for :func:`zipingbiao.batch.run.record_all`.

    Raises:
        UsageError: there is no such profile.
        RuntimeError: a file has no record or two, which is our fault.
    """
    keep = detailed if details else record_of
    if isinstance(found, Mapping):
        results = {name: set_aside(name, PurePath(name).parts) for name in found}
        aside = [result for result in results.values() if result is not None]
        books = {name: data for name, data in found.items() if results[name] is None}
        read = tuple(map(keep, examine_books(books, profile_name, progress)))
        files = len(found)
    else:
        to_read, set_apart = found
        aside = list(set_apart)
        job, laid = _Reading(profile_name, workers, progress, details, stoppable), Shelf().laid
        if cache is None or len(to_read) == 1:
            read = job.read(to_read, laid)
        else:
            read = job.remembered(to_read, cache, laid)
        files = len(to_read) + len(aside)
    records = settle((*read, *map(record_of, aside)))
    _check_sum(files, records)
    return records


@frozen
class _Reading:
    """How files are read."""

    profile_name: str | None
    workers: int | None
    progress: Progress | None
    details: bool
    stoppable: bool

    def read(self, paths: Sequence[Path], arrived: Arrived) -> tuple[FileRecord, ...]:
        return record_all(
            paths,
            self.profile_name,
            self.workers,
            self.progress,
            details=self.details,
            arrived=arrived,
            stoppable=self.stoppable,
        )

    def remembered(self, paths: Sequence[Path], cache: Cache, laid: Arrived) -> tuple[FileRecord, ...]:
        """The records of all files, of those that are known from the cache; the others are added to it."""

        def arrived(record: FileRecord) -> FileRecord:
            cache.keep(record)
            return laid(record)

        try:
            names = map(str, paths)
            known = {
                path: laid(record)
                for path, record in cache.known(names, self.profile_name, details=self.details)
            }
            others = [path for path in paths if str(path) not in known]
            after = replace(self, progress=_behind(len(known), self.progress))
            read = _by_file(after.read(others, arrived))
        finally:
            cache.close()
        return tuple(
            record for path in paths for record in ([known[str(path)]] if str(path) in known else next(read))
        )


def _behind(known: int, progress: Progress | None) -> Progress | None:
    """The progress of the files that are not known, told as that of all."""
    if progress is None:
        return None
    progress(Step(known, known, known))
    return lambda step: progress(step._replace(done=known + step.done, all=known + step.all, cached=known))


def _by_file(records: Iterable[FileRecord]) -> Iterator[list[FileRecord]]:
    """The record of each file, with those of its members if it is an archive."""
    found: list[FileRecord] = []
    for record in records:
        if found and not record.member:
            yield found
            found = []
        found.append(record)
    if found:
        yield found


def _check_sum(files: int, records: Sequence[FileRecord]) -> None:
    """Refuse to go on where the ledger does not hold each file, and each member of an archive, once."""
    members = sum(len(record.members) for record in records)
    inside = sum(bool(record.member) for record in records)
    if (files, members) != (len(records) - inside, inside):
        raise RuntimeError(
            f"{files} files and {members} members, but {len(records)} records, {inside} inside"
        )
