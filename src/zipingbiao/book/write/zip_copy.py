"""Rewriting a zip so that every member nobody asked to change keeps its bytes, dates and place."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from itertools import pairwise

from zipingbiao.errors import UnreadableError
from zipingbiao.values.frozen import frozen

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_CENTRAL_MARK = b"PK\x01\x02"
_CENTRAL_CHANGED = struct.Struct("<3H2H3L")  # version needed .. uncompressed size, at byte 6
_CENTRAL_OFFSET_AT = 42
_LOCAL = struct.Struct("<4s5H3L2H")
_LOCAL_MARK = b"PK\x03\x04"
_UTF8_NAME = 0x800
_DEFLATED = 8
_DEFLATE_VERSION = 20
_ZIP64 = 1
_ZIP64_SIZE = 0xFFFFFFFF


@frozen
class _Entry:
    """One line of the central directory; *start* and *packed* are the local record's place and data size."""

    name: str
    raw: bytes
    start: int
    packed: int


def rewrite(data: bytes, replaced: Mapping[str, bytes | None]) -> bytes:
    """Return the archive with the content of some members replaced.

    All other members are copied as they stand, with local header, extra fields, data descriptor
    and whatever lies between them; order, dates, directory and archive comment are kept.

    Args:
        data: the archive; zip64 is refused, a workbook within our limits needs none.
        replaced: member name, with ``/`` → new uncompressed content; None leaves the member out.

    Raises:
        KeyError: a name is not in the archive.
        UnreadableError: the archive is damaged or built in a way that cannot be copied safely.
    """
    end_at, entries = _directory(data)
    missing = replaced.keys() - {entry.name for entry in entries}
    if missing:
        raise KeyError(min(missing))
    directory_at = struct.unpack_from("<L", data, end_at + 16)[0]
    in_place = sorted(entries, key=lambda entry: entry.start)
    bounds = [*(entry.start for entry in in_place), directory_at]
    out = bytearray(data[: bounds[0]])
    lines: dict[int, bytes] = {}
    for entry, (start, stop) in zip(in_place, pairwise(bounds), strict=True):
        record, raw = _local_parts(data, entry, stop), entry.raw
        moved_to = len(out)
        if entry.name in replaced:
            content = replaced[entry.name]
            if content is None:
                continue
            made, raw = _make(record, entry.raw, content)
            out += made
        else:
            out += data[start:stop]
        lines[start] = raw[:_CENTRAL_OFFSET_AT] + struct.pack("<L", moved_to) + raw[_CENTRAL_OFFSET_AT + 4 :]
    directory = b"".join(lines[entry.start] for entry in entries if entry.start in lines)
    counted = struct.pack("<2H2L", len(lines), len(lines), len(directory), len(out))
    out += directory + data[end_at : end_at + 8] + counted + data[end_at + 20 :]
    return bytes(out)


def _damaged() -> UnreadableError:
    return UnreadableError(
        "文件的压缩结构已损坏或不是标准格式，无法写入；请用 Excel 或 WPS 打开后另存，再重试。"
    )


def _directory(data: bytes) -> tuple[int, tuple[_Entry, ...]]:
    """Return the place of the end record and the directory's lines, in directory order."""
    end_at = len(data)
    while (end_at := data.rfind(_END_MARK, 0, end_at)) >= 0:
        if end_at + _END.size > len(data):
            continue
        _, _, _, _, count, size, at, _ = _END.unpack_from(data, end_at)
        # A comment may hold the mark too; the true end record follows its directory at once.
        if at + size == end_at:
            entries = tuple(_entries(data, at, end_at))
            unlike = len({entry.start for entry in entries}), len({entry.name for entry in entries})
            if len(entries) == count and unlike == (count, count) and count:
                return end_at, entries
    raise _damaged()


def _entries(data: bytes, at: int, end: int) -> list[_Entry]:
    found: list[_Entry] = []
    while at < end:
        if at + _CENTRAL.size > end or data[at : at + 4] != _CENTRAL_MARK:
            raise _damaged()
        fields = _CENTRAL.unpack_from(data, at)
        flags, packed, unpacked, start = fields[3], fields[8], fields[9], fields[16]
        if _ZIP64_SIZE in (packed, unpacked, start):
            raise _damaged()
        name_length, extra_length, comment_length = fields[10:13]
        name = data[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        stop = at + _CENTRAL.size + name_length + extra_length + comment_length
        # As a reader names it: some programs of Windows write backslashes, which stay in the record.
        text = name.decode("utf-8" if flags & _UTF8_NAME else "cp437", "replace").replace("\\", "/")
        found.append(_Entry(text, data[at:stop], start, packed))
        at = stop
    return found


def _local_parts(data: bytes, entry: _Entry, stop: int) -> tuple[bytes, bytes, bytes]:
    """Return header, name and extra fields of a local record, which must end before *stop*."""
    header = data[entry.start : entry.start + _LOCAL.size]
    if len(header) < _LOCAL.size or not header.startswith(_LOCAL_MARK):
        raise _damaged()
    name_length, extra_length = struct.unpack_from("<2H", header, 26)
    extra_at = entry.start + _LOCAL.size + name_length
    if extra_at + extra_length + entry.packed > stop:
        raise _damaged()
    return header, data[extra_at - name_length : extra_at], data[extra_at : extra_at + extra_length]


def _make(record: tuple[bytes, bytes, bytes], central: bytes, content: bytes) -> tuple[bytes, bytes]:
    """Return the local record and the directory line of a member with new content."""
    header, name, extra = record
    _, version, flags, _, time, date, *_ = _LOCAL.unpack(header)
    # Sizes go into the header, so no data descriptor follows; the flags keep only how names are coded.
    flags &= _UTF8_NAME
    version = max(version, _DEFLATE_VERSION)
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(content) + packer.flush()
    sizes = zlib.crc32(content), len(packed), len(content)
    extra = _without_zip64(extra)
    local = _LOCAL.pack(_LOCAL_MARK, version, flags, _DEFLATED, time, date, *sizes, len(name), len(extra))
    changed = _CENTRAL_CHANGED.pack(
        version, flags, _DEFLATED, *struct.unpack_from("<2H", central, 12), *sizes
    )
    return local + name + extra + packed, central[:6] + changed + central[6 + _CENTRAL_CHANGED.size :]


def _without_zip64(extra: bytes) -> bytes:
    """Drop the zip64 field of a local record: the new sizes stand in the header itself."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept
