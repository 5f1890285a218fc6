"""What we make says which program made it; a template of a later program is read and checked, never written."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

import zipingbiao as z
from zipingbiao.book import marks
from zipingbiao.book.read import read_bytes
from zipingbiao.result.file_result import Status
from zipingbiao.result.json import as_json
from zipingbiao.scoring.finding import Severity
from zipingbiao.table import ours
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.write import finished

ROWS = (
    ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "得分", "完成率"),
    ("产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 60),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", 40),
)
LATER = ("shanxi/99", "national/99/formulas", "village/1", "village/2")
KNOWN = ("shanxi/1", "national/1", "shanxi/1/formulas", "shanxi/2", "national/2/formulas", "")


def workbook(tmp_path: Path, said: str) -> Path:
    path = tmp_path / "自评表.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("项目1")
    for row, line in enumerate(ROWS):
        sheet.write_row(row, 0, line)
    if said:
        book.define_name(marks.TEMPLATE, f'="{said}"')
    book.close()
    return path


@pytest.mark.parametrize("said", LATER)
def test_a_later_template_is_checked_and_not_written(tmp_path: Path, said: str) -> None:
    path = workbook(tmp_path, said)
    before = path.read_bytes()
    for press in (*z.score(path), z.fix(path)):
        assert (
            press.refused
            == "请先更新本程序再试：这个工作簿是用更新的版本生成的，现在的版本只能读取和校验，没有改动。"
        )
    with pytest.raises(z.RefusedError, match="请先更新本程序"):
        z.undo(path)
    (result,) = z.check([path])
    assert result.status is Status.ACCEPTED
    assert result.evaluations[0].adopted_total == 97
    assert path.read_bytes() == before


@pytest.mark.parametrize("said", KNOWN)
def test_a_template_known_here_is_scored(tmp_path: Path, said: str) -> None:
    path = workbook(tmp_path, said)
    (press,) = z.score(path)
    assert press.refused is None
    assert press.cells


def test_the_present_version_is_no_later_one() -> None:
    for form in FORMS:
        assert not ours.is_newer({marks.TEMPLATE: f'="{form.key}/{ours.VERSION}"'})


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_new_workbook_says_what_made_it(form: Form) -> None:
    book = read_bytes(finished(NewWorkbook(form, Project(), (NewProject(),))), "新.xlsx")
    said = [str(cell.value) for cell in book.grid(ours.Sheet.RULES).cells.values()]
    assert sum(f"zipingbiao {z.__version__}" in text for text in said) == 1


def test_json_says_what_made_it() -> None:
    assert as_json(())["program"] == f"zipingbiao {z.__version__}"


def test_a_press_says_how_many_lines_it_scored(tmp_path: Path) -> None:
    path = workbook(tmp_path, "shanxi/2")
    (press,) = z.score(path)
    assert press.lines()[0].startswith("已写入 2 行得分：")


def test_errors_stand_first_among_the_findings(tmp_path: Path) -> None:
    line = NewLine("产出指标", "数量指标", "培训人次", Decimal(60), "≥200人次", "190人次")
    wrong = NewLine(
        "满意度指标", "服务对象满意度指标", "群众满意度", Decimal(70), "≥95%", "96%", manual=Decimal(90)
    )
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(finished(NewWorkbook(FORMS[0], Project(), (NewProject(lines=(line, wrong)),))))
    z.score(path)
    grid = read_bytes(path.read_bytes(), path.name).grid(ours.Sheet.FINDINGS)
    shown = [
        (grid.cells[row, 1].value, str(grid.cells[row, 2].value))
        for row in grid.rows
        if row >= ours.FIRST_ROW and (row, 2) in grid.cells
    ]
    order = [[severity.label for severity in Severity].index(label[:2]) for _, label in shown]
    assert order == sorted(order)
    assert len(set(order)) > 1
    assert order[0] == 0
    assert [number for number, _ in shown] == list(range(1, len(shown) + 1))
