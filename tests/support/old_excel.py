"""Workbooks of old Excel written record by record, in a compound file of the smallest form."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

from support.other_kinds import CODES, serial
from zipingbiao.book.cells import Cell, CellClass, Grid, Visibility

_SECTOR, _MINI = 512, 64
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of streams; short ones lie in the small sectors of the root, as the format wants it."""
    small, small_chain, sectors, chain = b"", list[int](), b"", list[int]()

    def long(data: bytes) -> int:
        nonlocal sectors
        first, count = len(chain), -(-len(data) // _SECTOR)
        chain.extend([*range(first + 1, first + count), _END] if count else [])
        sectors += data.ljust(count * _SECTOR, b"\0")
        return first if count else _END

    entries = []
    for name, data in streams.items():
        if len(data) >= 4096:
            entries.append((name, 2, long(data), len(data)))
        else:
            first, count = len(small_chain), -(-len(data) // _MINI)
            small_chain.extend([*range(first + 1, first + count), _END])
            small += data.ljust(count * _MINI, b"\0")
            entries.append((name, 2, first, len(data)))
    root = ("Root Entry", 5, long(small), len(small))
    small_table = long(struct.pack(f"<{len(small_chain)}I", *small_chain)) if small_chain else _END
    nodes = [_entry(*root, child=1)]
    nodes += [
        _entry(*each, right=at + 1 if at < len(entries) else _FREE) for at, each in enumerate(entries, 1)
    ]
    directory = long(b"".join(nodes))
    tables = 1
    while tables * _SECTOR // 4 < len(chain) + tables:
        tables += 1
    first = len(chain)
    chain.extend([_TABLE] * tables)
    packed = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables)
    )
    header += struct.pack("<IIIIIII", directory, 0, 4096, small_table, int(bool(small_chain)), _END, 0)
    listed = [*range(first, first + tables)]
    return header + struct.pack("<109I", *listed, *[_FREE] * (109 - tables)) + sectors + packed


def _entry(name: str, kind: int, start: int, size: int, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
    return head + bytes(36) + struct.pack("<III", start, size, 0)


def record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def text(said: str, count: str = "<H") -> bytes:
    return struct.pack(count, len(said.encode("utf-16-le")) // 2) + b"\1" + said.encode("utf-16-le")


EOF = record(0x0A)


def begin(kind: int, version: int = 0x600) -> bytes:
    return record(0x809, struct.pack("<HHHHII", version, kind, 0x0DBB, 0x07CC, 0, 6))


def stream(
    grids: Sequence[Grid], *, date1904: bool = False, before: bytes = b"", inside: Iterable[bytes] = ()
) -> bytes:
    """A workbook stream; *before* stands among the records of the workbook, *inside* among those of each sheet."""
    shared: dict[str, int] = {}
    extra = b"".join(inside)
    sheets = [begin(0x10) + _sheet(grid, shared) + extra + EOF for grid in grids]
    formats = b"".join(
        record(0x41E, struct.pack("<H", 164 + number) + text(code))
        for number, code in enumerate(CODES.values())
    )
    styles = [0, *(164 + number for number in range(len(CODES)))]
    xfs = b"".join(record(0xE0, struct.pack("<HHH", 0, style, 0) + bytes(14)) for style in styles)
    head = begin(5) + record(0x42, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", date1904))
    head += before + record(0x31, bytes(14) + b"\4\0" + b"Arial"[:4]) + formats + xfs
    first, *others = [text(said) for said in shared] or [b""]
    strings = record(0xFC, struct.pack("<II", len(shared), len(shared)) + first)
    strings += b"".join(record(0x3C, said) for said in others)  # each in a record of its own: none is cut
    size = (
        len(head)
        + sum(len(record(0x85, bytes(6) + text(grid.sheet, "<B"))) for grid in grids)
        + len(strings)
        + len(EOF)
    )
    listed = b""
    for grid, sheet in zip(grids, sheets, strict=True):
        state = list(Visibility).index(grid.visibility)
        listed += record(0x85, struct.pack("<IBB", size, state, 0) + text(grid.sheet, "<B"))
        size += len(sheet)
    return head + listed + strings + EOF + b"".join(sheets)


def old_workbook(grids: Sequence[Grid], *, date1904: bool = False) -> bytes:
    """An .xls or .et."""
    return compound({"Workbook": stream(grids, date1904=date1904)})


def _sheet(grid: Grid, shared: dict[str, int]) -> bytes:
    made = b"".join(
        record(0x7D, struct.pack("<HHHHHH", c - 1, c - 1, 2304, 0, 1, 0)) for c in sorted(grid.hidden_columns)
    )
    made += b"".join(
        record(
            0x208,
            struct.pack("<HHHHHHI", row - 1, 0, 0, 255, 0, 0, 0x120 if row in grid.hidden_rows else 0x100),
        )
        for row in grid.rows
    )
    for (row, column), cell in sorted(grid.cells.items()):
        made += _cell(row - 1, column - 1, cell, shared)
    # A drawing that no reader needs, and a chart, whose records are those of a sheet of its own.
    made += record(0xEC, b"\x0f\0") + begin(0x20) + record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.0)) + EOF
    ranges = [(a.top - 1, a.bottom - 1, a.left - 1, a.right - 1) for a in grid.merges]
    packed = b"".join(struct.pack("<HHHH", *each) for each in ranges)
    return made + record(0xE5, struct.pack("<H", len(ranges)) + packed)


def _cell(row: int, column: int, cell: Cell, shared: dict[str, int]) -> bytes:
    style = 1 + list(CODES).index(cell.kind) if cell.kind in CODES else 0
    head = struct.pack("<HHH", row, column, style)
    tail = struct.pack("<HIH", 0, 0, 0)
    if cell.formula is not None:
        if isinstance(cell.value, str) and cell.kind is CellClass.TEXT:
            made = record(0x06, head + b"\0" * 6 + b"\xff\xff" + tail)
            return made + record(0x207, text(cell.value))
        if cell.kind is CellClass.ERROR:
            return record(0x06, head + b"\2\0\x07\0\0\0\xff\xff" + tail)
        return record(0x06, head + struct.pack("<d", float(serial(cell.value))) + tail)
    if isinstance(cell.value, bool) or cell.kind is CellClass.ERROR:
        is_error = cell.kind is CellClass.ERROR
        return record(0x205, head + bytes([7 if is_error else int(bool(cell.value)), is_error]))
    if isinstance(cell.value, str):
        return record(0xFD, head + struct.pack("<I", shared.setdefault(cell.value, len(shared))))
    value = serial(cell.value)
    if value == value.to_integral_value() and abs(value) < 2**28:
        return record(0x27E, head + struct.pack("<I", (int(value) << 2 | 2) & 0xFFFFFFFF))
    return record(0x203, head + struct.pack("<d", float(value)))
