"""One file → its result; a file that cannot be read is a result too."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from pathlib import PurePath

from zipingbiao.book import marks
from zipingbiao.book.read import known_kind
from zipingbiao.book.read.materials import material_of
from zipingbiao.book.read.package import open_package
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.book.unpack import Archive, Source, open_archive
from zipingbiao.errors import UnreadableError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult, Member, Status
from zipingbiao.result.isolated import kind_by_name, rejected
from zipingbiao.result.secrecy import open_unmarked, secret
from zipingbiao.table.find.scope import shows_form
from zipingbiao.values.secrecy import is_secret_path

_TEXTS = frozenset({"csv", "xml", "html"})
_SENT = frozenset(
    {".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".et", ".ett", ".ods", ".csv", ".tsv"}
    | {".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".html", ".htm", ".mht", ".eml", ".msg"}
    | {".pdf", ".ofd", ".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".zip", ".rar", ".7z"}
)
_NOTHING_ATTACHED = "邮件没有附件，正文没有读取；表在正文或网盘里的，请另存为 Excel 或 Word 文件后再汇总。"
_NO_TABLE_IN_TEXT = "这是文本，其中没有自评表，不参加汇总，不必处理。"
# Kinds that say nothing of what was meant: whoever sent such a file has to send it again.
_ODD = frozenset({"lock", "locked", "empty", "zeros", "zip", "ole", "unknown"})


def examine(path: str | os.PathLike[str], profile_name: str | None = None) -> FileResult:
    """Return the result of reading, scoring and checking one file, whatever it is.

    A file that cannot be read, or holds no table, is REJECTED with one Chinese sentence; a summary of
    ours is SKIPPED; an ARCHIVE lists what is in it; of what is marked as secret nothing is kept. The
    file is read once, and no more of it than shows that it is no table.

    Raises:
        UsageError: there is no profile of this name.
    """
    try:
        source = Source.of_file(path)
    except UnreadableError as unreadable:
        return rejected(path, unreadable)
    return examine_source(source, profile_name)


def examine_bytes(data: bytes, path: str | os.PathLike[str], profile_name: str | None = None) -> FileResult:
    """Return what :func:`examine` does of a file in memory; *path* is for the result and messages only.

    Raises:
        UsageError: there is no profile of this name.
    """
    return examine_source(Source.of_bytes(data, path), profile_name)


def examine_source(source: Source, profile_name: str | None = None) -> FileResult:
    """Return what :func:`examine` does of a file wherever it lies."""
    material = material_of(source.head)
    if material is not None:
        status = Status.REJECTED if material.paper else Status.OTHER
        return FileResult(source.path, status, material.why, kind=material.kind, material=True)
    try:
        archive = open_archive(source)
        if archive is not None:
            with closing(archive):
                return _listed(source.path, archive)
        data = source.whole()
    except UnreadableError as unreadable:
        return rejected(source.path, unreadable)
    return _examined(data, source.path, profile_name)


def _listed(path: str, archive: Archive) -> FileResult:
    members = tuple(
        Member(place, "" if is_secret_path(entry.name) else entry.name, entry.size)
        for place, entry in enumerate(archive.entries)
    )
    if not members and archive.kind == "eml":
        return FileResult(path, Status.REJECTED, _NOTHING_ATTACHED, kind=archive.kind, material=True)
    locked = sum(entry.locked for entry in archive.entries)
    why = f"其中的{len(members)}个文件已逐一列出。" if members else "压缩包是空的，请向提供者重新获取。"
    if locked:
        why = f"其中的{locked}个文件设有密码，请用密码解压后再汇总。"
    return FileResult(path, Status.ARCHIVE, why, kind=archive.kind, members=members)


def _examined(data: bytes, path: str, profile_name: str | None) -> FileResult:
    """Return the result of a workbook, a document or a text."""
    if data.startswith(marks.FRAMES):
        return FileResult(path, Status.SKIPPED, marks.OUR_OUTPUT, kind="csv")
    try:
        book = open_unmarked(data, path)
    except UnreadableError as unreadable:
        kind = known_kind(data, path)
        name = kind.name if kind is not None else kind_by_name(path)
        # An old document is read through an office program, which not every computer has.
        unread = kind is not None and (isinstance(kind.reader, str) or kind.name == "doc")
        material = unread and name not in _ODD
        return _as_text(replace(rejected(path, unreadable), kind=name, material=material))
    if book is None:
        return secret(path)
    if marks.OUTPUT in book.names:
        return FileResult(path, Status.SKIPPED, marks.OUR_OUTPUT, kind=book.kind, digest=book.digest)
    result = evaluate(book, profile_name)
    # A workbook that shows words of a form, and yet no table, may be one that we do not understand.
    material = result.status is Status.REJECTED and (bool(book.blocks) or not shows_form(book))
    return _as_text(replace(result, kind=book.kind, material=material))


def _as_text(result: FileResult) -> FileResult:
    """Return a text without a table as 其他表, unless its name says that a table or document was sent."""
    name = PurePath(result.path).suffix.lower()
    if result.status is not Status.REJECTED or result.kind not in _TEXTS or name in _SENT:
        return result
    return replace(result, status=Status.OTHER, why=_NO_TABLE_IN_TEXT, kind="text", material=True)


def is_output(data: bytes) -> bool:
    """Whether this is a summary that we wrote, by the name in it or its headings; False for what cannot be read.

    Only the list of names is read: our own sheets of 100,000 rows are above the reader's limits.
    """
    if data.startswith(marks.FRAMES):
        return True
    if len(data) > DEFAULT_LIMITS.file_bytes:
        return False
    try:
        return marks.OUTPUT in open_package(data).names
    except Exception:  # noqa: BLE001 whoever reads the file says what is wrong with it
        return False
