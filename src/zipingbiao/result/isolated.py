"""A fault ends the work on one file only; a file that cannot be read is a result too."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import PurePath
from typing import TypeVar

from zipingbiao.errors import UsageError, ZipingbiaoError, system_reason, trace
from zipingbiao.result.file_result import FileResult, Status

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
        faults = (trace(),)
        return made(FileResult(os.fsdecode(path), Status.REJECTED, OUR_FAULT, faults=faults))


def kind_by_name(path: str) -> str:
    """Return the extension of a file that is not opened, as its kind; "" for none that is one."""
    suffix = PurePath(path).suffix.lower().removeprefix(".")
    return suffix if suffix.isascii() and suffix.isalnum() else ""


def rejected(path: str | os.PathLike[str], known: ZipingbiaoError) -> FileResult:
    """Return the result of a file that could not be read; its name stands in the path already."""
    shown = os.fsdecode(path)
    why = str(known).removeprefix(f"{os.path.basename(shown)}：")  # noqa: PTH119 bytes names too
    return FileResult(shown, Status.REJECTED, why, kind=kind_by_name(shown))
