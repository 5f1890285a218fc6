"""Cells of our own sheets that somebody merged: a press says which to take apart, and changes nothing."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from zipingbiao.change.fix import fix_bytes
from zipingbiao.change.score import score_bytes
from zipingbiao.change.undo import undo_bytes
from zipingbiao.table.ours import FIRST_ROW, Sheet

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "001-精准扶贫档案整理项目.xlsx"


def merged(data: bytes, sheet: str, area: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book[sheet].merge_cells(area)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def refusal(sheet: str, area: str) -> str:
    return f"请先取消工作表“{sheet}”中 {area} 的合并单元格，再试：要写入的内容会被它盖住，没有改动。"


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize(
    ("sheet", "area"),
    [
        (Sheet.FINDINGS, f"C{FIRST_ROW}:D{FIRST_ROW + 1}"),
        (Sheet.LOG, f"A{FIRST_ROW}:B{FIRST_ROW}"),
        (Sheet.SUMMARY, f"B{FIRST_ROW}:B{FIRST_ROW + 3}"),
    ],
)
def test_a_press_says_what_to_take_apart(sheet: str, area: str, dry_run: bool) -> None:
    data = merged(EXAMPLE.read_bytes(), sheet, area)
    after, press = score_bytes(data, dry_run=dry_run)
    assert (after, press.refused) == (data, refusal(sheet, area))
    assert press.lines() == [press.refused]


def test_what_is_merged_where_nothing_is_written_does_no_harm() -> None:
    data = merged(EXAMPLE.read_bytes(), Sheet.FINDINGS, "A900:C901")
    after, press = score_bytes(data)
    assert (after != data, press.refused) == (True, None)


def test_undo_and_fix_say_so_too() -> None:
    scored, _ = score_bytes(EXAMPLE.read_bytes())
    data = merged(scored, Sheet.LOG, f"D{FIRST_ROW}:E{FIRST_ROW}")
    after, press = undo_bytes(data)
    assert (after, press.refused) == (data, refusal(Sheet.LOG, f"D{FIRST_ROW}:E{FIRST_ROW}"))
    book = openpyxl.load_workbook(io.BytesIO(EXAMPLE.read_bytes()))
    sheet = next(each for each in book if each.title == "001")
    target = next(
        cell
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "＜=" in cell.value
    )
    target.value = "<＝107.26万元"
    book[Sheet.LOG].merge_cells(f"D{FIRST_ROW}:E{FIRST_ROW}")
    stream = io.BytesIO()
    book.save(stream)
    after, press = fix_bytes(stream.getvalue())
    assert (after, press.refused) == (
        stream.getvalue(),
        refusal(Sheet.LOG, f"D{FIRST_ROW}:E{FIRST_ROW}"),
    )
