"""What a batch is to be compared with, read once before it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from zipingbiao.batch.baseline import Baseline, known_approved
from zipingbiao.batch.cache import Cache
from zipingbiao.batch.files import find
from zipingbiao.batch.recorded import recorded
from zipingbiao.batch.records import Results
from zipingbiao.batch.run import Progress
from zipingbiao.result.file_result import Status
from zipingbiao.table.approved import read_approved


def read_baseline(
    targets: Iterable[str | os.PathLike[str]] = (),
    last: str | os.PathLike[str] | None = None,
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    cache: Cache | None = None,
) -> Baseline:
    """Return approved targets and last year's tables; what could not be used is in its notes.

    Args:
        targets: workbooks, Word documents, or folders of them.
        last: the folder (or a file) of last year's self-evaluations.
        profile_name: for last year's tables, or None to choose per table.
        workers: as for :func:`zipingbiao.batch.run.examine_all`.
        progress: as for :func:`zipingbiao.batch.run.examine_all`.
        cache: what earlier runs know of last year's files.

    Raises:
        UsageError: a path does not exist, or there is no such profile.
    """
    given = tuple(targets)
    found, said = read_approved(given)
    approved = known_approved(found)
    notes = list(said)
    if given and not approved:
        notes.append("没有可以采用的绩效目标表，目标值和分值都没有与批复核对。")
    if last is None:
        return Baseline(approved, notes=notes)
    results = Results(recorded(find([last]), profile_name, workers, progress, details=True, cache=cache))
    rejected = (result for result in results if result.status is Status.REJECTED)
    notes += [f"上年的文件 {Path(result.path).name}：{result.why}" for result in rejected]
    if not any(result.evaluations for result in results):
        notes.append(f"“{last}”中没有找到上年的自评表，没有与上年核对。")
        return Baseline(approved, notes=notes)
    return Baseline(approved, results, folder=str(last), notes=notes)
