"""Exceptions for the tool itself; what a user typed never raises (see :mod:`zipingbiao.scoring.finding`)."""

from __future__ import annotations

import errno
import sys
from collections.abc import Collection
from functools import cache

_OF_THE_SYSTEM = {
    errno.ENOENT: "文件或文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.EEXIST: "同名的文件已存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘只能读取",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额已用完",
    errno.ENAMETOOLONG: "文件名或路径太长",
    errno.ELOOP: "快捷链接互相指向",
    errno.EIO: "磁盘读写出错",
    errno.EBUSY: "文件被其他程序占用",
    errno.EMFILE: "同时打开的文件太多",
    errno.ENFILE: "同时打开的文件太多",
    errno.ENXIO: "设备没有连接",
    errno.ENODEV: "设备没有连接",
    errno.ETIMEDOUT: "网络没有响应",
    errno.ESTALE: "网络文件夹已断开",
    errno.EINVAL: "文件名或路径无效",
}


class ZipingbiaoError(Exception):
    """A failure that one clear Chinese sentence explains: what, where, what to do."""


class UnreadableError(ZipingbiaoError):
    """The file is no workbook that can be read: wrong format, damaged, encrypted, over a limit."""


class RefusedError(ZipingbiaoError):
    """A write was refused and nothing was changed: file open elsewhere, changed since, read-only."""


class UsageError(ZipingbiaoError):
    """The command was called with arguments that do not fit together."""


def trace() -> str:
    """Return where the exception that is being handled came from, for whoever maintains the program."""
    from traceback import format_exc

    return format_exc()


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that somebody may have meant, or None."""
    from difflib import get_close_matches

    close = get_close_matches(word, known, n=1, cutoff=0.5)
    return close[0] if close else None


def meant(word: str, known: Collection[str]) -> str:
    """Ask for the known word that a misspelled one may be: ``，您是要 score 吗``; "" where none is near."""
    near = nearest(word, known)
    return "" if near is None else f"，您是要 {near} 吗"


def system_reason(error: OSError | ValueError) -> str:
    """Return why the system failed, in a few Chinese words: its own text is in whatever language it speaks."""
    if isinstance(error, ValueError):  # a name with a NUL
        return _OF_THE_SYSTEM[errno.EINVAL]
    known = _OF_THE_SYSTEM.get(error.errno or 0)
    return known or f"系统错误 {getattr(error, 'winerror', None) or error.errno or '不明'}"


def as_run_here(text: str) -> str:
    """Return a message with its commands as this computer runs them: ``py -m zipingbiao``, where Windows has no ``zpb``.

    Python's installer for Windows leaves its folder of commands out of the search path unless it is told otherwise.
    """
    if _knows_zpb():
        return text
    import re

    return re.sub(r"\bzpb (?=[a-z\[-])", "py -m zipingbiao ", text)


@cache
def _knows_zpb() -> bool:
    if sys.platform != "win32":
        return True
    from shutil import which

    return which("zpb") is not None
