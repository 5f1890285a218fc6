"""A file that is a state secret: known by its name before it is opened, or by a mark at its top; nothing is kept."""

from __future__ import annotations

from itertools import takewhile
from pathlib import PurePath

from zipingbiao.book.cells import Book
from zipingbiao.book.read import read_bytes
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.table.find.candidates import could_be_label
from zipingbiao.table.find.secret import is_marked
from zipingbiao.values.secrecy import HIDDEN, is_secret_mark, is_secret_name

WHY = "涉密文件，名称和内容都没有保留；请按保密规定另行报送。"


def secret(path: str, *, member: bool = False) -> FileResult:
    """Return the result of a secret file: the folder that is no secret, and words for the name.

    Args:
        path: of the file; of a *member* that of its archive. No name in it that is secret is kept.
        member: whether it lies in an archive.
    """
    folder = PurePath(*takewhile(lambda name: not is_secret_name(name), PurePath(path).parent.parts))
    shown = HIDDEN if folder == PurePath() else f"{folder}/{HIDDEN}"
    return FileResult(shown, Status.SECRET, WHY, member=HIDDEN if member else "")


def open_unmarked(data: bytes, path: str) -> Book | None:
    """Read a file for its tables; None when a sheet or the document is marked as secret at its top.

    Sheets that can hold no table are left out, but looked at where they may bear a mark.

    Raises:
        UnreadableError: as :func:`zipingbiao.book.read.read_bytes`.
    """
    suspicious = False

    def wanted(text: str) -> bool:
        nonlocal suspicious
        suspicious = suspicious or is_secret_mark(text)
        return could_be_label(text)

    book = read_bytes(data, path, wanted)
    if is_marked(book) or (suspicious and is_marked(read_bytes(data, path))):
        return None
    return book
