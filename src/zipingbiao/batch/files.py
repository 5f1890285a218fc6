"""Which files belong to a batch: what to read, what to leave out and why, in a stable order."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from zipingbiao.book.given import Paths, each_path
from zipingbiao.book.read.content import content_of
from zipingbiao.errors import UnreadableError, UsageError, system_reason
from zipingbiao.result.examine import is_output as says_output
from zipingbiao.result.file_result import FileResult, Status

# The reader judges by content: a file named .xls may hold an .xlsx, and a true .xls gets its sentence.
EXTENSIONS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ods"})

_LEFT_OUT = (
    (re.compile(r"~\$|\.~"), "Excel 或 WPS 打开工作簿时的锁定文件"),
    (re.compile(r"\.zpb-"), "本软件写到一半的临时文件，可以删除"),
    (re.compile(r"\._"), "压缩包附带的系统文件"),
    (re.compile(r".*\.bak\d*$"), "备份文件"),
    (re.compile(r".*\.tmp$"), "临时文件"),
)
_SYSTEM_FOLDER = "__MACOSX"


def find(paths: Paths) -> tuple[list[Path], list[FileResult]]:
    """Return the files to read and those set aside, each of the latter with its reason.

    Folders are walked to the end, sorted by path text; a file named directly is read whatever its
    extension, unless its name says that it is no workbook of a unit. Every file with the extension
    of a workbook, a backup or a temporary file is in exactly one of the two lists; a file that is
    named twice counts once. A linked folder is entered once, so that a loop of links ends.

    Raises:
        UsageError: a path does not exist.
    """
    to_read: list[Path] = []
    aside: list[FileResult] = []
    seen: set[str] = set()
    for given in each_path(paths):
        if not os.path.lexists(given):
            raise UsageError(f"找不到“{given}”，请检查路径。")
        found = _walk(given, aside) if given.is_dir() else [given]
        for file in found:
            place = os.path.normcase(file.absolute())
            if place in seen:
                continue
            seen.add(place)
            why = _why_left_out(file)
            if why is not None:
                aside.append(FileResult(str(file), Status.SKIPPED, why))
            elif file == given or file.suffix.lower() in EXTENSIONS:
                to_read.append(file)
    return to_read, aside


def is_output(path: Path) -> bool:
    """Whether a file is a summary that we wrote, as :func:`zipingbiao.result.examine.is_output` of its bytes."""
    try:
        return says_output(content_of(path))
    except UnreadableError:
        return False


def _why_left_out(file: Path) -> str | None:
    if _SYSTEM_FOLDER in file.parts and file.suffix.lower() in EXTENSIONS:
        return "压缩包附带的系统文件"
    if file.suffix.lower() in EXTENSIONS and _is_special(file):
        return "不是普通文件"
    return next((why for pattern, why in _LEFT_OUT if pattern.match(file.name.lower())), None)


def _is_special(file: Path) -> bool:
    """Whether this is a pipe or device, which could be read for ever; the reader tells of the rest."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _walk(folder: Path, aside: list[FileResult]) -> list[Path]:
    """Return all files below a folder, sorted; a folder that cannot be opened is set aside."""

    def unreadable(error: OSError) -> None:
        why = f"文件夹无法打开（{system_reason(error)}），其中的文件没有读取，请检查权限。"
        aside.append(FileResult(str(error.filename), Status.REJECTED, why))

    entered: set[str] = set()
    files: list[Path] = []
    for here, folders, names in os.walk(folder, onerror=unreadable, followlinks=True):
        entered.add(os.path.realpath(here))
        folders[:] = _not_entered(here, folders, entered)
        files.extend(Path(here, name) for name in names)
    return sorted(files, key=str)


def _not_entered(here: str, folders: Iterable[str], entered: set[str]) -> Iterator[str]:
    for name in sorted(folders):
        place = os.path.realpath(os.path.join(here, name))  # noqa: PTH118 os.walk speaks text
        if place not in entered:
            entered.add(place)
            yield name
