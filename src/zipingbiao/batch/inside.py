"""Members of archives: what is to be examined of an archive, and one member examined like a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from zipingbiao.batch.files import set_aside
from zipingbiao.book.unpack import DEPTH, MEMBERS, TOTAL_BYTES, Archive, Source, open_archive
from zipingbiao.errors import UnreadableError
from zipingbiao.result.examine import examine_source
from zipingbiao.result.file_result import FileResult, Member, Status
from zipingbiao.result.isolated import rejected
from zipingbiao.result.secrecy import secret
from zipingbiao.values.frozen import frozen

_TOO_DEEP = f"压缩包套了{DEPTH}层以上，没有解压；请右键解压后再汇总。"
_TOO_MUCH = "压缩包里的压缩包太多、太大，没有解压；请核实来源，右键解压后再汇总。"


@frozen
class Inside:
    """One member of an archive, or of an archive within it.

    Attributes:
        archive: the path of the file that holds it.
        places: its place in that archive's list; of a deeper one, the places of the archives on the way first.
        member: its name as shown, those of the archives on the way before it.
    """

    archive: str
    places: tuple[int, ...]
    member: str

    @property
    def path(self) -> str:
        """The path as it is shown: no such file exists."""
        return f"{self.archive}/{self.member}"


class Budget:
    """What the archives within one file may hold together; it is spent in the order of the list."""

    def __init__(self) -> None:
        self._members, self._bytes = MEMBERS, TOTAL_BYTES

    def refusal(self, item: str | Inside, members: Sequence[Member]) -> str | None:
        """Take what an archive holds from the budget; return why it is refused, None when it is not."""
        if isinstance(item, Inside) and len(item.places) >= DEPTH:
            return _TOO_DEEP
        self._members -= len(members)
        self._bytes -= sum(member.size for member in members)
        return None if min(self._members, self._bytes) >= 0 else _TOO_MUCH


def within(item: str | Inside, members: Sequence[Member]) -> Iterator[Inside | FileResult]:
    """Yield each member of an archive: to be examined, or its result where its name tells it.

    Args:
        item: the archive.
        members: as it was found to list them.
    """
    outer, places, before = (item, (), "") if isinstance(item, str) else _way(item)
    for member in members:
        if not member.name:
            yield secret(outer, member=True)
            continue
        inside = Inside(outer, (*places, member.place), before + member.name)
        aside = set_aside(inside.path, inside.member.split("/"), archive=outer)
        yield aside if aside is not None else inside


def _way(item: Inside) -> tuple[str, tuple[int, ...], str]:
    return item.archive, item.places, f"{item.member}/"


def examine_inside(
    inside: Inside, profile_name: str | None, opened: Callable[[str], bytes] | None = None
) -> FileResult:
    """Return the result of one member, as :func:`zipingbiao.result.examine.examine` gives it of a file.

    Args:
        inside: the member.
        profile_name: for its tables, or None to choose per table.
        opened: gives the bytes of the archive; None reads it from the disk.

    Raises:
        UsageError: there is no profile of this name.
    """
    try:
        archive = _LAST.of(inside, opened)
        result = examine_source(Source.of_member(archive, inside.places[-1], inside.path), profile_name)
    except UnreadableError as unreadable:
        result = rejected(inside.path, unreadable)
    if result.status is Status.SECRET:
        return secret(inside.archive, member=True)
    return replace(result, member=inside.member)


def let_go() -> None:
    """Close the archive that was opened last."""
    _LAST.close()


class _Last:
    """The archive that was opened last, kept open because its members follow each other."""

    def __init__(self) -> None:
        self._key: object = None
        self._archive: Archive | None = None

    def of(self, inside: Inside, opened: Callable[[str], bytes] | None) -> Archive:
        way = inside.places[:-1]
        key = (inside.archive, way, opened or _stamp(inside.archive))
        if self._archive is None or key != self._key:
            self.close()
            self._archive, self._key = _opened(inside.archive, way, opened), key
        return self._archive

    def close(self) -> None:
        if self._archive is not None:
            self._archive.close()
        self._archive = None


_LAST = _Last()


def _stamp(path: str) -> tuple[int, int]:
    found = Path(path).stat()
    return found.st_mtime_ns, found.st_size


def _opened(path: str, way: tuple[int, ...], opened: Callable[[str], bytes] | None) -> Archive:
    source = Source.of_file(path) if opened is None else Source.of_bytes(opened(path), path)
    archive = open_archive(source)
    for place in way:
        if archive is not None:
            with closing(archive):
                archive = open_archive(Source.of_member(archive, place, path))
    if archive is None:
        raise UnreadableError("压缩包在读取时变了，请重新汇总。")
    return archive
