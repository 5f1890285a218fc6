"""A file counts once: copies of it are set aside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePath

from zipingbiao.batch.records import FileRecord
from zipingbiao.batch.summary.versions import mark_of
from zipingbiao.result.file_result import Status
from zipingbiao.values.secrecy import may_be_secret_name
from zipingbiao.values.words import COPY_NAME


def set_aside_copies(records: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """Return the records with every byte-identical copy of an accepted file SKIPPED as 重复文件.

    Of equal files the one stays whose name, or that of its folder or archive, is not that of a copy,
    (2) or 副本; a file before a member of an archive; the one of the latest batch; then the one that
    lies least deep. The input order makes no difference.
    """
    kept = list(records)
    same: dict[str, list[FileRecord]] = defaultdict(list)
    for record in kept:
        if record.status is Status.ACCEPTED and record.digest:
            same[record.digest].append(record)
    originals = {digest: min(equal, key=_least) for digest, equal in same.items() if len(equal) > 1}
    return tuple(
        record if original is None or original is record else _copy_of(original, record)
        for record in kept
        for original in (originals.get(record.digest) if record.status is Status.ACCEPTED else None,)
    )


def _least(record: FileRecord) -> tuple[object, ...]:
    """How much the names on the way to a file say that it is a copy, where it lies and of which batch it is."""
    names = PurePath(record.path).parts
    copied = sum(COPY_NAME.search(name) is not None for name in names)
    mark = mark_of(record.path, None)
    year, month, day = mark.day or (0, 0, 0)
    batch = (-(mark.number or 0), -(year or 0), -month, -day, not mark.supplement, not mark.final)
    plain = not may_be_secret_name(names[-1])  # what may be secret stays, so that it is asked about
    return plain, copied, bool(record.member), *batch, len(names), record.path


def _copy_of(original: FileRecord, copy: FileRecord) -> FileRecord:
    return copy.aside(
        Status.SKIPPED, f"重复文件：与“{PurePath(original.path).name}”内容完全相同，只计一次，不必处理"
    )
