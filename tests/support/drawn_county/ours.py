"""A project typed into our own template, as a unit does that has it."""

from __future__ import annotations

import io
import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

import zipingbiao as z
from support.drawn_county.layouts import Typing
from support.drawn_county.project import YEAR, Project, points

_FIRST_LINE, _LAST_LINE = 13, 42
_FUNDS, _TOTAL = 6, 43


@cache
def _template() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "自评表.xlsx"
        z.new(path, form="national", year=YEAR)
        return path.read_bytes()


def ours(project: Project, typed: Typing) -> bytes:
    """Return our national template with a project on its sheet; every cell holds what Excel shows there."""
    book = openpyxl.load_workbook(io.BytesIO(_template()))
    unit, page = book["单位信息"], book["项目1"]
    _put(unit, C4=typed.department, C5=typed.unit)
    _put(
        page, A2=f"（{project.year}年度）", C3=project.name, I3=typed.code, C4=typed.department, F4=typed.unit
    )
    for row in (_FUNDS, _FUNDS + 1):
        amounts = (project.initial, project.budget, project.executed)
        for column, fen in zip("DEF", amounts, strict=True):
            _put(page, **{f"{column}{row}": float(typed.money(fen))})
    _put(page, H6=project.rate, I6=_score(project.execution))
    page["C11"], page["F11"] = f"完成{project.name}全部任务。", f"{project.name}按计划实施。"
    rows: dict[object, int] = {}
    for row in range(_FIRST_LINE, _LAST_LINE + 1):
        rows.setdefault(page[f"C{row}"].value, row)
        page[f"H{row}"] = None
    for line in project.lines:
        row = rows[line.level2]
        told = {"D": line.name, "E": f"{line.sign}{line.target}{line.unit}", "F": f"{line.actual}{line.unit}"}
        if line.reason:
            told["I"] = line.reason
        _put(page, **{f"{column}{row}": text for column, text in told.items()})
        _put(page, **{f"G{row}": float(line.weight), f"H{row}": _score(line.score)})
    _put(page, **{f"G{_TOTAL}": 100.0, f"H{_TOTAL}": _score(project.total)})
    page[f"G{_TOTAL + 1}"] = project.grade
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _put(page: Worksheet, **cells: str | float) -> None:
    for place, value in cells.items():
        page[place] = value


def _score(hundredths: int) -> float:
    return float(Decimal(points(hundredths)))
