"""The kinds of files: how each is recognised by its content, and its reader or why there is none.

A new reader is a module of its own and its line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.docx import is_named_as_word, read_doc, read_docx
from zipingbiao.book.read.xlsx import read_xlsx
from zipingbiao.errors import UnreadableError

_CONTENT_TYPES = "[Content_Types].xml"

Signature: TypeAlias = Callable[[Content], bool]
Reader: TypeAlias = Callable[[Content, Wanted | None], Sheets]
"""Gives every sheet of a file; with a test of texts it may leave out those that show no two wanted ones.

It knows cells, never what they are about, and raises UnreadableError with a sentence that does not name
the file.
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        name: as :attr:`zipingbiao.book.cells.Book.kind` says it.
        signature: whether a file that is of no earlier kind is of this one.
        reader: what reads it, or the Chinese sentence that says why nothing does, and what to do.
        writable: whether changes can be patched into it.
    """

    name: str
    signature: Signature
    reader: Reader | str
    writable: bool = False


def kind_of(content: Content) -> Kind:
    """Return the kind of a file.

    Raises:
        UnreadableError: it is a damaged zip; does not name the file.
    """
    return next(kind for kind in KINDS if kind.signature(content))


# ------------------------------------------------------------------ signatures


def _begins(magic: bytes) -> Signature:
    return lambda content: content.data.startswith(magic)


def _holds(start: str) -> Signature:
    """A zip whose document lies there; where the package names none, any part that does."""

    def signature(content: Content) -> bool:
        if not content.is_archive:
            return False
        parts = content.archive.entries if content.main is None else (content.main.lower(),)
        return any(part.startswith(start) for part in parts)

    return signature


def _is_lock_file(content: Content) -> bool:
    return content.file.startswith(("~$", ".~")) and not content.data.startswith(b"PK")


def _is_zeros(content: Content) -> bool:
    return content.data.startswith(b"\0") and not content.data.strip(b"\0")


def _is_ole(content: Content) -> bool:
    return content.data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _ole(stream: str) -> Signature:
    return lambda content: _is_ole(content) and stream.encode("utf-16-le") in content.data


def _named_as_word(signature: Signature) -> Signature:
    """The same under a name of Word: its owner meant a document, and the remedy differs."""
    return lambda content: signature(content) and is_named_as_word(content.file)


def _is_workbook(content: Content) -> bool:
    return content.is_archive and (content.main is not None or "xl/workbook.xml" in content.archive)


def _is_macro_workbook(content: Content) -> bool:
    """Whether Excel opens it as one: by what the package declares, not by whether macros are there."""
    if not _is_workbook(content) or _CONTENT_TYPES not in content.archive:
        return False
    try:
        return b".macroEnabled.main+xml" in content.archive.read(_CONTENT_TYPES)
    except UnreadableError:  # of no account for reading
        return False


def _opens(test: Callable[[str], bool]) -> Signature:
    """A text whose first signs, small and without leading white space, pass the test."""
    return lambda content: content.opening is not None and test(content.opening)


_GET_AGAIN = "请向提供者重新获取原文件。"
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"
_GIVE_WORKBOOK = "不是工作簿，请提供 Excel 原文件。"
_UNPACK = "不是工作簿，请先解压。"

KINDS = (
    Kind("lock", _is_lock_file, "是 Excel 或 WPS 打开工作簿时的锁定文件，不是工作簿，请忽略它。"),
    # Open XML and other zips
    Kind("xlsb", _holds("xl/workbook.bin"), "实为 .xlsb 二进制工作簿，请用 Excel 打开后另存为 .xlsx。"),
    Kind("docx", _holds("word/"), read_docx),
    Kind("pptx", _holds("ppt/"), f"实为 PowerPoint 演示文稿，{_GIVE_WORKBOOK}"),
    Kind("ods", _holds("content.xml"), f"实为 OpenDocument 文件（.ods 等），{_SAVE_AS}"),
    Kind("xlsm", _is_macro_workbook, read_xlsx, writable=True),
    Kind("xlsx", _is_workbook, read_xlsx, writable=True),
    Kind(
        "zip",
        lambda content: content.is_archive,
        "是普通压缩包，其中没有工作簿，请先解压，再提供其中的 Excel 文件。",
    ),
    Kind("zip", _begins(b"PK\x05\x06"), f"是空的压缩包，不是工作簿，{_GET_AGAIN}"),
    # nothing in it
    Kind("empty", lambda content: not content.data, f"文件是空的（0 字节），{_GET_AGAIN}"),
    Kind("zeros", _is_zeros, f"文件内容全是零字节（多为断电或复制中断所致），{_GET_AGAIN}"),
    # other programs
    Kind("pdf", _begins(b"%PDF"), f"实为 PDF，{_GIVE_WORKBOOK}"),
    Kind("rtf", _begins(b"{\\rtf"), f"实为 RTF 文档，{_GIVE_WORKBOOK}"),
    Kind("rar", _begins(b"Rar!"), f"实为 RAR 压缩包，{_UNPACK}"),
    Kind("7z", _begins(b"7z\xbc\xaf"), f"实为 7z 压缩包，{_UNPACK}"),
    Kind("gzip", _begins(b"\x1f\x8b"), f"实为 gzip 压缩包，{_UNPACK}"),
    Kind("picture", _begins(b"\x89PNG"), f"实为图片，{_GIVE_WORKBOOK}"),
    Kind("picture", _begins(b"\xff\xd8\xff"), f"实为图片，{_GIVE_WORKBOOK}"),
    # OLE
    Kind(
        "locked",
        _named_as_word(_ole("EncryptedPackage")),
        "设有打开密码，请在 Word 或 WPS 中取消密码后再读取。",
    ),
    Kind("locked", _ole("EncryptedPackage"), "设有打开密码，请在 Excel 或 WPS 中取消密码后另存为 .xlsx。"),
    Kind("doc", _ole("WordDocument"), read_doc),
    Kind("xls", _ole("Workbook"), f"实为 .xls 或 .et 格式的旧版工作簿，{_SAVE_AS}"),
    Kind("doc", _named_as_word(_is_ole), read_doc),  # damaged before its directory; a style is called Book
    Kind("xls", _ole("Book"), f"实为 .xls 格式的旧版工作簿，{_SAVE_AS}"),
    Kind("ole", _is_ole, f"是 OLE 复合文件但其中没有工作簿，{_SAVE_AS}"),
    # texts
    Kind(
        "xml2003",
        _opens(
            lambda text: text.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in text
        ),
        f"实为 XML 电子表格 2003，{_SAVE_AS}",
    ),
    Kind(
        "mhtml",
        _opens(lambda text: text.startswith("mime-version:")),
        f"实为单个文件网页（MHTML），{_SAVE_AS}",
    ),
    Kind(
        "html",
        _opens(lambda text: any(tag in text for tag in ("<html", "<!doctype html", "<table"))),
        f"实为网页（HTML）表格，{_SAVE_AS}",
    ),
    Kind("xml", _opens(lambda text: text.startswith("<?xml")), f"实为 XML 文件，{_GIVE_WORKBOOK}"),
    Kind("csv", _opens(lambda _: True), f"实为纯文本或 CSV，{_SAVE_AS}"),
    Kind(
        "unknown",
        lambda _: True,
        "不是可识别的工作簿，可能被单位加密软件加密，或是程序的临时文件，请另存为明文的 .xlsx。",
    ),
)
"""In the order in which they are asked: a file is of the first kind whose signature it bears."""
