"""What units send along and no reader opens, told by its first bytes: pictures, scans, videos, programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from zipingbiao.values.frozen import frozen

Head: TypeAlias = Callable[[bytes], bool]


@frozen
class Material:
    """One kind.

    Attributes:
        kind: its name, as :attr:`zipingbiao.book.cells.Book.kind` says those that are read.
        why: the Chinese sentence that says why it is not read, and what to do.
        paper: whether a table may be printed on it, so that alone it stands for one that is missing.
        signature: whether these first bytes are of this kind.
    """

    kind: str
    why: str
    paper: bool
    signature: Head


def material_of(head: bytes) -> Material | None:
    """Return what a file is by its first bytes; None for anything that a reader must look at."""
    return next((material for material in _MATERIALS if material.signature(head)), None)


def _begins(*magics: bytes) -> Head:
    return lambda head: head.startswith(magics)


def _riff(*forms: bytes) -> Head:
    return lambda head: head.startswith(b"RIFF") and head[8:12] in forms


def _brand(head: bytes) -> bytes:
    """The brand of a file in MP4 format, photographs of telephones too; b"" for any other."""
    return head[8:12] if head[4:8] == b"ftyp" else b""


def _is_photograph(head: bytes) -> bool:
    return _brand(head) in {b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif"}


def _is_pdf(head: bytes) -> bool:
    # Some programs write a line of their own before it; an archive may hold one as it is.
    return b"%PDF-" in head[:1024] and not head.startswith((b"PK", b"Rar!", b"7z", b"\xd0\xcf\x11\xe0"))


def _is_bitmap(head: bytes) -> bool:
    return head.startswith(b"BM") and head[6:10] == bytes(4)


def _is_program(head: bytes) -> bool:
    return head.startswith(b"MZ") and b"\0" in head


_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"8BPS")
_VIDEOS = (b"\x1aE\xdf\xa3", b"FLV\x01", b"\x30\x26\xb2\x75", b"\0\0\x01\xba", b"\0\0\x01\xb3")
_SOUNDS = (b"ID3", b"\xff\xfb", b"\xff\xf3", b"fLaC", b"OggS", b"#!AMR")
_DRAWINGS = (b"AC1012", b"AC1014", b"AC1015", b"AC1018", b"AC1021", b"AC1024", b"AC1027", b"AC1032")

_MATERIALS = (
    *(
        Material(
            kind,
            f"这是{what}，读不出数据；请另报 Excel 自评表，扫描件留作附件。",
            paper=True,
            signature=signature,
        )
        for kind, what, signature in (
            ("pdf", " PDF", _is_pdf),
            ("picture", "图片", _begins(*_PICTURES)),
            ("picture", "图片", _riff(b"WEBP")),
            ("picture", "图片", _is_photograph),
            ("picture", "图片", _is_bitmap),
        )
    ),
    *(
        Material(kind, f"这是{what}，不是自评表，不参加汇总，不必处理。", paper=False, signature=signature)
        for kind, what, signature in (
            ("caj", " CAJ 文献", _begins(b"CAJ\0", b"HN\x01", b"KDH ")),
            ("sound", "录音", _riff(b"WAVE")),
            ("sound", "录音", _begins(*_SOUNDS)),
            ("sound", "录音", lambda head: _brand(head).startswith(b"M4A")),
            ("video", "视频", _riff(b"AVI ")),
            ("video", "视频", lambda head: bool(_brand(head))),
            ("video", "视频", _begins(*_VIDEOS)),
            ("dwg", " CAD 图纸", _begins(*_DRAWINGS)),
            ("sqlite", "数据库文件", _begins(b"SQLite format 3\0")),
        )
    ),
    *(
        Material(
            "program",
            "这是程序，没有运行；如是自解压的压缩包，请单位改报 Excel 自评表。",
            paper=False,
            signature=signature,
        )
        for signature in (_is_program, _begins(b"\x7fELF"))
    ),
    Material(
        "lnk",
        "这是快捷方式，不是文件本身；请另报它指向的原文件。",
        paper=True,
        signature=_begins(b"L\0\0\0\x01\x14\x02\0"),
    ),
)
