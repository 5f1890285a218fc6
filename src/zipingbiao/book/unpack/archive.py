"""What every kind of archive gives, and what one may cost."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence

from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

_MEGABYTE = 1_000_000
MEMBERS = 5_000
"""The most files in one archive, those of archives within it too."""
TOTAL_BYTES = 1_000 * _MEGABYTE
"""The most bytes that an archive may hold when unpacked, those of archives within it too."""
DEPTH = 3
"""How many archives may lie one in the other."""
RATIO = 100
RATIO_FROM = 16 * _MEGABYTE
"""A single file may not be more than so many times its packed size, once it is this large."""

UNPACK = "请右键解压后再汇总"
LOCKED = "压缩包设有密码，请用密码解压后再汇总。"
VOLUME = "这是分卷压缩包中的一卷，请把各卷放在一起，右键解压后再汇总。"
DAMAGED = "压缩包已损坏，解不开，请向提供者重新获取原文件。"
_UNNAMED = "无名文件"
_LONGEST = 200
_DRIVE = regex(r"^[A-Za-z]:")
_CONTROL = regex("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@frozen
class Entry:
    """One file of an archive: the name to show (:func:`shown_names`), its size, and whether a password locks it."""

    name: str
    size: int
    locked: bool = False


class Archive(ABC):
    """An opened archive whose list passed the limits; folders are not in it."""

    kind: str
    entries: Sequence[Entry]

    def read(self, place: int, most: int) -> bytes:
        """Return the first *most* bytes of a file by its place in *entries*.

        Raises:
            UnreadableError: locked by a password, damaged, or packed in a way that is not known.
        """
        if self.entries[place].locked:
            raise UnreadableError(LOCKED)
        return self._read(place, most)

    @abstractmethod
    def close(self) -> None:
        """Let go of the file; nothing can be read any more."""

    @abstractmethod
    def _read(self, place: int, most: int) -> bytes: ...


def over(what: str) -> UnreadableError:
    """Return the refusal of an archive that exceeds a limit."""
    return UnreadableError(f"压缩包{what}，没有解压；请核实来源，确认无误后右键解压再汇总。")


def check_cost(sizes: Sequence[int]) -> None:
    """Raise the refusal of an archive that holds too much, by its own list."""
    if len(sizes) > MEMBERS:
        raise over(f"内的文件超过{MEMBERS}个")
    if sum(sizes) > TOTAL_BYTES:
        raise over(f"解压后超过{TOTAL_BYTES // _MEGABYTE}MB")


def shown_names(names: Iterable[str]) -> list[str]:
    """Return names that can be shown and lead nowhere: no drive, no root, no ``..``; each of them once."""
    cleaned = [_cleaned(name) for name in names]
    seen: Counter[str] = Counter()
    unique = []
    for name in cleaned:
        seen[name] += 1
        unique.append(name if seen[name] == 1 else f"{name}（同名第{seen[name]}个）")
    return unique


def _cleaned(name: str) -> str:
    parts = _CONTROL.sub("\ufffd", _DRIVE.sub("", name.replace("\\", "/"))).split("/")
    kept = [part.strip()[:_LONGEST] for part in parts if part.strip() not in {"", ".", ".."}]
    return "/".join(kept) or _UNNAMED
