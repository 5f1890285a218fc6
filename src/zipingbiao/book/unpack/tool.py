"""Archives that Python cannot open (.rar, .7z), by a program that is installed for them: 7-Zip or bsdtar.

The program lists, and then writes the contents of all files to its standard output, one after the other; we
cut them by the sizes of the list. No name of the archive is ever given to a program, a shell or a disk.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from zipingbiao.book.unpack.archive import (
    LOCKED,
    RATIO,
    RATIO_FROM,
    UNPACK,
    Archive,
    Entry,
    check_cost,
    over,
    shown_names,
)
from zipingbiao.book.unpack.source import Source
from zipingbiao.errors import UnreadableError

SECONDS = 12.0  # less than a file may take: the program never outlives whoever started it
_LONGEST_LIST = 8_000_000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _Listed:
    name: str
    size: int
    packed: int | None
    locked: bool


@dataclass(frozen=True, slots=True)
class _Tool:
    """One program: how it lists an archive ({}), how it unpacks all of it, and how its list reads."""

    program: str
    listing: Sequence[str]
    unpacking: Sequence[str]
    parse: Callable[[str], list[_Listed]]


def open_by_tool(source: Source, kind: str) -> Archive:
    """Return the archive, listed by the first installed program that can.

    Raises:
        UnreadableError: there is none, none can, a password is needed, or a limit is exceeded.
    """
    if source.disk is None:  # within another archive: it would have to be written to a disk first
        raise UnreadableError(f"压缩包里又有 .{kind} 压缩包，{UNPACK}。")
    tools = list(_installed())
    for tool in tools:
        listed = _list(tool, source.disk)
        if listed is not None:
            return _Unpacked(kind, tool, source.disk, listed)
    if not tools:
        raise UnreadableError(f"这台电脑没有可以读 .{kind} 的解压程序，{UNPACK}。")
    raise UnreadableError(f".{kind} 压缩包解不开（可能设有密码，或已损坏），{UNPACK}。")


class _Unpacked(Archive):
    """Unpacked as a whole when its first file is wanted, into a file that no name leads to."""

    def __init__(self, kind: str, tool: _Tool, file: Path, listed: Sequence[_Listed]) -> None:
        self.kind = kind
        self._tool, self._file = tool, file
        self._spool: IO[bytes] | None = None
        check_cost([each.size for each in listed])
        packed = file.stat().st_size
        for each in listed:
            if each.size > RATIO_FROM and each.size > RATIO * (each.packed or packed):
                raise over(f"内有文件的压缩比超过{RATIO}:1")
        names = shown_names(each.name for each in listed)
        self.entries = tuple(
            Entry(name, each.size, each.locked) for name, each in zip(names, listed, strict=True)
        )
        sizes = [each.size for each in listed]
        self._starts = [sum(sizes[:place]) for place in range(len(sizes))]

    def close(self) -> None:
        if self._spool is not None:
            self._spool.close()

    def _read(self, place: int, most: int) -> bytes:
        if self._spool is None:
            self._spool = self._unpack()
        self._spool.seek(self._starts[place])
        return self._spool.read(min(most, self.entries[place].size))

    def _unpack(self) -> IO[bytes]:
        if any(entry.locked for entry in self.entries):
            raise UnreadableError(LOCKED)
        total, got = sum(entry.size for entry in self.entries), 0
        spool: IO[bytes] = tempfile.TemporaryFile(prefix=".zpb-")  # noqa: SIM115 it stays open
        with _running(self._tool, self._tool.unpacking, self._file) as output:
            while got <= total and (chunk := output.read(_CHUNK)):
                got += len(chunk)
                spool.write(chunk)
        if got != total:
            spool.close()
            raise UnreadableError(f"压缩包没有完整解开（可能设有密码，或已损坏），{UNPACK}。")
        return spool


def _list(tool: _Tool, file: Path) -> list[_Listed] | None:
    """Return the files of an archive; None when the program cannot list it."""
    with _running(tool, tool.listing, file) as output:
        said = output.read(_LONGEST_LIST + 1)
    if len(said) > _LONGEST_LIST:
        raise over("内的文件太多")
    try:
        return tool.parse(said.decode("utf-8", "replace")) or None
    except (ValueError, KeyError):
        return None


@contextmanager
def _running(tool: _Tool, arguments: Sequence[str], file: Path) -> Iterator[IO[bytes]]:
    """Run a program over an archive and give its output; it ends with the block, at the latest after SECONDS."""
    process = subprocess.Popen(  # noqa: S603 - an absolute path, no shell
        [tool.program, *(each.replace("{}", os.path.abspath(file)) for each in arguments)],  # noqa: PTH100 links stay
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    limit = threading.Timer(SECONDS, process.kill)
    limit.daemon = True
    limit.start()
    assert process.stdout is not None  # noqa: S101
    try:
        yield process.stdout
    finally:
        limit.cancel()
        process.kill()
        process.stdout.close()
        process.wait()


def _installed() -> Iterator[_Tool]:
    """The programs that are installed, 7-Zip first; never one that lies in the current folder."""
    folders = [folder for folder in os.get_exec_path() if Path(folder).is_absolute()]
    if sys.platform == "win32":
        folders += [
            str(Path(base, "7-Zip")) for base in map(os.environ.get, ("ProgramFiles", "ProgramW6432")) if base
        ]
    ending = ".exe" if sys.platform == "win32" else ""
    for name in ("7z", "7zz", "7za", "bsdtar"):
        found = (Path(folder, name + ending) for folder in folders)
        program = next((str(path) for path in found if _runs(path)), None)
        if program is not None:
            yield _bsdtar(program) if name == "bsdtar" else _seven(program)


def _runs(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file() and os.access(path, os.X_OK)
    return False


# ------------------------------------------------------------------ 7-Zip


def _seven(program: str) -> _Tool:
    # An empty password, so that it never asks; -- before the archive, whose own path is absolute.
    listing = ("l", "-slt", "-ba", "-sccUTF-8", "-p", "--", "{}")
    return _Tool(program, listing, ("x", "-so", "-bd", "-p", "--", "{}"), _seven_list)


def _seven_list(said: str) -> list[_Listed]:
    found = []
    for block in re.split(r"\r?\n\r?\n", said):
        lines = (line.partition(" = ") for line in block.splitlines())
        facts = {key: value for key, _, value in lines}
        if "Path" not in facts or facts.get("Folder") == "+" or "D" in facts.get("Attributes", "")[:1]:
            continue
        size, packed = int(facts.get("Size") or 0), facts.get("Packed Size")
        found.append(
            _Listed(facts["Path"], size, int(packed) if packed else None, facts.get("Encrypted") == "+")
        )
    return found


# ------------------------------------------------------------------ bsdtar


def _bsdtar(program: str) -> _Tool:
    # mtree is the one list of it that is made to be read by programs: names without blanks, sizes in full.
    return _Tool(
        program,
        ("-cf", "-", "--format=mtree", "--options=mtree:!all,mtree:size,mtree:type", "@{}"),
        ("-xOf", "{}"),
        _mtree_list,
    )


def _mtree_list(said: str) -> list[_Listed]:
    found = []
    for line in said.splitlines()[1:]:
        name, *facts = line.split(" ")
        told = dict(fact.partition("=")[::2] for fact in facts)
        if told.get("type") == "file":
            found.append(_Listed(_unescaped(name), int(told["size"]), None, locked=False))
    return found


def _unescaped(name: str) -> str:
    raw = re.sub(
        rb"\\([0-7]{3})",
        lambda octal: bytes([int(octal[1], 8) & 0xFF]),
        name.encode("utf-8", "surrogateescape"),
    )
    return raw.decode("utf-8", "replace").removeprefix("./")
