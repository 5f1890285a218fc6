"""What stands above and below the pages of a workbook, as each kind of file stores it."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import openpyxl
import pytest

from support.office import convert
from support.old_excel import compound, record, stream, text
from support.other_kinds import binary_workbook, ods_with_head, spreadsheet_2003
from zipingbiao.book.cells import Cell, CellClass, Grid
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.read.preflight import DEFAULT_LIMITS
from zipingbiao.book.read.second import read_again

GRID = Grid("自评表", {(1, 1): Cell("指标", CellClass.TEXT)})
HEAD = '&L&"黑体,常规"&14秘密★1年&R第&P页'


def old(*records: bytes) -> bytes:
    return compound({"Workbook": stream([GRID], inside=records)})


def more_heads(even: str, first: str) -> bytes:
    """Of old Excel: those of even pages and of the first, which stand in a record of their own."""
    lengths = struct.pack("<HHHH", len(even), 0, len(first), 0)
    return record(0x89C, bytes(30) + lengths + text(even) + text(first))


KINDS = {
    "old Excel": (old(record(0x14, text(HEAD)), record(0x15, text("&C内部资料"))), ("秘密★1年", "第页", "内部资料")),
    "old Excel, even and first pages": (old(more_heads("&C机密", "绝密★")), ("机密", "绝密★")),
    "old Excel, one byte each": (old(record(0x14, b"\5\0\0Page1")), ("Page1",)),
    "binary": (binary_workbook([GRID], heads=(HEAD, "&C内部资料")), ("秘密★1年", "第页", "内部资料")),
    "OpenDocument": (ods_with_head(GRID, "秘密★1年"), ("秘密★1年",)),
    "OpenDocument, first page": (ods_with_head(GRID, "秘密★1年", "footer-first"), ("秘密★1年",)),
    "XML 2003": (spreadsheet_2003([GRID], head=HEAD).encode(), ("秘密★1年", "第页")),
}  # fmt: skip


@pytest.mark.parametrize(("data", "heads"), KINDS.values(), ids=KINDS)
def test_what_stands_above_and_below_the_pages(data: bytes, heads: tuple[str, ...]) -> None:
    book = read_bytes(data, "甲.xls")
    assert book.heads == heads
    assert [cell.value for cell in book.grids[0].cells.values()] == ["指标"]


@pytest.mark.parametrize("damaged", [b"", b"\xff", b"\xff\xff\1", b"\5\0\1ab"])
def test_a_damaged_head_keeps_nobody_from_the_table(damaged: bytes) -> None:
    book = read_bytes(old(record(0x14, damaged), record(0x89C, damaged)), "甲.xls")
    assert [cell.value for cell in book.grids[0].cells.values()] == ["指标"]


def test_a_sheet_that_holds_no_table_counts_too() -> None:
    """As in an .xlsx: the mark may stand above a sheet that nobody looks at."""
    data = binary_workbook([GRID], heads=(HEAD, ""))
    book = read_bytes(data, "甲.xlsb", lambda _: False)
    assert not book.grids
    assert "秘密★1年" in book.heads


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "指标"
    assert sheet.oddHeader is not None and sheet.oddFooter is not None  # noqa: PT018
    sheet.oddHeader.left.text, sheet.oddFooter.center.text = "秘密★1年", "机密"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_the_second_reader_sees_them_too() -> None:
    assert (
        read_bytes(_xlsx(), "甲.xlsx").heads
        == read_again(_xlsx(), DEFAULT_LIMITS).heads
        == ("秘密★1年", "机密")
    )


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_as_an_office_program_writes_them(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "甲.xlsx"
    path.write_bytes(_xlsx())
    assert read_book(convert(path, ending, tmp_path)).heads == ("秘密★1年", "机密")
