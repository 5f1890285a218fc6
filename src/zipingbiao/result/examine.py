"""One file → its result; a file that cannot be read is a result too, and a fault ends one file only."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from zipingbiao.book import marks
from zipingbiao.book.read.content import content_of
from zipingbiao.book.read.package import open_package
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.errors import UnreadableError, UsageError, ZipingbiaoError, system_reason
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.table.find.candidates import open_bytes

T = TypeVar("T")

OUR_FAULT = (
    "处理这个文件时程序出错，内容没有改动；请用 Excel 或 WPS 打开后另存为 .xlsx 再试，"
    "仍不行请把文件交给软件维护人员。"
)


def isolated(path: str | os.PathLike[str], work: Callable[[], T], made: Callable[[FileResult], T]) -> T:
    """Return what *work* makes of one file; whatever ends it ends this file only.

    Args:
        path: the file.
        work: all that is to be done with this one file.
        made: what *work* would make of a file that is REJECTED with one Chinese sentence. A fault of
            ours, which no file should bring about, stands in its ``faults`` too.

    Raises:
        UsageError: a mistake in the call, the same for every file.
        MemoryError: no file can be blamed.
    """
    try:
        return work()
    except (UsageError, MemoryError):
        raise
    except ZipingbiaoError as known:
        return made(rejected(path, known))
    except OSError as error:
        why = f"无法读写（{system_reason(error)}），内容没有改动；请检查权限和磁盘后重试。"
        return made(FileResult(os.fsdecode(path), Status.REJECTED, why))
    except Exception:  # noqa: BLE001 one bad file never stops the batch
        faults = (traceback.format_exc(),)
        return made(FileResult(os.fsdecode(path), Status.REJECTED, OUR_FAULT, faults=faults))


def examine(path: str | os.PathLike[str], profile_name: str | None = None) -> FileResult:
    """Return the result of reading, scoring and checking one workbook.

    A file that cannot be read, or holds no table, is REJECTED with one Chinese sentence; a summary
    of ours is SKIPPED. The file is read once.

    Raises:
        UsageError: there is no profile of this name.
    """
    try:
        data = content_of(path)
    except UnreadableError as unreadable:
        return rejected(path, unreadable)
    return examine_bytes(data, path, profile_name)


def examine_bytes(data: bytes, path: str | os.PathLike[str], profile_name: str | None = None) -> FileResult:
    """Return what :func:`examine` does of a file in memory; *path* is for the result and messages only.

    Raises:
        UsageError: there is no profile of this name.
    """
    if is_output(data):
        return FileResult(os.fsdecode(path), Status.SKIPPED, marks.OUR_OUTPUT)
    try:
        book = open_bytes(data, str(Path(path)))
    except UnreadableError as unreadable:
        return rejected(path, unreadable)
    if marks.OUTPUT in book.names:  # ours, saved as another kind
        return FileResult(os.fsdecode(path), Status.SKIPPED, marks.OUR_OUTPUT, digest=book.digest)
    return evaluate(book, profile_name)


def is_output(data: bytes) -> bool:
    """Whether this is a summary that we wrote, by the name in it; False for what cannot be read.

    Only the list of names is read: our own sheets of 100,000 rows are above the reader's limits.
    """
    if len(data) > DEFAULT_LIMITS.file_bytes:
        return False
    try:
        return marks.OUTPUT in open_package(data).names
    except Exception:  # noqa: BLE001 whoever reads the file says what is wrong with it
        return False


def rejected(path: str | os.PathLike[str], known: ZipingbiaoError) -> FileResult:
    """Return the result of a file that could not be read; its name stands in the path already."""
    shown = os.fsdecode(path)
    why = str(known).removeprefix(f"{os.path.basename(shown)}：")  # noqa: PTH119 bytes names too
    return FileResult(shown, Status.REJECTED, why)
