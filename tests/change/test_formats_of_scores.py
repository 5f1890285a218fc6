"""Blank cells for scores under a format of percents or dates: what is written is seen as points, the rest of the look stays."""

from __future__ import annotations

import io
from copy import copy
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Font, PatternFill, Side

from support import office
from zipingbiao.book.read import read_bytes
from zipingbiao.change.score import score_bytes
from zipingbiao.table.records import Role

HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "完成率")
LINES = (
    ("产出指标", "数量指标", "养护里程", "≥100公里", "90公里", 50),
    ("效益指标", "社会效益指标", "覆盖率", "100%", "100%", 40),
    ("满意度指标", "服务对象满意度指标", "满意度", "≥90%", "95%", 10),
    ("总分", None, None, None, None, 100),
)
SCORES = ("G2", "G3", "G4", "G5")


def workbook(code: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in (HEADINGS, *LINES):
        sheet.append(line)
    for a1 in SCORES:
        sheet[a1].number_format = code
        sheet[a1].border = Border(bottom=Side("thin"))
        sheet[a1].fill = PatternFill("solid", "FFEEDD")
        sheet[a1].font = Font(bold=a1 == "G5")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("code", ["0%", "0.00%", "yyyy-mm-dd", 'm"月"d"日"'])
def test_points_are_seen_as_points(code: str) -> None:
    data = workbook(code)
    scored, press = score_bytes(data)
    (evaluation,) = press.result.evaluations
    shown = [row.indicator.entries[Role.SCORE].text for row in evaluation.rows]
    assert (shown, evaluation.adopted_total) == (["45", "40", "10"], Decimal(95))
    assert "S101" not in {finding.code for finding in press.result.findings}
    before, after = (openpyxl.load_workbook(io.BytesIO(each)).worksheets[0] for each in (data, scored))
    for a1 in SCORES:
        assert after[a1].number_format == "General"
        for look in ("border", "fill", "font", "alignment"):
            assert copy(getattr(after[a1], look)) == copy(getattr(before[a1], look))
    assert score_bytes(scored)[0] == scored


def test_other_cells_keep_their_formats() -> None:
    data = workbook("0%")
    scored, _ = score_bytes(data)
    before, after = (read_bytes(each, "表.xlsx").grids[0].cells for each in (data, scored))
    places = {(row, column) for row in range(2, 6) for column in (7, 8)}
    assert {place: cell for place, cell in after.items() if place not in places} == before


@pytest.mark.parametrize("code", ["General", "0.00", '0.0"分"', "@"])
def test_a_format_that_shows_points_stays(code: str) -> None:
    scored, _ = score_bytes(workbook(code))
    sheet = openpyxl.load_workbook(io.BytesIO(scored)).worksheets[0]
    assert {sheet[a1].number_format for a1 in SCORES} == {code}


@pytest.mark.office
def test_the_workbook_is_as_valid_as_before(tmp_path: Path) -> None:
    said = []
    for data in (workbook("0%"), score_bytes(workbook("0%"))[0]):
        target = tmp_path / "表.xlsx"
        target.write_bytes(data)
        said.append(office.validate(target, "Microsoft365"))
    assert said[0] == said[1]
