"""The kinds of files: how each is recognised by its content, and its reader or why there is none.

A new reader is a module of its own and its line in ``KINDS``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from zipingbiao.book.read.content import Content, Sheets, Wanted
from zipingbiao.book.read.xlsx import read_xlsx
from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen

_CONTENT_TYPES = "[Content_Types].xml"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HEIF = frozenset({b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypavif"})

Signature: TypeAlias = Callable[[Content], bool]
Reader: TypeAlias = Callable[[Content, Wanted | None], Sheets]
"""Gives every sheet of a file; with a test of texts it may leave out those that show no two wanted ones.

It knows cells, never what they are about, and raises UnreadableError with a sentence that does not name
the file.
"""


@frozen
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


# ------------------------------------------------------------------ readers of what is rarer: imported when a file needs them


def _read_xlsb(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.xlsb import read_xlsb

    return read_xlsb(content, wanted)


def _read_docx(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.docx import read_docx

    return read_docx(content, wanted)


def _read_doc(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.docx import read_doc

    return read_doc(content, wanted)


def _read_ods(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.ods import read_ods

    return read_ods(content, wanted)


def _read_xls(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.xls import read_xls

    return read_xls(content, wanted)


def _read_xml2003(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.xml2003 import read_xml2003

    return read_xml2003(content, wanted)


def _read_mhtml(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.html import read_mhtml

    return read_mhtml(content, wanted)


def _read_html(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.html import read_html

    return read_html(content, wanted)


def _read_delimited(content: Content, wanted: Wanted | None) -> Sheets:
    from zipingbiao.book.read.delimited import read_delimited

    return read_delimited(content, wanted)


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


def _open_document(kind: str) -> Signature:
    """A zip that calls itself an OpenDocument file of this kind."""
    start = f"application/vnd.oasis.opendocument.{kind}".encode()
    return lambda content: (
        content.is_archive
        and "mimetype" in content.archive
        and content.archive.read("mimetype").startswith(start)
    )


def _is_picture(content: Content) -> bool:
    """PNG, JPEG, GIF, BMP, TIFF, WebP, HEIC."""
    data = content.data
    is_bmp = data.startswith(b"BM") and data[6:10] == bytes(4)
    is_container = data[4:12] in _HEIF or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
    return data.startswith(_PICTURES) or is_bmp or is_container


def _is_lock_file(content: Content) -> bool:
    return content.file.startswith(("~$", ".~")) and not content.data.startswith(b"PK")


def _is_zeros(content: Content) -> bool:
    return content.data.startswith(b"\0") and not content.data.strip(b"\0")


def _is_ole(content: Content) -> bool:
    from zipingbiao.book.read.ole import MAGIC

    return content.data.startswith(MAGIC)


def _ole(stream: str) -> Signature:
    """A compound file with this stream at its root, where that is damaged anywhere in it."""
    return lambda content: (
        _is_ole(content)
        and (
            stream.lower() in content.streams
            if content.streams is not None
            else stream.encode("utf-16-le") in content.data
        )
    )


def _named_as_word(signature: Signature) -> Signature:
    """The same under a name of Word: its owner meant a document, and the remedy differs."""
    return lambda content: signature(content) and content.is_named_as_word


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
_GIVE_SOURCE = "不能取数，请提供 Excel 或 Word 原文件。"
_GIVE_WORKBOOK = "不是工作簿，请提供 Excel 原文件。"
_UNPACK = "不是工作簿，请先解压。"

KINDS = (
    Kind("lock", _is_lock_file, "是 Excel 或 WPS 打开工作簿时的锁定文件，不是工作簿，请忽略它。"),
    # Open XML and other zips
    Kind("xlsb", _holds("xl/workbook.bin"), _read_xlsb),
    Kind("docx", _holds("word/"), _read_docx),
    Kind("pptx", _holds("ppt/"), f"实为 PowerPoint 演示文稿，{_GIVE_WORKBOOK}"),
    Kind(
        "odt", _open_document("text"), "实为 OpenDocument 文档（.odt），请用 Word 或 WPS 打开后另存为 .docx。"
    ),
    Kind("ods", _holds("content.xml"), _read_ods),
    Kind("ofd", _holds("ofd.xml"), "这是 OFD，读不出数据；请另报 Excel 自评表，扫描件留作附件。"),
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
    Kind("pdf", _begins(b"%PDF"), f"实为 PDF，{_GIVE_SOURCE}"),
    Kind("rtf", _begins(b"{\\rtf"), "实为 RTF 文档，请用 Word 或 WPS 打开后另存为 .docx。"),
    Kind("rar", _begins(b"Rar!"), f"实为 RAR 压缩包，{_UNPACK}"),
    Kind("7z", _begins(b"7z\xbc\xaf"), f"实为 7z 压缩包，{_UNPACK}"),
    Kind("gzip", _begins(b"\x1f\x8b"), f"实为 gzip 压缩包，{_UNPACK}"),
    Kind("picture", _is_picture, f"实为图片，{_GIVE_SOURCE}"),
    # OLE
    Kind(
        "locked",
        _named_as_word(_ole("EncryptedPackage")),
        "设有打开密码，请在 Word 或 WPS 中取消密码后再读取。",
    ),
    Kind("locked", _ole("EncryptedPackage"), "设有打开密码，请在 Excel 或 WPS 中取消密码后另存为 .xlsx。"),
    Kind("doc", _ole("WordDocument"), _read_doc),
    Kind(
        "msg",
        _ole("__properties_version1.0"),
        "是 Outlook 邮件，附件没有读取，请打开邮件，把附件另存后再提供。",
    ),
    Kind("ppt", _ole("PowerPoint Document"), f"实为 PowerPoint 演示文稿，{_GIVE_WORKBOOK}"),
    Kind("doc", _named_as_word(_is_ole), _read_doc),  # damaged before its directory
    Kind("xls", _is_ole, _read_xls),
    # texts
    Kind(
        "xml2003",
        _opens(
            lambda text: text.startswith("<?xml") and "urn:schemas-microsoft-com:office:spreadsheet" in text
        ),
        _read_xml2003,
    ),
    Kind(
        "mhtml",
        _opens(lambda text: text.startswith("mime-version:")),
        _read_mhtml,
    ),
    Kind(
        "html",
        _opens(lambda text: any(tag in text for tag in ("<html", "<!doctype html", "<table"))),
        _read_html,
    ),
    Kind("xml", _opens(lambda text: text.startswith("<?xml")), f"实为 XML 文件，{_GIVE_WORKBOOK}"),
    Kind("csv", _opens(lambda _: True), _read_delimited),
    Kind(
        "unknown",
        lambda _: True,
        "不是可识别的工作簿，可能被单位加密软件加密，或是程序的临时文件，请另存为明文的 .xlsx。",
    ),
)
"""In the order in which they are asked: a file is of the first kind whose signature it bears."""
