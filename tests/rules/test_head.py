"""T115 from the cells of a sheet to the finding: what a form asks for, and what it does not ask for."""

from __future__ import annotations

from dataclasses import replace

from table.find.drawn import sheet
from zipingbiao.book.cells import Book, Cell, CellClass, Grid
from zipingbiao.result.evaluate import evaluate

TABLE = """一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|养护里程|≥100公里|98公里|100|98
"""


def said(grid: Grid) -> list[tuple[str, str, str]]:
    """Cell, severity and message of each finding about the head."""
    result = evaluate(Book("表.xlsx", (grid,)))
    assert not result.faults
    return [
        (str(finding.ref), finding.severity.value, finding.message)
        for finding in result.findings
        if finding.code == "T115"
    ]


def test_a_blank_head_is_returned() -> None:
    head = "（2023年度）\n项目名称\n主管部门||||实施单位\n年度总体目标|预期目标|||实际完成情况\n\n"
    message = "请填写项目名称、实施单位、预期目标、实际完成情况，空白的表会被退回。"
    assert said(sheet(head + TABLE)) == [("自评表!B2", "error", message)]


def test_a_whole_department_has_no_project_name() -> None:
    head = "部门整体支出绩效自评表\n（2023年度）\n部门名称|某县林业局\n"
    assert said(sheet(head + TABLE)) == []


def test_an_empty_form_is_not_told_what_its_head_lacks() -> None:
    empty = TABLE.replace("≥100公里|98公里|100|98", "|||")
    assert said(sheet("项目名称\n实施单位\n" + empty)) == []


def test_a_head_that_looks_at_a_sheet_that_is_gone() -> None:
    drawn = sheet("项目名称|养护\n实施单位\n年度\n" + TABLE)
    gone = Cell("#REF!", CellClass.ERROR, 'IF(#REF!="","",#REF!)')
    (finding,) = said(replace(drawn, cells={**drawn.cells, (2, 2): gone, (3, 2): gone}))
    assert finding[:2] == ("自评表!B2", "error")
    assert "实施单位B2、年度B3：显示公式错误#REF!" in finding[2]


def test_an_error_among_the_scores_is_told_once_and_elsewhere() -> None:
    drawn = sheet("项目名称|养护\n" + TABLE + "总分|||||100")
    broken = replace(drawn, cells={**drawn.cells, (4, 7): Cell("#DIV/0!", CellClass.ERROR, "1/0")})
    assert said(broken) == []
