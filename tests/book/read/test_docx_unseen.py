"""Text in a document that nobody sees on paper, set hidden or white: read like any other, and noted where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table
from docx.text.run import Run

from support.reports import fill
from zipingbiao.book.read import read_book
from zipingbiao.result.examine import examine

LINES = [
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分",
    "产出指标|数量指标|养护里程|≥100公里|90公里|60|54",
    "满意度指标|服务对象满意度指标|群众满意度|≥90%|90%|40|40",
]
WHITE = RGBColor(255, 255, 255)


def saved(tmp_path: Path, arrange: Callable[[Table], object]) -> Path:
    document: WordDocument = Document()
    fill(document, LINES)
    arrange(document.tables[0])
    path = tmp_path / "自评表.docx"
    document.save(str(path))
    return path


def runs(table: Table, row: int, *columns: int) -> list[Run]:
    return [run for column in columns for run in table.cell(row, column).paragraphs[0].runs]


def hide(table: Table, row: int, *columns: int) -> None:
    for run in runs(table, row, *columns):
        run.font.hidden = True


def whiten(table: Table, row: int, *columns: int) -> None:
    for run in runs(table, row, *columns):
        run.font.color.rgb = WHITE


def shade(table: Table, row: int, column: int, fill: str) -> None:
    ground = OxmlElement("w:shd")
    ground.set(qn("w:fill"), fill)
    table.cell(row, column)._tc.get_or_add_tcPr().append(ground)


def said(path: Path) -> list[str]:
    return [finding.message for finding in examine(path).findings if finding.code == "L103"]


def test_a_hidden_figure_is_read_and_said(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda table: hide(table, 1, 4))
    (grid,) = read_book(path).grids
    assert grid.unseen == {(2, 5)}
    assert grid.cells[2, 5].value == "90公里"
    assert said(path) == [
        "表1第2行第5列有隐藏或白色的文字，纸上看不到，但仍计入核算。请取消隐藏并核对，不需要的请删除。"
    ]


def test_a_white_figure_behind_the_printed_one(tmp_path: Path) -> None:
    def arrange(table: Table) -> None:
        table.cell(1, 6).paragraphs[0].add_run("60").font.color.rgb = WHITE

    (message,) = said(saved(tmp_path, arrange))
    assert message.startswith("表1第2行第7列有隐藏或白色的文字")


def test_a_line_of_which_nothing_is_seen_is_a_hidden_row(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda table: hide(table, 2, *range(7)))
    (grid,) = read_book(path).grids
    assert (set(grid.hidden_rows), set(grid.unseen)) == ({3}, set())
    assert said(path) == ["第3行被隐藏，但仍计入核算。请取消隐藏并核对，不需要的请删除。"]


def test_a_row_that_is_set_hidden(tmp_path: Path) -> None:
    def arrange(table: Table) -> None:
        table.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))

    assert said(saved(tmp_path, arrange)) == ["第3行被隐藏，但仍计入核算。请取消隐藏并核对，不需要的请删除。"]


@pytest.mark.parametrize(("fill", "is_seen"), [("1F4E79", True), ("FFFFFF", False), ("auto", False)])
def test_white_on_a_dark_ground_is_seen(tmp_path: Path, fill: str, is_seen: bool) -> None:
    def arrange(table: Table) -> None:
        shade(table, 1, 4, fill)
        whiten(table, 1, 4)

    assert (said(saved(tmp_path, arrange)) == []) is is_seen


def test_a_white_heading_and_what_is_not_hidden(tmp_path: Path) -> None:
    """Headings are no figures; a property may say that it is off; the end of a paragraph is no text."""

    def arrange(table: Table) -> None:
        whiten(table, 0, *range(7))
        for run in runs(table, 1, 4):
            run.font.hidden = False
        mark = OxmlElement("w:rPr")
        mark.append(OxmlElement("w:vanish"))
        table.cell(1, 5).paragraphs[0]._p.get_or_add_pPr().append(mark)
        table.cell(1, 3).paragraphs[0].add_run(" ").font.hidden = True

    assert said(saved(tmp_path, arrange)) == []
