"""Whether a file is one of the usual kind, which any computer reads in a moment: a small .xlsx, or what is not opened."""

from __future__ import annotations

import os

from zipingbiao.book.read.content import content_of, head_of
from zipingbiao.book.read.materials import material_of
from zipingbiao.book.read.preflight import is_archive, open_archive
from zipingbiao.errors import UnreadableError

MOST_BYTES = 1_000_000
"""A self-evaluation workbook of a unit has 10 to 300 KB."""
MOST_UNPACKED = 10_000_000
"""The parts of our largest template have 1.5 MB together."""

_HEAD = 4096
_WORKBOOK = "xl/workbook.xml"


def is_usual(path: str | os.PathLike[str]) -> bool:
    """Tell by the first bytes and, of a small zip, its list of parts; nothing is unpacked.

    True also of what a reader only names: a picture, an empty file, one that cannot be opened. A size
    that the list understates ends the reading, so that it cannot mislead.
    """
    try:
        head, size = head_of(path, _HEAD)
        if not head or material_of(head) is not None:
            return True
        if size > MOST_BYTES or not is_archive(head):
            return False
        data = content_of(path)
    except UnreadableError:
        return True
    try:
        package = open_archive(data)
    except UnreadableError:  # damaged: a reader looks closer
        return False
    return _WORKBOOK in package and sum(part.size for part in package.entries.values()) <= MOST_UNPACKED
