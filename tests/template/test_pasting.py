"""People paste whole tables over the template: scoring keeps every formula and every typed value.

Tables drawn from the published ones and from the inventory of values, pasted as a block over
the form (with or without 完成率 and 得分, shifted, longer than the ready rows), then scored twice: 2,000 of them in the long run.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import pytest

from support.budget import drawn, often
from support.records import RecordRow, all_records
from zipingbiao.book.after import after, content
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.book.changes import Change
from zipingbiao.book.marks import CODE_LABEL
from zipingbiao.book.read import read_bytes
from zipingbiao.change.workbook import plan_workbook, planned
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table import written
from zipingbiao.table.find import read_tables
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.ours import SHEET_LABEL, Sheet
from zipingbiao.table.records import Form, Project, Role
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.write import finished
from zipingbiao.values.number import exact

TABLES, BATCHES = often(120, 2000), often(2, 20)
WHEN = dt.datetime(2026, 1, 15, 9, 30)  # noqa: DTZ001 the log has no zone
OUR_SHEETS = {Sheet.FINDINGS, Sheet.LOG, Sheet.SUMMARY}
ODD = (
    *("＜=107.26万元", "≥100百分比", "每亩300", "2021年12月底前", "11月底之前", "各 1 次", "优良中低差", "好坏", "全天候"),
    *("达成年度指标", "部分达成年度指标并具有一定效果", "290%", "±10%", "5-10天", "1,030,700.00", "公益性事业", "无", "/", "—"),
    *("=A1+1", "'95", "#DIV/0!", "90％", "不少于12种", "221个", "0.95", "", "一", "202010100.00%10", "854万（其中400万元）"),
)  # fmt: skip


@cache
def blank(form: Form) -> Book:
    data = finished(NewWorkbook(form, Project(unit="某单位", year="2025"), (NewProject(),)))
    return read_bytes(data, "空白.xlsx")


@cache
def published() -> tuple[RecordRow, ...]:
    return tuple(row for record in all_records() for row in record.rows)


def typed(text: str, draw: random.Random) -> Decimal | str:
    """A paste turns what looks like a number into one, or leaves it text."""
    number = exact(text)
    return number if number is not None and draw.random() < 0.7 else text


def pasted(grid: Grid, form: Form, draw: random.Random) -> Iterator[Change]:
    """Give the cells of one random table as a block on the form."""
    headings = evaluate(blank(form)).evaluations[0].table.headings
    first = headings[Role.NAME].row + 1 + draw.choice((0, 0, 0, 1, 3))
    whole = draw.random() < 0.5
    roles = [Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.REASON]
    roles += [Role.SCORE, Role.MANUAL] if whole else []
    roles += [Role.COMPLETION] if whole and form is shanxi.FORM else []
    for offset in range(draw.choice((3, 8, 12, 25))):
        row = draw.choice(published())
        values = {
            Role.LEVEL1: row.level1, Role.LEVEL2: row.level2, Role.NAME: row.name, Role.WEIGHT: row.weight,
            Role.TARGET: row.target, Role.ACTUAL: row.actual, Role.SCORE: row.score, Role.COMPLETION: row.completion,
            Role.REASON: "已说明" if row.has_reason else "", Role.MANUAL: draw.choice(("", "", row.score)),
        }  # fmt: skip
        for role in roles:
            text = draw.choice(ODD) if draw.random() < 0.1 else values[role]
            yield Change(
                grid.ref(first + offset, headings[role].column), "", typed(text, draw), "粘贴", formula=""
            )


def cells(book: Book) -> dict[Ref, object]:
    """Everything outside our own sheets: formulas by their text, values as they are."""
    return {
        grid.ref(*place): f"={cell.formula}" if cell.formula is not None else content(cell)
        for grid in book
        if grid.sheet not in OUR_SHEETS
        for place, cell in grid.cells.items()
    }


@drawn
@pytest.mark.parametrize("batch", range(BATCHES))
def test_pasting_and_scoring_keeps_formulas_and_typed_values(batch: int) -> None:
    scored_lines = 0
    for number in range(TABLES // BATCHES):
        draw = random.Random(batch * 1000 + number)
        form = draw.choice((shanxi.FORM, national.FORM))
        sheet = blank(form).grid("项目1")
        before = after(blank(form), pasted(sheet, form, draw))
        result = evaluate(before)
        assert result.status.holds_tables
        assert not result.faults
        plan = plan_workbook(before, result, WHEN)
        then = planned(before, plan)
        now, only_ours = cells(then), written_by_us(before)
        for ref, held in cells(before).items():
            assert ref in only_ours or now.get(ref, "") == held, f"{batch}/{number}: {ref} held {held}"
        again = plan_workbook(then, evaluate(then), WHEN)
        assert not again.changes, f"{batch}/{number}: pressed twice, {again.changes[0]}"
        assert "S112" not in {finding.code for finding in evaluate(then).findings}, f"{batch}/{number}"
        scored_lines += sum(row.score is not None for one in result.evaluations for row in one.rows)
    assert scored_lines > TABLES // BATCHES


def written_by_us(book: Book) -> set[Ref]:
    """Cells that only this product writes: 完成率, 核算得分, 评分说明, and right of 数据校验码 and 本表名称."""
    headings = [table.headings for table in read_tables(book)]
    columns = {one[role].column for one in headings for role in written.GREY}
    grid = book.grid("项目1")
    beside = {grid.ref(row, column) for row, column in grid.cells if column in columns}
    labels = {CODE_LABEL, SHEET_LABEL}
    return beside | {
        grid.ref(row, column + 1) for (row, column), cell in grid.cells.items() if cell.value in labels
    }
