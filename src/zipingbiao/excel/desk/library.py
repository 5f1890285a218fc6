"""The library of xlwings that Excel loads: ours is a copy in our own folder, under a name of its own.

A loaded library cannot be replaced, and pip would try; a copy whose name holds version and digest is only
added, and goes when nothing needs it any more.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from zipingbiao.errors import RefusedError
from zipingbiao.excel.desk import installed
from zipingbiao.excel.desk.computer import Computer

NOTICE = "xlwings-LICENSE.txt"
_NAME = re.compile(r"xlwings(?P<bits>32|64)-(?P<version>[\w.+]+?)-(?P<digest>[0-9a-f]{12})\.dll")
_DIGITS = 12


def name(bits: int, version: str, content: bytes) -> str:
    """Return the name of a copy."""
    return f"xlwings{bits}-{version}-{hashlib.sha256(content).hexdigest()[:_DIGITS]}.dll"


def version(copy: str) -> str:
    """Return the version of xlwings that a copy names; "" for another file."""
    found = _NAME.fullmatch(copy)
    return found["version"] if found else ""


def copy(computer: Computer) -> Mapping[int, str]:
    """Put copies of both libraries, with the notice of their licence, into our folder; return their names by bits.

    Raises:
        RefusedError: a copy could not be written, or was taken away at once.
    """
    xlwings = computer.packages["xlwings"]
    if computer.notice is None:  # nobody may hand the library on without it
        raise RefusedError(
            f"请运行 py -m pip install --force-reinstall --no-deps xlwings=={xlwings}：xlwings 缺少许可证文件，没有安装。"
        )
    computer.data_folder.mkdir(parents=True, exist_ok=True)
    names = {}
    for bits, source in computer.libraries.items():
        content = source.read_bytes()
        names[bits] = name(bits, xlwings, content)
        _put(content, computer.data_folder / names[bits])
    (computer.data_folder / NOTICE).write_bytes(computer.notice.read_bytes())
    return names


def is_whole(file: Path) -> bool:
    """Tell whether a copy is there and holds what its name says."""
    found = _NAME.fullmatch(file.name)
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return found is not None and hashlib.sha256(content).hexdigest().startswith(found["digest"])


def copies(computer: Computer) -> Iterator[Path]:
    """Give every copy in our folder, of whatever version, and the notice."""
    if computer.data_folder.is_dir():
        for file in sorted(computer.data_folder.iterdir()):
            if _NAME.fullmatch(file.name) or file.name == NOTICE:
                yield file


def tidy(computer: Computer) -> None:
    """Remove the copies that the installed add-in does not name; one that an Excel still holds stays."""
    record = installed.read(computer)
    if record is None:
        return
    for file in copies(computer):
        if file.name not in (*record.libraries, NOTICE):
            with contextlib.suppress(OSError):
                file.unlink()


def _put(content: bytes, target: Path) -> None:
    """Write a copy where there is none; one that Excel has loaded already is the same."""
    if not is_whole(target):
        try:
            target.write_bytes(content)
        except OSError as error:
            raise RefusedError(
                f"请关闭全部 Excel 窗口再运行一次，仍然这样请看杀毒软件是否拦住了它：{target} 不能写入，没有安装。"
            ) from error
    if not is_whole(target):
        raise RefusedError(
            f"请在杀毒软件中恢复并信任它，再运行 zpb addin install：{target} 刚写好就不见了或被改动。"
        )
