"""A scored workbook that a person went on working in: copied, sorted, renamed, edited, rows inserted.

What only we write is renewed by the next press, what we wrote is not blamed on anybody, and 撤销 gives
back our own sheets too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from zipingbiao.book.after import after, content
from zipingbiao.book.cells import Book, Cell, Grid, Ref
from zipingbiao.book.changes import Change
from zipingbiao.book.formulas import results
from zipingbiao.book.read import read_bytes
from zipingbiao.change import log
from zipingbiao.change.fix import foresee_fix
from zipingbiao.change.workbook import foresee_undo, plan_findings, plan_workbook, planned
from zipingbiao.result.evaluate import Evaluator, evaluate
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.forms import national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Form, Project, Role, SelfEvaluation
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.sums import ASK
from zipingbiao.template.write import finished

D = Decimal
WHEN = dt.datetime(2026, 1, 15, 9, 30)  # noqa: DTZ001 the log has no zone
FORMS = pytest.mark.parametrize("form", [shanxi.FORM, national.FORM], ids=["山西", "全国"])
BOUGHT, PLEASED, PROMPT = "设备购置数量", "群众满意度", "安装及时性"
LINES = (
    NewLine("产出指标", "数量指标", BOUGHT, D(40), "6台", "6台"),
    NewLine("产出指标", "时效指标", PROMPT, D(40), "及时", "90%", reason="到货晚"),
    NewLine("满意度指标", "服务对象满意度指标", PLEASED, D(10), "≥90%", "95%"),
)
FUNDS = {
    (kind, Source.COUNTY): D(100)
    for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
}
FOREIGN_HEADINGS = ("一级指标", "二级指标", "三级指标", "目标值", "业绩值", "分值", "得分")
EXECUTION = NewLine("预算执行指标", "预算执行率", "预算执行率", D(10), "100%", is_execution=True)


def template(
    form: Form = shanxi.FORM, names: tuple[str, ...] = ("甲项目",), *, formulas: bool = False
) -> Book:
    lines = (EXECUTION, *LINES) if form is shanxi.FORM else LINES
    projects = tuple(NewProject(Project(name=name), funds=FUNDS, lines=lines) for name in names)
    new = NewWorkbook(form, Project(unit="某单位", year="2025"), projects, formulas=formulas)
    return read_bytes(finished(new), "自评表.xlsx")


def edited(book: Book, *typed: tuple[Ref, Decimal | str]) -> Book:
    """Type into cells as in Excel: every formula follows."""
    changes = [Change(ref, "", value, "手工") for ref, value in typed]
    return calculated(after(book, changes))


def calculated(book: Book) -> Book:
    return after(book, [Change(ref, "", new, "公式", cached=True) for ref, new in results(book).items()])


def pressed(book: Book) -> Book:
    return planned(book, plan_workbook(book, evaluate(book), WHEN))


def undone(book: Book) -> Book:
    return planned(book, foresee_undo(book, WHEN, Evaluator()).plan)


def line(book: Book, name: str, table: int = 0) -> Scored:
    return next(row for row in evaluate(book).evaluations[table].rows if row.indicator.name == name)


def cell(book: Book, name: str, role: Role, table: int = 0) -> Ref:
    return line(book, name, table).indicator.entries[role].ref


def shown(book: Book, name: str, role: Role, table: int = 0) -> Decimal | str:
    ref = cell(book, name, role, table)
    return content(book.grid(ref.sheet).at(ref.row, ref.column))


def rate(book: Book, name: str, table: int = 0) -> Decimal | None:
    return line(book, name, table).indicator.entries[Role.COMPLETION].fraction


def table(book: Book) -> SelfEvaluation:
    return evaluate(book).evaluations[0].table


def codes(book: Book) -> list[str]:
    return [finding.code for finding in evaluate(book).findings]


def found(book: Book, code: str) -> Finding:
    return next(finding for finding in evaluate(book).findings if finding.code == code)


def head(book: Book, field: str) -> Ref:
    return evaluate(book).evaluations[0].table.head[field]


def copied(book: Book, sheet: str, name: str) -> Book:
    """Copy a sheet as Excel does; its formulas go on looking at their own sheet."""
    return replace(book, grids=(*book.grids, replace(book.grid(sheet), sheet=name)))


def everything(book: Book, *but: str) -> dict[str, tuple[Decimal | str, str | None]]:
    return {
        str(grid.ref(*place)): (content(held), held.formula)
        for grid in book
        if grid.sheet not in but
        for place, held in grid.cells.items()
        if content(held) != "" or held.formula
    }


# ------------------------------------------------------------------ 完成率 of our template is ours


def renamed_indicator(book: Book) -> Book:
    return edited(book, (cell(book, BOUGHT, Role.NAME), "软件购置数量"))


def renamed_project(book: Book) -> Book:
    return edited(book, (head(book, "name"), "乙项目"))


def swapped_rows(book: Book) -> Book:
    """Only what people type changes places: the grey cells stay where they are."""
    roles = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL)
    one, other = (line(book, name).indicator.entries for name in (BOUGHT, PROMPT))
    typed = [
        (to[role].ref, content(of[role].cell)) for of, to in ((one, other), (other, one)) for role in roles
    ]
    return edited(book, *typed)


def copied_twice(book: Book) -> Book:
    sheet = table(book).sheet
    return copied(copied(book, sheet, f"{sheet} (2)"), sheet, f"{sheet} (3)")


def moved_down(book: Book) -> Book:
    """The last line is typed again below, as after sorting by another column; its old row is cleared."""
    roles = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL)
    entries = line(book, PLEASED).indicator.entries
    below = [
        (entries[role].ref._replace(row=entries[role].ref.row + 1), content(entries[role].cell))
        for role in roles
    ]
    return edited(book, *below, *((entries[role].ref, "") for role in roles))


@FORMS
@pytest.mark.parametrize(
    "change",
    [renamed_indicator, renamed_project, swapped_rows, copied_twice, moved_down],
    ids=["指标改名", "项目改名", "两行对调", "复制两张", "下移一行"],
)
def test_the_next_press_renews_every_completion(form: Form, change: Callable[[Book], Book]) -> None:
    book = change(pressed(template(form)))
    for number, one in enumerate(evaluate(book).evaluations):
        actual = next(row for row in one.rows if row.indicator.text(Role.TARGET) == "6台").indicator.ref(
            Role.ACTUAL
        )
        assert actual is not None
        book = edited(book, (actual, f"{number + 2}台"))
    assert not {"S110", "S102", "T101", "L106"} & set(codes(book))
    again = pressed(book)
    assert not {"S110", "S112", "T101"} & set(codes(again))
    for number, one in enumerate(evaluate(again).evaluations):
        rows = {row.indicator.text(Role.TARGET): row for row in one.rows}
        assert rows["6台"].indicator.entries[Role.COMPLETION].fraction == rows["6台"].completion
        assert rows["6台"].completion == (D(number + 2) / 6).quantize(D("0.0001"))
        assert rows["及时"].indicator.entries[Role.COMPLETION].fraction == D("0.9")
    assert not plan_workbook(again, evaluate(again), WHEN).changes


def test_a_foreign_table_in_our_workbook_keeps_its_typed_completions() -> None:
    """Moved into the template, it has no 核算得分: nothing of it is grey."""
    book = pressed(template())
    headings: tuple[Decimal | str, ...] = (*FOREIGN_HEADINGS, "完成率")
    typed: tuple[Decimal | str, ...] = (
        "产出指标",
        "数量指标",
        "培训人次",
        "200人次",
        "100人次",
        D(100),
        D(100),
        "100%",
    )
    changes = [
        Change(Ref("旧表", row, column), "", value, "")
        for row, values in enumerate((headings, typed), 1)
        for column, value in enumerate(values, 1)
    ]
    book = after(replace(book, grids=(*book.grids, Grid("旧表", {}))), changes)
    assert "S110" in codes(book)
    assert content(pressed(book).grid("旧表").at(2, 8)) == "100%"


def test_a_completion_cell_with_another_format_still_reads_as_a_rate() -> None:
    book = pressed(template())
    ref = cell(book, BOUGHT, Role.COMPLETION)
    pasted = after(book, [Change(ref, "", "", ""), Change(ref._replace(row=ref.row), "", D(1), "")])
    pasted = edited(pasted, (cell(book, BOUGHT, Role.ACTUAL), "3台"))
    assert rate(pressed(pasted), BOUGHT) == D("0.5")


def test_what_stands_beside_a_line_that_was_cleared_goes_and_no_longer_counts() -> None:
    book = pressed(template())
    entries = line(book, PLEASED).indicator.entries
    typed = (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL)
    book = edited(book, *((entries[role].ref, "") for role in typed))
    again = pressed(book)
    total = table(again).total_score
    assert total is not None
    assert total.number == evaluate(again).evaluations[0].adopted_total == D(86)
    mine = {Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY}
    assert everything(undone(again), *mine) == everything(book, *mine)


# ------------------------------------------------------------------ 改动后还没有重新评分


@FORMS
def test_an_edit_since_the_press_is_one_finding_that_blames_nothing(form: Form) -> None:
    book = pressed(template(form))
    before = codes(book)
    book = edited(
        book, (cell(book, BOUGHT, Role.ACTUAL), "3台"), (cell(book, BOUGHT, Role.REASON), "招标推迟")
    )
    finding = found(book, "S112")
    assert finding.severity is Severity.ERROR
    assert "改动后还没有重新评分，请再按评分" in finding.message
    assert f"“{BOUGHT}”（得分40，应为20）" in finding.message
    assert set(codes(book)) - set(before) <= {"S112", "T103"}
    onto = {
        content(held)
        for held in planned(book, plan_findings(book, evaluate(book))).grid(Sheet.FINDINGS).cells.values()
    }
    assert finding.message in onto
    assert "S112" not in codes(pressed(book))


def test_before_the_first_press_nothing_is_stale() -> None:
    assert "S112" not in codes(template())


def test_a_total_that_is_wrong_otherwise_is_told_after_the_next_press() -> None:
    book = pressed(template())
    total = table(book).total_score
    assert total is not None
    book = edited(book, (cell(book, BOUGHT, Role.ACTUAL), "3台"))
    book = after(book, [Change(total.ref, "", D(70), "", formula="SUM(1,69)")])
    assert "S112" in codes(book)
    assert "T101" in codes(pressed(book))


def test_a_button_score_of_the_form_that_calculates_itself_grows_old_too() -> None:
    """The formulas ask about 1,200台, the button knows it."""
    book = template(formulas=True)
    target, actual = (cell(book, BOUGHT, role) for role in (Role.TARGET, Role.ACTUAL))
    book = pressed(edited(book, (target, "1,200台"), (actual, "1,200台")))
    entries = line(book, BOUGHT).indicator.entries
    assert (entries[Role.COMPUTED].text, entries[Role.SCORE].number) == (ASK, D(40))
    book = edited(book, (actual, "600台"))
    assert "S112" in codes(book)
    assert "S112" not in codes(pressed(book))


# ------------------------------------------------------------------ 撤销


@FORMS
def test_undo_of_the_first_press_leaves_every_sheet_as_it_was(form: Form) -> None:
    book = template(form)
    scored = pressed(book)
    assert everything(scored, Sheet.LOG) != everything(book, Sheet.LOG)
    assert everything(undone(scored), Sheet.LOG) == everything(book, Sheet.LOG)


def test_undo_of_a_later_press_takes_the_total_of_the_summary_back() -> None:
    first = pressed(template(names=("甲项目", "乙项目")))
    book = edited(first, (cell(first, BOUGHT, Role.ACTUAL), "3台"))
    second = pressed(book)
    back = undone(second)
    mine = {Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY}
    assert everything(back, *mine) == everything(book, *mine)
    total = [[content(each.grid(Sheet.SUMMARY).at(5, 9)) for each in (first, second, back)]]
    assert total == [[D(96), D(76), D(96)]]
    assert "改动后还没有重新评分" in str([content(held) for held in back.grid(Sheet.FINDINGS).cells.values()])
    assert everything(undone(back), *mine) == everything(
        edited(template(names=("甲项目", "乙项目")), (cell(first, BOUGHT, Role.ACTUAL), "3台")), *mine
    )


def test_a_note_typed_since_the_press_is_not_undone() -> None:
    """S104: the second line lacks its reason."""
    book = template()
    book = edited(book, (cell(book, PROMPT, Role.REASON), ""))
    scored = pressed(book)
    grid = scored.grid(Sheet.FINDINGS)
    row = next(row for row in grid.rows if content(grid.at(row, 3)) == "S104")
    noted = after(scored, [Change(Ref(Sheet.FINDINGS, row, 10), "", "设备厂家延期交货，有函件", "")])
    back = undone(noted).grid(Sheet.FINDINGS)
    assert [content(back.at(row, 10)) for row in back.rows if row > 3] == ["设备厂家延期交货，有函件"]
    assert content(back.at(4, 3)) == "S104"


# ------------------------------------------------------------------ a row inserted above the total


def inserted(book: Book) -> Book:
    """Insert a bare row right above the total: no formula of the sheet reaches it."""
    one = evaluate(book).evaluations[0].table
    assert one.total_score is not None
    at, sheet = one.total_score.ref.row, one.sheet
    grid = book.grid(sheet)

    def below(row: int) -> int:
        return row + 1 if row >= at else row

    cells = {(below(row), column): _shifted(held, at) for (row, column), held in grid.cells.items()}
    merges = tuple(area._replace(top=below(area.top), bottom=below(area.bottom)) for area in grid.merges)
    moved = replace(grid, cells=cells, merges=merges)
    book = replace(book, grids=tuple(moved if each is grid else each for each in book.grids))
    typed: dict[Role, Decimal | str] = {
        Role.LEVEL1: "产出指标", Role.LEVEL2: "质量指标", Role.NAME: "新增指标", Role.WEIGHT: D(10),
        Role.TARGET: "5个", Role.ACTUAL: "4个", Role.REASON: "一个未验收",
    }  # fmt: skip
    return edited(
        book, *((Ref(sheet, at, one.headings[role].column), value) for role, value in typed.items())
    )


def _shifted(held: Cell, at: int) -> Cell:
    if held.formula is None:
        return held

    def below(found: re.Match[str]) -> str:
        return f"{found[1]}{int(found[2]) + (int(found[2]) >= at)}"

    return held._replace(formula=re.sub(r"(\$?[A-Z]{1,2}\$?)(\d+)", below, held.formula))


@FORMS
def test_scoring_lets_an_inserted_line_count(form: Form) -> None:
    scored = pressed(template(form))
    book = inserted(scored)
    again = pressed(book)
    one = evaluate(again).evaluations[0]
    new = line(again, "新增指标").indicator
    assert new.entries[Role.SCORE].is_formula
    assert (new.entries[Role.SCORE].number, new.entries[Role.COMPLETION].fraction) == (D(8), D("0.8"))
    total = one.table.total_score
    assert total is not None
    assert total.is_formula
    assert total.number == one.adopted_total == D(104)
    assert not {"T101", "S112", "L106"} & set(codes(again))
    assert calculated(again).grid(one.table.sheet).cells == again.grid(one.table.sheet).cells
    assert not plan_workbook(again, evaluate(again), WHEN).changes
    batch = log.last_batch(again)
    assert batch is not None
    assert {entry.ref.a1 for entry in batch.entries if entry.why == "公式补到新插入的行"} >= {
        total.ref.a1,
        new.entries[Role.SCORE].ref.a1,
    }
    mine = {Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY}
    assert everything(undone(again), *mine) == everything(book, *mine)


def test_a_formula_that_a_person_wrote_in_a_foreign_table_is_left() -> None:
    headings: tuple[Decimal | str, ...] = FOREIGN_HEADINGS
    rows = (
        ("产出指标", "数量指标", "培训人次", "200人次", "200人次", D(50)),
        ("产出指标", "质量指标", "合格率", "100%", "100%", D(50)),
    )
    changes = [
        Change(Ref("表", row, column), "", value, "")
        for row, values in enumerate((headings, *rows, ("合计",)), 1)
        for column, value in enumerate(values, 1)
    ]
    book = after(
        Book("表.xlsx", (Grid("表", {}),), writable=True),
        [*changes, Change(Ref("表", 4, 7), "", D(0), "", formula="SUM(G2:G2)")],
    )
    written = {change.ref.a1: change for change in plan_workbook(book, evaluate(book), WHEN).changes}
    assert written["G4"].cached
    assert written["G4"].formula is None


# ------------------------------------------------------------------ 修复 is named where it helps


@pytest.mark.parametrize("formula", ["SUM(H18:H48)-1", "IF(1=1,88,0)"])
def test_a_changed_total_formula_is_restored_by_fix_as_the_finding_says(formula: str) -> None:
    book = pressed(template())
    total = evaluate(book).evaluations[0].table.total_score
    assert total is not None
    broken = calculated(after(book, [Change(total.ref, "", D(0), "", formula=formula)]))
    assert "修复（zpb fix）" in found(broken, "T101").message
    fixed = planned(broken, foresee_fix(broken, evaluate(broken), WHEN, Evaluator()).plan)
    assert everything(fixed, Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY) == everything(
        book, Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY
    )


def test_a_changed_score_formula_moves_to_the_score_by_hand() -> None:
    book = pressed(template())
    score = cell(book, BOUGHT, Role.SCORE)
    broken = calculated(after(book, [Change(score, "", D(30), "", formula="30+5")]))
    assert "修复（zpb fix）" in found(broken, "T101").message
    fixed = planned(broken, foresee_fix(broken, evaluate(broken), WHEN, Evaluator()).plan)
    assert shown(fixed, BOUGHT, Role.MANUAL) == D(35)
    assert line(fixed, BOUGHT).indicator.entries[Role.SCORE].number == D(35)
    assert "T101" not in codes(fixed)


def test_a_score_and_a_total_typed_over_are_restored_by_fix() -> None:
    book = pressed(template())
    total = evaluate(book).evaluations[0].table.total_score
    assert total is not None
    broken = after(
        book,
        [
            Change(ref, "", new, "", formula="")
            for ref, new in ((total.ref, D(100)), (cell(book, BOUGHT, Role.SCORE), D(39)))
        ],
    )
    assert "修复（zpb fix）" in found(broken, "T101").message
    assert "修复（zpb fix）" in found(broken, "L106").message
    fixed = planned(broken, foresee_fix(broken, evaluate(broken), WHEN, Evaluator()).plan)
    assert not {"T101", "L106"} & set(codes(fixed))
    assert shown(fixed, BOUGHT, Role.MANUAL) == D(39)


@FORMS
def test_a_funds_table_pasted_over_whole_gets_all_its_formulas_back(form: Form) -> None:
    book = pressed(template(form))
    funds = table(book).funds
    assert funds is not None
    results_of = [entry for entry in funds.entries.values() if entry.is_formula and entry.text]
    calculated_kinds = {AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE}
    lost = [e for (kind, _), e in funds.entries.items() if e in results_of and kind in calculated_kinds]
    assert lost
    broken = after(book, [Change(e.ref, "", content(e.cell), "", formula="") for e in lost])
    assert all(entry.ref in found(broken, "L106").refs for entry in lost)
    fixed = planned(broken, foresee_fix(broken, evaluate(broken), WHEN, Evaluator()).plan)
    own = {Sheet.LOG, Sheet.FINDINGS, Sheet.SUMMARY}
    assert everything(fixed, *own) == everything(book, *own)
