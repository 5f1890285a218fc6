"""Zip archives: read where they lie, names in the encoding of whoever packed them."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
import zlib
from typing import IO

from zipingbiao.book.unpack.archive import (
    DAMAGED,
    LOCKED,
    MEMBERS,
    RATIO,
    RATIO_FROM,
    UNPACK,
    Archive,
    Entry,
    check_cost,
    over,
    shown_names,
)
from zipingbiao.book.unpack.source import Source
from zipingbiao.errors import UnreadableError
from zipingbiao.values.regex import regex

# Whatever lists one of these is a document that only its own program packs: Open XML, OpenDocument, OFD.
# In the bytes of a list a name stands 16 bytes behind its length.
_DOCUMENT = regex(
    rb"PK\x01\x02.{24}(?:\x13\0.{16}\[Content_Types\]\.xml|\x08\0.{16}mimetype|\x07\0.{16}ofd\.xml|\x0b\0.{16}content\.xml)",
    re.DOTALL | re.IGNORECASE,
)
_END = struct.Struct("<4s4x2xHII")
_LONGEST_END = 65_557
_BYTES_PER_ENTRY = 2_000
_ENCRYPTED, _UTF8 = 0x1, 0x800


def is_last_volume(data: bytes) -> bool:
    """Whether the list at the end of a zip says that it is the last of several volumes."""
    end = data.rfind(b"PK\x05\x06", -_LONGEST_END)
    return end >= 0 and data[end + 4 : end + 6] not in {b"", b"\0\0"}


def open_zip(source: Source) -> Archive | None:
    """Return the archive; None for a document in zip format, and for what no list can be read of.

    Raises:
        UnreadableError: it exceeds a limit; does not name the file.
    """
    file: IO[bytes] = io.BytesIO(source.whole()) if source.disk is None else source.disk.open("rb")
    try:
        if _DOCUMENT.search(_list_of(file)):
            file.close()
            return None
        opened = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
        file.close()
        return None  # the reader of documents says what is wrong with it
    except UnreadableError:
        file.close()
        raise
    try:
        return _Zip(opened, file)
    except UnreadableError:
        file.close()
        raise


class _Zip(Archive):
    kind = "zip"

    def __init__(self, opened: zipfile.ZipFile, file: IO[bytes]) -> None:
        self._opened, self._file = opened, file
        self._infos = [info for info in opened.infolist() if not _is_folder(info)]
        check_cost([info.file_size for info in self._infos])
        for info in self._infos:
            if info.file_size > RATIO_FROM and info.file_size > RATIO * info.compress_size:
                raise over(f"内有文件的压缩比超过{RATIO}:1")
        names = shown_names(_name(info) for info in self._infos)
        self.entries = tuple(
            Entry(name, info.file_size, bool(info.flag_bits & _ENCRYPTED))
            for name, info in zip(names, self._infos, strict=True)
        )

    def close(self) -> None:
        self._file.close()

    def _read(self, place: int, most: int) -> bytes:
        info = self._infos[place]
        try:
            with self._opened.open(info) as member:
                return member.read(min(most, info.file_size))
        except NotImplementedError as error:  # a RuntimeError too
            raise UnreadableError(f"压缩方式特殊，{UNPACK}。") from error
        except RuntimeError as error:  # zipfile says so of a password
            raise UnreadableError(LOCKED) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
            raise UnreadableError(DAMAGED) from error


def _list_of(file: IO[bytes]) -> bytes:
    """Return the list as it stands; refuse one that no honest archive has before zipfile makes an object of each line."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LONGEST_END))
    tail = file.read(_LONGEST_END)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile
    _, count, listed, _ = _END.unpack_from(tail, at)
    if count > MEMBERS or listed > MEMBERS * _BYTES_PER_ENTRY:
        raise over(f"内的文件超过{MEMBERS}个")
    file.seek(max(0, size - len(tail) + at - listed))
    return file.read(listed)


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.orig_filename.replace("\\", "/").endswith("/") and not info.file_size


def _name(info: zipfile.ZipInfo) -> str:
    """Return a name as whoever packed it saw it: without the mark of UTF-8 Chinese programs write GBK."""
    name = info.orig_filename
    if info.flag_bits & _UTF8:
        return name
    raw = name.encode("cp437", "replace")
    found = [_decoded(raw, encoding) for encoding in ("utf-8", "gb18030")]
    # 一 in GBK is a letter of Komi in UTF-8: the encoding that gives Chinese is the one.
    chinese = (text for text in found if text is not None and _is_chinese(text))
    return next(chinese, None) or next((text for text in found if text is not None), name)


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
