"""Approved targets in files and folders, workbooks and Word documents: read once, for new and check."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from zipingbiao.book.read import read_book
from zipingbiao.errors import UnreadableError, UsageError, system_reason
from zipingbiao.table import ours
from zipingbiao.table.find.secret import is_marked
from zipingbiao.table.find.targets import TargetTable, read_targets
from zipingbiao.values.secrecy import is_secret_path

# The reader judges by content, and says of a kind that it does not read what to do.
_TABLES = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".et", ".ods"}
    | {".docx", ".docm", ".doc", ".wps", ".odt", ".pdf"}
)
_LEFT_OUT = ("~$", ".~", "._", ".zpb-")

_SECRET = "已略过：一个涉密文件，名称和内容都没有保留。"  # noqa: S105 no password

Paths = Iterable[str | os.PathLike[str]]


def read_approved(paths: Paths) -> tuple[tuple[tuple[str, TargetTable], ...], tuple[str, ...]]:
    """Return (file, table) of the approved targets found, and what a person should know.

    A file that cannot be used is a note in Chinese and stops nothing. Our own self-evaluations in a
    folder are passed over, and so is a table that approves nothing but the budget execution.

    Raises:
        UsageError: a path does not exist.
    """
    found: list[tuple[str, TargetTable]] = []
    notes: list[str] = []
    for given in map(Path, paths):
        if not os.path.lexists(given):
            raise UsageError(f"找不到“{given}”，请检查路径。")
        for file in _files(given, notes) if given.is_dir() else [given]:
            found += ((str(file), table) for table in _tables(file, notes, named=file == given))
    return tuple(found), tuple(notes)


def _files(folder: Path, notes: list[str]) -> Iterator[Path]:
    """Workbooks and documents below a folder, sorted; anything that can hold no table is passed over."""

    def unreadable(error: OSError) -> None:
        named = "涉密文件夹" if is_secret_path(error.filename) else f"文件夹“{error.filename}”"
        notes.append(f"已略过：{named}无法打开（{system_reason(error)}），请检查权限。")

    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if name != "__MACOSX")
        for file in (Path(here, name) for name in sorted(names)):
            if file.name.startswith(_LEFT_OUT):
                continue
            if file.suffix.lower() in _TABLES:
                yield file


def _tables(file: Path, notes: list[str], *, named: bool) -> list[TargetTable]:
    if is_secret_path(str(file)):
        notes.append(_SECRET)
        return []
    try:
        book = read_book(file)
    except UnreadableError as error:
        notes.append(f"已略过：{error}")
        return []
    if is_marked(book):
        notes.append(_SECRET)
        return []
    if not named and ours.of(book.names) is not None:
        notes.append(f"已略过：{file.name}：是本软件生成的自评表，不是绩效目标表。")
        return []
    tables = [table for table in read_targets(book) if any(not line.is_execution for line in table.lines)]
    notes += [
        f"{file.name} {note}" for note in (*book.notes, *(p for table in tables for p in table.problems))
    ]
    if not tables:
        notes.append(f"{file.name}：没有找到绩效目标表，表中要有“三级指标”和“指标值”这样的列。")
    return tables
