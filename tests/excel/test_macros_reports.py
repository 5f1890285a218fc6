"""生成报告 更新报告 导入报告 送签单: the Word report from the open workbook, and back."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from docx import Document

import zipingbiao as z
from support.headless.desk import Desk, contents

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
ARCHIVE = EXAMPLES / "001-精准扶贫档案整理项目.xlsx"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copy(ARCHIVE, tmp_path / "档案.xlsx"))


def said(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_the_report_is_that_of_the_file(desk: Desk, source: Path, tmp_path: Path) -> None:
    book = desk.excel.open(source)
    desk.press("score")
    before = contents(book)
    desk.new_file = ""
    report = desk.press("write_report")
    assert report is not None
    made = tmp_path / "档案绩效自评报告.docx"
    assert report.title == f"已生成 {made}。"
    assert made.read_bytes() == z.report(source.read_bytes(), name=str(source))[0]
    assert contents(book) == before
    assert "已存在，没有覆盖" in desk.refused("write_report")


def test_it_says_what_is_on_the_screen_and_not_what_was_saved(
    desk: Desk, source: Path, tmp_path: Path
) -> None:
    desk.excel.open(source)
    row = next(row for row in z.evaluate(desk.read()).evaluations[0].rows if row.indicator.row is not None)
    ref = row.indicator.entries["reason"].ref  # type: ignore[index]
    desk.excel.app.open_books[-1].sheet(ref.sheet).type(ref.a1, "屏幕上刚写的原因")
    desk.new_file = tmp_path / "报告.docx"
    desk.press("write_report")
    assert "屏幕上刚写的原因" in said(tmp_path / "报告.docx")


def test_of_a_workbook_that_was_never_saved_a_place_at_home_is_suggested(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    desk.excel.open(ARCHIVE.read_bytes(), "工作簿1")
    desk.new_file = ""
    assert desk.press("sign_off") is not None
    assert (tmp_path / "工作簿1送签单.docx").is_file()


def test_a_workbook_of_several_projects_has_one_page_each_to_sign(desk: Desk, tmp_path: Path) -> None:
    desk.excel.open(EXAMPLES / "五个项目.xlsx")
    desk.new_file = tmp_path / "单.docx"
    assert desk.press("sign_off") is not None
    assert said(tmp_path / "单.docx").count("项目支出绩效自评送签单") == 5


def test_a_report_is_updated_in_place_and_then_not_again(desk: Desk, source: Path, tmp_path: Path) -> None:
    book = desk.excel.open(source)
    desk.press("score")
    desk.new_file = desk.document = tmp_path / "报告.docx"
    desk.press("write_report")
    before = desk.document.read_bytes()
    report = desk.press("update_report")
    assert report is not None
    assert "没有需要更新的内容" in report.title
    row = next(row for row in z.evaluate(desk.read()).evaluations[0].rows if row.indicator.row is not None)
    ref = row.indicator.entries["reason"].ref  # type: ignore[index]
    book.sheet(ref.sheet).type(ref.a1, "后来补写的原因")
    assert desk.press("update_report") is not None
    assert "后来补写的原因" in said(desk.document)
    assert (tmp_path / "报告.docx.bak").read_bytes() == before
    again = desk.press("update_report")
    assert again is not None
    assert "没有需要更新的内容" in again.title


def test_a_report_becomes_a_workbook_that_opens(desk: Desk, source: Path, tmp_path: Path) -> None:
    z.report(source, out=tmp_path / "报告.docx")
    desk.excel.open(source)
    desk.document, desk.new_file = tmp_path / "报告.docx", ""
    report = desk.press("import_report")
    assert report is not None
    made = tmp_path / "报告自评表.xlsx"
    assert desk.excel.app.open_books[-1].name == made.name
    own, other = (z.evaluate(z.read(path)).evaluations[0] for path in (source, made))
    assert (other.table.project.name, other.adopted_total) == (own.table.project.name, own.adopted_total)


@pytest.mark.parametrize(
    ("button", "word"),
    [
        ("write_report", "没有选择文件名，没有生成"),
        ("sign_off", "没有选择文件名，没有生成"),
        ("update_report", "没有选择报告，没有更新"),
        ("import_report", "没有选择报告，没有导入"),
    ],
)
def test_a_dialog_that_is_cancelled_writes_nothing(
    desk: Desk, source: Path, tmp_path: Path, button: str, word: str
) -> None:
    desk.excel.open(source)
    assert word in desk.refused(button)
    assert list(tmp_path.iterdir()) == [source]


def test_another_project_s_report_is_not_updated(desk: Desk, source: Path, tmp_path: Path) -> None:
    desk.document = tmp_path / "报告.docx"
    z.report(EXAMPLES / "004-融媒体平台建设项目.xlsx", out=desk.document)
    before = desk.document.read_bytes()
    desk.excel.open(source)
    desk.refused("update_report")
    assert desk.document.read_bytes() == before
