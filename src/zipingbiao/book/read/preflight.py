"""What a file truly is, and whether its zip directory can be trusted, before anything is inflated.

Everything here raises :class:`~zipingbiao.errors.UnreadableError` with a sentence that does not yet
name the file; the public entry points add the name (see :func:`naming`).
"""

from __future__ import annotations

import io
import logging
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from zipingbiao.errors import UnreadableError

_MEGABYTE = 1_000_000
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx。"
_GET_AGAIN = "请向提供者重新获取原文件。"


@dataclass(frozen=True, slots=True)
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


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of the archive: its name with ``/``, and where its packed bytes stand in the file."""

    name: str
    start: int
    packed: int
    size: int
    crc: int
    method: int


@dataclass(frozen=True)
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
        logging.getLogger("zipingbiao").info("%s cannot be read", name, exc_info=True)
        raise UnreadableError(f"{name}：{odd}") from error


def open_archive(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Archive:
    """Return the archive of an OOXML file after all checks that need no inflating.

    Raises:
        UnreadableError: not a zip, damaged, encrypted, over a limit, or a directory that lies.
    """
    if len(data) > limits.file_bytes:
        raise over_limit("文件大小", f"{limits.file_bytes // _MEGABYTE} MB")
    if not data.startswith(b"PK\x03\x04"):
        raise UnreadableError(_what_it_is(data))
    # Counted before zipfile builds an object for each: its own loop believes no count.
    if data.count(b"PK\x01\x02") > 4 * limits.entries:
        raise over_limit("压缩包内的部件数", str(limits.entries))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as directory:
            infos, end = directory.infolist(), directory.start_dir
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise UnreadableError(f"文件不完整或已损坏（压缩包目录无法读取），{_GET_AGAIN}") from error
    _check_sizes(infos, limits)
    return Archive(data, _checked_entries(data, infos, end))


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
        if magic == b"PK\x03\x04" and raw == info.orig_filename.encode(encoding):
            return name_at + name_length + extra_length
    raise UnreadableError(f"压缩包目录与部件 {info.filename} 不符（重叠或被改动），内容不可信，{_GET_AGAIN}")


# ------------------------------------------------------------------ what it is, if it is no zip

_SIGNATURES = (
    (b"PK\x05\x06", f"是空的压缩包，不是工作簿，{_GET_AGAIN}"),
    (b"%PDF", "实为 PDF，不是工作簿，请提供 Excel 原文件。"),
    (b"{\\rtf", "实为 RTF 文档，不是工作簿，请提供 Excel 原文件。"),
    (b"Rar!", "实为 RAR 压缩包，不是工作簿，请先解压。"),
    (b"7z\xbc\xaf", "实为 7z 压缩包，不是工作簿，请先解压。"),
    (b"\x1f\x8b", "实为 gzip 压缩包，不是工作簿，请先解压。"),
    (b"\x89PNG", "实为图片，不是工作簿，请提供 Excel 原文件。"),
    (b"\xff\xd8\xff", "实为图片，不是工作簿，请提供 Excel 原文件。"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "设有打开密码，请在 Excel 或 WPS 中取消密码后另存为 .xlsx。"),
    ("WordDocument", "实为 Word 文档（.doc），不是工作簿，请提供 Excel 原文件。"),
    ("Workbook", f"实为 .xls 或 .et 格式的旧版工作簿，{_SAVE_AS}"),
    ("Book", f"实为 .xls 格式的旧版工作簿，{_SAVE_AS}"),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_SAMPLE = 4096


def _what_it_is(data: bytes) -> str:
    """Return the sentence for a file that does not begin as a zip with parts."""
    if not data:
        return f"文件是空的（0 字节），{_GET_AGAIN}"
    if not data.strip(b"\0"):
        return f"文件内容全是零字节（多为断电或复制中断所致），{_GET_AGAIN}"
    for magic, sentence in _SIGNATURES:
        if data.startswith(magic):
            return sentence
    if data.startswith(_OLE_MAGIC):
        return _what_ole(data)
    text = _as_text(data[:_TEXT_SAMPLE])
    if text is None:
        return "不是可识别的工作簿，可能被单位加密软件加密，或是程序的临时文件，请另存为明文的 .xlsx。"
    return _what_text(text.lstrip().lower())


def _what_ole(data: bytes) -> str:
    for stream, sentence in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return sentence
    return f"是 OLE 复合文件但其中没有工作簿，{_SAVE_AS}"


def _what_text(start: str) -> str:
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith("<?xml"):
        return f"实为 XML 电子表格 2003，{_SAVE_AS}"
    if start.startswith("mime-version:"):
        return f"实为单个文件网页（MHTML），{_SAVE_AS}"
    if any(tag in start for tag in ("<html", "<!doctype html", "<table")):
        return f"实为网页（HTML）表格，{_SAVE_AS}"
    if start.startswith("<?xml"):
        return "实为 XML 文件，不是工作簿，请提供 Excel 原文件。"
    return f"实为纯文本或 CSV，{_SAVE_AS}"


def _as_text(sample: bytes) -> str | None:
    """Return the sample decoded if it reads as text in an encoding used for tables, else None."""
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        if encoding == "utf-16" and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        # The sample may end inside a character: up to three bytes less still show the encoding.
        for cut in range(4):
            try:
                text = sample[: len(sample) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if not any(sign < " " and sign not in "\t\r\n\f\x1a" for sign in text):
                return text
            break
    return None
