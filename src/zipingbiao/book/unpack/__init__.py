"""Archives that units send: what is in them, and the bytes of one file of it; no name of theirs reaches a disk."""

from __future__ import annotations

from zipingbiao.book.unpack.archive import DEPTH, MEMBERS, TOTAL_BYTES, Archive, Entry, over
from zipingbiao.book.unpack.source import Source
from zipingbiao.book.unpack.zipped import open_zip

__all__ = ["DEPTH", "MEMBERS", "TOTAL_BYTES", "Archive", "Entry", "Source", "open_archive", "over"]

_BY_TOOL = {b"Rar!": "rar", b"7z\xbc\xaf": "7z"}


def open_archive(source: Source) -> Archive | None:
    """Return the archive that a file is; None for anything else, a workbook or document in zip format too.

    Raises:
        UnreadableError: an archive that cannot be unpacked here, or exceeds a limit; does not name the file.
    """
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
