"""What a person typed stays text in whatever we write, though a spreadsheet might take it for a formula."""

from __future__ import annotations

from html import escape
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from book.read import raw
from cli.test_odd_files import zpb

pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")

NAMES = (
    "=1+1",
    '=HYPERLINK("http://x","点我")',
    "+86办公",
    "-专项",
    "@SUM(A1)",
    "=cmd|'/C calc'!A0",
    "'=引号",
)


def texts(file: Path, name: str) -> list[tuple[str, str]]:
    """Each cell that holds the name, with its type in the file."""
    book = openpyxl.load_workbook(file)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    return [(cell.coordinate, cell.data_type) for cell in cells if cell.value == name]


def workbook(name: str) -> bytes:
    """The small 自评表 whose project, first indicator and reason have this name."""
    shown = escape(name)
    cells = "".join(
        f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in (("A9", "项目名称"), ("B9", shown))
    )
    rows = raw.table().replace("培训人次", shown)
    return raw.zipped(raw.parts(sheet=raw.sheet(f'{rows}<row r="9">{cells}</row>'), shared=()))


@pytest.mark.parametrize("name", NAMES)
def test_a_foreign_table_and_its_summary(name: str, tmp_path: Path) -> None:
    file, out = tmp_path / "甲.xlsx", tmp_path / "汇总表.xlsx"
    file.write_bytes(workbook(name))
    assert "已写入" in zpb("score", file).out
    assert texts(file, name)
    assert {kind for _, kind in texts(file, name)} <= {"s", "inlineStr"}
    assert zpb("merge", file, "-o", out).status == 0
    assert {kind for _, kind in texts(out, name)} == {"s"}
    assert list(z.frame(z.check([file])).projects["project"]) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_our_template_with_its_own_sheets(name: str, tmp_path: Path) -> None:
    register, out = tmp_path / "名单.xlsx", tmp_path / "自评表.xlsx"
    book = openpyxl.Workbook()
    book.worksheets[0].append(["项目名称", "实施单位", "主管部门"])
    book.worksheets[0].append(["", "甲单位", "财政局"])
    named = book.worksheets[0].cell(2, 1)
    named.value, named.data_type = name, "s"
    book.save(register)
    written = z.new(out, projects=register)
    (file,) = written.files
    assert texts(file, name)
    z.score(file)
    assert {kind for _, kind in texts(file, name)} <= {"s", "inlineStr"}
