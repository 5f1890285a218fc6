"""What a merge did: every file, the summary, and what of it is told to people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from zipingbiao.batch.records import FileRecord, Results, Summary
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.said import ledger_sum
from zipingbiao.values.frozen import frozen


@frozen
class MergeResult:
    """What a merge did.

    Attributes:
        records: one per file of the batch: those read in input order, the members of an archive after
            it, then those set aside.
        out: the workbook that was written; None when no file held a table, or all was in memory.
        of_template: what a person must know of the 上级表 that was filled, in Chinese; empty without one.
        of_frames: what became of the tables in CSV, in Chinese; empty without them.
    """

    records: tuple[FileRecord, ...]
    summary: Summary
    out: Path | None
    of_template: tuple[str, ...] = ()
    of_frames: tuple[str, ...] = ()

    @property
    def results(self) -> Sequence[FileResult]:
        """The results in every detail, in the order of *records*.

        Raises:
            UsageError: when one is asked for whose details were not.
        """
        return Results(self.records)

    @property
    def readable(self) -> bool:
        """Whether at least one file was accepted; otherwise nothing was written."""
        return any(record.status is Status.ACCEPTED for record in self.records)

    def lines(self) -> tuple[str, ...]:
        """Return what became of the batch for people: the files that failed, the count, the result."""
        return tuple(_lines(self))


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
    summary = merged.summary
    yield from (f"{complaint}。" for complaint in summary.complaints)
    if summary.draft:
        yield f"{summary.draft}，见“待认定”。"
    if summary.enrolment is not None:
        total = summary.enrolment.total
        unlisted = len(summary.enrolment.unlisted)
        others = f"，未列入名单{unlisted}个" if unlisted else ""
        yield f"{total.sentence.removesuffix('。')}，未报{total.missing}个{others}，见“应报未报”和“名单核对”。"
    counts = [(section.scope.label, section.total.counted) for section in summary.sections]
    others = "".join(f"，{label} {count} 个" for label, count in counts[1:])
    written = f"，已写入 {merged.out}" if merged.out is not None else ""
    yield f"{counts[0][1]} 个项目{others}{written}"
    yield from (*merged.of_template, *merged.of_frames)
