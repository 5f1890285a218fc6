"""The compound file of old office programs: its streams, found by its directory, whatever its sectors say."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zipingbiao.errors import UnreadableError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = 512
_ENTRY = 128
_STREAM = 2
_LAST_SECTOR = 0xFFFFFFFA  # numbers above it are marks
_FAT_IN_HEADER = 109


class _Node(NamedTuple):
    """One entry of the directory; the numbers are those of other entries."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class _Compound:
    """A compound file; every walk is bounded by the number of its sectors."""

    def __init__(self, data: bytes) -> None:
        header = struct.unpack_from("<HH10x8I", data, 30)
        shift, mini_shift, _, directory, _, self._cutoff, mini_fat, _, more, _ = header
        if shift not in (9, 12) or mini_shift != 6:
            raise _damaged()
        self._data, self._size, self._mini = data, 1 << shift, 1 << mini_shift
        self._most = len(data) // self._size + 1
        self._fat = self._allocation(more)
        self._nodes = self._directory(self._joined(directory))
        if not self._nodes:
            raise _damaged()
        self._mini_fat = _numbers(self._joined(mini_fat))

    def stream(self, name: str) -> bytes | None:
        """The stream of this name directly below the root; those of embedded objects lie deeper."""
        node = next((each for each in self.below_root() if each.name.lower() == name.lower()), None)
        if node is None or node.kind != _STREAM:
            return None
        joined = self._joined if node.size >= self._cutoff else self._joined_mini
        found = joined(node.start)
        if len(found) < node.size:
            raise _damaged()
        return found[: node.size]

    def _allocation(self, more: int) -> Sequence[int]:
        sectors = list(struct.unpack_from(f"<{_FAT_IN_HEADER}I", self._data, 76))
        for _ in range(self._most):
            if more > _LAST_SECTOR:
                break
            *listed, more = _numbers(self._sector(more))
            sectors += listed
        found = b"".join(self._sector(each) for each in sectors[: self._most] if each <= _LAST_SECTOR)
        return _numbers(found)

    def _directory(self, raw: bytes) -> list[_Node]:
        nodes = []
        for at in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, at + 64)
            start, size = struct.unpack_from("<II", raw, at + 116)
            name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            nodes.append(_Node(name, kind, left, right, child, start, size))
        return nodes

    def below_root(self) -> Iterator[_Node]:
        """The entries that are no part of another one."""
        waiting, seen = [self._nodes[0].child], set[int]()
        while waiting:
            number = waiting.pop()
            if number < len(self._nodes) and number not in seen:
                seen.add(number)
                node = self._nodes[number]
                yield node
                waiting += [node.left, node.right]

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        found = self._data[at : at + self._size]
        if not found:
            raise _damaged()
        return found.ljust(self._size, b"\0")  # some programs cut the last one short

    def _joined(self, start: int) -> bytes:
        chain = _chain(start, self._fat, self._most)
        return b"".join(self._sector(number) for number in chain)

    def _joined_mini(self, start: int) -> bytes:
        small = self._joined(self._nodes[0].start)
        chain = _chain(start, self._mini_fat, len(small) // self._mini + 1)
        return b"".join(small[number * self._mini : (number + 1) * self._mini] for number in chain)


def ole_stream(data: bytes, *names: str) -> bytes | None:
    """Return the first stream of these names that a compound file holds, None where it holds none.

    Raises:
        UnreadableError: the file is damaged or incomplete; does not name it.
    """
    try:
        compound = _Compound(data)
        return next((found for name in names if (found := compound.stream(name)) is not None), None)
    except struct.error as error:
        raise _damaged() from error


def ole_names(data: bytes) -> frozenset[str] | None:
    """Return the small names of what a compound file holds at its root; None where it is damaged."""
    try:
        return frozenset(node.name.lower() for node in _Compound(data).below_root())
    except (UnreadableError, struct.error):
        return None


def _chain(start: int, table: Sequence[int], most: int) -> Iterator[int]:
    for _ in range(most):
        if start > _LAST_SECTOR:
            return
        if start >= len(table):
            raise _damaged()
        yield start
        start = table[start]
    if start <= _LAST_SECTOR:  # it runs in a circle
        raise _damaged()


def _numbers(raw: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _damaged() -> UnreadableError:
    return UnreadableError("文件不完整或已损坏（内部目录无法读取），请向提供者重新获取原文件。")
