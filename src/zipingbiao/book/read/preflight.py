"""Whether the directory of a zip file can be trusted, before anything is inflated, and what a file may cost.

Everything here raises :class:`~zipingbiao.errors.UnreadableError` with a sentence that does not yet
name the file; the public entry points add the name (see :func:`naming`).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen

_MEGABYTE = 1_000_000
_LOCAL_MAGIC = b"PK\x03\x04"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"
_GET_AGAIN = "请向提供者重新获取原文件。"


@frozen
class Limits:
    """What a workbook may cost; every limit is far above any real self-evaluation workbook.

    Attributes:
        file_bytes: size of the file.
        entries: parts in the zip directory.
        unpacked_bytes: declared size of all parts together.
        ratio: unpacked to packed size of one part …
        ratio_from: … above this unpacked size only: a sheet of bordered empty rows packs well too.
        cells: used cells of one sheet.
        merges: merged ranges of one sheet.
        sheets: sheets that are read; further ones are left out with a note.
        strings: entries of the shared string table.
        text: characters summed over the cells of all sheets, shared strings counted at each use.
        blocks: paragraphs, spans of text, rows and cells of a document, blank ones too.
    """

    file_bytes: int = 50 * _MEGABYTE
    entries: int = 1_000
    unpacked_bytes: int = 500 * _MEGABYTE
    ratio: int = 100
    ratio_from: int = 16 * _MEGABYTE
    cells: int = 200_000
    merges: int = 100_000
    sheets: int = 64
    strings: int = 1_000_000
    text: int = 10 * _MEGABYTE
    blocks: int = 300_000


DEFAULT_LIMITS = Limits()


@frozen
class Entry:
    """One part of the archive: its name with ``/``, and where its packed bytes stand in the file."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    method: int


@frozen
class Archive:
    """A zip file whose directory passed every check.

    Attributes:
        data: the bytes of the whole file.
        entries: by lower-case name, in directory order: part names do not differ by case.

    Names are those of parts, with ``/`` between their folders, whatever program wrote them with a
    backslash.
    """

    data: bytes
    entries: Mapping[str, Entry]

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def read(self, part: str) -> bytes:
        """Return a part unpacked, of exactly the declared size and checksum.

        Raises:
            KeyError: there is no such part.
            UnreadableError: the part is damaged, or its declared size is not true.
        """
        entry = self.entries[part.lower()]
        raw = self.data[entry.start : entry.start + entry.packed]
        if entry.method == zipfile.ZIP_DEFLATED:
            raw = _inflate(raw, entry)
        elif entry.method != zipfile.ZIP_STORED:
            raise UnreadableError(f"部件 {entry.name} 用了不支持的压缩方式，{_SAVE_AS}")
        if len(raw) != entry.size or zlib.crc32(raw) != entry.crc:
            raise _damaged(entry)
        return raw


@contextmanager
def naming(name: str, odd: str = f"文件结构异常，无法读取，{_SAVE_AS}") -> Iterator[None]:
    """Turn whatever is raised inside, while a file is read, into an UnreadableError that names it.

    Args:
        name: of the file.
        odd: the sentence for what nobody foresaw; the log has the rest.
    """
    try:
        yield
    except UnreadableError as error:
        raise UnreadableError(f"{name}：{error}") from error
    except MemoryError:
        raise
    except Exception as error:
        import logging

        logging.getLogger("zipingbiao").info("%s cannot be read", name, exc_info=True)
        raise UnreadableError(f"{name}：{odd}") from error


def open_archive(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Archive:
    """Return the archive of an OOXML file after all checks that need no inflating.

    Raises:
        UnreadableError: not a zip, damaged, encrypted, over a limit, or a directory that lies.
    """
    check_size(len(data), limits)
    # Counted before zipfile builds an object for each: its own loop believes no count.
    if data.count(b"PK\x01\x02") > 4 * limits.entries:
        raise over_limit("压缩包内的部件数", str(limits.entries))
    if not is_archive(data):  # zipfile takes a zip behind anything else
        raise _without_directory()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as directory:
            infos, end = directory.infolist(), directory.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise _without_directory() from error
    _check_sizes(infos, limits)
    return Archive(data, _checked_entries(data, infos, end))


def is_archive(data: bytes) -> bool:
    """Tell whether a file begins as a zip with parts."""
    return data.startswith(_LOCAL_MAGIC)


def check_size(size: int, limits: Limits) -> None:
    """Raise the refusal of a file of more bytes than a workbook may have."""
    if size > limits.file_bytes:
        raise over_limit("文件大小", f"{limits.file_bytes // _MEGABYTE} MB")


def over_limit(what: str, limit: str) -> UnreadableError:
    """Return the refusal of a file that exceeds a limit."""
    return UnreadableError(f"{what}超过上限 {limit}，已停止读取，请删除多余内容后另存，或核实文件来源。")


def _inflate(raw: bytes, entry: Entry) -> bytes:
    # One byte more than declared is enough to see the lie, and all that is ever unpacked.
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        return inflater.decompress(raw, entry.size + 1)
    except zlib.error as error:
        raise _damaged(entry) from error


def _damaged(entry: Entry) -> UnreadableError:
    return UnreadableError(f"文件已损坏（部件 {entry.name} 的长度或 CRC 校验不符），{_GET_AGAIN}")


def _without_directory() -> UnreadableError:
    return UnreadableError(f"文件不完整或已损坏（压缩包目录无法读取），{_GET_AGAIN}")


def _check_sizes(infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(infos) > limits.entries:
        raise over_limit("压缩包内的部件数", str(limits.entries))
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise over_limit("解压后的大小", f"{limits.unpacked_bytes // _MEGABYTE} MB")
    for info in infos:
        if info.file_size > limits.ratio_from and info.file_size > limits.ratio * info.compress_size:
            raise over_limit(f"部件 {info.filename} 的压缩比", f"{limits.ratio}:1")


def _checked_entries(data: bytes, infos: list[zipfile.ZipInfo], end: int) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    placed: list[tuple[int, Entry]] = []
    for info in infos:
        name = _part_name(info)
        if name.lower() in entries:
            raise UnreadableError(f"压缩包内有重复的部件 {name}，内容不可信，{_GET_AGAIN}")
        start = _data_start(data, info)
        entry = Entry(name, start, info.compress_size, info.file_size, info.CRC, info.compress_type)
        entries[name.lower()] = entry
        placed.append((info.header_offset, entry))
    # In the order of the file, each part must end before the next header begins.
    placed.sort(key=lambda each: each[0])
    follows = [offset for offset, _ in placed[1:]] + [end]
    for (_, entry), following in zip(placed, follows, strict=True):
        if entry.start + entry.packed > following:
            raise UnreadableError(f"压缩包内的部件 {entry.name} 与其他部件重叠，内容不可信，{_GET_AGAIN}")
    return entries


def _part_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a part, checked; some programs of Windows write it with backslashes."""
    name = info.orig_filename.replace("\\", "/")  # zipfile cuts `filename` at a NUL
    if info.flag_bits & 1:
        raise UnreadableError(f"压缩包设有密码（部件 {name}），请取消密码后再读取。")
    if name.startswith("/") or ".." in name.split("/") or any(sign in name for sign in ":\0"):
        raise UnreadableError(f"压缩包内的部件名 {name!r} 异常，可能被改动过，{_GET_AGAIN}")
    return name


def _data_start(data: bytes, info: zipfile.ZipInfo) -> int:
    """Return where the packed bytes begin, if the local header agrees with the directory."""
    at = info.header_offset
    if 0 <= at <= len(data) - _LOCAL_HEADER.size:
        magic: bytes
        name_length: int
        extra_length: int
        magic, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, at)
        name_at = at + _LOCAL_HEADER.size
        raw = data[name_at : name_at + name_length]
        encoding = "utf-8" if info.flag_bits & 0x800 else "cp437"
        if magic == _LOCAL_MAGIC and raw == info.orig_filename.encode(encoding):
            return name_at + name_length + extra_length
    raise UnreadableError(f"压缩包目录与部件 {info.filename} 不符（重叠或被改动），内容不可信，{_GET_AGAIN}")
