"""文字材料: a project sheet that somebody added gets its lines when it is scored; no line that is there changes."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

import zipingbiao as z
from support.written import project, workbook
from zipingbiao.table.ours import FIRST_ROW, Sheet
from zipingbiao.table.sections import TEXT_HEADINGS

SECTIONS = {"shanxi": 14, "national": 12}
WRITTEN = {"shanxi": "项目概况", "national": "立项背景"}


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def lines(data: bytes) -> list[tuple[Any, ...]]:
    """Return the lines of 文字材料, with the hidden key."""
    sheet = opened(data)[Sheet.TEXTS]
    width = len(TEXT_HEADINGS) + 1
    rows = sheet.iter_rows(min_row=FIRST_ROW, max_col=width, values_only=True)
    return [row for row in rows if any(value is not None for value in row)]


def with_copy(data: bytes, name: str = "二期") -> bytes:
    """Return the workbook with its project sheet copied, as people add a project."""
    book = opened(data)
    copy = book.copy_worksheet(book[book.sheetnames[2]])
    copy.title = name
    return saved(book)


@pytest.fixture(params=["shanxi", "national"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def filled(form: str) -> bytes:
    return workbook(project(texts={WRITTEN[form]: "已经写好的文字。"}), form=form)


def test_a_new_sheet_gets_a_line_per_section(filled: bytes, form: str) -> None:
    before = lines(filled)
    scored, _ = z.score(with_copy(filled))
    after = lines(scored)
    assert after[: len(before)] == before
    new = after[len(before) :]
    assert [row[0] for row in new] == list(range(len(before) + 1, len(before) + SECTIONS[form] + 1))
    assert {row[1] for row in new} == {"二期"}
    assert {row[2] for row in new} == {"业务培训项目"}
    assert [row[3] for row in new] == [row[3] for row in before]
    assert {row[4] for row in new} == {None}
    assert [row[5] for row in new] == [row[5] for row in before]
    first = FIRST_ROW + len(before)
    assert new[0][6] == f'=B{first}&"|"&D{first}'


def test_the_new_lines_belong_to_the_new_project(filled: bytes, form: str) -> None:
    scored, _ = z.score(with_copy(filled))
    old, new = z.evaluate(z.read(scored)).evaluations
    assert old.table.texts[WRITTEN[form]].text == "已经写好的文字。"
    assert not new.table.texts[WRITTEN[form]].text
    assert {entry.ref.sheet for entry in new.table.texts.values()} >= {Sheet.TEXTS}


def test_pressing_again_changes_nothing(filled: bytes) -> None:
    scored, _ = z.score(with_copy(filled))
    again, press = z.score(scored)
    assert again == scored
    assert press.lines() == ["没有需要改动的单元格，文件未写。"]


def test_a_sheet_whose_lines_are_all_there_gets_none(filled: bytes) -> None:
    scored, _ = z.score(filled)
    assert lines(scored) == lines(filled)


def test_what_was_typed_below_the_lines_stays(filled: bytes) -> None:
    book = opened(with_copy(filled))
    sheet = book[Sheet.TEXTS]
    note = sheet.max_row + 3
    sheet.cell(note, 5).value = "备忘：等会计核对。"
    before = lines(saved(book))
    scored, _ = z.score(saved(book))
    assert lines(scored)[: len(before)] == before
    assert opened(scored)[Sheet.TEXTS].cell(note, 5).value == "备忘：等会计核对。"
    assert opened(scored)[Sheet.TEXTS].cell(note + 1, 2).value == "二期"


def test_undo_keeps_the_lines_for_what_was_typed_beside_them(filled: bytes) -> None:
    scored, _ = z.score(with_copy(filled))
    book = opened(scored)
    sheet = book[Sheet.TEXTS]
    row = next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 2).value == "二期")
    sheet.cell(row, 5).value = "二期的文字。"
    back, _ = z.undo(saved(book))
    line = [cell.value for cell in opened(back)[Sheet.TEXTS][row]]
    assert line[1:5] == ["二期", "业务培训项目", line[3], "二期的文字。"]


def test_a_sheet_of_that_name_with_other_columns_is_left_alone(filled: bytes) -> None:
    book = opened(with_copy(filled))
    book[Sheet.TEXTS].cell(FIRST_ROW - 1, 5).value = "正文"
    scored, _ = z.score(saved(book))
    assert len(lines(scored)) == len(lines(filled))
