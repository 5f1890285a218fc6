"""What a reader is given, the bytes of one file with the views on them, and what it gives, the sheets."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

from zipingbiao.book.cells import Grid
from zipingbiao.book.read.package import main_part
from zipingbiao.book.read.parse import OddWorkbookError
from zipingbiao.book.read.preflight import (
    DEFAULT_LIMITS,
    Archive,
    Limits,
    check_size,
    is_archive,
    naming,
    open_archive,
)
from zipingbiao.errors import UnreadableError, system_reason
from zipingbiao.values.frozen import frozen

if TYPE_CHECKING:
    from zipingbiao.book.blocks import Block

_TEXT_SAMPLE = 4096

Wanted: TypeAlias = Callable[[str], bool]
"""Whether a text could be a label of a table that the caller looks for."""


@frozen
class Content:
    """The bytes of one file; each view on them is made once, when it is asked for.

    Attributes:
        path: of the file, as it can be printed; for messages, and where the bytes alone do not tell.
        data: the whole file.
        limits: in force for what is read.
    """

    path: str
    data: bytes
    limits: Limits = DEFAULT_LIMITS

    @property
    def file(self) -> str:
        """The name of the file without its folders, of either system."""
        return re.split(r"[/\\]", self.path)[-1]

    @property
    def is_named_as_word(self) -> bool:
        """Whether the name is one of Word's: its owner meant a document."""
        return self.file.lower().endswith((".docx", ".docm", ".doc", ".wps"))

    @property
    def is_archive(self) -> bool:
        """Whether this begins as a zip with parts; whether it is whole :attr:`archive` tells."""
        return is_archive(self.data)

    @cached_property
    def archive(self) -> Archive:
        """The checked zip; raises UnreadableError for what is none, or is damaged."""
        return open_archive(self.data, self.limits)

    @cached_property
    def main(self) -> str | None:
        """The part that the package calls its document; None when it names none in the usual way."""
        try:
            return main_part(self.archive)
        except OddWorkbookError:
            return None

    @cached_property
    def streams(self) -> frozenset[str] | None:
        """The small names at the root of a compound file of an old program; None where it is damaged."""
        from zipingbiao.book.read.ole import ole_names

        return ole_names(self.data)

    @cached_property
    def opening(self) -> str | None:
        """The first signs of a text, small, without leading white space; None for what is no text."""
        text = _as_text(self.data[:_TEXT_SAMPLE])
        return None if text is None else text.lstrip().lower()


@frozen
class Sheets:
    """What a reader found in a file; the attributes are those of :class:`~zipingbiao.book.cells.Book`."""

    grids: tuple[Grid, ...]
    names: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    part: str = ""
    heads: tuple[str, ...] = ()


def content_of(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Return the bytes of a file that is not larger than the limit.

    Raises:
        UnreadableError: there is no such file, it is no plain one, cannot be opened, or is too large.
    """
    with _opening(path) as size:
        with naming(_name(path)):
            check_size(size, limits)
        return Path(path).read_bytes()


def head_of(path: str | os.PathLike[str], most: int) -> tuple[bytes, int]:
    """Return the first bytes of a file, and its size.

    Raises:
        UnreadableError: there is no such file, it is no plain one, or cannot be opened.
    """
    with opened(path) as (stream, size):
        return stream.read(most), size


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[tuple[IO[bytes], int]]:
    """Give a file, open for reading, and its size; it may be larger than any limit.

    Raises:
        UnreadableError: there is no such file, it is no plain one, or cannot be opened or read.
    """
    with _opening(path) as size, open(path, "rb") as stream:  # noqa: PTH123 many are opened, and a Path takes as long
        yield stream, size


@contextmanager
def _opening(path: str | os.PathLike[str]) -> Iterator[int]:
    """Give the size of a plain file; what the system refuses is one sentence."""
    try:
        found = os.stat(path)  # noqa: PTH116 as above
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableError(f"{_name(path)}：这是一个文件夹，请指定其中的工作簿文件。")
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device could be read for ever
            raise UnreadableError(f"{_name(path)}：这不是普通文件（是管道或设备），请指定工作簿文件。")
        yield found.st_size
    except FileNotFoundError as error:
        raise UnreadableError(f"{_name(path)}：找不到这个文件，请检查路径和文件名。") from error
    except (OSError, ValueError) as error:
        raise UnreadableError(
            f"{_name(path)}：无法打开这个文件（{system_reason(error)}），请检查读取权限，或关闭占用它的程序后重试。"
        ) from error


def _name(path: str | os.PathLike[str]) -> str:
    file = Path(path)
    return printable(file.name or str(file))


def printable(name: str) -> str:
    """Return a name that can be printed: bytes that are no UTF-8 become replacement signs."""
    return os.fsencode(name).decode("utf-8", "replace")


def _as_text(sample: bytes) -> str | None:
    """Return the sample decoded if it reads as text in an encoding used for tables, else None."""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if encoding == "utf-16" and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        # The sample may end inside a character: up to three bytes less still show the encoding.
        for cut in range(4):
            try:
                text = sample[: len(sample) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(sign < " " and sign not in "\t\r\n\f\x1a" for sign in text):
                return text
            break
    return None
