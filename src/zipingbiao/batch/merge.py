"""Many workbooks → ledger, table and totals in one 汇总表."""

from __future__ import annotations

import datetime as dt
import io
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import overload

from zipingbiao.batch.against import read_baseline
from zipingbiao.batch.among import with_merged_findings
from zipingbiao.batch.as_merged import as_merged, is_batch
from zipingbiao.batch.baseline import Baseline
from zipingbiao.batch.cache import Cache, cache_of
from zipingbiao.batch.engine import UNREAD
from zipingbiao.batch.files import find, is_output
from zipingbiao.batch.frame_files import open_frames
from zipingbiao.batch.hidden import is_of_secret, without_secret
from zipingbiao.batch.merged import MergeResult
from zipingbiao.batch.recorded import recorded
from zipingbiao.batch.records import FileRecord, Results, record_of
from zipingbiao.batch.run import Progress, examine_all
from zipingbiao.batch.stopped import StoppedError, unfinished_name
from zipingbiao.batch.summary.decisions import NOTHING, read_earlier
from zipingbiao.batch.summary.doubtful import without_withheld
from zipingbiao.batch.summary.last_year import read_last
from zipingbiao.batch.summary.roll import Listed
from zipingbiao.batch.summary.superior import open_superior
from zipingbiao.batch.summary.table import Terms, summarise
from zipingbiao.batch.summary.workbook import write_summary
from zipingbiao.book.given import OnePath, Paths, each_path
from zipingbiao.book.write.save import save, save_new
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.result.columns import HANDED_UP, ProjectColumn
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.further import with_further
from zipingbiao.result.rows import year_of
from zipingbiao.table.registered import open_register
from zipingbiao.values.moment import Moment, parse_moment

SUMMARY_NAME = "汇总表.xlsx"

__all__ = [
    "Results",
    "examine_all",
    "examine_paths",
    "find",
    "merge",
    "read_baseline",
    "record_of",
    "summarise",
]


@overload
def merge(
    paths: Paths,
    out: OnePath,
    *,
    profile: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
    batches: Paths = (),
    year: str | int | None = None,
    update: OnePath | None = None,
    last: OnePath | None = None,
    register: OnePath | None = None,
    as_of: str | dt.date | None = None,
    columns: str | Iterable[str] = (),
    template: OnePath | None = None,
    frames: OnePath | None = None,
    details: bool = False,
    cache: bool = True,
    say: Callable[[str], object] | None = None,
) -> MergeResult: ...
@overload
def merge(
    paths: Mapping[str, bytes],
    *,
    profile: str | None = None,
    progress: Progress | None = None,
    year: str | int | None = None,
    details: bool = False,
) -> tuple[bytes | None, MergeResult]: ...
def merge(  # noqa: PLR0913 each is an option of zpb merge
    paths: Paths | Mapping[str, bytes],
    out: OnePath = SUMMARY_NAME,
    *,
    profile: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    force: bool = False,
    batches: Paths = (),
    year: str | int | None = None,
    update: OnePath | None = None,
    last: OnePath | None = None,
    register: OnePath | None = None,
    as_of: str | dt.date | None = None,
    columns: str | Iterable[str] = (),
    template: OnePath | None = None,
    frames: OnePath | None = None,
    details: bool = False,
    cache: bool = True,
    say: Callable[[str], object] | None = None,
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
        progress: called after each step with how far it is.
        force: replace a file at *out* that is not ours too, unless this very merge reads it.
        batches: folders of what was handed in, the earliest first; they are read like *paths*. Of two
            versions of a project that of the later batch counts.
        year: of the summary; None for the one of most tables. Tables of another year do not count.
        update: an earlier 汇总表 of ours; what people decided on its sheet 待认定 counts where the files are the
            same, and remarks that they typed are kept.
        last: the 汇总表 of ours of the year before; then 统计 compares both years, and names the indicators that lost
            points in both.
        register: 名单, the projects that must report; then 应报未报 and 催报话术 are written, departments stand in
            its order, and tables are held beside its amounts.
        as_of: 截至, the date that these papers show, 2026-02-12 or 2026年2月12日, with a time 17:00 if wanted; None for no
            date: the clock is never asked.
        columns: headings of further columns on what is handed up, after 实施单位, in this order: of 底稿, or of the list
            项目类别 and 业务股室. The paper is A3 then.
        template: 上级表, a superior's blank form with a line per project; a copy of it is filled and written
            beside *out* as ``原名（已填）.xlsx``.
        frames: a folder into which :func:`zipingbiao.frame` of the merge is written as projects.csv, indicators.csv,
            findings.csv and ledger.csv; earlier ones are replaced. Without pandas a sentence in ``of_frames`` says so.
        details: keep every detail of each file for :attr:`MergeResult.results`; the rest needs little memory.
        cache: take what earlier runs found in files of the same content, and remember it for later ones, in the user's
            cache folder; of workbooks in memory nothing is remembered.
        say: called with a sentence where the cache cannot be used; None logs it as a warning.

    Raises:
        UnreadableError: *register* or *template* cannot be read.
        UsageError: a path does not exist, there is no such profile, *out* is no .xlsx, *year* or *as_of* is none, *register* names no project,
            a column is not known or only a list would fill it,
            *update* or *last* is no 汇总表 of ours, or *template* is no blank form that can be filled.
        RefusedError: *out*, or what stands in the place of the filled *template* or of the *frames*, is not ours, is open elsewhere, or
            cannot be written.
        StoppedError: a KeyboardInterrupt came while files were read. What was read stands in a workbook of
            its own beside *out*, marked 未完成.
    """
    wanted = _year(year)
    if isinstance(paths, Mapping):
        return _merged(
            recorded(paths, profile, progress=progress, details=details), Terms(year=wanted), in_memory=True
        )
    moment = _moment(as_of)
    listed = None if register is None else _listed(Path(os.fspath(register)))
    printed = with_further(columns, None if listed is None else listed.register) if columns else HANDED_UP
    target, folders = Path(out), each_path(batches)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"汇总表只能存为 .xlsx 文件，现为“{target.name}”。")
    found = find((*each_path(paths), *folders))
    earlier = NOTHING if update is None else read_earlier(update)
    renewed = update is not None and target.exists() and target.samefile(update)
    overwrite = renewed or _may_replace(target, found[0], force=force)
    form = None if template is None else open_superior(Path(os.fspath(template)), target)
    files = None if frames is None else open_frames(Path(os.fspath(frames)))
    before = None if last is None else read_last(last)
    terms = Terms(folders, wanted, earlier, listed, moment, before)
    known = _cache((*each_path(paths), *folders), say, listed) if cache else None
    data, merged = _merged(
        recorded(found, profile, workers, progress, details=details, cache=known, stoppable=True),
        terms,
        beside=target.parent,
        printed=printed,
    )
    if merged.summary.unread:
        raise StoppedError(_unfinished(merged, data, target, found[0]), target)
    if data is None:
        return merged
    if renewed:  # people typed in it: it is kept beside the new one
        save(target, data, earlier.digest)
    else:
        save_new(target, data, overwrite=overwrite)
    said = () if form is None else form.write(merged.summary)
    merged = replace(merged, out=target, of_template=said)
    return merged if files is None else replace(merged, of_frames=files.write(merged))


def _unfinished(merged: MergeResult, data: bytes | None, wanted: Path, inputs: Iterable[Path]) -> MergeResult:
    """Write what was read of a merge that was stopped beside the summary that is wanted."""
    if data is None:
        return merged
    target = unfinished_name(wanted)
    save_new(target, data, overwrite=_may_replace(target, inputs, force=False))
    return replace(merged, out=target)


def _year(year: str | int | None) -> str | None:
    if year is None:
        return None
    said = year_of(str(year))
    if not said:
        raise UsageError(f"年度应为四位数字，例如 2025，现为“{year}”。")
    return said


def _moment(as_of: str | dt.date | None) -> Moment | None:
    if as_of is None:
        return None
    moment = parse_moment(str(as_of))
    if moment is None:
        raise UsageError(
            f"日期请写成 2026-02-12 或“2026年2月12日 17:00”的样子，现为“{as_of}”，看不出是哪一天。"
        )
    return moment


def _cache(
    inputs: Iterable[Path], say: Callable[[str], object] | None, listed: Listed | None = None
) -> Cache | None:
    told = say if say is not None else logging.getLogger("zipingbiao").warning
    if listed is None:
        return cache_of(inputs, told)
    return cache_of(inputs, told, lambda record: is_of_secret(record, listed.register))


def _listed(path: Path) -> Listed:
    return Listed(open_register(path), path.name)


def _merged(
    records: Sequence[FileRecord],
    terms: Terms,
    *,
    beside: Path | None = None,
    in_memory: bool = False,
    printed: Sequence[ProjectColumn] = HANDED_UP,
) -> tuple[bytes | None, MergeResult]:
    """Return the summary workbook and what is in it; no workbook where no file held a table."""
    if terms.listed is not None:
        records = without_secret(records, terms.listed.register)
        if any(record.why == UNREAD for record in records):
            terms = replace(terms, listed=None)  # nobody is missing who was only not read
    records = without_withheld(records, terms.earlier.lines)
    records = with_merged_findings(records)
    summary = summarise(records, terms)
    del records  # what they were before: the summary has its own
    merged = MergeResult(tuple(record for _, record in summary.files), summary, None)
    if not merged.readable:
        return None, merged
    stream = io.BytesIO()
    write_summary(merged.summary, stream, printed, beside=beside, in_memory=in_memory)
    return stream.getvalue(), merged


def examine_paths(
    paths: Paths | Mapping[str, bytes],
    profile_name: str | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    against: Baseline | None = None,
    cache: Cache | None = None,
) -> tuple[FileResult, ...]:
    """Return the results of all files and folders named, those read and then those set aside, or of files in memory.

    What does not count beside another file is set aside; where a folder or an archive was named, each file has the
    status and the reason that a merge gives it. With *against* they are compared with approved targets and last
    year's tables. Projects that vanished are reported where a folder was named: one file says nothing about the others.

    Raises:
        UsageError: a path does not exist, or there is no such profile.
    """
    given = () if isinstance(paths, Mapping) else each_path(paths)
    found = paths if isinstance(paths, Mapping) else find(given)
    records = recorded(found, profile_name, workers, progress, details=True, cache=cache)
    results = as_merged(records) if is_batch(given, records) else tuple(Results(records))
    if against is None:
        return results
    return against.applied(results, whole=any(path.is_dir() for path in given))


def _may_replace(target: Path, inputs: Iterable[Path], *, force: bool) -> bool:
    """Return whether there is a file that may go; found out before the long work, not after it."""
    if not target.parent.is_dir():
        raise RefusedError(f"文件夹“{target.parent}”不存在，没有写入；请先建立文件夹，或换一个位置。")
    if not target.exists():
        return False
    if is_output(target):
        if not force and (typed := read_earlier(target).typed):
            raise RefusedError(
                f"请加 --update {target} 保留有人填写的{'、'.join(typed)}，或用 -o 换一个文件名：{target.name} 没有覆盖。"
            )
        return True
    if any(target.samefile(file) for file in inputs if file.exists()):
        raise RefusedError(f"{target.name} 是参加汇总的文件，没有覆盖；请用 -o 换一个文件名。")
    if not force:
        raise RefusedError(
            f"{target.name} 已存在，而且不是本软件生成的汇总表，没有覆盖；请用 -o 换一个文件名。"
        )
    return True
