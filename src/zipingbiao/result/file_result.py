"""Everything known about one file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import SelfEvaluation


class Status(StrEnum):
    """What became of a file: 已采用, 其他表, 未填写, 无法读取, 略过."""

    ACCEPTED = "accepted"
    OTHER = "other"
    BLANK = "blank"
    REJECTED = "rejected"
    SKIPPED = "skipped"

    @property
    def label(self) -> str:
        """The Chinese word shown to people."""
        return {
            "accepted": "已采用", "other": "其他表", "blank": "未填写", "rejected": "无法读取", "skipped": "略过",
        }[self.value]  # fmt: skip

    @property
    def holds_tables(self) -> bool:
        """Whether self-evaluations were found in the file, filled in or not."""
        return self in {Status.ACCEPTED, Status.BLANK}


@dataclass(frozen=True)
class FileResult:
    """Everything known about one file.

    Attributes:
        checks: the findings of each of *evaluations*, in its order.
        why: one Chinese sentence when the file is not accepted, else None.
        faults: rules that crashed, as text for the maintainers: our fault, never the user's.
        digest: blake2b-128 of the content in hex; "" when the file could not be opened.
        notes: what the reader wants a person to know, in Chinese.
        prose: of a written report without a table what it says: head and texts, for its workbook.
    """

    path: str
    status: Status
    why: str | None = None
    evaluations: tuple[Evaluation, ...] = ()
    checks: tuple[tuple[Finding, ...], ...] = ()
    faults: tuple[str, ...] = ()
    digest: str = ""
    notes: tuple[str, ...] = ()
    prose: tuple[SelfEvaluation, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the file, table by table."""
        return tuple(finding for check in self.checks for finding in check)

    @property
    def has_errors(self) -> bool:
        """Whether a finding must be corrected."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
