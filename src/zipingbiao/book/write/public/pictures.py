"""A picture without what its camera and its makers wrote into it: place, time, device, author, comments.

The picture itself keeps its bytes. A photo that its camera marked as turned stays turned.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\0\0"
_ORIENTATION = 0x0112
_UPRIGHT = 1
_START_OF_SCAN, _COMMENT, _FILLING = 0xDA, 0xFE, 0xFF
# What a program may add; of it APP0 holds the resolution, APP2 the colours, APP14 how they are stored.
_ADDED = frozenset({_COMMENT, *range(0xE0, 0xF0)} - {0xE0, 0xE2, 0xEE})
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_WORDS = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


def without_metadata(picture: bytes) -> bytes:
    """Return a JPEG or PNG picture without what says who made it, where, when and with what.

    Another kind of picture, and one that is damaged, comes back as it is.
    """
    try:
        if picture.startswith(_JPEG):
            return b"".join(_of_jpeg(picture))
        if picture.startswith(_PNG):
            return b"".join(_of_png(picture))
    except (struct.error, IndexError):
        return picture
    return picture


def _of_jpeg(picture: bytes) -> Iterator[bytes]:
    yield _JPEG
    at = len(_JPEG)
    while picture[at] == 0xFF and picture[at + 1] != _START_OF_SCAN:
        marker = picture[at + 1]
        if marker == _FILLING:
            at += 1
            continue
        size = 0 if marker in _WITHOUT_LENGTH else struct.unpack_from(">H", picture, at + 2)[0]
        end = at + 2 + size
        if marker not in _ADDED:
            yield picture[at:end]
        elif picture.startswith(_EXIF, at + 4):
            yield _turned(picture[at + 4 + len(_EXIF) : end])
        at = end
    yield picture[at:]


def _turned(tiff: bytes) -> bytes:
    """The segment that says how the picture is turned, and nothing else; none where it stands upright."""
    order = "<" if tiff.startswith(b"II") else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (fields,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(fields):
        tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION and value != _UPRIGHT:
            said = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
            return struct.pack(">HH", 0xFFE1, 2 + len(_EXIF) + len(said)) + _EXIF + said
    return b""


def _of_png(picture: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, at)
        end = at + 12 + length
        if kind not in _WORDS:
            yield picture[at:end]
        at = end
