"""One file on disk → its result; a file that cannot be read is a result too."""

from __future__ import annotations

import os

from zipingbiao.errors import UnreadableError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.table.find.candidates import open_book


def examine(path: str | os.PathLike[str], profile_name: str | None = None) -> FileResult:
    """Return the result of reading, scoring and checking one workbook.

    A file that cannot be read, or holds no table, is REJECTED with one Chinese sentence.

    Raises:
        UsageError: there is no profile of this name.
    """
    try:
        book = open_book(path)
    except UnreadableError as unreadable:
        return rejected(path, unreadable)
    return evaluate(book, profile_name)


def rejected(path: str | os.PathLike[str], unreadable: UnreadableError) -> FileResult:
    """Return the result of a file that could not be read; its name stands in the path already."""
    shown = os.fsdecode(path)
    why = str(unreadable).removeprefix(f"{os.path.basename(shown)}：")  # noqa: PTH119 bytes names too
    return FileResult(shown, Status.REJECTED, why)
