"""The open workbook reads as its file does, and takes exactly what a plan says."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlwings

from support.headless import Held, Workbook, Worksheet
from support.headless.desk import Desk, contents, counted
from support.headless.foreign import FIRST, foreign
from zipingbiao.book.cells import Area, Book, CellClass, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.errors import RefusedError
from zipingbiao.excel.live import patience
from zipingbiao.excel.live.apply import apply
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table.find import read_tables

ROOT = Path(__file__).parents[2] / "workbooks"
FILES = [None, *sorted(ROOT.glob("*/*.xlsx"))]
EVERY_FILE = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem if path else "外来")


def places(book: Book) -> dict[str, dict[tuple[int, int], tuple[object, str | None]]]:
    return {
        grid.sheet: {place: (cell.value, cell.formula) for place, cell in grid.cells.items()} for grid in book
    }


@EVERY_FILE
@pytest.mark.parametrize("saved", [True, False], ids=["saved", "unsaved"])
def test_an_open_workbook_reads_as_its_file(
    desk: Desk, path: Path | None, tmp_path: Path, *, saved: bool
) -> None:
    data = path.read_bytes() if path else foreign(sheets=2)
    file = tmp_path / "自评表.xlsx"
    file.write_bytes(data)
    desk.excel.open(file if saved else data)
    expected, found = read_bytes(data, file.name), desk.read()
    assert places(found) == places(expected)
    for grid in expected:
        assert set(found.grid(grid.sheet).merges) == set(grid.merges)
    messages = [
        [(each.code, each.ref, each.message) for each in evaluate(book).findings]
        for book in (found, expected)
    ]
    assert messages[0] == messages[1]


def test_rows_inserted_since_saving_do_not_mislead(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(foreign())
    sheet = desk.excel.open(path).sheet("表1")
    sheet.cells = {(row + (row >= 4), column): held for (row, column), held in sheet.cells.items()}
    sheet.merges = [
        Area(area.top + (area.top >= 4), area.left, area.bottom + (area.top >= 4), area.right)
        for area in sheet.merges
    ]
    assert set(desk.read().grid("表1").merges) == set(sheet.merges)


@pytest.mark.parametrize("merged", [True, False])
def test_merging_since_saving_is_noticed(desk: Desk, tmp_path: Path, *, merged: bool) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(foreign())
    sheet = desk.excel.open(path).sheet("表1")
    if merged:
        sheet.merges.append(Area(10, 8, 11, 9))
    else:
        sheet.merges.pop()
    assert set(desk.read().grid("表1").merges) == set(sheet.merges)


def test_a_folder_in_the_cloud_that_is_nowhere_here(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    merges = set(book.sheet("表1").merges)
    book.path = "https://unit.sharepoint.com/sites/财务/自评表.xlsx"
    assert set(desk.read().grid("表1").merges) == merges


def test_blank_cells_that_are_merged_beside_each_other(desk: Desk) -> None:
    """Only Excel knows where one ends and the next begins."""
    sheet = desk.excel.open(foreign()).sheet("表1")
    merges = [
        Area(14, 1, 14, 2),
        Area(14, 3, 15, 4),
        Area(15, 1, 16, 2),
        Area(16, 3, 16, 6),
        Area(14, 5, 15, 5),
    ]
    sheet.merges += merges
    sheet.type("G17", 1)
    assert set(desk.read().grid("表1").merges) == set(sheet.merges)


def test_a_sheet_with_more_merged_cells_than_a_table_has_keeps_nobody_waiting(desk: Desk) -> None:
    sheet = desk.excel.open(foreign()).sheet("表1")
    for row in range(20, 2020):
        sheet.type(f"A{row}", "甲")
        sheet.merges.append(Area(row, 1, row, 2))
    counted(sheet.book)
    found = desk.read().grid("表1").merges
    assert set(found) < set(sheet.merges)
    assert len(found) == 300
    assert counted(sheet.book)["表1"][0] < 1000


def test_percentages_are_told_by_their_format_cell_by_cell(desk: Desk) -> None:
    desk.excel.open(foreign())
    (table,) = read_tables(desk.read())
    actuals = [row.entries["actual"].cell for row in table.indicators if row.row != 5]  # type: ignore[index]
    assert [cell and cell.kind for cell in actuals] == [
        CellClass.TEXT, CellClass.PERCENT, CellClass.PERCENT, CellClass.PERCENT,
    ]  # fmt: skip
    points = [str(row.score) for row in evaluate(desk.read()).evaluations[0].rows]
    assert points == ["9.50", "23.75", "23.68", "27.00", "10.00"]


def test_currency_comes_as_decimals(desk: Desk) -> None:
    sheet = desk.excel.open(foreign()).sheet("表1")
    sheet.type("F5", 37.5)
    sheet.cells[5, 6] = Held(37.12345678, None, "¥#,##0.00")
    cell = desk.read().grid("表1").at(5, 6)
    assert cell is not None
    assert (cell.value, cell.kind) == (Decimal("37.1235"), CellClass.CURRENCY)


def test_an_error_that_xlwings_does_not_know_is_no_number(desk: Desk) -> None:
    sheet = desk.excel.open(foreign()).sheet("表1")
    sheet.type(f"E{FIRST}", "#SPILL!")
    cell = desk.read().grid("表1").at(FIRST, 5)
    assert cell is not None
    assert cell.kind is CellClass.ERROR


TEXTS = (
    "95%", "９５％", "1,234.5", "-3", "(5)", "1E5", "2E100001", "¥12", "=A1", "+1", "@我", "'引号", "2025-03-05", "2025年3月",
    "3月5日", "3/5", "12:30", "2026-01-05 09:00:01", "TRUE", "#N/A", "110101199003071234", "007", "－", " 12 ",
    "≥95%", "12个", "W101", "第3批", "一、\n二、",
)  # fmt: skip


@pytest.mark.parametrize("number_format", ["General", "@", "0.00"])
def test_text_stays_text(desk: Desk, number_format: str) -> None:
    book = desk.excel.open(foreign())
    sheet = book.sheet("表1")
    for row in range(len(TEXTS)):
        sheet.cells[20 + row, 3] = Held(format=number_format)
    write(desk, [Change(Ref("表1", 20 + row, 3), "", text, "试") for row, text in enumerate(TEXTS)])
    held = [sheet.at(20 + row, 3) for row in range(len(TEXTS))]
    assert held == [Held(text, None, number_format) for text in TEXTS]
    grid = desk.read().grid("表1")
    read = [grid.at(20 + row, 3) for row in range(len(TEXTS))]
    assert [(cell.value, cell.formula) for cell in read if cell] == [(text, None) for text in TEXTS]


def write(desk: Desk, changes: list[Change], names: tuple[tuple[str, str | None], ...] = ()) -> None:
    with patience.limited():
        apply(xlwings.Book.caller(), Plan(tuple(changes), "", names), desk.read())


def test_numbers_formulas_and_blanks(desk: Desk) -> None:
    sheet = desk.excel.open(foreign()).sheet("表1")
    at = Ref("表1", FIRST, 7)
    changes = [
        Change(at, "", Decimal("23.75"), "得分"),
        Change(Ref("表1", FIRST + 1, 7), "", "23.75", "公式", formula=f"G{FIRST}*2"),
        Change(Ref("表1", FIRST, 5), "190人次", "", "清空"),
        Change(Ref("表1", FIRST + 4, 7), "", Decimal(5), "公式结果", cached=True),
    ]
    write(desk, changes, (("zp_written_1", 'a="b"'),))
    assert sheet[at.a1].value == 23.75
    assert sheet[f"G{FIRST + 1}"] == Held(47.5, f"G{FIRST}*2")
    assert sheet[f"E{FIRST}"].value is None
    assert sheet[f"G{FIRST + 4}"].formula is not None
    assert sheet.book.names["zp_written_1"] == '="a=""b"""'


def everything(book: Workbook) -> tuple[object, object]:
    return contents(book), dict(book.names)


def three_sheets(desk: Desk) -> tuple[Workbook, list[Worksheet], list[Change]]:
    book = desk.excel.open(foreign(sheets=3))
    for sheet in book.sheets:
        sheet.type(f"E{FIRST + 1}", "#N/A")
        sheet.type(f"D{FIRST}", "'00095%")
        sheet.type("B20", True)
        sheet.type("B21", "2025-03-05")
    book.names["zp_written_1"] = '="old=""1"""'
    columns = (4, 5, 6, 7)
    changes = [
        Change(Ref(sheet.name, row, column), "", Decimal(row), "试")
        for sheet in book.sheets
        for row in (*range(FIRST, FIRST + 4), 20, 21)
        for column in ((2, *columns) if row >= 20 else columns)
    ]
    return book, book.sheets, changes


def test_points_are_seen_as_points(desk: Desk) -> None:
    """Under a format of percents 45 would be seen as 4500%."""
    sheet = desk.excel.open(foreign()).sheet("表1")
    sheet.put(
        ((row, 7), Held(None, format=code)) for row, code in enumerate(("0%", "0.00", "yyyy-mm-dd"), 30)
    )
    rows = (30, 31, 32)
    write(desk, [Change(Ref("表1", row, 7), "", Decimal(45), "核算得分", as_number=True) for row in rows])
    held = [sheet[f"G{row}"] for row in rows]
    assert [(each.value, each.format) for each in held] == [(45, "General"), (45, "0.00"), (45, "General")]


def test_nothing_is_written_where_a_later_sheet_is_protected(desk: Desk) -> None:
    book, sheets, changes = three_sheets(desk)
    sheets[2].protected = True
    before = everything(book)
    with pytest.raises(RefusedError, match=r"工作表“表3”没有写入.*已写入的内容已经恢复。"):
        write(desk, changes, (("zp_written_1", "new=2"), ("zp_written_2", "more")))
    assert everything(book) == before


def test_nothing_is_written_where_a_merged_range_covers_it(desk: Desk) -> None:
    book, _, changes = three_sheets(desk)
    before = everything(book)
    covered = Change(Ref("表1", 1, 2), "", "盖住的", "试")
    with pytest.raises(RefusedError, match="请先取消工作表“表1”中 A1:I1 的合并单元格"):
        write(desk, [*changes, covered])
    assert everything(book) == before


def test_a_failure_among_the_names_takes_cells_and_names_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _, changes = three_sheets(desk)
    before = everything(book)
    real = type(xlwings.Book.caller().names).add

    def add(self: xlwings.main.Names, name: str, refers_to: str) -> object:
        if name == "zp_written_2":
            raise RuntimeError
        return real(self, name, refers_to)

    monkeypatch.setattr(type(xlwings.Book.caller().names), "add", add)
    with pytest.raises(RefusedError, match="工作簿没有写入"):
        write(desk, changes, (("zp_written_1", "new=2"), ("zp_written_2", "more")))
    assert everything(book) == before


def test_it_says_so_when_nothing_can_be_put_back(desk: Desk) -> None:
    book, _, changes = three_sheets(desk)
    book.answers = 2
    with pytest.raises(RefusedError, match="没能恢复"):
        write(desk, changes)
