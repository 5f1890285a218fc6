"""What a Windows library offers by name, read from its file."""

from __future__ import annotations

import struct
from pathlib import Path

_PE32_PLUS = 0x20B


def exported(file: Path) -> set[str]:
    """Return the names in the export table of a library of 32 or 64 bits."""
    data = file.read_bytes()
    (head,) = struct.unpack_from("<I", data, 0x3C)
    sections, optional_size = struct.unpack_from("<H12xH", data, head + 6)
    optional = head + 24
    (magic,) = struct.unpack_from("<H", data, optional)
    (table,) = struct.unpack_from("<I", data, optional + (112 if magic == _PE32_PLUS else 96))
    areas = [
        struct.unpack_from("<4I", data, optional + optional_size + 40 * number + 8)
        for number in range(sections)
    ]

    def place(address: int) -> int:
        size, start, _, raw = next(area for area in areas if area[1] <= address < area[1] + area[0])
        assert size
        return int(address - start + raw)

    count, names = struct.unpack_from("<I4xI", data, place(table) + 24)
    starts = [place(address) for address in struct.unpack_from(f"<{count}I", data, place(names))]
    return {data[start : data.index(b"\0", start)].decode() for start in starts}
