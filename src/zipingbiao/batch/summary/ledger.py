"""What the sheets of 汇总表 list besides projects: their lines, and the columns of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from zipingbiao.batch.records import FileRecord, Summary
from zipingbiao.book.write.new_cells import Column, Style
from zipingbiao.result.columns import FindingLine, IndicatorLine


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the ledger."""

    number: int
    file: str
    record: FileRecord

    @property
    def remark(self) -> str:
        """What the reader says of the file, and our own faults by their last line."""
        faults = [f"程序故障：{fault.strip().splitlines()[-1]}" for fault in self.record.faults]
        return "；".join([*self.record.notes, *faults])


def indicator_lines(summary: Summary) -> Iterator[IndicatorLine]:
    """All indicators of all projects, in the order of the summary."""
    for project in summary.projects():
        for indicator in project.indicators:
            yield IndicatorLine(project, indicator)


def finding_lines(summary: Summary) -> Iterator[FindingLine]:
    """All findings, in the order of the files; those that the units have answered after the open ones."""
    for answered in (False, True):
        for file, record in summary.files:
            for finding in record.findings:
                if bool(finding.verified) is answered:
                    yield FindingLine(file, finding)


def file_lines(summary: Summary) -> Iterator[FileLine]:
    """All files, in input order."""
    for number, (file, record) in enumerate(summary.files, start=1):
        yield FileLine(number, file, record)


FILES: tuple[Column[FileLine], ...] = (
    Column("序号", 6, Style.COUNT, attrgetter("number")),
    Column("文件", 36, Style.TEXT, attrgetter("file")),
    Column("状态", 10, Style.WORD, attrgetter("record.status.label")),
    Column("原因", 50, Style.TEXT, attrgetter("record.why")),
    Column("自评表数", 8, Style.COUNT, lambda line: len(line.record.projects)),
    Column("错误数", 7, Style.COUNT, attrgetter("record.errors")),
    Column("警告数", 7, Style.COUNT, attrgetter("record.warnings")),
    Column("内容摘要", 14, Style.TEXT, lambda line: line.record.digest[:12]),
    Column("说明", 36, Style.TEXT, attrgetter("remark")),
)
