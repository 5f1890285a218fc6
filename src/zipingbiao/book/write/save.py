"""Saving so that, whatever fails and whenever, the old file or the new one is there whole."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import platform
import shutil
import time
import zipfile
import zlib
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from zipingbiao.errors import RefusedError, system_reason
from zipingbiao.values.regex import regex

TEMP_PREFIX = ".zpb-"
"""How the name of every temporary file starts; what a killed run left is deleted at the next save beside it."""

RETRY_SECONDS = 5.0
"""How long a file that an antivirus or indexer holds for a moment is tried again (Windows)."""

LEFT_BEHIND_SECONDS = 3600.0
"""After what time a temporary file is left behind, whoever made it: a save takes seconds."""

_TEMP = regex(r"\.zpb-(?:(?P<host>[0-9a-f]{8})-(?P<process>\d{1,10})-)?[0-9a-f]{12}\.tmp")
_NAME_LENGTH = 255  # bytes on Linux and macOS, UTF-16 units on Windows
_TEXTS = frozenset({".html", ".htm", ".csv"})  # all else that we write is an archive
_FIRST, _LAST = ".bak", ".last.bak"
_SHARING_ERRORS = (5, 32, 33)  # Windows: access denied, sharing violation, lock violation
_FULL = (errno.ENOSPC, errno.EDQUOT)
_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)
_OWNER_FILES = ("~${}", ".~{}", ".~lock.{}#")  # Excel, WPS, LibreOffice
_OWNER_UTF16_AT = 55


def save(path: Path, data: bytes, expected_digest: str) -> Path | None:
    """Replace a workbook by new content, keeping the old one beside it.

    The first original is ``name.xlsx.bak`` and never replaced; from the second press on the version
    before the last press is ``name.xlsx.last.bak``. A name that would be too long is shortened.
    Content that is already there is not written again. On any failure the file and its backups are
    as they were and nothing is left beside them.

    Args:
        path: the workbook; a link is followed.
        data: the whole new file, a zip.
        expected_digest: blake2b-128 in hex of the file as it was read.

    Returns:
        The backup, or None when nothing had to be written.

    Raises:
        RefusedError: the file changed since it was read, is open elsewhere or cannot be written.
    """
    target = path.resolve()
    if _unchanged(target, expected_digest) == data:
        return None
    _refuse_if_open(target)
    _refuse_if_read_only(target)
    with _refusals(target, len(data)), _temporary(target, data) as temp:
        shutil.copymode(target, temp)
        with _backed_up(target, temp) as backup:
            _unchanged(target, expected_digest)
            _replace(temp, target)
    return backup


def save_new(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Write a new file, whole or not at all.

    Args:
        path: the file; its folder must exist.
        data: the whole file, a zip.
        overwrite: whether a file that is there already is ours and may go, without a backup.

    Raises:
        RefusedError: a file is there already, is open elsewhere, or the place cannot be written.
    """
    target = path.resolve()
    if target.exists():
        if not overwrite:
            raise RefusedError(
                f"{target.name} 已存在，没有覆盖；请换一个文件名，例如：-o {_elsewhere(target)}"
            )
        _refuse_if_open(target)
        _refuse_if_read_only(target)
    with _refusals(target, len(data)), _temporary(target, data) as temp:
        _replace(temp, target)


def save_to(target: Path | None, path: Path, data: bytes, digest: str) -> tuple[Path, Path | None]:
    """Write the result of a plan: in place of *path*, or to another file; return it and the backup kept.

    Raises:
        RefusedError: as :func:`save` and :func:`save_new`; nothing was written then.
    """
    if target is None or target.resolve() == path.resolve():
        return path, save(path, data, digest)
    make_folder(target.parent)
    save_new(target, data)
    return target, None


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are missing.

    Raises:
        RefusedError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(
            f"无法建立文件夹“{folder}”（{system_reason(error)}），没有写入；请换一个位置。"
        ) from error


def _unchanged(target: Path, expected_digest: str) -> bytes:
    """Return the content of the file, which must be the one that was read."""
    try:
        current = target.read_bytes()
    except OSError as error:
        raise RefusedError(
            f"{target.name} 已不能读取（{system_reason(error)}），没有写入；请检查文件后重试。"
        ) from error
    if hashlib.blake2b(current, digest_size=16).hexdigest() != expected_digest:
        raise RefusedError(f"{target.name} 在读取后已被修改，没有写入；请重新运行，以免覆盖他人的修改。")
    return current


def _refuse_if_open(target: Path) -> None:
    for pattern in _OWNER_FILES:
        mark = target.with_name(pattern.format(target.name))
        if os.path.exists(mark):  # noqa: PTH110 a name that is too long for a mark is no mark
            who = _owner(mark)
            by = f"被 {who} 打开" if who else "被打开"
            raise RefusedError(
                f"{target.name} 正{by}，没有写入；请关闭后重试，或用 -o 另存，例如：-o {_elsewhere(target)}"
                f"（确认无人打开时，可删除残留的 {mark.name}）。"
            )


def _owner(mark: Path) -> str:
    """Return the user name in an owner file of Excel or WPS, "" when it cannot be read."""
    try:
        head = mark.read_bytes()[:256]
    except OSError:  # held by Excel, or a link to nowhere
        return ""
    if mark.name.endswith("#"):
        return head.decode("utf-8", "ignore").split(",")[0].strip()
    # The first copy of the name is in the code page of that computer, the second one is UTF-16.
    length = int.from_bytes(head[_OWNER_UTF16_AT : _OWNER_UTF16_AT + 2], "little")
    wide = head[_OWNER_UTF16_AT + 2 : _OWNER_UTF16_AT + 2 + 2 * length]
    name = wide.decode("utf-16-le", "ignore") if length and len(wide) == 2 * length else ""
    if not name and head:
        name = head[1 : 1 + head[0]].decode("gb18030", "ignore")
    name = name.strip("\0 ")
    return name if name.isprintable() else ""


def _refuse_if_read_only(target: Path) -> None:
    # An administrator may write anyway, but whoever set the flag meant it.
    if not target.stat().st_mode & 0o222 or not os.access(target, os.W_OK):
        raise RefusedError(
            f"{target.name} 是只读文件，没有写入；请去掉只读属性，或用 -o 另存，例如：-o {_elsewhere(target)}"
        )


def _elsewhere(target: Path) -> Path:
    """Return a free name for the same file in a folder that can be written."""
    folders = [folder for folder in (target.parent, Path.cwd()) if os.access(folder, os.W_OK)]
    folder = folders[0] if folders else Path.home()
    names = (folder / f"{target.stem}({number}){target.suffix}" for number in count(1))
    return next(name for name in names if not os.path.exists(name))  # noqa: PTH110 nor one that is too long


@contextlib.contextmanager
def _refusals(target: Path, size: int) -> Iterator[None]:
    """Turn what the system says into one sentence for the user."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            said = f"磁盘空间不足，需要约 {size // 1024 + 1} KB；请腾出空间后重试"
        elif getattr(error, "winerror", None) in _SHARING_ERRORS:
            said = f"文件被其他程序占用；请关闭后重试，或用 -o 另存，例如：-o {_elsewhere(target)}"
        elif error.errno in _READ_ONLY:
            said = f"文件夹不可写；请用 -o 另存到可写的位置，例如：-o {_elsewhere(Path.home() / target.name)}"
        elif error.errno == errno.ENOENT:
            said = f"文件夹 {target.parent} 不存在；请先建立文件夹或换一个位置"
        else:
            said = f"{system_reason(error)}；请检查磁盘或网络后重试"
        raise RefusedError(f"{target.name} 没有写入，原文件未改动：{said}。") from error


@contextlib.contextmanager
def _temporary(target: Path, data: bytes) -> Iterator[Path]:
    """Give a verified file with this content in the target's folder, gone at the end unless moved."""
    _sweep(target.parent)
    temp = _temp_beside(target)
    try:
        with temp.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if temp.read_bytes() != data or not (target.suffix.lower() in _TEXTS or _is_sound_zip(data)):
            raise RefusedError(f"{target.name} 写出后复核不一致，没有写入，原文件未改动；请检查磁盘后重试。")
        yield temp
    finally:
        # An unlink that fails must not hide why the save failed.
        with contextlib.suppress(OSError):
            temp.unlink(missing_ok=True)


def _is_sound_zip(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return False


@contextlib.contextmanager
def _backed_up(target: Path, temp: Path) -> Iterator[Path]:
    """Keep the file under a backup name; if it is not replaced by *temp* then, its backups are as before."""
    first, last = _backup_name(target, _FIRST), _backup_name(target, _LAST)
    before, made = _temp_beside(target), None
    try:
        if _doubled(target, first):
            made = first
        else:
            if last.exists():
                last.replace(before)
            _doubled(target, last)
            made = last
        yield made
    except BaseException:
        if temp.exists():  # else the new file is in place and the backup holds the only old one
            if made is not None:
                made.unlink(missing_ok=True)
            if before.exists():
                before.replace(last)
        raise
    finally:
        with contextlib.suppress(OSError):
            before.unlink(missing_ok=True)


def _backup_name(target: Path, suffix: str) -> Path:
    """Return the place of a backup; a shortened name carries a mark of the whole one, so that no two files share it."""
    if _length(target.name + suffix) <= _NAME_LENGTH:
        return target.with_name(target.name + suffix)
    tail = f"~{hashlib.blake2b(os.fsencode(target.name), digest_size=4).hexdigest()}{target.suffix}{suffix}"
    stem = target.stem
    while stem and _length(stem + tail) > _NAME_LENGTH:
        stem = stem[:-1]
    return target.with_name(stem + tail)


def _length(name: str) -> int:
    return len(name.encode("utf-16-le", "surrogatepass")) // 2 if os.name == "nt" else len(os.fsencode(name))


def _doubled(target: Path, backup: Path) -> bool:
    """Give the file a second name, as a link or else a copy; False when that name is taken."""
    try:
        os.link(target, backup)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links
        if backup.exists():
            return False
        _copy(target, backup)
    return True


def _temp_beside(target: Path) -> Path:
    """Return a new name that tells which process of which computer uses it."""
    return target.with_name(f"{TEMP_PREFIX}{_host()}-{os.getpid()}-{os.urandom(6).hex()}.tmp")


def _host() -> str:
    return hashlib.blake2b(platform.node().encode(), digest_size=4).hexdigest()


def _sweep(folder: Path) -> None:
    """Delete what killed runs left in a folder, never what a run may still use; a failure hinders nothing."""
    with contextlib.suppress(OSError):
        for file in list(folder.glob(f"{TEMP_PREFIX}*")):
            name = _TEMP.fullmatch(file.name)
            if name is not None and file.is_file() and _is_left_behind(file, name["host"], name["process"]):
                file.unlink(missing_ok=True)


def _is_left_behind(file: Path, host: str | None, process: str | None) -> bool:
    # Not on Windows, where the question would end the process.
    if process is not None and host == _host() and os.name != "nt":
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return True
        except (PermissionError, OverflowError):
            pass
    return time.time() - file.stat().st_mtime > LEFT_BEHIND_SECONDS


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copy2(source, target)
    except OSError:
        target.unlink(missing_ok=True)
        raise


def _replace(temp: Path, target: Path) -> None:
    """Move the new file over the old one; on Windows wait for whoever looks into it right now."""
    deadline = time.monotonic() + RETRY_SECONDS
    while True:
        try:
            temp.replace(target)
            break
        except OSError as error:
            if getattr(error, "winerror", None) not in _SHARING_ERRORS or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
