"""A settled batch that is only checked: each file has the status and the reason that a merge gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zipingbiao.batch.records import FileRecord, Results, Summary
from zipingbiao.batch.summary.table import summarise
from zipingbiao.result.file_result import FileResult, Status


def is_batch(given: Iterable[Path], records: Iterable[FileRecord]) -> bool:
    """Whether people handed over whatever there is: a folder or an archive.

    Who names files wants each of them checked, the earlier version and last year's too.
    """
    return any(path.is_dir() for path in given) or any(record.status is Status.ARCHIVE for record in records)


def as_merged(records: Sequence[FileRecord]) -> tuple[FileResult, ...]:
    """Return the results of a batch as :func:`zipingbiao.batch.merge.merge` tells them in its ledger.

    A replaced version, a table of another year and a project that stands elsewhere too are SKIPPED and
    have no findings. What a merge would ask is a note of each file that it would ask about.
    """
    summary = summarise(records)
    notes = _asked(summary)
    results = Results([record for _, record in summary.files])
    return tuple(
        replace(result, notes=(*result.notes, *notes.get(shown, ())))
        for (shown, _), result in zip(summary.files, results, strict=True)
    )


def _asked(summary: Summary) -> Mapping[str, Sequence[str]]:
    """What is asked about each file, by its path as shown."""
    notes: dict[str, list[str]] = defaultdict(list)
    for question in summary.questions:
        for line in question.lines:
            notes[line.file].append(f"“{line.name}”汇总时待认定（{line.matter}）：{line.why}。")
    return notes
