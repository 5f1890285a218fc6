"""``zpb fix``: only what cannot alter the meaning, shown first, undoable."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from zipingbiao.book import formulas as calc
from zipingbiao.book.cells import Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book
from zipingbiao.book.write.patch import patch
from zipingbiao.change import log
from zipingbiao.change.press import Press
from zipingbiao.result.examine import examine
from zipingbiao.table import ours
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Role

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"


def cell(path: Path, name: str, role: Role) -> Ref:
    (evaluation,) = examine(path).evaluations
    return next(row.indicator.entries[role].ref for row in evaluation.rows if name in row.indicator.name)


def type_over(path: Path, *typed: tuple[Ref, Decimal | str]) -> None:
    """What a careless paste does: formulas go."""
    changes = tuple(Change(ref, "", value, "粘贴", formula="") for ref, value in typed)
    path.write_bytes(patch(path.read_bytes(), Plan(changes, read_book(path).digest)))


def formulas(path: Path) -> dict[Ref, str]:
    """The formulas that people know; the links of 校验结果 follow its findings."""
    return {
        grid.ref(*place): held.formula
        for grid in read_book(path)
        if grid.sheet != ours.Sheet.FINDINGS
        for place, held in grid.cells.items()
        if held.formula is not None
    }


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = Path(shutil.copy(next(EXAMPLES.glob("001-*.xlsx")), tmp_path / "档案.xlsx"))
    z.score(path)
    z.fix(path)  # its own ＜=107.26万元, as the unit typed it
    return path


def test_mixed_widths_of_a_sign_become_one(tmp_path: Path) -> None:
    path = Path(shutil.copy(next(EXAMPLES.glob("001-*.xlsx")), tmp_path / "档案.xlsx"))
    (change,) = z.fix(path).cells
    assert (change.old, change.new) == ("＜=107.26万元", "<=107.26万元")


def test_overwritten_formulas_come_back_and_a_differing_score_stays_by_hand(archive: Path) -> None:
    before = formulas(archive)
    (table,) = [one.table for one in examine(archive).evaluations]
    assert table.funds is not None
    assert table.total_score is not None
    assert table.grade is not None
    balance = table.funds.entries[AmountKind.BALANCE, Source.TOTAL].ref
    score = cell(archive, "社会公众满意度", Role.SCORE)
    full = cell(archive, "软件采购数量", Role.SCORE)
    type_over(
        archive, (balance, Decimal("0.77")), (score, Decimal(9)), (full, Decimal(10)),
        (table.total_score.ref, Decimal(95)), (table.grade.ref, "优秀"),
    )  # fmt: skip
    assert "L106" in {finding.code for finding in examine(archive).findings}
    fixed = z.fix(archive)
    assert fixed.saved == archive
    assert formulas(archive) == before
    (evaluation,) = examine(archive).evaluations
    rows = {row.indicator.name: row for row in evaluation.rows}
    assert rows["社会公众满意度（%）"].adopted == Decimal(9)
    assert rows["社会公众满意度（%）"].indicator.entries[Role.MANUAL].number == Decimal(9)
    assert rows["软件采购数量（套）"].indicator.entries[Role.MANUAL].is_empty
    assert evaluation.table.total_score is not None
    assert evaluation.table.total_score.number == evaluation.adopted_total == Decimal("93.13")
    assert not z.fix(archive).cells


@pytest.mark.parametrize("press", [lambda path: z.score(path)[0], z.fix], ids=["评分", "修复"])
def test_a_row_below_what_is_added_up_gets_its_formula_and_is_added_up(
    archive: Path, press: Callable[[Path], Press]
) -> None:
    """As a row is that was inserted above the total, and typed."""
    before = formulas(archive)
    (evaluation,) = examine(archive).evaluations
    assert evaluation.table.total_score is not None
    total = evaluation.table.total_score.ref
    last, sheet = total.row - 1, total.sheet
    unlisted = total._replace(row=total.row + 1, column=15)
    sums = [total._replace(column=4), total, unlisted]
    line: tuple[Decimal | str, ...] = ("效益指标", "社会效益指标", "利用人次", Decimal(5), "100", "100")
    short = [(ref, before[ref].replace(str(last), str(last - 1))) for ref in sums]
    changes = (
        *(Change(Ref(sheet, last, column), "", value, "") for column, value in enumerate(line, 1)),
        Change(Ref(sheet, last, 8), "", "", "", formula=""),
        *(Change(ref, "", Decimal("93.13"), "", formula=formula) for ref, formula in short),
    )
    archive.write_bytes(patch(archive.read_bytes(), Plan(changes, read_book(archive).digest)))
    fixed = press(archive)
    repaired = [f"H{last}", f"D{last + 1}", f"H{last + 1}", f"O{last + 2}"]
    assert [
        change.ref.a1 for change in fixed.cells if change.formula and change.ref.sheet == sheet
    ] == repaired
    assert formulas(archive) == before
    book = read_book(archive)
    shown = {cell.value for cell in book.grid(ours.Sheet.FINDINGS).cells.values()}
    assert "W101" in shown
    assert "T101" not in shown
    results = calc.results(book)
    cells = {ref: book.grid(ref.sheet).at(ref.row, ref.column) for ref in results}
    assert {ref: cell.value for ref, cell in cells.items() if cell is not None} == results
    assert not z.fix(archive).cells


@pytest.mark.parametrize("press", [lambda path: z.score(path)[0], z.fix], ids=["评分", "修复"])
def test_what_is_typed_below_the_total_is_not_added_up(archive: Path, press: Callable[[Path], Press]) -> None:
    """The sum would take in its own cell."""
    before = formulas(archive)
    (evaluation,) = examine(archive).evaluations
    assert evaluation.table.total_score is not None
    total = evaluation.table.total_score.ref
    over_the_signature = Change(Ref(total.sheet, total.row + 2, 4), "", "10", "", formula="")
    archive.write_bytes(patch(archive.read_bytes(), Plan((over_the_signature,), read_book(archive).digest)))
    press(archive)
    after = formulas(archive)
    sums = [total._replace(column=4), total, total._replace(row=total.row + 1, column=15)]
    assert [after[ref] for ref in sums] == [before[ref] for ref in sums]


def test_an_execution_score_that_differs_has_no_place_to_move_to_and_stays(tmp_path: Path) -> None:
    path = Path(shutil.copy(next(EXAMPLES.glob("003-*.xlsx")), tmp_path / "政务.xlsx"))
    (evaluation,) = examine(path).evaluations
    assert evaluation.table.funds is not None
    assert evaluation.table.funds.score is not None
    score = evaluation.table.funds.score.ref
    type_over(path, (score, Decimal(3)))
    assert score not in {change.ref for change in z.fix(path).cells}
    (row,) = (row for row in examine(path).evaluations[0].rows if row.indicator.is_execution)
    assert row.adopted == Decimal(3)


def test_units_typed_into_number_cells_go_and_the_sheet_adds_up_again(archive: Path) -> None:
    (table,) = [one.table for one in examine(archive).evaluations]
    assert table.funds is not None
    assert table.total_weight is not None
    county = {
        kind: table.funds.entries[kind, Source.COUNTY] for kind in (AmountKind.FULL_YEAR, AmountKind.EXECUTED)
    }
    weight = cell(archive, "软件采购数量", Role.WEIGHT)
    budget, executed = (entry.ref for entry in county.values())
    other = table.funds.entries[AmountKind.FULL_YEAR, Source.OTHER].ref
    typed = ((weight, "10分"), (budget, "107.26万元"), (executed, "106.49 万元"), (other, "5000元"))
    book = read_book(archive)
    changes = log.with_results(book, [Change(ref, "", value, "输入") for ref, value in typed])
    archive.write_bytes(patch(archive.read_bytes(), Plan(tuple(changes), book.digest)))
    (finding,) = (finding for finding in examine(archive).findings if finding.code == "V116")
    assert set(finding.refs) == {weight, budget, executed, other}
    fixed = z.fix(archive)
    assert {change.ref: change.new for change in fixed.cells} == {
        weight: Decimal(10),
        budget: Decimal("107.26"),
        executed: Decimal("106.49"),
    }
    (table,) = [one.table for one in examine(archive).evaluations]
    assert table.total_weight is not None
    assert table.total_weight.number == 100
    (finding,) = (finding for finding in examine(archive).findings if finding.code == "V116")
    assert finding.refs == (other,)  # 元 in a cell of 万元: only a person can say what is meant


def test_spelling_is_tidied_only_where_the_value_stays(archive: Path) -> None:
    actual, target = (cell(archive, "软件采购数量", role) for role in (Role.ACTUAL, Role.TARGET))
    weight = cell(archive, "软件采购数量", Role.WEIGHT)
    words = cell(archive, "安装及时性", Role.TARGET)
    type_over(archive, (actual, "６ 套"), (target, " ≧６"), (weight, "１０"), (words, "及时 （全年）"))
    changed = {change.ref: change.new for change in z.fix(archive).cells}
    assert changed == {actual: "6套", target: "≥6", weight: Decimal(10)}


def test_what_fix_did_is_logged_and_undone(archive: Path) -> None:
    actual = cell(archive, "软件采购数量", Role.ACTUAL)
    type_over(archive, (actual, "６ 套"))
    z.fix(archive)
    undone = z.undo(archive)
    assert [change.new for change in undone.cells if change.ref == actual] == ["６ 套"]


def test_dry_run_shows_and_writes_nothing(archive: Path) -> None:
    type_over(archive, (cell(archive, "软件采购数量", Role.ACTUAL), "６ 套"))
    before = archive.read_bytes()
    fixed = z.fix(archive, dry_run=True)
    assert fixed.lines()[0] == "将修复 1 处（未写文件）："
    assert "６ 套 → 6套（修复：统一符号、去掉空格）" in fixed.lines()[1]
    assert archive.read_bytes() == before


def test_a_correct_workbook_needs_no_repair(archive: Path) -> None:
    assert z.fix(archive).lines() == ["没有可以自动修复的单元格，文件未写。"]
