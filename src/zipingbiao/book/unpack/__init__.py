"""Archives that units send: what is in them, and the bytes of one file of it; no name of theirs reaches a disk."""

from __future__ import annotations

import re

from zipingbiao.book.unpack.archive import DEPTH, MEMBERS, TOTAL_BYTES, VOLUME, Archive, Entry, over
from zipingbiao.book.unpack.source import Source
from zipingbiao.book.unpack.zipped import is_last_volume, open_zip
from zipingbiao.errors import UnreadableError
from zipingbiao.values.regex import regex

__all__ = ["DEPTH", "MEMBERS", "TOTAL_BYTES", "Archive", "Entry", "Source", "open_archive", "over"]

# How programs number the volumes of one archive: 资料.z01, 资料.zip.001, 资料.7z.002, 资料.part1.rar, 资料.r00.
_VOLUME_NAME = regex(r"\.(?:z\d\d|(?:zip|7z|rar)\.\d{3}|part\d+\.rar|r\d\d)$", re.IGNORECASE)
_BY_TOOL = {b"Rar!": "rar", b"7z\xbc\xaf": "7z"}


def open_archive(source: Source) -> Archive | None:
    """Return the archive that a file is; None for anything else, a workbook or document in zip format too.

    Raises:
        UnreadableError: an archive that cannot be unpacked here, or exceeds a limit; does not name the file.
    """
    try:
        archive = _opened(source)
    except UnreadableError:
        if _is_volume(source):
            raise UnreadableError(VOLUME) from None
        raise
    if archive is None and _is_volume(source):
        raise UnreadableError(VOLUME)
    return archive


def _is_volume(source: Source) -> bool:
    """Whether a file that nobody can open is one of several, of which only all together are an archive."""
    if _VOLUME_NAME.search(source.path):
        return True
    return source.path.lower().endswith(".zip") and is_last_volume(source.whole())


def _opened(source: Source) -> Archive | None:
    if source.head.startswith(b"PK\x03\x04"):
        return open_zip(source)
    kind = next((kind for magic, kind in _BY_TOOL.items() if source.head.startswith(magic)), None)
    if kind is None:
        return _mail(source)
    from zipingbiao.book.unpack.tool import open_by_tool

    return open_by_tool(source, kind)


def _mail(source: Source) -> Archive | None:
    if not source.head.partition(b":")[0].replace(b"-", b"").isalpha():  # as the first line of a mail begins
        return None
    from zipingbiao.book.unpack.mail import open_mail

    return open_mail(source)
