"""文件清单: every file of a batch and every member of an archive on one line, and the ways to them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from pathlib import Path

from zipingbiao.batch.records import FileRecord, Summary
from zipingbiao.book.write.new_cells import Column, Style
from zipingbiao.result.file_result import Status
from zipingbiao.result.rows import ProjectRow
from zipingbiao.values.frozen import frozen

KINDS: Mapping[str, str] = {
    "picture": "图片", "video": "视频", "sound": "录音", "program": "程序", "text": "文本",
}  # fmt: skip
"""How 类型 says a kind that is no usual extension."""


@frozen
class LedgerLine:
    """One line of the ledger.

    Attributes:
        number: 序号, counted from 1.
        shown: the path below the folder that all files share; of a member with the member's name.
        record: the file.
        link: the way to the file from where the ledger lies; "" for none.
        batch: 批次; "" where none is known.
    """

    number: int
    shown: str
    record: FileRecord
    link: str = ""
    batch: str = ""

    @property
    def file(self) -> str:
        """The name of the file, or of the archive that holds the member."""
        return self._on_disk.rpartition("/")[2]

    @property
    def folder(self) -> str:
        """The folder in which the file lies, below the one that all files share."""
        return self._on_disk.rpartition("/")[0]

    @property
    def member(self) -> str:
        """The name of a member inside its archive; "" for a file, and for a secret one."""
        return self.record.member if self.record.status is not Status.SECRET else ""

    @property
    def kind(self) -> str:
        """类型, in a word for people."""
        return KINDS.get(self.record.kind, self.record.kind)

    @property
    def projects(self) -> tuple[ProjectRow, ...]:
        """The tables of the file that count, or would count were they not repeated or doubtful."""
        return self.record.projects if self.record.status is Status.ACCEPTED else ()

    @property
    def named(self) -> tuple[str, ...]:
        """Each project by its name, else its code."""
        return tuple(row.name or row.code or row.sheet for row in self.projects)

    @property
    def amount(self) -> Decimal | None:
        """The budgets of its projects in 万元, as the execution rate divides by them."""
        budgets = [row.budget for row in self.projects if row.budget is not None]
        return sum(budgets, Decimal(0)) if budgets else None

    @property
    def why(self) -> str:
        """Why it does not count and what to do, what the reader says of it, and our own faults by their last line."""
        faults = [f"程序故障：{fault.strip().splitlines()[-1]}" for fault in self.record.faults]
        why = [self.record.why] if self.record.why else []
        return "；".join([*why, *self.record.notes, *faults])

    @property
    def _on_disk(self) -> str:
        record = self.record
        return self.shown[: len(self.shown) - len(record.path) + len(record.file)]


def ledger_lines(summary: Summary, beside: Path | None = None) -> Iterator[LedgerLine]:
    """The ledger, in input order; with links to the files from the folder *beside*."""
    for number, (shown, record) in enumerate(summary.files, start=1):
        yield LedgerLine(number, shown, record, link_to(shown, record, beside), record.batch)


def links(summary: Summary, beside: Path | None) -> Callable[[str], str]:
    """Return what gives the way to a file from the folder *beside*, by its path as shown; "" for none."""
    ways = {shown: link_to(shown, record, beside) for shown, record in summary.files} if beside else {}
    return lambda shown: ways.get(shown, "")


def link_to(shown: str, record: FileRecord, beside: Path | None) -> str:
    """Return the way to a file from a folder, which holds wherever both are taken together.

    It leads down from there, or never out of the folder that all files share: no name above that is told.
    "" of a secret file, and where there is no such way.
    """
    if beside is None or record.status is Status.SECRET:
        return ""
    folder, name = os.path.split(os.path.abspath(record.file))  # noqa: PTH100 compared as text
    way, shared = _between(folder, os.path.abspath(beside))  # noqa: PTH100
    path = os.path.abspath(record.path)  # noqa: PTH100
    root = path[: len(path) - len(shown)].rstrip(os.sep)
    leads_up = way.partition("/")[0] == os.pardir
    if not way or (leads_up and not (root and f"{shared}{os.sep}".startswith(f"{root}{os.sep}"))):
        return ""
    return name if way == os.curdir else f"{way}/{name}"


@lru_cache(maxsize=256)  # most files lie beside another one
def _between(folder: str, beside: str) -> tuple[str, str]:
    """The way to a folder from another one, and what both have in common; "" twice between two drives."""
    try:
        return os.path.relpath(folder, beside).replace(os.sep, "/"), os.path.commonpath([folder, beside])
    except ValueError:
        return "", ""


def shown_paths(records: Sequence[FileRecord]) -> list[str]:
    """Return the paths below the folder that all files share, so that no machine's path is told."""
    paths = [os.path.abspath(record.path) for record in records]  # noqa: PTH100 compared as text
    try:
        shared = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    except ValueError:  # no file at all, or files on several drives
        return [record.path for record in records]
    return [path[len(shared) :].lstrip(os.sep).replace(os.sep, "/") for path in paths]


LEDGER: tuple[Column[LedgerLine], ...] = (
    Column("序号", 5, Style.COUNT, attrgetter("number")),
    Column("文件夹", 20, Style.TEXT, attrgetter("folder")),
    Column("文件", 36, Style.TEXT, attrgetter("file"), link=attrgetter("link")),
    Column("包内文件", 30, Style.TEXT, attrgetter("member")),
    Column("类型", 8, Style.WORD, attrgetter("kind")),
    Column("状态", 8, Style.WORD, attrgetter("record.status.label")),
    Column("原因", 36, Style.TEXT, attrgetter("why")),
    Column("项目", 28, Style.TEXT, lambda line: "；".join(line.named)),
    Column("金额", 12, Style.AMOUNT, attrgetter("amount")),
    Column("批次", 10, Style.TEXT, attrgetter("batch")),
)
