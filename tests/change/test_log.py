"""变更记录: what a press leaves there, and what an undo makes of it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
import xlsxwriter

from support import office
from zipingbiao.book import marks
from zipingbiao.book.after import after
from zipingbiao.book.cells import Area, Book, CellClass, Ref, column_number
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.formulas import results
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.log import SCORE, last_batch, logged, undo
from zipingbiao.change.own_sheets import line_heights
from zipingbiao.change.plan import plan_score
from zipingbiao.errors import UsageError
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table import ours, written

D = Decimal
WHEN = dt.datetime.fromisoformat("2026-11-20 20:10:05")
TABLE, LOG = "项目1", ours.Sheet.LOG.value
HEADINGS = ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "得分", "完成率", "偏差原因")
ROWS = (
    ("产出指标", "数量指标", "培训人次", "≥200人次", "190人次", 50),
    ("产出指标", "质量指标", "合格率", "100%", "100%", 40),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥95%", "96%", 10),
)
VALUES = 12
"""The row from which on the table's sheet has cells of every kind, far below the table."""


def workbook(*, log: bool = True, sums: bool = True, extra: Mapping[str, object] | None = None) -> bytes:
    """One table, its sum, cells of every kind below, and 变更记录 as a template has it."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": WHEN})  # the same bytes each time
    sheet = book.add_worksheet(TABLE)
    for row, line in enumerate((HEADINGS, *ROWS)):
        sheet.write_row(row, 0, line)
    if sums:
        sheet.write_row(4, 0, ("合计", None, None, None, None, 100))
        sheet.write_formula("G5", "SUM(G2:G4)", None, 0)
    sheet.write_number(VALUES, 1, 7)  # B13
    sheet.write_string(VALUES, 2, "=100")
    sheet.write_number(VALUES, 3, 0.5, book.add_format({"num_format": "0.00%"}))
    sheet.write_formula(VALUES, 4, 'IF(B13>5,"高","低")', None, "高")
    sheet.write_datetime(VALUES, 5, dt.date(2021, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    for a1, value in (extra or {}).items():
        sheet.write(a1, value)
    if log:
        sheet = book.add_worksheet(LOG)
        sheet.write(0, 0, LOG)
        sheet.write_row(ours.HEADING_ROW - 1, 0, ours.LOG_HEADINGS)
    book.add_worksheet(ours.Sheet.FINDINGS).write("A1", "校验结果")
    book.define_name(marks.TEMPLATE, '="shanxi/1"')
    book.close()
    return put(stream.getvalue())


def read(data: bytes) -> Book:
    return read_bytes(data, "自评表.xlsx")


def at(a1: str, sheet: str = TABLE) -> Ref:
    letters = a1.rstrip("0123456789")
    return Ref(sheet, int(a1[len(letters) :]), column_number(letters))


def pressed(data: bytes, plan: Plan, action: str = "修复") -> bytes:
    """Carry the changes of a plan out, whatever it was made from, with their lines in the log."""
    book = read(data)
    log = logged(book, plan.changes, action, WHEN, "shanxi")
    return put(patch(data, replace(plan, changes=(*plan.changes, *log), digest=book.digest)))


def put(data: bytes, *changes: Change) -> bytes:
    """Change cells as a person does in Excel: everything is calculated, nothing is logged."""
    found = results(after(read(data), changes))
    cached = [
        Change(ref, "", value, "公式结果", cached=True)
        for ref, value in found.items()
        if ref not in {each.ref for each in changes}
    ]
    return patch(data, Plan((*changes, *cached), read(data).digest))


def scored(data: bytes, *, recompute: bool = False) -> bytes:
    book = read(data)
    return pressed(data, plan_score(book, evaluate(book).evaluations, recompute=recompute), SCORE)


def undone(data: bytes) -> bytes:
    return patch(data, undo(read(data), WHEN))


def change(a1: str, new: Decimal | str, formula: str | None = None) -> Change:
    return Change(at(a1), "", new, "测试", formula=formula)


def cells(data: bytes, sheet: str = TABLE) -> dict[str, object]:
    grid = read(data).grid(sheet)
    return {grid.ref(*place).a1: cell for place, cell in grid.cells.items()}


def lines(data: bytes) -> list[list[object]]:
    grid = read(data).grid(LOG)
    return [
        [cell.value if (cell := grid.at(row, column)) else None for column in range(1, 10)]
        for row in grid.rows
        if row >= ours.FIRST_ROW
    ]


ANY = (
    change("B13", "七"),
    change("C13", D(100)),
    change("D13", D("0.75")),
    change("E13", D(3), formula=""),
    change("F13", "2021年12月31日"),
    change("G13", "'=1"),
    change("H13", D(14), formula="B13*2"),
    change("A13", ""),
)


# ------------------------------------------------------------------ lines


def test_a_line_per_change_that_keeps_the_types() -> None:
    out = pressed(workbook(), Plan(ANY, ""))
    moment, tail = "2026-11-20 20:10:05", ["测试", "shanxi", D(1)]
    values: list[tuple[str, object, object]] = [
        ("B13", D(7), "七"),
        ("C13", "'=100", D(100)),
        ("D13", D("0.5"), D("0.75")),
        ("E13", '=IF(B13>5,"高","低")', D(3)),
        ("F13", D(44561), "2021年12月31日"),
        ("G13", None, "''=1"),
        ("H13", None, "=B13*2"),
        ("A13", None, None),
    ]
    assert lines(out) == [[moment, "修复", TABLE, a1, old, new, *tail] for a1, old, new in values]
    assert all(cell.kind in {CellClass.TEXT, CellClass.NUMBER} for cell in read(out).grid(LOG).cells.values())


def test_results_and_our_own_sheets_are_not_logged() -> None:
    book = read(workbook())
    changes = [
        Change(at("G5"), "", D(1), "公式结果", cached=True),
        *(Change(Ref(name, 5, 1), "", "x", "校验") for name in ("校验结果", "变更记录", "汇总表")),
    ]
    assert logged(book, changes, SCORE, WHEN, "shanxi") == ()
    assert logged(book, [], SCORE, WHEN, "shanxi") == ()


def test_a_workbook_without_the_sheet_gets_no_lines() -> None:
    assert logged(read(workbook(log=False)), ANY, SCORE, WHEN, "shanxi") == ()


def test_batches_are_counted_and_the_newest_stands_on_top() -> None:
    data = workbook()
    for a1 in ("B13", "C13"):
        data = pressed(data, Plan((change(a1, D(1)), change("D13", D(2))), ""))
    assert [line[-1] for line in lines(data)] == [2, 2, 1, 1]
    assert [line[3] for line in lines(data)] == ["C13", "D13", "B13", "D13"]
    batch = last_batch(read(data))
    assert batch is not None
    assert (batch.number, batch.action, batch.when) == (2, "修复", "2026-11-20 20:10:05")
    assert [(entry.ref, entry.old, entry.new, entry.why) for entry in batch.entries] == [
        (at("C13"), "'=100", D(1), "测试"),
        (at("D13"), D(2), D(2), "测试"),
    ]


def oldest_first(data: bytes) -> bytes:
    """The log as versions before the second wrote it: each press below the one before."""
    book = read(data)
    held = sorted(lines(data), key=lambda line: cast("Decimal", line[-1]))
    return patch(
        data,
        Plan(
            tuple(
                Change(
                    Ref(LOG, row, column), "", cast("Decimal | str", value if value is not None else ""), ""
                )
                for row, line in enumerate(held, ours.FIRST_ROW)
                for column, value in enumerate(line, 1)
            ),
            book.digest,
        ),
    )


def test_an_old_log_is_undone_and_turned_round_by_the_next_press() -> None:
    states = [workbook()]
    for value in (1, 2, 3):
        states.append(oldest_first(pressed(states[-1], Plan((change("B13", D(value)),), ""))))
    assert [line[-1] for line in lines(states[-1])] == [1, 2, 3]
    once = undone(states[-1])
    assert cells(once) == cells(states[2])
    assert [line[-1] for line in lines(once)] == [4, 3, 2, 1]
    assert cells(undone(undone(once))) == cells(states[0])


def test_a_long_line_moves_down_with_its_height() -> None:
    book = read(workbook())
    long = logged(book, [change("B13", "设备招标推迟，尾款在次年支付。" * 20)], SCORE, WHEN, "山西")
    (row,) = line_heights(book, long)
    assert (row.sheet, row.row, row.hidden) == (LOG, ours.FIRST_ROW, False)
    assert row.height is not None
    assert 300 < row.height <= 409
    data = patch(put(workbook()), Plan(long, read(put(workbook())).digest))
    below = line_heights(read(data), logged(read(data), [change("C13", D(1))], SCORE, WHEN, "山西"))
    assert {each.row: each.height for each in below} == {ours.FIRST_ROW: 19, ours.FIRST_ROW + 1: row.height}


def test_a_line_that_somebody_spoilt_is_passed_over() -> None:
    data = pressed(workbook(), Plan((change("B13", D(1)), change("D13", D(2))), ""))
    row = ours.FIRST_ROW
    data = put(data, Change(Ref(LOG, row, 4), "", "B列", ""), Change(Ref(LOG, row + 5, 9), "", "三", ""))
    batch = last_batch(read(data))
    assert batch is not None
    assert [entry.ref for entry in batch.entries] == [at("D13")]


# ------------------------------------------------------------------ undo


def test_an_undo_restores_values_of_every_kind_and_formulas() -> None:
    data = workbook()
    out = undone(pressed(data, Plan(ANY, "")))
    assert cells(out) == cells(data)
    assert [line[1] for line in lines(out)] == ["撤销"] * len(ANY) + ["修复"] * len(ANY)
    assert {line[6] for line in lines(out)[: len(ANY)]} == {"撤销第1批"}


def test_an_undo_is_undone_by_nothing_and_takes_the_batch_before() -> None:
    first = pressed(workbook(), Plan((change("B13", D(1)),), ""))
    second = pressed(first, Plan((change("B13", D(2)),), ""))
    once = undone(second)
    assert cells(once) == cells(first)
    twice = undone(once)
    assert cells(twice) == cells(workbook())
    with pytest.raises(UsageError, match="没有可以撤销"):
        undo(read(twice), WHEN)
    again = pressed(twice, Plan((change("B13", D(3)),), ""))
    assert cells(undone(again)) == cells(workbook())


def test_without_a_log_there_is_nothing_to_undo() -> None:
    with pytest.raises(UsageError, match="变更记录"):
        undo(read(workbook(log=False)), WHEN)
    with pytest.raises(UsageError, match="没有可以撤销"):
        undo(read(workbook()), WHEN)


@pytest.mark.parametrize(
    "since",
    [
        change("B13", D("1.01")),
        change("B13", "1"),
        change("B13", ""),
        change("B13", D(1), formula="1+0"),
    ],
)
def test_what_a_person_changed_since_is_left_alone(since: Change) -> None:
    data = pressed(workbook(), Plan((change("B13", D(1)), change("D13", D(1))), ""))
    data = put(data, since)
    plan = undo(read(data), WHEN)
    assert [each.ref.a1 for each in plan.changes if each.ref.sheet == TABLE and not each.cached] == ["D13"]
    assert plan.notes == (f"以下单元格在第1批之后又有改动，没有恢复，请核对：{TABLE}!B13。",)
    assert read(patch(data, plan)).grid(TABLE).at(13, 2) == read(data).grid(TABLE).at(13, 2)


def test_a_sheet_that_is_gone_is_left_alone_and_the_undo_is_noted_down() -> None:
    data = pressed(workbook(), Plan((change("B13", D(1)),), ""))
    data = put(data, Change(Ref(LOG, ours.FIRST_ROW, 3), "", "旧表", ""))
    plan = undo(read(data), WHEN)
    assert plan.notes == ("以下单元格在第1批之后又有改动，没有恢复，请核对：旧表!B13。",)
    out = patch(data, plan)
    assert cells(out) == cells(data)
    assert lines(out)[0] == [
        "2026-11-20 20:10:05", "撤销", None, None, None, None, "撤销第1批，没有可恢复的单元格", None, D(2),
    ]  # fmt: skip
    assert last_batch(read(out)) is None


def test_a_cell_that_was_merged_into_another_is_left_alone() -> None:
    book = read(pressed(workbook(), Plan((change("B13", ""),), "")))
    table = book.grid(TABLE)
    merged = replace(table, merges=(Area(13, 1, 13, 2),))
    book = replace(book, grids=tuple(merged if grid is table else grid for grid in book.grids))
    assert [change.ref.sheet for change in undo(book, WHEN).changes] == [LOG] * 16
    assert {change.ref.row for change in undo(book, WHEN).changes} == {ours.FIRST_ROW, ours.FIRST_ROW + 1}


def test_results_of_formulas_follow_an_undo() -> None:
    data = pressed(workbook(), Plan((change("B13", D(1)),), ""))
    assert read(data).grid(TABLE).cells[13, 5].value == "低"
    back = undone(data)
    assert read(back).grid(TABLE).cells[13, 5] == read(workbook()).grid(TABLE).cells[13, 5]
    assert [line[3] for line in lines(back)] == ["B13", "B13"]


def test_a_formula_comes_back_with_its_present_result() -> None:
    data = pressed(workbook(), Plan((change("E13", "手填", formula=""),), ""))
    data = put(data, change("B13", D(1)))
    cell = read(undone(data)).grid(TABLE).cells[13, 5]
    assert (cell.formula, cell.value) == ('IF(B13>5,"高","低")', "低")


# ------------------------------------------------------------------ 评分 and 撤销


def owned(data: bytes) -> dict[str, str]:
    """The cells that count as ours: what we wrote last and nobody changed since."""
    tables = [evaluation.table for evaluation in evaluate(read(data)).evaluations]
    entries = [slot.entry for slot in written.slots(tables).values()]
    return {entry.ref.a1: entry.text for entry in entries if entry.ours}


def test_scoring_undo_and_scoring_is_scoring() -> None:
    first = scored(workbook())
    back = undone(first)
    assert cells(back) == cells(workbook())
    assert owned(back) == {}
    again = scored(back)
    assert cells(again) == cells(first)
    assert owned(again) == owned(first) != {}


def test_two_scorings_are_undone_one_after_the_other() -> None:
    data = workbook()
    first = scored(data)
    changed = put(first, change("E2", "100人次"))
    second = scored(changed)
    assert cells(second) != cells(changed)
    once = undone(second)
    assert cells(once) == cells(changed)
    assert owned(once) == owned(changed) == owned(first)
    assert cells(scored(once)) == cells(second)
    twice = undone(once)
    assert cells(twice) == cells(put(data, change("E2", "100人次")))
    assert owned(twice) == {}


def test_a_typed_score_comes_back_as_typed() -> None:
    data = workbook(extra={"G2": 45})
    recomputed = scored(data, recompute=True)
    assert owned(recomputed)["G2"] == "47.5"
    back = undone(recomputed)
    assert cells(back) == cells(data)
    assert owned(back) == {}
    assert cells(scored(back)) == cells(scored(data))


def test_a_fixed_score_is_typed_and_what_was_ours_before_is_ours_again() -> None:
    first = scored(workbook())
    fixed = pressed(first, Plan((change("G2", D(45)),), ""))
    recomputed = scored(fixed, recompute=True)
    assert "G2" in owned(recomputed)
    once = undone(recomputed)
    assert cells(once) == cells(fixed)
    assert "G2" not in owned(once)
    twice = undone(once)
    assert cells(twice) == cells(first)
    assert owned(twice) == owned(first)


def test_what_scoring_cleared_comes_back_as_ours() -> None:
    first = scored(workbook())
    changed = put(first, change("E2", ""))
    cleared = scored(changed)
    assert read(cleared).grid(TABLE).at(2, 7) is None
    back = undone(cleared)
    assert cells(back) == cells(changed)
    assert owned(back) == owned(changed)


def test_total_and_grade_in_one_cell_come_back_together() -> None:
    data = workbook(sums=False, extra={"A7": "自评总分：50分　自评等级：差"})
    first = scored(data, recompute=True)
    second = scored(put(first, change("E2", "100人次")))
    shown = [read(each).grid(TABLE).cells[7, 1].value for each in (data, first, second)]
    assert shown == [
        "自评总分：50分　自评等级：差",
        "自评总分：97.5分　自评等级：优",
        "自评总分：75分　自评等级：中",
    ]
    once = undone(second)
    assert read(once).grid(TABLE).cells[7, 1].value == shown[1]
    assert owned(once) == owned(first)
    assert read(undone(once)).grid(TABLE).cells[7, 1].value == shown[0]


@pytest.mark.office
def test_office_programs_take_a_workbook_after_undo(tmp_path: Path) -> None:
    path = tmp_path / "撤销.xlsx"
    path.write_bytes(undone(pressed(undone(scored(workbook())), Plan(ANY, ""))))
    assert office.validate(path, "Microsoft365") == []
    seen = office.recalculated(path)
    assert (seen[TABLE]["B13"].value, seen[TABLE]["E13"].value) == (7, "高")
    assert seen[LOG].cell(ours.FIRST_ROW, 2).value == "撤销"


# ------------------------------------------------------------------ a book after changes


def test_a_book_after_changes_reads_as_the_file_does() -> None:
    data = workbook()
    changes = (
        *(each for each in ANY if each.ref.a1 != "F13"),
        Change(at("G5"), "", D("97.5"), "公式结果", cached=True),
        Change(at("D20"), "", D("0.1"), "样式", like=at("D13")),
        Change(Ref(LOG, 9, 2), "", "x", ""),
    )
    later = after(read(data), changes)
    again = read(put(data, *changes))
    assert [grid.cells for grid in later] == [grid.cells for grid in again]
    assert later.grid(TABLE).cells[20, 4].kind is CellClass.PERCENT
    assert later.digest == read(data).digest
    with pytest.raises(KeyError):
        after(read(data), [Change(Ref("不在", 1, 1), "", "x", "")])
