"""评分, 校验, 撤销 and their like, pressed in a headless Excel, agree with the core on the file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import zipingbiao as z
from support.handed_in import handed_in
from support.headless import Error, Workbook
from support.headless.desk import Desk, contents, counted, peoples, written
from support.headless.foreign import FIRST, LINES, foreign
from zipingbiao.book.cells import Ref, column_letters
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.scoring.finding import Severity
from zipingbiao.table import ours
from zipingbiao.table.ours import FIRST_ROW, Sheet
from zipingbiao.table.records import Role

ROOT = Path(__file__).parents[2] / "workbooks"
EXAMPLES = sorted((ROOT / "examples").glob("*.xlsx"))
ALL_FIVE = ROOT / "examples" / "五个项目.xlsx"
TYPED = ((*LINES[0], 20), *LINES[1:])
"""One score typed by hand that the rule gives otherwise: 20 instead of 23.75."""


def source(name: str) -> bytes:
    return foreign() if name == "外来" else (ROOT / "examples" / name).read_bytes()


def on_file(data: bytes) -> FileResult:
    """The core's result of a file as `zpb check` reads it."""
    return evaluate(read_bytes(data, "自评表.xlsx"))


WORKBOOKS = pytest.mark.parametrize("name", ["外来", *(path.name for path in EXAMPLES)])


@WORKBOOKS
def test_scoring_gives_what_the_core_gives_on_the_file(desk: Desk, name: str) -> None:
    data = source(name)
    desk.excel.open(data)
    report = desk.press("score")
    assert report is not None
    expected, found = on_file(data), evaluate(desk.read())
    assert [one.adopted_total for one in found.evaluations] == [
        one.adopted_total for one in expected.evaluations
    ]
    assert all(one.adopted_total is not None for one in found.evaluations)
    assert [one.grade for one in found.evaluations] == [one.grade for one in expected.evaluations]


@WORKBOOKS
def test_scores_totals_and_findings_stand_in_the_cells(desk: Desk, name: str) -> None:
    book = desk.excel.open(source(name))
    desk.press("score")
    result = evaluate(desk.read())
    for evaluation in result.evaluations:
        for row in evaluation.rows:
            entry = row.indicator.entries.get(Role.SCORE)
            if entry is not None and row.adopted is not None:
                shown = book.sheet(entry.ref.sheet).at(entry.ref.row, entry.ref.column)
                assert shown.value == pytest.approx(float(row.adopted))
        total = evaluation.table.total_score
        assert total is not None
        shown = book.sheet(total.ref.sheet).at(total.ref.row, total.ref.column)
        assert shown.value == pytest.approx(float(evaluation.adopted_total or 0))
    findings = book.sheet(Sheet.FINDINGS)
    lines = [(findings.at(row, 2).value, findings.at(row, 3).value) for row in range(4, 100)]
    first = sorted(result.findings, key=lambda each: list(Severity).index(each.severity))
    assert [line for line in lines if line[1]] == [(each.label, each.code) for each in first]


@WORKBOOKS
def test_pressing_twice_writes_nothing(desk: Desk, name: str) -> None:
    book = desk.excel.open(source(name))
    desk.press("score")
    before = contents(book)
    assert written(book)
    report = desk.press("score")
    assert report is not None
    assert report.changed == 0
    assert report.title.startswith("没有需要改动的单元格")
    assert written(book) == {}
    assert contents(book) == before


@WORKBOOKS
def test_undo_restores_every_cell_but_those_of_our_sheets(desk: Desk, name: str) -> None:
    book = desk.excel.open(source(name))
    before = peoples(book)
    desk.press("score")
    assert peoples(book) != before
    report = desk.press("undo")
    assert report is not None
    assert report.changed > 0
    assert peoples(book) == before


@WORKBOOKS
def test_undo_takes_findings_and_summary_back_too(desk: Desk, name: str) -> None:
    book = desk.excel.open(source(name))
    desk.press("score")
    desk.press("merge_book")
    desk.press("undo")
    for sheet in (Sheet.FINDINGS, Sheet.SUMMARY):
        lines = {place: held for place, held in book.sheet(sheet).contents().items() if place[0] >= FIRST_ROW}
        assert not {held.value for held in lines.values()} - {None, ""}


def test_a_line_typed_below_all_that_the_sums_reach_counts_and_is_undone(desk: Desk) -> None:
    """As a row is that was inserted right above the total of the template."""
    data = source(EXAMPLES[1].name)
    read = read_bytes(data, "自评表.xlsx")
    table = evaluate(read).evaluations[0].table
    total, column = table.total_score, table.headings
    assert total is not None
    last, sheet = total.ref.row - 1, total.ref.sheet
    typed: dict[Role, Decimal | str] = {
        Role.NAME: "利用人次",
        Role.WEIGHT: Decimal(5),
        Role.TARGET: "100人次",
        Role.ACTUAL: "80人次",
    }
    short = []
    weights = total.ref._replace(column=column[Role.WEIGHT].column)
    shown_before: tuple[tuple[Ref, Decimal | str], ...] = ((total.ref, "未完成"), (weights, Decimal(100)))
    for ref, value in shown_before:
        cell = read.grid(sheet).at(ref.row, ref.column)
        assert cell is not None
        assert cell.formula is not None
        short.append(Change(ref, "", value, "", formula=cell.formula.replace(str(last), str(last - 1))))
    line = [Change(Ref(sheet, last, column[role].column), "", value, "") for role, value in typed.items()]
    gone = Change(Ref(sheet, last, column[Role.SCORE].column), "", "", "", formula="")
    book = desk.excel.open(patch(data, Plan((*line, *short, gone), read.digest)))
    before = peoples(book)
    desk.press("score")
    evaluation = evaluate(desk.read()).evaluations[0]
    assert evaluation.rows[-1].score == 4
    shown = book.sheet(sheet).at(total.ref.row, total.ref.column)
    assert shown.value == pytest.approx(float(evaluation.adopted_total or 0))
    desk.press("undo")
    assert peoples(book) == before


def test_ctrl_z_takes_the_press_back_if_it_wrote_anything(desk: Desk) -> None:
    desk.excel.open(foreign())
    offered = [
        button
        for button in ("check", "score", "score", "undo", "check")
        if (report := desk.press(button)) is not None and report.undoable
    ]
    assert offered == ["score"]


def test_undo_without_anything_to_undo_is_one_sentence(desk: Desk) -> None:
    desk.excel.open(foreign())
    assert "变更记录" in desk.refused("undo")
    desk.press("score")
    desk.press("undo")
    assert "没有可以撤销" in desk.refused("undo")


def test_undo_leaves_what_was_typed_since(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    desk.press("score")
    sheet = book.sheet("表1")
    sheet.type(f"G{FIRST}", 21)
    report = desk.press("undo")
    assert report is not None
    assert sheet[f"G{FIRST}"].value == 21
    assert sheet[f"G{FIRST + 1}"].value is None
    assert f"G{FIRST}" in "".join(report.lines)


@WORKBOOKS
def test_checking_changes_nothing_but_the_findings(desk: Desk, name: str) -> None:
    data = source(name)
    book = desk.excel.open(data)
    before = contents(book, Sheet.FINDINGS)
    desk.press("check")
    assert contents(book, Sheet.FINDINGS) == before
    counted(book)
    assert desk.press("check") is not None
    assert written(book) == {}


def test_a_new_sheet_of_ours_leaves_the_user_where_they_were(desk: Desk) -> None:
    book = desk.excel.open(foreign(sheets=2))
    book.active = book.sheet("表2")
    desk.press("score")
    assert book.active is book.sheet("表2")
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2", Sheet.FINDINGS, Sheet.LOG]


def test_no_sheet_too_many_where_several_are_selected_together(desk: Desk) -> None:
    book = desk.excel.open(foreign(sheets=2))
    book.selected = 2
    desk.press("score")
    assert [sheet.name for sheet in book.sheets] == ["表1", "表2", Sheet.FINDINGS, Sheet.LOG]


@pytest.mark.parametrize("visible", [0, 2], ids=["hidden", "very hidden"])
def test_our_sheets_stand_behind_the_last_that_is_seen(desk: Desk, visible: int) -> None:
    book = desk.excel.open(foreign(sheets=2))
    book.sheet("表2").visible = visible
    desk.press("score")
    assert [sheet.name for sheet in book.sheets] == ["表1", Sheet.FINDINGS, Sheet.LOG, "表2"]


def test_somebody_elses_sheet_is_refused(desk: Desk) -> None:
    book = desk.excel.open(foreign(sheets=2))
    book.sheet("表2").name = Sheet.FINDINGS.value
    before = contents(book)
    for button in ("score", "check", "recalculate"):
        assert "不是本程序建立的，请先改名" in desk.refused(button)
    assert contents(book) == before


@pytest.mark.parametrize("agrees", [True, False])
@pytest.mark.parametrize("button", ["score", "recalculate"])
def test_the_one_question_about_typed_scores(desk: Desk, button: str, *, agrees: bool) -> None:
    book = desk.excel.open(foreign(lines=TYPED))
    desk.agrees = agrees
    before = contents(book)
    desk.press(button)
    assert len(desk.asked) == 1
    assert "1 行手工得分" in desk.asked[0]
    assert book.sheet("表1")[f"G{FIRST}"].value == (23.75 if agrees else 20)
    assert (contents(book) == before) is (button == "recalculate" and not agrees)


def test_no_question_where_nothing_differs(desk: Desk) -> None:
    desk.excel.open(foreign())
    desk.press("score")
    desk.press("recalculate")
    assert desk.asked == []


def test_summary_of_five_projects(desk: Desk) -> None:
    book = desk.excel.open(ALL_FIVE)
    assert desk.press("merge_book") is not None
    sheet = book.sheet(Sheet.SUMMARY)
    result = on_file(ALL_FIVE.read_bytes())
    column = {heading: number for number, heading in enumerate(HEADINGS[Sheet.SUMMARY], 1)}
    total = ours.FIRST_ROW
    rows = range(total + 1, total + 6)

    def shown(heading: str) -> list[object]:
        return [sheet.at(row, column[heading]).value for row in rows]

    assert shown("自评得分") == [float(one.adopted_total or 0) for one in result.evaluations]
    assert shown("自评等级") == [
        one.profile.printed_grade(one.adopted_total or Decimal(0)) for one in result.evaluations
    ]
    assert sheet.at(total, column["项目名称"]).value == "合计（5个）"
    for heading in ("年初预算数", "全年预算数", "全年执行数"):
        amounts = [Decimal(str(value)) for value in shown(heading)]
        assert sheet.at(total, column[heading]).value == pytest.approx(float(sum(amounts)))
    rate = sheet.at(total, column["全年执行数"]).value, sheet.at(total, column["全年预算数"]).value
    assert isinstance(rate[0], float)
    assert isinstance(rate[1], float)
    assert sheet.at(total, column["执行率"]).value == pytest.approx(rate[0] / rate[1], abs=0.00005)
    mean = sum(Decimal(str(value)) for value in shown("自评得分")) / 5
    assert sheet.at(total, column["自评得分"]).value == pytest.approx(float(mean), abs=0.005)


def test_explanation_of_the_selected_row(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    desk.excel.select(book.sheet("表1"), f"D{FIRST}")
    report = desk.press("explain")
    assert report is not None
    assert report.title.startswith("培训人次：25 × 190 ÷ 200 = 23.75")
    desk.excel.select(book.sheet("表1"), "D2")
    assert "第 2 行不是指标行" in desk.refused("explain")


@pytest.mark.parametrize("name", ["外来", "五个项目.xlsx", "003-政务服务平台运维服务费.xlsx"])
def test_clearing_leaves_what_people_typed(desk: Desk, name: str) -> None:
    book = desk.excel.open(source(name))
    before = peoples(book)
    desk.press("score")
    assert "已取消" in desk.refused("clear")
    desk.agrees = True
    desk.press("clear")
    assert peoples(book) == before
    own = [sheet for sheet in book.sheets if sheet.name in (Sheet.FINDINGS, Sheet.LOG)]
    assert len(own) == (0 if name == "外来" else 2)
    for sheet in own:
        assert not [place for place, held in sheet.contents().items() if place[0] > 3 and held.value]
    assert not [name for name in book.names if name.startswith("zp_written")]
    assert "撤销" in desk.refused("undo")


def test_a_sheet_with_a_note_stays_in_a_foreign_workbook(desk: Desk) -> None:
    book = desk.excel.open(foreign(lines=TYPED))
    desk.press("score")
    column = column_letters(ours.FINDING_HEADINGS.index("核实说明") + 1)
    book.sheet(Sheet.FINDINGS).type(f"{column}4", "已与业务科室核对")
    desk.agrees = True
    desk.press("clear")
    assert [sheet.name for sheet in book.sheets] == ["表1", Sheet.FINDINGS]


def test_a_protected_structure_keeps_our_blank_sheets(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    desk.press("score")
    book.fixed, desk.agrees = True, True
    assert desk.press("clear") is not None
    assert [sheet.name for sheet in book.sheets] == ["表1", Sheet.FINDINGS, Sheet.LOG]


def test_a_note_survives_clearing(desk: Desk) -> None:
    book = desk.excel.open(ALL_FIVE)
    desk.press("score")
    findings = book.sheet(Sheet.FINDINGS)
    note = f"{column_letters(ours.FINDING_HEADINGS.index('核实说明') + 1)}4"
    findings.type(note, "已与业务科室核对")
    desk.agrees = True
    desk.press("clear")
    assert findings[note].value == "已与业务科室核对"
    assert findings["C5"].value is None


def test_an_error_value_is_a_finding(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    sheet = book.sheet("表1")
    sheet.type(f"E{FIRST}", "#DIV/0!")
    assert sheet[f"E{FIRST}"].value == Error("#DIV/0!")
    report = desk.press("check")
    assert report is not None
    assert "V101" in "".join(report.lines)


@pytest.mark.parametrize("data", [foreign(sheets=50), ALL_FIVE.read_bytes()], ids=["50 foreign", "5 ours"])
def test_few_calls_per_sheet(desk: Desk, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(data)
    book = desk.excel.open(path)
    assert desk.press("score") is not None
    for name, (reads, writes) in counted(book).items():
        assert reads <= 12, name
        assert writes <= (4 if name not in HEADINGS else 10), name


@pytest.mark.parametrize(
    ("data", "forms"), [(foreign(sheets=50), 1), (ALL_FIVE.read_bytes(), 2)], ids=["50 foreign", "5 ours"]
)
def test_a_workbook_that_was_never_saved_is_asked_once_per_form(desk: Desk, data: bytes, forms: int) -> None:
    """Its merged cells stand in no file: two or three questions for each on the first sheet of a form."""
    book = desk.excel.open(data)
    merged = max(len(sheet.merges) for sheet in book.sheets)
    assert desk.press("score") is not None
    reads = sorted((reads for reads, _ in counted(book).values()), reverse=True)
    assert reads[0] <= 20 + 4 * merged
    assert reads[forms] <= 12


# --- manual calculation ----------------------------------------------------------------------------


def test_a_stale_rate_in_manual_mode_scores_the_fresh_one(desk: Desk) -> None:
    """38 of 40 stood there, then 20 was typed, and nobody pressed F9."""
    book = desk.excel.open(foreign())
    sheet = book.sheet("表1")
    assert sheet["H5"].value == pytest.approx(0.95)
    book.manual = True
    sheet.type("F5", 20)
    assert sheet["H5"].value == pytest.approx(0.95)
    desk.press("score")
    assert sheet["H5"].value == pytest.approx(0.5)
    (evaluation,) = evaluate(desk.read()).evaluations
    assert evaluation.rows[0].score == 5
    assert sheet["I5"].value == 5


def test_results_are_those_of_what_was_written_in_manual_mode_too(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    book.manual = True
    report = desk.press("score")
    assert report is not None
    assert report.result is not None
    (evaluation,) = report.result.evaluations
    total = evaluation.table.total_score
    assert total is not None
    held = book.sheet("表1").held((total.ref.row, total.ref.column))
    assert held.formula is not None
    assert held.value == pytest.approx(float(evaluation.adopted_total or 0))
    assert book.manual


# --- from finding to finding -----------------------------------------------------------------------


def selected(desk: Desk) -> str:
    sheet, area = desk.excel.app.selected or (None, None)
    assert sheet is not None
    assert area is not None
    return str(Ref(sheet.name, area.top, area.left))


def places(book: Workbook) -> list[str]:
    """The cells of 校验结果, each once, in its order."""
    sheet = book.sheet(Sheet.FINDINGS)
    column = ours.FINDING_HEADINGS.index("位置") + 1
    shown = [sheet.at(row, column).value for row in range(FIRST_ROW, FIRST_ROW + 60)]
    return list(dict.fromkeys(str(value) for value in shown if value))


def test_the_findings_are_walked_there_and_back(desk: Desk) -> None:
    book = desk.excel.open(handed_in("002"))
    desk.press("check")
    wanted = places(book)
    assert len(wanted) > 3
    desk.excel.select(book.sheets[0], "A1")
    walked = []
    for number in range(1, len(wanted) + 1):
        report = desk.press("next_finding")
        assert report is not None
        assert report.in_passing
        assert report.title.startswith(f"第 {number} / {len(wanted)} 处 {wanted[number - 1]} ")
        walked.append(selected(desk))
    assert walked == wanted
    desk.press("next_finding")
    assert selected(desk) == wanted[0]
    desk.press("previous_finding")
    assert selected(desk) == wanted[-1]
    assert book.active is not None
    assert book.active.name == wanted[-1].rpartition("!")[0]


def test_what_was_explained_is_no_longer_walked_to(desk: Desk) -> None:
    book = desk.excel.open(handed_in("002"))
    desk.press("check")
    before = len(places(book))
    findings = book.sheet(Sheet.FINDINGS)
    label = ours.FINDING_HEADINGS.index("级别") + 1
    rows = [row for row in range(FIRST_ROW, FIRST_ROW + 60) if findings.at(row, label).value == "警告"]
    for row in rows:
        findings.type(
            f"{column_letters(ours.FINDING_HEADINGS.index('核实说明') + 1)}{row}", "已与业务科室核对"
        )
    desk.press("check")
    report = desk.press("next_finding")
    assert report is not None
    assert f"/ {before} 处" not in report.title
    assert rows


def test_a_place_on_a_hidden_sheet_is_shown_by_its_line(desk: Desk) -> None:
    book = desk.excel.open(handed_in("002"))
    desk.press("check")
    first = places(book)[0]
    book.sheet(first.rpartition("!")[0]).visible = 0
    desk.press("next_finding")
    assert selected(desk) == str(Ref(Sheet.FINDINGS, FIRST_ROW, ours.FINDING_HEADINGS.index("位置") + 1))


@pytest.mark.parametrize("button", ["next_finding", "previous_finding"])
def test_without_a_check_there_is_nothing_to_walk(desk: Desk, button: str) -> None:
    desk.excel.open(foreign())
    assert desk.refused(button) == "请先按“评分”或“校验”，再逐处查看问题。"


def test_help_explains_the_rule_of_the_selected_finding(desk: Desk) -> None:
    book = desk.excel.open(handed_in("002"))
    desk.press("check")
    desk.press("next_finding")
    code = book.sheet(Sheet.FINDINGS).at(FIRST_ROW, ours.FINDING_HEADINGS.index("规则") + 1).value
    report = desk.press("help")
    assert report is not None
    assert report.lines[0].startswith(f"{code} ")
    assert "依据：" in report.lines[0]
    desk.excel.select(book.sheets[0], "Z99")
    report = desk.press("help")
    assert report is not None
    assert report.title == f"绩效自评 {z.__version__}"
    assert "评分" in report.lines[0]


# --- repairs ---------------------------------------------------------------------------------------


def test_repairs_are_those_of_the_file_and_can_be_undone(desk: Desk) -> None:
    lines = (("产出指标", "数量指标", "培训人次", "≥ 200人次", "１９０人次", "25"), *LINES[1:])
    book = desk.excel.open(foreign(lines=lines))
    before = typed(book)
    report = desk.press("repair")
    assert report is not None
    assert report.undoable
    assert report.changed == 3
    sheet = book.sheet("表1")
    assert [sheet[f"{column}{FIRST}"].value for column in "DEF"] == ["≥200人次", "190人次", 25]
    again = desk.press("repair")
    assert again is not None
    assert again.title == "没有可以修复的单元格。"
    desk.press("undo")
    assert typed(book) == before


def typed(book: Workbook) -> dict[tuple[int, int], object]:
    """What people typed on the sheet, results of formulas left out."""
    return {place: held for place, held in book.sheet("表1").contents().items() if held.formula is None}
