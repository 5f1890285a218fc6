"""校验 of many files: what must be corrected or explained, alone and against targets and last year."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from zipingbiao.batch.against import read_baseline
from zipingbiao.batch.cache import cache_of
from zipingbiao.batch.merge import examine_paths
from zipingbiao.batch.reports import with_reports_compared
from zipingbiao.batch.run import Progress
from zipingbiao.book.given import OnePath, Paths, each_path
from zipingbiao.result.file_result import FileResult


def check(
    paths: Paths | Mapping[str, bytes],
    *,
    targets: Paths | None = None,
    last: OnePath | None = None,
    profile: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    cache: bool = True,
    say: Callable[[str], object] | None = None,
) -> tuple[FileResult, ...]:
    """Check files and write nothing: one result per file, in the order of paths, those left out at the end.

    Every file has a result, whatever it is; the members of an archive have theirs after it.
    Of a folder or an archive each has the status and the reason that :func:`zipingbiao.batch.merge.merge` gives it,
    so that a replaced version or another year's table has no findings; files that are named are all checked.
    A written report is compared with the workbook of the same project where both are among them.

    Args:
        paths: files and folders; or workbooks in memory, name → content, for which neither a
            process nor a file system is needed.
        targets: approved 绩效目标表 to compare with: workbooks, Word documents, or folders of them.
        last: last year's folder (or file) to compare with.
        profile: 评分规则 for all tables, a name or a YAML file; None chooses per table.
        workers: processes for many files; None for one per processor, 1 for this one alone.
        progress: called after each step with how far it is.
        cache: of several files, take what earlier runs found in those of the same content, and remember it for
            later ones, in the user's cache folder; of workbooks in memory nothing is remembered.
        say: called, before the files are read, with each sentence about what of *targets*, *last* and the
            cache could not be used; None logs it as a warning.

    Raises:
        UsageError: a path does not exist, or there is no such profile.
    """
    told = say if say is not None else logging.getLogger("zipingbiao").warning
    given = () if isinstance(paths, Mapping) else each_path(paths)
    known = cache_of((*given, *each_path(last or ())), told) if cache else None
    against = read_baseline(each_path(targets or ()), last, profile, workers, progress, known)
    for note in against.notes:
        told(note)
    return with_reports_compared(examine_paths(paths, profile, workers, progress, against, known))
