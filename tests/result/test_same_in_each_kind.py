"""The same table in each kind of file gives the same evaluations and the same findings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from support.handed_in import FILES
from support.office import convert
from support.old_excel import old_workbook
from support.other_kinds import (
    binary_workbook,
    delimited,
    spreadsheet_2003,
    stacked,
    web_page,
)
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.read import read_book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.examine import examine
from zipingbiao.result.file_result import FileResult, Status
from zipingbiao.result.json import as_json

HEADINGS = ("一级指标", "二级指标", "三级指标", "分值", "年度指标值", "实际完成值", "得分", "偏差原因")

# How a file with room for all sheets, or for one, is written.
WORKBOOKS: dict[str, Callable[[Sequence[Grid]], bytes]] = {
    "单位.xls": old_workbook,
    "单位.et": old_workbook,
    "单位.ett": old_workbook,
    "单位.xlsx": old_workbook,  # its name says something else
    "单位.xlsb": binary_workbook,
    "单位.xml": lambda grids: spreadsheet_2003(grids).encode(),
    "2003.xls": lambda grids: b"\xef\xbb\xbf" + spreadsheet_2003(grids).encode(),
}
PAGES: dict[str, Callable[[Grid], bytes]] = {
    "网页.xls": lambda grid: web_page(grid).encode("gb18030"),
    "网页.html": lambda grid: web_page(grid, "utf-8").encode(),
}
TEXTS: dict[str, Callable[[Grid], bytes]] = {
    "单位.csv": lambda grid: delimited(grid).encode("gb18030"),
    "文本.csv": lambda grid: delimited(grid).encode("utf-8-sig"),
    "分号.csv": lambda grid: delimited(grid, ";").encode(),
    "文本.xls": lambda grid: delimited(grid, "\t").encode("gb18030"),
    "文本.txt": lambda grid: delimited(grid, "\t").encode("utf-16"),
}


def typed_workbook(file: Path) -> Path:
    """A table whose percentages, dates and money are typed as such."""
    with xlsxwriter.Workbook(file) as book:
        percent, day, money = (
            book.add_format({"num_format": code}) for code in ("0%", "yyyy-mm-dd", '"¥"#,##0.00')
        )
        sheet = book.add_worksheet("自评表")
        sheet.write_row(0, 0, ("项目名称", "水库维修", "主管部门", "水利局", "年度", "2021"))
        sheet.write_row(1, 0, HEADINGS)
        sheet.merge_range(2, 0, 4, 0, "产出指标")
        for row, line in enumerate(
            (("数量指标", "维修水库", 30), ("时效指标", "完成时间", 20), ("成本指标", "维修成本", 20)), 2
        ):
            sheet.write_row(row, 1, line)
        sheet.write_row(5, 0, ("满意度指标", "服务对象满意度指标", "群众满意度", 30))
        sheet.write_row(2, 4, (3, 3, 30))
        for column, date in ((4, dt.date(2021, 12, 31)), (5, dt.date(2021, 11, 30))):
            sheet.write_datetime(3, column, date, day)
        for column, value in ((4, 12.5), (5, 12.25)):
            sheet.write_number(4, column, value, money)
        for column, value in ((4, 0.95), (5, 0.8947)):
            sheet.write_number(5, column, value, percent)
    return file


@pytest.fixture(scope="module")
def references(tmp_path_factory: pytest.TempPathFactory) -> list[Book]:
    typed = typed_workbook(tmp_path_factory.mktemp("typed") / "typed.xlsx")
    return [read_book(file) for file in (*FILES, typed)]


def said(result: FileResult) -> dict[str, Any]:
    """What ``--json`` says of a file, without its path."""
    assert result.status is Status.ACCEPTED, result.why
    made: dict[str, Any] = json.loads(json.dumps(as_json([result])))["files"][0]
    return {**made, "path": ""}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_of_another_kind(name: str, references: list[Book], tmp_path: Path) -> None:
    for book in references:
        file = tmp_path / name
        file.write_bytes(WORKBOOKS[name](book.grids))
        assert said(examine(file)) == said(evaluate(book))


@pytest.mark.parametrize("name", PAGES)
def test_a_page(name: str, references: list[Book], tmp_path: Path) -> None:
    """Both sheets of a project stand below each other here; so they do in what it is compared with."""
    for book in references:
        file, grid = tmp_path / name, stacked(book.grids)
        file.write_bytes(PAGES[name](grid))
        assert said(examine(file)) == said(evaluate(Book("", (grid,))))


@pytest.mark.parametrize("name", TEXTS)
def test_a_text(name: str, references: list[Book], tmp_path: Path) -> None:
    """It holds no merged cells: a level is that of the row above, and its cell the blank one beside."""
    for book in references:
        file, grid = tmp_path / name, stacked(book.grids)
        file.write_bytes(TEXTS[name](grid))
        found = said(examine(file))
        assert found == said(evaluate(Book("", (replace(grid, merges=()),))))
        assert _without_cells(found) == _without_cells(said(evaluate(Book("", (grid,)))))


def _without_cells(found: dict[str, Any]) -> dict[str, Any]:
    for row in (row for one in found["evaluations"] for row in one["indicators"]):
        del row["cells"]
    return found


def test_the_typed_reference_is_read_by_its_classes(references: list[Book]) -> None:
    (evaluation,) = said(evaluate(references[-1]))["evaluations"]
    rows = evaluation["indicators"]
    assert [row["target"] for row in rows] == ["3", "2021-12-31", "12.5", "95%"]
    assert [row["actual"] for row in rows] == ["3", "2021-11-30", "12.25", "89.47%"]
    assert [row["score"] for row in rows] == ["30", "20", "20", "28.25"]


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_as_libreoffice_saves_it(kind: str, tmp_path: Path) -> None:
    for source in (*FILES, typed_workbook(tmp_path / "typed.xlsx")):
        file = convert(source, kind, tmp_path / kind)
        assert said(examine(file)) == said(examine(source))
