"""The public copy of a picture: what the camera wrote is gone, what it shows is the same, and as turned as it was."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from docx import Document
from docx.image.image import Image

from support.confidential import SECRET
from zipingbiao.book.write.public.document import public_document
from zipingbiao.book.write.public.pictures import without_metadata

TOLD = SECRET.encode()


def segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def exif(turned: int, order: str = ">") -> bytes:
    """What a camera writes: how the picture is turned, and who took it."""
    fields = struct.pack(f"{order}HHHIHHHHII", 2, 0x0112, 3, 1, turned, 0, 0x013B, 2, len(TOLD) + 1, 38)
    start = b"II" if order == "<" else b"MM"
    return b"Exif\0\0" + struct.pack(f"{order}2sHI", start, 42, 8) + fields + bytes(4) + TOLD + b"\0"


def jpeg(*more: bytes) -> bytes:
    size = segment(0xC0, struct.pack(">BHHB", 8, 20, 30, 1) + b"\1\x11\0")
    resolution = segment(0xE0, b"JFIF\0\1\1\1\0\x60\0\x60\0\0")
    colours = segment(0xE2, b"ICC_PROFILE\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd9"
    return b"\xff\xd8" + resolution + b"".join(more) + colours + size + scan


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content), kind) + content + struct.pack(">I", zlib.crc32(kind + content))


def png(*more: bytes) -> bytes:
    size = chunk(b"IHDR", struct.pack(">IIBBBBB", 30, 20, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0" * (31 * 20)))
    return b"\x89PNG\r\n\x1a\n" + size + b"".join(more) + pixels + chunk(b"IEND", b"")


def turned(picture: bytes) -> int:
    """How a reader of the picture turns it; 1 where nothing says so."""
    at = picture.find(b"Exif\0\0MM")
    return 1 if at < 0 else int(struct.unpack_from(">H", picture, at + 6 + 8 + 2 + 8)[0])


XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TOLD)
PRESS = segment(0xED, b"Photoshop 3.0\0" + TOLD)
COMMENT = segment(0xFE, TOLD)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("how", [1, 6])
def test_a_photo_says_nothing_of_its_maker_and_stays_turned(how: int, order: str) -> None:
    copy = without_metadata(jpeg(segment(0xE1, exif(how, order)), XMP, PRESS, b"\xff" + COMMENT))
    assert TOLD not in copy
    assert turned(copy) == how
    assert copy.endswith(jpeg()[jpeg().index(b"ICC_PROFILE") :])
    image = Image.from_blob(copy)
    assert (image.px_width, image.px_height) == (30, 20)


def test_a_drawn_picture_says_nothing_of_its_maker() -> None:
    words = [chunk(kind, b"Author\0" + TOLD) for kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf")]
    copy = without_metadata(png(*words, chunk(b"tIME", b"\x07\xea\1\1\0\0\0")))
    assert copy == png()


@pytest.mark.parametrize(
    "picture",
    [jpeg(), png(), b"GIF89a\1\0\1\0", b"\xff\xd8", b"\xff\xd8\xff\xe1\0", png()[:40], b""],
    ids=["jpeg", "png", "gif", "two bytes", "torn jpeg", "torn png", "empty"],
)
def test_what_says_nothing_or_is_no_picture_stays(picture: bytes) -> None:
    assert without_metadata(picture) == picture


def test_pictures_of_a_document_are_cleaned() -> None:
    document = Document()
    document.add_picture(io.BytesIO(jpeg(segment(0xE1, exif(6)), COMMENT)))
    document.add_picture(io.BytesIO(png(chunk(b"tEXt", b"Author\0" + TOLD))))
    given = io.BytesIO()
    document.save(given)
    with zipfile.ZipFile(io.BytesIO(public_document(given.getvalue()))) as copy:
        pictures = [copy.read(name) for name in copy.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 2
    assert not any(TOLD in picture for picture in pictures)
