"""Workbooks of our template that people rearranged: the second press finds nothing left to do."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from zipingbiao.change.score import score_bytes

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "001-精准扶贫档案整理项目.xlsx"
SHEET = "001"


def hide_a_line(book: Workbook) -> None:
    book[SHEET].row_dimensions[20].hidden = True


def copy_the_table_beside_itself(book: Workbook) -> None:
    """The second table has no 数据校验码 of its own."""
    sheet = book[SHEET]
    for row in range(18, 26):
        for column in range(1, 10):
            sheet.cell(row, column + 20).value = sheet.cell(row, column).value


@pytest.mark.parametrize("change", [hide_a_line, copy_the_table_beside_itself])
def test_nothing_is_left_to_do(change: Callable[[Workbook], None]) -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    scored, press = score_bytes(stream.getvalue())
    assert press.refused is None
    places = [each.ref for each in press.plan.changes] if press.plan is not None else []
    assert len(places) == len(set(places)) > 0
    assert score_bytes(scored)[0] == scored


def test_a_line_that_somebody_hid_stays_hidden_and_is_asked_about() -> None:
    book = openpyxl.load_workbook(EXAMPLE)
    hide_a_line(book)
    stream = io.BytesIO()
    book.save(stream)
    scored, press = score_bytes(stream.getvalue())
    assert openpyxl.load_workbook(io.BytesIO(scored))[SHEET].row_dimensions[20].hidden
    assert "L103" in {finding.code for finding in press.result.findings}
