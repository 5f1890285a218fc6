"""Many workbooks → ledger, table and totals in one 汇总表."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import overload

from zipingbiao.batch.against import read_baseline
from zipingbiao.batch.among import with_merged_findings
from zipingbiao.batch.baseline import Baseline
from zipingbiao.batch.files import find, is_output
from zipingbiao.batch.recorded import recorded
from zipingbiao.batch.records import FileRecord, Results, Summary, record_of
from zipingbiao.batch.run import Progress, examine_all
from zipingbiao.batch.summary.table import summarise
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.given import OnePath, Paths, each_path
from zipingbiao.book.write.save import save_new
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.said import ledger_sum

SUMMARY_NAME = "汇总表.xlsx"

__all__ = [
    "MergeResult",
    "Results",
    "examine_all",
    "examine_paths",
    "find",
    "merge",
    "read_baseline",
    "record_of",
    "summarise",
]


@dataclass(frozen=True)
class MergeResult:
    """What a merge did.

    Attributes:
        records: one per file of the batch: those read in input order, the members of an archive after
            it, then those set aside.
        out: the workbook that was written; None when no file held a table, or all was in memory.
    """

    records: tuple[FileRecord, ...]
    summary: Summary
    out: Path | None

    @property
    def results(self) -> Sequence[FileResult]:
        """The results in every detail, in the order of *records*."""
        return Results(self.records)

    @property
    def readable(self) -> bool:
        """Whether at least one file was accepted; otherwise nothing was written."""
        return any(record.status is Status.ACCEPTED for record in self.records)

    def lines(self) -> tuple[str, ...]:
        """Return what became of the batch for people: the files that failed, the count, the result."""
        return tuple(_lines(self))


@overload
def merge(
    paths: Paths,
    out: OnePath,
    *,
    profile: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> MergeResult: ...
@overload
def merge(
    paths: Mapping[str, bytes], *, profile: str | None = None, progress: Progress | None = None
) -> tuple[bytes | None, MergeResult]: ...
def merge(
    paths: Paths | Mapping[str, bytes],
    out: OnePath = SUMMARY_NAME,
    *,
    profile: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
) -> MergeResult | tuple[bytes | None, MergeResult]:
    """Consolidate files and folders into the summary workbook *out*; every file and member is in its ledger.

    Amounts are in 万元, rates are fractions, scores are points and never added: only their means
    are told. An earlier summary of ours at *out* is replaced; it may lie in a folder that is read.
    When no file holds a table, nothing is written. Of workbooks in memory the summary comes back as
    bytes (None when there is nothing to summarise), and neither a process nor a file system is used.

    Args:
        paths: files and folders, as for :func:`zipingbiao.batch.files.find`; or workbooks in
            memory, name → content.
        out: the workbook to write; its folder must exist.
        profile: 评分规则 for all tables, a name or a YAML file; None chooses per table.
        workers: as for :func:`zipingbiao.batch.run.examine_all`.
        progress: called with (done, all) after each step.
        force: replace a file at *out* that is not ours too, unless this very merge reads it.

    Raises:
        UsageError: a path does not exist, there is no such profile, or *out* is no .xlsx.
        RefusedError: *out* is not ours, is open elsewhere, or cannot be written.
    """
    if isinstance(paths, Mapping):
        return _merged(recorded(paths, profile, progress=progress), in_memory=True)
    target = Path(out)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"汇总表只能存为 .xlsx 文件，现为“{target.name}”。")
    found = find(paths)
    overwrite = _may_replace(target, found[0], force=force)
    data, merged = _merged(recorded(found, profile, workers, progress), beside=target.parent)
    if data is None:
        return merged
    save_new(target, data, overwrite=overwrite)
    return replace(merged, out=target)


def _merged(
    records: Sequence[FileRecord], *, beside: Path | None = None, in_memory: bool = False
) -> tuple[bytes | None, MergeResult]:
    """Return the summary workbook and what is in it; no workbook where no file held a table."""
    settled = with_merged_findings(records)
    merged = MergeResult(settled, summarise(settled), None)
    if not merged.readable:
        return None, merged
    stream = io.BytesIO()
    write_summary(merged.summary, stream, beside=beside, in_memory=in_memory)
    return stream.getvalue(), merged


def examine_paths(
    paths: Paths | Mapping[str, bytes],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    against: Baseline | None = None,
) -> tuple[FileResult, ...]:
    """Return the results of all files and folders named, those read and then those set aside, or of files in memory.

    What does not count beside another file is set aside, as in a merge. With *against* they are compared with approved targets and last year's tables. Projects that
    vanished are reported where a folder was named: one file says nothing about the others.

    Raises:
        UsageError: a path does not exist, or there is no such profile.
    """
    given = () if isinstance(paths, Mapping) else each_path(paths)
    records = recorded(paths if isinstance(paths, Mapping) else find(given), profile_name, workers, progress)
    results = tuple(Results(records))
    if against is None:
        return results
    return against.applied(results, whole=any(path.is_dir() for path in given))


def _may_replace(target: Path, inputs: Iterable[Path], *, force: bool) -> bool:
    """Return whether there is a file that may go; found out before the long work, not after it."""
    if not target.parent.is_dir():
        raise RefusedError(f"文件夹“{target.parent}”不存在，没有写入；请先建立文件夹，或换一个位置。")
    if not target.exists() or is_output(target):
        return target.exists()
    if any(target.samefile(file) for file in inputs if file.exists()):
        raise RefusedError(f"{target.name} 是参加汇总的文件，没有覆盖；请用 -o 换一个文件名。")
    if not force:
        raise RefusedError(
            f"{target.name} 已存在，而且不是本软件生成的汇总表，没有覆盖；请用 -o 换一个文件名。"
        )
    return True


def _lines(merged: MergeResult) -> Iterable[str]:
    for record in merged.records:
        if record.status is not Status.ACCEPTED:
            yield f"{record.status.label} {record.path}：{record.why}"
    yield ledger_sum(merged.records)
    if not merged.records:
        yield "没有找到文件，请检查文件夹。"
    if not merged.readable:
        yield "没有可以汇总的自评表，没有写入汇总表。"
        return
    totals = [section.total for section in merged.summary.sections]
    listed, counted = sum(total.projects for total in totals), sum(total.counted for total in totals)
    doubtful = f"（{listed - counted} 个重复或疑似重复，不计入合计）" if listed > counted else ""
    written = f"，已写入 {merged.out}" if merged.out is not None else ""
    yield f"{listed} 个项目{doubtful}{written}"
