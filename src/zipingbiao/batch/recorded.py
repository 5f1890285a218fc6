"""Whatever was handed over → one settled record for each file and member: nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from zipingbiao.batch.files import set_aside
from zipingbiao.batch.records import FileRecord, record_of
from zipingbiao.batch.run import Progress, examine_books, record_all
from zipingbiao.batch.summary.settle import settle
from zipingbiao.result.file_result import FileResult

Found = tuple[Sequence[Path], Sequence[FileResult]]
"""The files to examine and those set aside, as :func:`zipingbiao.batch.files.find` returns them."""


def recorded(
    found: Found | Mapping[str, bytes],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    *,
    stoppable: bool = False,
) -> tuple[FileRecord, ...]:
    """Return the records of a batch, those examined and then those set aside; after an archive, its members.

    Args:
        found: files and those set aside; or files in memory, name → content.
        profile_name: 评分规则 for all tables, or None to choose per table.
        workers: as for :func:`zipingbiao.batch.run.examine_all`; files in memory are read in this process.
        progress: called after each step with how far it is.
        stoppable: as for :func:`zipingbiao.batch.run.record_all`.

    Raises:
        UsageError: there is no such profile.
        RuntimeError: a file has no record or two, which is our fault.
    """
    if isinstance(found, Mapping):
        results = {name: set_aside(name, PurePath(name).parts) for name in found}
        aside = [result for result in results.values() if result is not None]
        books = {name: data for name, data in found.items() if results[name] is None}
        read = tuple(map(record_of, examine_books(books, profile_name, progress)))
        files = len(found)
    else:
        to_read, set_apart = found
        aside = list(set_apart)
        read = record_all(to_read, profile_name, workers, progress, stoppable=stoppable)
        files = len(to_read) + len(aside)
    records = settle((*read, *map(record_of, aside)))
    _check_sum(files, records)
    return records


def _check_sum(files: int, records: Sequence[FileRecord]) -> None:
    """Refuse to go on where the ledger does not hold each file, and each member of an archive, once."""
    members = sum(len(record.members) for record in records)
    inside = sum(bool(record.member) for record in records)
    if (files, members) != (len(records) - inside, inside):
        raise RuntimeError(
            f"{files} files and {members} members, but {len(records)} records, {inside} inside"
        )
