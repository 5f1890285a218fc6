"""Everything known about one file."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol

from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.records import SelfEvaluation
from zipingbiao.values.frozen import frozen


class Status(StrEnum):
    """What became of a file: 已采用, 附件, 其他表, 未填写, 无法读取, 略过, 压缩包, 涉密; in the ledger's order."""

    ACCEPTED = "accepted"
    ATTACHED = "attached"
    OTHER = "other"
    BLANK = "blank"
    REJECTED = "rejected"
    SKIPPED = "skipped"
    ARCHIVE = "archive"
    SECRET = "secret"  # noqa: S105 no password

    @property
    def label(self) -> str:
        """The Chinese word shown to people."""
        return {
            "accepted": "已采用", "attached": "附件", "other": "其他表", "blank": "未填写",
            "rejected": "无法读取", "skipped": "略过", "archive": "压缩包", "secret": "涉密",
        }[self.value]  # fmt: skip

    @property
    def holds_tables(self) -> bool:
        """Whether self-evaluations were found in the file, filled in or not."""
        return self in {Status.ACCEPTED, Status.BLANK}


class Member(NamedTuple):
    """One file of an archive: its place in the archive's list, its name as it may be shown, its size in bytes.

    The name has ``/`` between its folders and leads nowhere; it is "" of a 涉密 one, and of each as soon
    as it has a result of its own.
    """

    place: int
    name: str
    size: int


class Line(Protocol):
    """A file or member as the ledger knows it: a FileResult, or what is kept of one."""

    @property
    def path(self) -> str: ...  # noqa: D102 as there
    @property
    def status(self) -> Status: ...  # noqa: D102 as there
    @property
    def member(self) -> str: ...  # noqa: D102 as there


def on_disk(line: Line) -> str:
    """Return the path of the file on disk: of a member, of its archive; of a secret one, its folder and no name."""
    named = line.member and line.status is not Status.SECRET
    return line.path[: -len(line.member) - 1] if named else line.path


@frozen
class FileResult:
    """Everything known about one file, or about one member of an archive.

    Attributes:
        path: of the file; of a member the path of the archive, ``/``, and *member*. Of a 涉密 file
            only the folder, and words that stand for its name.
        checks: the findings of each of *evaluations*, in its order.
        why: one Chinese sentence when the file is not accepted, else None.
        faults: rules that crashed, as text for the maintainers: our fault, never the user's.
        digest: blake2b-128 of the content in hex; "" when the file could not be opened.
        notes: what the reader wants a person to know, in Chinese.
        kind: as :mod:`zipingbiao.book.read.kinds` calls its content, else its extension; "" when unknown.
        member: the name of a member inside its archive; "" for a file.
        members: of an ARCHIVE, what it holds: each of them has a result of its own.
        material: whether it holds no table that could be read, so that beside a table it is 附件.
        prechecks: what a bureau's page said of its tables before it was sent (:mod:`zipingbiao.result.precheck`).
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
    kind: str = ""
    member: str = ""
    members: tuple[Member, ...] = ()
    material: bool = False
    prose: tuple[SelfEvaluation, ...] = ()
    prechecks: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path as :func:`on_disk` gives it."""
        return on_disk(self)

    @property
    def is_file(self) -> bool:
        """Whether this is of a file, and not of the folder to which this year's was compared."""
        return bool(self.evaluations) or not self.checks

    @property
    def has_report(self) -> bool:
        """Whether it is a written report, with its table or without."""
        return bool(self.prose) or any(each.table.report is not None for each in self.evaluations)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the file, table by table."""
        return tuple(finding for check in self.checks for finding in check)

    @property
    def has_errors(self) -> bool:
        """Whether a finding must be corrected."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
