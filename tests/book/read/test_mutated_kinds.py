"""Whatever is wrong with a file of another kind: cells, or one sentence, in bounded time; never anything else."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from book.read import raw
from book.read.test_other_kinds import cell_of, ods, row_of
from support.budget import drawn, often
from support.old_excel import compound, old_workbook, stream
from support.other_kinds import binary_workbook, delimited, spreadsheet_2003, stacked, web_page
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.errors import UnreadableError

HANDED_IN = Path(__file__).parents[2] / "data" / "handed_in"
GRIDS = read_book(next(HANDED_IN.glob("000*.xlsx"))).grids
UNFORESEEN = "文件结构异常"  # what is said of an error that no reader knows
SECONDS = 20  # well below one here; what hangs never ends
STARTS = (
    b"",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"PK\x03\x04",
    b"<table>",
    b"MIME-Version: 1.0\r\nContent-Type: ",
    b"<?xml ",
    b"\xff\xfe",
    "指标\t分值\n".encode(),
)
VALUES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\x80",
    b"\1\0\0\0",
    b"<",
    b"\x0a\0\0\0",
    b"\x09\x08",
)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


XLSB = parts_of(binary_workbook(GRIDS))
ROWS = row_of(cell_of("float", 'o:value="1"', "甲")) * 9
ODS = parts_of(ods(f'<table:table table:name="表">{ROWS}</table:table>'))


def in_part(parts: dict[str, bytes], name: str) -> Callable[[bytes], bytes]:
    return lambda changed: raw.zipped({**parts, name: changed})


# What is changed, and the file that is made of it.
KINDS: dict[str, tuple[bytes, Callable[[bytes], bytes]]] = {
    "xls": (old_workbook(GRIDS), bytes),
    "xls records": (stream(GRIDS), lambda changed: compound({"Workbook": changed})),
    "et of small sectors": (old_workbook([stacked(GRIDS[1:])])[:], bytes),
    "xlsb sheet": (XLSB["xl/worksheets/sheet1.bin"], in_part(XLSB, "xl/worksheets/sheet1.bin")),
    "xlsb workbook": (XLSB["xl/workbook.bin"], in_part(XLSB, "xl/workbook.bin")),
    "xlsb styles": (XLSB["xl/styles.bin"], in_part(XLSB, "xl/styles.bin")),
    "xlsb strings": (XLSB["xl/sharedStrings.bin"], in_part(XLSB, "xl/sharedStrings.bin")),
    "ods": (ODS["content.xml"], in_part(ODS, "content.xml")),
    "xml2003": (spreadsheet_2003(GRIDS).encode(), bytes),
    "html": (web_page(stacked(GRIDS)).encode("gb18030"), bytes),
    "mhtml": (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n"
        + web_page(stacked(GRIDS)).encode("gb18030"),
        bytes,
    ),
    "csv": (delimited(stacked(GRIDS)).encode("gb18030"), bytes),
}


def read(data: bytes) -> None:
    began = time.monotonic()
    why = ""
    try:
        read_bytes(data, "甲.xls")
    except UnreadableError as error:
        why = str(error)
    assert time.monotonic() - began < SECONDS
    assert UNFORESEEN not in why


@st.composite
def damaged(draw: st.DrawFn, data: bytes) -> bytes:
    """A file with one to four places overwritten, cut out, doubled, or without its end."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.sampled_from((1, 2, 4, 20, 512)))
        new = draw(st.sampled_from(VALUES) | st.binary(min_size=1, max_size=8))
        data = draw(
            st.sampled_from(
                (
                    data[:at] + new + data[at + len(new) :],
                    data[:at] + new + data[at + len(new) :],
                    data[:at] + data[at + length :],
                    data[:at] + data[at : at + length] * 2 + data[at + length :],
                    data[:at],
                )
            )
        )
    return data


@drawn
@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file(kind: str) -> None:
    whole, made = KINDS[kind]
    assert read_bytes(made(whole), "甲.xls").grids

    @settings(max_examples=often(40, 3000), deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged(whole))
    def check(data: bytes) -> None:
        read(made(data))

    check()


@drawn
@settings(max_examples=often(200, 5000), deadline=None)
@given(st.sampled_from(STARTS), st.binary(max_size=2000))
def test_bytes_of_any_kind(start: bytes, rest: bytes) -> None:
    read(start + rest)
