"""Rows of a long list, written as one string each: cell by cell what the library writes for the same records."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from support import office
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.long_sheet import Lines, LongSheet
from zipingbiao.book.write.new_cells import Column, Formats, Style, put_headings, put_record


@dataclass(frozen=True)
class Line:
    number: int
    text: str
    fitted: str
    amount: Decimal | None
    way: str = ""
    place: str = ""


RED = "#FF0000"
COLUMNS: tuple[Column[Line], ...] = (
    Column("序号", 5, Style.COUNT, attrgetter("number")),
    Column("文字", 14, Style.TEXT, attrgetter("text"), link=attrgetter("way"), within=attrgetter("place")),
    Column("单位", 8, Style.FITTED, attrgetter("fitted")),
    Column("金额", 12, Style.AMOUNT, attrgetter("amount")),
    Column(
        "级别", 6, Style.WORD, lambda line: "必须改" if line.number % 2 else "供参考",
        colour=lambda line: RED if line.number % 2 else "",
    ),
)  # fmt: skip
TEXTS = (
    "", "培训人次", " 前后有空 ", "两行\n文字", "＜&>\"'", "<r>不是格式</r>", "甲\x0b乙\x00丙\uffff",
    "甲\ud800乙", "甲\r\n乙\u2028丙", "=1+1", "@SUM(A1)", "http://例.cn", "1.50", "𠮷" * 3, "很长的说明，" * 40, "长" * 40_000, "行\n" * 300,
    "\t制表", "\u3000全角空格开头",
)  # fmt: skip
NUMBERS = (
    None, Decimal(0), Decimal("-0.00"), Decimal("0.1"), Decimal("105634.173456"), Decimal("12345678901234.56"),
    Decimal("1E+308"), Decimal("1E+30"), Decimal("1E-20"), Decimal("1.00"), Decimal(1),
)  # fmt: skip
WAYS = ("", "表", "资料/表.xlsx", "资料/100%.xlsx", "资料/甲 乙&丙.xlsx", "表.xlsx", "很长" * 1100 + ".xlsx")
LINES = [
    Line(number, text, text[:9], NUMBERS[number % len(NUMBERS)], WAYS[number % len(WAYS)], "'表'!B3" * (number % 2))
    for number, text in enumerate(TEXTS * 3, start=1)
]  # fmt: skip

Put = Callable[[Any, int, Line, bool], None]


def written(
    way: Callable[[Any, Formats], tuple[Any, Put]], lines: Sequence[Line] = LINES, *, in_memory: bool = False
) -> bytes:
    """A workbook with the lines on its first sheet, every fifth folded; and one more sheet."""
    stream = io.BytesIO()
    options = {"constant_memory": True, "in_memory": in_memory, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(stream, options)
    formats = Formats(book)
    sheet, put = way(book, formats)
    put_headings(sheet, 0, COLUMNS, formats)
    for row, line in enumerate(lines, start=1):
        put(sheet, row, line, row % 5 == 0)
    sheet.autofilter(0, 0, len(lines), len(COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    book.add_worksheet("别的").write_string(0, 0, "别的", formats.get(Style.WEIGHT))
    book.close()
    return stream.getvalue()


def as_rows(book: Any, formats: Formats) -> tuple[Any, Put]:
    sheet = book.add_worksheet("表", LongSheet)
    lines = Lines(sheet, COLUMNS, formats)

    def put(_sheet: Any, row: int, line: Line, folded: bool) -> None:
        lines.put(row, line, folded=folded)

    return sheet, put


def as_cells(book: Any, formats: Formats) -> tuple[Any, Put]:
    looks = formats.of(COLUMNS)

    def put(sheet: Any, row: int, line: Line, folded: bool) -> None:
        put_record(sheet, row, COLUMNS, line, looks, folded=folded)

    return book.add_worksheet("表"), put


def told(data: bytes) -> list[object]:
    """All that the first sheet shows: heights, what is hidden, and of each cell value, look and link."""
    (sheet, _) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    rows = [
        (sheet.row_dimensions[row].height, sheet.row_dimensions[row].hidden)
        for row in range(1, len(LINES) + 2)
    ]
    cells = [
        (
            cell.coordinate, cell.value, cell.number_format, cell.font.b, cell.font.name, cell.font.sz, cell.font.color and cell.font.color.rgb,
            cell.fill.fgColor.rgb, cell.border.left.style, cell.alignment.horizontal, cell.alignment.wrap_text, cell.alignment.shrink_to_fit,
            link and (link.ref, link.target, link.location),
        )
        for row in sheet.iter_rows()
        for cell in row
        for link in (cell.hyperlink,)
    ]  # fmt: skip
    return [sheet.dimensions, sheet.auto_filter.ref, sheet.freeze_panes, *rows, *cells]


@pytest.mark.filterwarnings("ignore:Ignoring URL")
@pytest.mark.parametrize("in_memory", [False, True])
def test_rows_show_what_the_cells_of_the_library_show(in_memory: bool) -> None:
    ours, theirs = (told(written(way, in_memory=in_memory)) for way in (as_rows, as_cells))
    differing = [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]
    # The library takes such a text for parts with formats of their own, and the file is damaged or the text changed.
    assert {one[1] for one, _ in differing} <= {"<r>不是格式</r>"}  # type: ignore[index]


@pytest.mark.filterwarnings("ignore:Ignoring URL")
def test_a_text_that_looks_like_xml_stays_a_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(as_rows)))["表"]
    assert sheet["B7"].value == "<r>不是格式</r>"


@pytest.mark.parametrize("typed", ["_x000D_", "_x005F_x000B_", "甲_x0041_乙"])
def test_what_looks_like_a_sign_in_code_is_read_as_it_was_typed(typed: str) -> None:
    (grid,) = read_bytes(written(as_rows, [Line(1, typed, "", None)]), "表.xlsx").grids[:1]
    cell = grid.at(2, 2)
    assert cell is not None
    assert cell.value == typed


@pytest.mark.filterwarnings("ignore:Ignoring URL")
@pytest.mark.parametrize("in_memory", [False, True])
def test_rows_are_valid(in_memory: bool, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(written(as_rows, in_memory=in_memory))
    assert office.validate(path, "Microsoft365") == []


@pytest.mark.parametrize("way", [as_rows, as_cells])
def test_a_file_with_a_name_of_one_sign_is_linked(way: Callable[[Any, Formats], tuple[Any, Put]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(way, [Line(1, "表", "", None, "表")])))["表"]
    link = sheet["B2"].hyperlink
    assert link is not None
    assert link.target is not None
    assert link.target.removeprefix(".\\") == "表"


def test_cells_that_open_one_file_share_its_relationship() -> None:
    lines = [Line(number, "位置", "", None, "甲.xlsx", f"'表'!B{number}") for number in range(1, 60)]
    data = written(as_rows, lines)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.read("xl/worksheets/_rels/sheet1.xml.rels").count(b"<Relationship ") == 1
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表"]
    links = [sheet.cell(row, 2).hyperlink for row in (2, 60)]
    assert [link and link.location for link in links] == ["'表'!B1", "'表'!B59"]
