"""Which files belong to a batch: what to read, what to leave out and why, in a stable order."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zipingbiao.book.given import Paths, each_path
from zipingbiao.book.read.content import content_of
from zipingbiao.errors import UnreadableError, UsageError, system_reason
from zipingbiao.result.examine import is_output as says_output
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.isolated import kind_by_name
from zipingbiao.result.secrecy import secret
from zipingbiao.values.secrecy import is_secret_name

_LEFT_OUT = (
    (re.compile(r"~\$|\.~"), "Excel 或 WPS 打开工作簿时的锁定文件，不必处理"),
    (re.compile(r"\.zpb-"), "本软件写到一半的临时文件，可以删除"),
    (re.compile(r"\._"), "压缩包附带的系统文件，不必处理"),
    (re.compile(r".*\.bak\d*$"), "备份文件，不必处理"),
    (re.compile(r".*\.te?mp$"), "临时文件，不必处理"),
    (re.compile(r"(?:thumbs\.db|desktop\.ini|\.ds_store)$"), "系统文件，不必处理"),
)
_SYSTEM_FOLDER = "__MACOSX"
_CLOSED = "文件夹无法打开（{}），其中的文件没有读取，请检查权限。"


def find(paths: Paths) -> tuple[list[Path], list[FileResult]]:
    """Return the files to examine and those set aside, each of the latter with its reason.

    Folders are walked to the end, sorted by path text. Every file found is in exactly one of the two
    lists, whatever its extension; a file that is named twice counts once. A linked folder is entered
    once, so that a loop of links ends. What a name says is secret is only counted.

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
            left_out = set_aside(str(file), file.parts)
            if left_out is not None:
                aside.append(left_out)
            elif _is_special(file):
                aside.append(FileResult(str(file), Status.SKIPPED, "管道或设备，不是普通文件，不必处理"))
            else:
                to_read.append(file)
    return to_read, aside


def set_aside(path: str, names: Sequence[str], *, archive: str = "") -> FileResult | None:
    """Return the result of a file whose name says that it is not to be opened; None for any other.

    Args:
        path: of the file, or of a member the path of its archive, ``/``, and its name there.
        names: of the folders on the way as far as they are known, and of the file.
        archive: of a member, the path of the archive.
    """
    if any(map(is_secret_name, names)):
        return secret(archive or path, member=bool(archive))
    why = _why_left_out(names)
    if why is None:
        return None
    member = path[len(archive) + 1 :] if archive else ""
    return FileResult(path, Status.SKIPPED, why, kind=kind_by_name(path), member=member)


def is_output(path: Path) -> bool:
    """Whether a file is a summary that we wrote, as :func:`zipingbiao.result.examine.is_output` of its bytes."""
    try:
        return says_output(content_of(path))
    except UnreadableError:
        return False


def _why_left_out(names: Sequence[str]) -> str | None:
    if _SYSTEM_FOLDER in names:
        return "压缩包附带的系统文件，不必处理"
    return next((why for pattern, why in _LEFT_OUT if pattern.match(names[-1].lower())), None)


def _is_special(file: Path) -> bool:
    """Whether this is a pipe or device, which could be read for ever; the reader tells of the rest."""
    try:
        return not stat.S_ISREG(file.stat().st_mode)
    except OSError:
        return False


def _walk(folder: Path, aside: list[FileResult]) -> list[Path]:
    """Return all files below a folder, sorted; a folder that cannot be opened is set aside."""

    def unreadable(error: OSError) -> None:
        closed = Path(os.fsdecode(error.filename))
        why = _CLOSED.format(system_reason(error))
        hidden = any(map(is_secret_name, closed.parts))
        aside.append(secret(str(closed)) if hidden else FileResult(str(closed), Status.REJECTED, why))

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
