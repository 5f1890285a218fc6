"""Archives that Python cannot open (.rar, .7z), by a program that is installed for them: 7-Zip or bsdtar.

The program writes what is in the files to its standard output, one after the other, and we cut it. No name in
the archive is ever given to a program, a shell or a disk.
"""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zlib
from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, Any

from zipingbiao.book.unpack.archive import (
    LOCKED,
    MEMBERS,
    RATIO,
    RATIO_FROM,
    TOTAL_BYTES,
    UNPACK,
    Archive,
    Entry,
    check_cost,
    over,
    shown_names,
)
from zipingbiao.book.unpack.source import Source
from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.secrecy import is_secret_path

SECONDS = 12.0  # less than a file may take: the program never outlives whoever started it
_LONGEST_LIST = 8_000_000
_CHUNK = 1 << 20


@frozen
class _Listed:
    name: str
    size: int
    packed: int | None = None
    crc: int | None = None
    locked: bool = False


class _Tool(ABC):
    """One program."""

    def __init__(self, program: str) -> None:
        self.program = program

    @abstractmethod
    def listed(self, file: Path) -> list[_Listed] | None:
        """Return the files of an archive in its order; None when the program cannot list it."""

    @abstractmethod
    def contents(self, file: Path) -> Generator[IO[bytes], None, None]:
        """Give for each file, in that order, a stream that goes on with what is in it."""


def open_by_tool(source: Source, kind: str) -> Archive:
    """Return the archive, listed by the first installed program that can.

    Raises:
        UnreadableError: there is none, none can, a password is needed, or a limit is exceeded.
    """
    if source.disk is None:  # within another archive: it would have to be written to a disk first
        raise UnreadableError(f"压缩包里又有 .{kind} 压缩包，{UNPACK}。")
    tools = list(_installed())
    for tool in tools:
        listed = tool.listed(source.disk)
        if listed:
            return _Unpacked(kind, tool, source.disk, listed)
    if not tools:
        raise UnreadableError(f"这台电脑没有可以读 .{kind} 的解压程序，{UNPACK}。")
    raise UnreadableError(f".{kind} 压缩包解不开（可能设有密码，或已损坏），{UNPACK}。")


class _Unpacked(Archive):
    """Unpacked as a whole when its first file is wanted, into a file that no name leads to."""

    def __init__(self, kind: str, tool: _Tool, file: Path, listed: Sequence[_Listed]) -> None:
        self.kind = kind
        self._tool, self._file, self._listed = tool, file, listed
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
            self._spool = self._unpacked()
        self._spool.seek(self._starts[place])
        return self._spool.read(min(most, self.entries[place].size))

    def _unpacked(self) -> IO[bytes]:
        if any(entry.locked for entry in self.entries):
            raise UnreadableError(LOCKED)
        spool: IO[bytes] = tempfile.TemporaryFile(prefix=".zpb-")  # noqa: SIM115 it stays open
        with suppress(tarfile.TarError, OSError, EOFError), closing(self._tool.contents(self._file)) as found:
            if all(_copied(content, each, spool) for each, content in zip(self._listed, found, strict=False)):
                return spool
        spool.close()
        raise UnreadableError(f"压缩包没有完整解开（可能设有密码，或已损坏），{UNPACK}。")


def _copied(content: IO[bytes], listed: _Listed, spool: IO[bytes]) -> bool:
    """Copy one file, of a secret one only the length; False when it is not what the list says."""
    left, found, secret = listed.size, 0, is_secret_path(listed.name)
    while left and (chunk := content.read(min(left, _CHUNK))):
        left, found = left - len(chunk), zlib.crc32(chunk, found)
        spool.write(bytes(len(chunk)) if secret else chunk)
    return not left and listed.crc in {None, found}


@contextmanager
def _running(program: str, *arguments: str) -> Iterator[IO[bytes]]:
    """Run a program and give its output; after SECONDS reading raises TimeoutError, and with the block it ends."""
    process = subprocess.Popen(  # noqa: S603 - an absolute path, no shell
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    limit = threading.Timer(SECONDS, process.kill)
    limit.daemon = True
    limit.start()
    assert process.stdout is not None  # noqa: S101
    try:
        yield BufferedReader(_Output(process.stdout.fileno(), time.monotonic() + SECONDS), _CHUNK)
    finally:
        limit.cancel()
        process.kill()
        process.stdout.close()
        process.wait()


class _Output(RawIOBase):
    """The output of a program until a moment: what it has started may hold the pipe open after it was ended."""

    def __init__(self, file: int, until: float) -> None:
        self._file, self._until = file, until

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if sys.platform != "win32":
            left = max(0.0, self._until - time.monotonic())
            if not select.select([self._file], [], [], left)[0]:
                raise TimeoutError
        data = os.read(self._file, len(buffer))
        buffer[: len(data)] = data
        return len(data)


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
            yield _Bsdtar(program) if name == "bsdtar" else _SevenZip(program)


def _runs(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file() and os.access(path, os.X_OK)
    return False


def _absolute(file: Path) -> str:
    return os.path.abspath(file)  # noqa: PTH100 links stay


class _SevenZip(_Tool):
    def listed(self, file: Path) -> list[_Listed] | None:
        # An empty password, so that it never asks.
        arguments = ("l", "-slt", "-ba", "-sccUTF-8", "-p", "--", _absolute(file))
        try:
            with _running(self.program, *arguments) as output:
                said = output.read(_LONGEST_LIST + 1)
            if len(said) > _LONGEST_LIST:
                raise over(f"内的文件超过{MEMBERS}个")
            blocks = re.split(r"\r?\n\r?\n", said.decode("utf-8", "replace"))
            return [each for each in map(_entry, blocks) if each is not None]
        except (ValueError, OSError):
            return None

    def contents(self, file: Path) -> Generator[IO[bytes], None, None]:
        with _running(self.program, "x", "-so", "-bd", "-p", "--", _absolute(file)) as output:
            while True:  # one behind the other, without a sign between them
                yield output


def _entry(block: str) -> _Listed | None:
    """One file of the list, ``Path = …`` and the rest line by line; None for a folder."""
    facts = {key: value for key, _, value in (line.partition(" = ") for line in block.splitlines())}
    if "Path" not in facts or facts.get("Folder") == "+" or facts.get("Attributes", "").startswith("D"):
        return None
    packed, crc = facts.get("Packed Size"), facts.get("CRC")
    return _Listed(
        facts["Path"],
        int(facts.get("Size") or 0),
        int(packed) if packed else None,
        int(crc, 16) if crc else None,
        facts.get("Encrypted") == "+",
    )


class _Bsdtar(_Tool):
    """Its own lists are for people, or in another order than it unpacks: it writes a tar, which is read as it comes."""

    def listed(self, file: Path) -> list[_Listed] | None:
        listed: list[_Listed] = []
        total = 0
        try:
            for info, _ in self._files(file):
                listed.append(_Listed(info.name, info.size))
                total += info.size
                if len(listed) > MEMBERS or total > TOTAL_BYTES:
                    break  # the limits tell
        except (tarfile.TarError, OSError, EOFError):
            return None
        return listed

    def contents(self, file: Path) -> Generator[IO[bytes], None, None]:
        for _, content in self._files(file):
            yield content

    def _files(self, file: Path) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
        arguments = ("-cf", "-", "--format=pax", f"@{_absolute(file)}")
        with (
            _running(self.program, *arguments) as output,
            tarfile.open(fileobj=output, mode="r|", encoding="utf-8") as stream,
        ):
            for info in stream:
                content = stream.extractfile(info) if info.isreg() else None
                if content is not None:
                    yield info, content
