"""Project sheets of the template: what goes in reads back, formulas say what they should, no cell is in the way."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support import office
from zipingbiao.book import formulas as calc
from zipingbiao.book import marks
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, Ref
from zipingbiao.book.changes import Change
from zipingbiao.book.read import read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.workbook import plan_workbook
from zipingbiao.result.columns import OWN_SUMMARY
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.file_result import FileResult
from zipingbiao.scoring.finding import Severity
from zipingbiao.table import ours
from zipingbiao.table.find import read_tables
from zipingbiao.table.forms import FORMS, national, shanxi
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Form, Place, Project, Role
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook
from zipingbiao.template.forms.shanxi import SOURCES
from zipingbiao.template.funds import typed_amounts
from zipingbiao.template.project import sheet_names
from zipingbiao.template.sums import ASK
from zipingbiao.template.write import build, finished

WHEN = dt.datetime.fromisoformat("2026-11-20 20:10:05")
UNIT = Project(department="甲县财政局", unit="甲县档案馆", year="2020")

EXECUTION = NewLine(
    "预算执行指标",
    "预算执行指标",
    "预算执行率",
    Decimal(10),
    "100%",
    reason="尾款次年支付",
    is_execution=True,
)
LINES = (
    NewLine("产出指标", "数量指标", "=数字化卷数", Decimal(50), "≥130卷", "221卷", reason="追加了任务"),
    NewLine("产出指标", "成本指标", "业务成本", Decimal(20), "19.48万元", "19.27万元", kind="反向"),
    NewLine(
        "效益指标", "可持续影响指标", "可持续影响", Decimal(10), "可持续", "部分达成年度指标并具有一定效果",
        manual=Decimal("7.5"), manual_reason="按三档打分",
    ),
    NewLine(
        "满意度指标", "服务对象满意度指标", "满意度", Decimal(10), "≥95%", "90%",
        adjusted="≥90%", document="甲财〔2020〕1号",
    ),
)  # fmt: skip


def funds(**amounts: str) -> Mapping[tuple[AmountKind, Source], Decimal]:
    """Amounts by kind and source: ``executed_county="19.27"``."""
    found = {}
    for name, amount in amounts.items():
        kind = next(kind for kind in AmountKind if name.startswith(kind.value))
        found[kind, Source(name.removeprefix(f"{kind.value}_"))] = Decimal(amount)
    return found


FIRST = NewProject(
    Project(name="档案数字化", code="1409-001"),
    parent="档案管理",
    fiscal_level="县级",
    funds=funds(
        initial_budget_county="19.48",
        full_year_budget_county="15.48",
        full_year_budget_other="4",
        received_county="19.48",
        executed_county="15.27",
        executed_other="4",
    ),
    lines=(EXECUTION, *LINES),
    texts={"年度绩效目标": "完成馆藏档案数字化。"},
)
SECOND = NewProject(
    Project(name="库房维修", department="甲县住建局", year="2021"),
    funds=funds(full_year_budget_total="107.26", executed_total="100", initial_budget_fiscal="5",
                initial_budget_other="1.5", initial_budget_total="7"),
    lines=(EXECUTION, *LINES),
)  # fmt: skip


def workbook(form: Form, *projects: NewProject, formulas: bool = False) -> NewWorkbook:
    return NewWorkbook(form, UNIT, projects, formulas=formulas)


def blank(form: Form) -> NewWorkbook:
    return NewWorkbook(form, Project(), (NewProject(),))


@pytest.fixture(scope="module", params=FORMS, ids=lambda form: form.key)
def form(request: pytest.FixtureRequest) -> Form:
    assert isinstance(request.param, Form)
    return request.param


@pytest.fixture(scope="module")
def data(form: Form) -> bytes:
    return finished(workbook(form, FIRST, SECOND))


@pytest.fixture(scope="module")
def book(data: bytes) -> Book:
    return read_bytes(data, "自评表.xlsx")


@pytest.fixture(scope="module")
def result(book: Book) -> FileResult:
    return evaluate(book)


@pytest.fixture(scope="module")
def opened(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def native(form: Form) -> bytes:
    """A workbook of the 免宏版 with lines that a formula can decide, one adjusted, and dates that it cannot."""
    lines = (
        NewLine(
            "产出指标",
            "数量指标",
            "培训人数",
            Decimal(40),
            "≥200人",
            "80人",
            adjusted="≥100人",
            document="甲财1号",
        ),
        NewLine("产出指标", "时效指标", "交付", Decimal(20), "2021年12月底前", "2021年11月"),
        NewLine("效益指标", "社会效益指标", "知晓率", Decimal(30), "90%", "95%", kind="正向"),
    )
    return finished(workbook(form, replace(FIRST, lines=(EXECUTION, *lines)), formulas=True))


def column(book: Book, role: Role, sheet: str) -> int:
    """The column of a role, as the heading that the reader found."""
    return next(table for table in read_tables(book) if table.sheet == sheet).headings[role].column


def rows_of(book: Book, sheet: str) -> list[int]:
    table = next(table for table in read_tables(book) if table.sheet == sheet)
    return [line.row for line in table.indicators if line.place is Place.ROW and line.row is not None]


def local(opened: Workbook, sheet: str, name: str) -> Ref:
    """The cell of a name of one sheet."""
    cells = opened[sheet].defined_names[name].attr_text.rsplit("!", 1)[1].replace("$", "")
    cell = opened[sheet][cells]
    return Ref(sheet, cell.row, cell.column)


class TestReadingBack:
    def test_one_table_per_project_and_none_elsewhere(self, result: FileResult, form: Form) -> None:
        assert [(e.table.sheet, e.table.form) for e in result.evaluations] == [
            ("1409-001", form),
            ("库房维修", form),
        ]
        assert not any(evaluation.table.problems for evaluation in result.evaluations)
        assert result.faults == ()

    def test_the_head_comes_from_the_unit_or_from_the_project(self, result: FileResult) -> None:
        first, second = (evaluation.table.project for evaluation in result.evaluations)
        assert first == Project("档案数字化", "1409-001", "甲县财政局", "甲县档案馆", "2020")
        assert second == Project("库房维修", "", "甲县住建局", "甲县档案馆", "2021")

    def test_every_line_says_what_went_in(self, result: FileResult) -> None:
        rows = [row for row in result.evaluations[0].table.indicators if not row.is_execution]
        for read, given in zip(rows, LINES, strict=True):
            assert (read.level1, read.level2, read.name) == (given.level1, given.level2, given.name)
            assert (read.weight, read.text(Role.ACTUAL)) == (given.weight, given.actual)
            assert read.text(Role.TARGET) == (given.adjusted or given.target)
            assert (read.text(Role.REASON), read.text(Role.SIGN)) == (given.reason, given.kind)
            assert read.stated_score == given.manual
            assert {Role.COMPUTED, Role.MANUAL, Role.MANUAL_REASON, Role.EXPLANATION} <= set(read.entries)

    def test_the_execution_is_one_line_calculated_from_the_funds(
        self, result: FileResult, form: Form
    ) -> None:
        executions = [row for row in result.evaluations[0].rows if row.indicator.is_execution]
        assert [row.score for row in executions] == [Decimal("9.89")]
        place = Place.ROW if form is shanxi.FORM else Place.FUNDS
        assert executions[0].indicator.place is place
        assert executions[0].indicator.weight == 10

    def test_amounts_stand_in_their_cells_and_sums_are_formulas(self, result: FileResult, form: Form) -> None:
        table = result.evaluations[0].table.funds
        assert table is not None
        assert table.by_rows is (form is shanxi.FORM)
        assert table.typed_amount(AmountKind.FULL_YEAR) == Decimal("19.48")
        assert table.typed_amount(AmountKind.EXECUTED) == Decimal("19.27")
        assert table.typed_amount(AmountKind.FULL_YEAR, Source.FISCAL) == Decimal("15.48")
        total = table.entry(AmountKind.FULL_YEAR)
        assert total is not None
        assert total.is_formula

    def test_a_sum_that_was_typed_wins_over_the_formula(self, result: FileResult) -> None:
        table = result.evaluations[1].table.funds
        assert table is not None
        for kind, amount in ((AmountKind.INITIAL, "7"), (AmountKind.FULL_YEAR, "107.26")):
            total = table.entry(kind)
            assert total is not None
            assert (total.is_formula, total.amount(table.unit)) == (False, Decimal(amount))

    def test_no_formula_lacks_its_result_and_none_is_an_error(self, result: FileResult) -> None:
        codes = {finding.code for finding in result.findings if finding.severity is not Severity.INFO}
        assert not codes & {"V101", "V102", "L101", "L102", "L103", "F101", "F102", "F103"}

    def test_a_blank_form_reads_as_a_table_without_indicators_to_score(self, form: Form) -> None:
        tables = read_tables(read_bytes(finished(blank(form)), "空.xlsx"))
        assert [(table.sheet, table.form) for table in tables] == [("项目1", form)]
        assert [row.is_execution for row in tables[0].indicators] == [True]
        assert tables[0].project.name == ""


class TestFormulas:
    """Each changed cell is typed into the finished workbook and calculated again."""

    def calculated(self, book: Book, changed: Mapping[Ref, Decimal | str], wanted: Ref) -> Decimal | str:
        return calc.results(book, changed)[wanted]

    def test_the_score_is_the_typed_one_else_the_computed_one(self, book: Book) -> None:
        score, computed, manual = (
            column(book, role, "1409-001") for role in (Role.SCORE, Role.COMPUTED, Role.MANUAL)
        )
        row = rows_of(book, "1409-001")[-1]
        cells = {name: Ref("1409-001", row, at) for name, at in (("c", computed), ("m", manual))}
        wanted = Ref("1409-001", row, score)
        assert self.calculated(book, {cells["c"]: Decimal("9.5")}, wanted) == Decimal("9.5")
        both = {cells["c"]: Decimal("9.5"), cells["m"]: Decimal(0)}
        assert self.calculated(book, both, wanted) == 0

    @pytest.mark.parametrize(
        ("weight", "sentence"),
        [("50", "权重合计100，通过"), ("45", "权重合计95，缺5"), ("55.5", "权重合计105.5，多5.5")],
    )
    def test_the_weights_add_up_in_words(self, book: Book, weight: str, sentence: str) -> None:
        sheet = "1409-001"
        first = next(
            line.row for line in read_tables(book)[0].indicators if line.name == LINES[0].name and line.row
        )
        changed: dict[Ref, Decimal | str] = {
            Ref(sheet, first, column(book, Role.WEIGHT, sheet)): Decimal(weight)
        }
        assert sentence in calc.results(book, changed).values()

    def test_the_total_waits_for_every_score(self, book: Book, opened: Workbook, form: Form) -> None:
        sheet = "1409-001"
        total, grade = local(opened, sheet, "zp_total"), local(opened, sheet, "zp_grade")
        assert opened[sheet].cell(total.row, total.column).data_type == "f"
        computed = column(book, Role.COMPUTED, sheet)
        rows = [
            line.row
            for line in read_tables(book)[0].indicators
            if line.row and not line.is_execution and line.stated_score is None
        ]
        scores = dict(zip(rows, map(Decimal, ("50", "20", "10")), strict=True))
        some: dict[Ref, Decimal | str] = {
            Ref(sheet, row, computed): points for row, points in list(scores.items())[1:]
        }
        every: dict[Ref, Decimal | str] = {Ref(sheet, row, computed): p for row, p in scores.items()}
        assert calc.results(book, some)[total] == "未完成"
        assert calc.results(book, some).get(grade, "") == ""
        results = calc.results(book, every)
        assert results[total] == Decimal("97.39")
        assert results[grade] == ("优秀" if form is shanxi.FORM else "优")

    @pytest.mark.parametrize(
        ("typed", "complete"),
        [
            ({Role.NAME: "观摩次数"}, False),
            ({Role.NAME: "观摩次数", Role.REASON: "项目取消"}, False),
            ({Role.NAME: "观摩次数", Role.TARGET: "/"}, True),
            ({Role.NAME: "指标2："}, True),
            ({Role.NAME: "……"}, True),
            ({Role.LEVEL1: "效益指标", Role.LEVEL2: "社会效益指标"}, True),
        ],
        ids=str,
    )
    def test_the_total_waits_for_every_row_with_a_name(
        self, book: Book, opened: Workbook, typed: dict[Role, str], complete: bool
    ) -> None:
        """As the core does: a ready row that somebody named and did not fill in is a line without a score."""
        sheet = "1409-001"
        computed = column(book, Role.COMPUTED, sheet)
        free = rows_of(book, sheet)[-1] + 1
        changed: dict[Ref, Decimal | str] = {
            Ref(sheet, row, computed): Decimal(10) for row in rows_of(book, sheet)
        }
        changed |= {Ref(sheet, free, column(book, role, sheet)): text for role, text in typed.items()}
        results = calc.results(book, changed)
        assert (results[local(opened, sheet, "zp_total")] != "未完成") is complete
        assert (results.get(local(opened, sheet, "zp_grade"), "") != "") is complete
        table = read_tables(after(book, [Change(ref, "", new, "") for ref, new in changed.items()]))[0]
        assert any(line.is_unfilled for line in table.indicators) is not complete

    @pytest.mark.parametrize(
        ("points", "words"), [("42.61", "优秀 优"), ("42.6", "良好 良"), ("2.5", "差 差")]
    )
    def test_the_grade_changes_at_its_limits(
        self, book: Book, opened: Workbook, form: Form, points: str, words: str
    ) -> None:
        sheet = "1409-001"
        computed = column(book, Role.COMPUTED, sheet)
        rows = [line.row for line in read_tables(book)[0].indicators if line.row and not line.is_execution]
        changed: dict[Ref, Decimal | str] = {Ref(sheet, row, computed): Decimal(10) for row in rows}
        changed[Ref(sheet, rows[0], computed)] = Decimal(points)
        changed[Ref(sheet, rows[1], computed)] = Decimal(20)
        results = calc.results(book, changed)
        assert results[local(opened, sheet, "zp_grade")] == words.split()[form is national.FORM]

    @pytest.mark.parametrize("budget", [Decimal(0), ""])
    def test_without_a_budget_the_execution_is_blank(self, book: Book, budget: Decimal | str) -> None:
        table = read_tables(book)[1]
        assert table.funds is not None
        total = table.funds.entry(AmountKind.FULL_YEAR)
        execution = next(line for line in table.indicators if line.is_execution)
        assert total is not None
        score = execution.ref(Role.COMPUTED, Role.SCORE)
        assert score is not None
        results = calc.results(book, {total.ref: budget})
        assert results[score] == ""
        assert not [value for value in results.values() if isinstance(value, str) and value.startswith("#")]

    def test_shanxi_prints_balance_and_rates_as_numbers(self) -> None:
        book = read_bytes(finished(workbook(shanxi.FORM, FIRST)), "自评表.xlsx")
        table = read_tables(book)[0].funds
        assert table is not None
        printed = {
            kind: [table.entries[kind, source].text for source in (Source.TOTAL, Source.COUNTY, Source.CITY)]
            for kind in (AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)
        }
        assert printed == {
            AmountKind.BALANCE: ["0.21", "4.21", "0"],
            AmountKind.FUNDING_RATE: ["100", "125.84", "0"],
            AmountKind.EXECUTION_RATE: ["98.92", "98.64", "0"],
        }

    def test_shanxi_leaves_results_blank_while_their_amounts_are(self) -> None:
        book = read_bytes(finished(workbook(shanxi.FORM, SECOND)), "自评表.xlsx")
        table = read_tables(book)[0].funds
        assert table is not None
        printed = [
            table.entries[kind, Source.TOTAL].text
            for kind in (AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)
        ]
        assert printed == ["", "", "93.23"]


class TestWithoutMacros:
    """The 免宏版: what a formula can decide is scored, the rest asks for the button."""

    def test_lines_are_scored_by_formula(self, native: bytes) -> None:
        result = evaluate(read_bytes(native, "自评表.xlsx"))
        rows = [row for row in result.evaluations[0].table.indicators if not row.is_execution]
        assert [row.text(Role.COMPUTED) for row in rows] == ["32", ASK, "30"]
        assert [row.text(Role.COMPLETION) for row in rows] == ["80%", "", "105.56%"]
        assert [row.stated_score for row in rows] == [None, None, None]

    def test_scoring_adds_what_the_formulas_leave_to_it(self, native: bytes) -> None:
        book = read_bytes(native, "自评表.xlsx")
        plan = plan_workbook(book, evaluate(book), WHEN)
        scored = read_bytes(patch(native, plan), "自评表.xlsx")
        (evaluation,) = evaluate(scored).evaluations
        total, asking = evaluation.table.total_score, evaluation.rows[2].indicator
        assert total is not None
        assert (total.number, asking.text(Role.SCORE)) == (evaluation.adopted_total, "20")
        assert (asking.text(Role.COMPUTED), asking.text(Role.COMPLETION)) == (ASK, "100%")
        assert not plan_workbook(scored, evaluate(scored), WHEN)

    def test_the_steps_are_no_columns_of_the_table(self, native: bytes, form: Form) -> None:
        """A heading such as 方向 would be read as the column of signs."""
        plain = build(workbook(form, FIRST))
        (table,), (other, *_) = (read_tables(read_bytes(data, "自评表.xlsx")) for data in (native, plain))
        assert [(role, ref.column) for role, ref in table.headings.items()] == [
            (role, ref.column) for role, ref in other.headings.items()
        ]
        assert {line.sign for line in table.indicators if not line.text(Role.SIGN)} == {None}

    def test_the_steps_are_hidden_and_not_printed(self, native: bytes) -> None:
        opened = openpyxl.load_workbook(io.BytesIO(native))
        sheet = opened["1409-001"]
        heading = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "目标·文字")
        last = max(cell.column for cell in sheet[heading.row] if cell.value)
        groups = [group for group in sheet.column_dimensions.values() if group.hidden and group.min]
        hidden = {column for group in groups for column in range(group.min or 0, (group.max or 0) + 1)}
        assert set(range(heading.column, last + 1)) <= hidden
        letters = re.findall(r"[A-Z]+", str(sheet.print_area).rsplit("!", 1)[1])
        assert letters[-1] < heading.column_letter or len(letters[-1]) < len(heading.column_letter)

    def test_amounts_with_units_are_not_passed_over(self, form: Form) -> None:
        """A sum of 100万元 as text and 7.26 is 7.26: no rate of that."""
        data = build(workbook(form, FIRST, formulas=True))
        book = read_bytes(data, "自评表.xlsx")
        (table,) = read_tables(book)
        assert table.funds is not None
        part = table.funds.entries[AmountKind.FULL_YEAR, Source.OTHER].ref
        assert ASK in calc.results(book, {part: "100万元"}).values()

    def test_the_workbook_says_so(self, native: bytes, form: Form) -> None:
        book = read_bytes(native, "自评表.xlsx")
        assert ours.of(book.names) == ours.Template(form, ours.VERSION, formulas=True)

    def test_no_formula_is_longer_than_excel_takes(self, native: bytes) -> None:
        cells = [cell for grid in read_bytes(native, "自评表.xlsx") for cell in grid.cells.values()]
        assert max(len(cell.formula or "") for cell in cells) < 8192

    @pytest.mark.office
    def test_libreoffice_calculates_what_is_cached(self, native: bytes, tmp_path: Path) -> None:
        path = tmp_path / "自评表.xlsx"
        path.write_bytes(native)
        assert_same_results(path)
        assert office.validate(path, "Office2013") == []
        assert office.validate(path, "Microsoft365") == []


class TestSheet:
    def test_the_body_has_no_merged_cell_and_room_for_thirty_lines(
        self, opened: Workbook, book: Book
    ) -> None:
        sheet = opened["1409-001"]
        cells = sheet.defined_names["zp_table"].attr_text.rsplit("!", 1)[1].replace("$", "")
        first, last = (sheet[corner] for corner in cells.split(":"))
        assert last.row - first.row >= 30
        assert not [area for area in sheet.merged_cells.ranges if first.row < area.max_row <= last.row]
        score = column(book, Role.SCORE, "1409-001")
        formulas = [sheet.cell(row, score).data_type for row in range(first.row + 1, last.row + 1)]
        assert set(formulas) == {"f"}

    def test_many_lines_still_leave_spare_rows(self, form: Form) -> None:
        lines = tuple(NewLine("产出指标", "数量指标", f"任务{number}", Decimal(2)) for number in range(40))
        opened = openpyxl.load_workbook(
            io.BytesIO(build(workbook(form, NewProject(Project(name="大项目"), lines=lines))))
        )
        cells = opened["大项目"].defined_names["zp_weights"].attr_text.rsplit("!", 1)[1].replace("$", "")
        assert len(list(opened["大项目"][cells])) > 40

    def test_long_texts_make_their_rows_higher_within_excels_limit(self, form: Form) -> None:
        line = replace(LINES[0], reason="设备招标推迟，尾款在次年支付。" * 8)
        project = replace(
            FIRST, lines=(EXECUTION, line), texts={"年度绩效目标": "完成馆藏档案数字化。" * 500}
        )
        opened = openpyxl.load_workbook(io.BytesIO(build(workbook(form, project))))
        heights = [row.height for row in opened["1409-001"].row_dimensions.values() if row.height]
        assert 400 < max(heights) <= 409.5
        reason = next(
            cell for row in opened["1409-001"].iter_rows() for cell in row if cell.value == line.reason
        )
        assert (opened["1409-001"].row_dimensions[reason.row or 0].height or 0) > 100

    def test_lists_and_limits_never_block(self, opened: Workbook) -> None:
        rules = opened["1409-001"].data_validations.dataValidation
        assert {rule.type for rule in rules} >= {"list", "decimal"}
        for rule in rules:
            assert rule.prompt
            assert rule.type in {None, "none"} or not rule.showErrorMessage or rule.errorStyle == "warning"
            assert len(rule.formula1 or "") <= 257  # 255 and the quotes

    def test_targets_and_results_are_text_cells(self, opened: Workbook, book: Book) -> None:
        sheet, row = opened["1409-001"], rows_of(book, "1409-001")[-1]
        for role in (Role.TARGET, Role.ACTUAL):
            assert sheet.cell(row, column(book, role, "1409-001")).number_format == "@"

    def test_it_prints_on_a4_across_with_headings_on_every_page(self, opened: Workbook, form: Form) -> None:
        sheet = opened["1409-001"]
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        tall = 1 if form is shanxi.FORM else 0
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or tall) == (1, tall)
        assert sheet.page_setup.blackAndWhite
        settings, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
        assert settings is not None
        assert footer is not None
        assert settings.fitToPage
        heading = sheet.defined_names["zp_table"].attr_text.rsplit("!", 1)[1].split("$")[2].rstrip(":")
        assert sheet.print_title_rows == f"${heading}:${heading}"
        assert [part and part.text for part in (footer.left, footer.right)] == [
            "填报单位：甲县档案馆",
            "第 &P 页，共 &N 页",
        ]
        assert not sheet.protection.sheet
        assert not sheet.sheet_view.showGridLines

    def test_the_code_stands_below_what_is_printed(self, opened: Workbook) -> None:
        sheet = opened["1409-001"]
        last = int(sheet.print_area.rsplit("$", 1)[1])
        assert "日期（盖章）" in str([cell.value for cell in sheet[last]])
        assert sheet.max_row == last + 2
        assert sheet.cell(last + 2, 1).value == marks.CODE_LABEL
        assert sheet.cell(last + 2, 3).value is None

    def test_the_outside_names_the_sheet_for_the_marks(self, opened: Workbook) -> None:
        for name in ("1409-001", "库房维修"):
            sheet = opened[name]
            label = next(cell for cell in sheet[1] if cell.value == ours.SHEET_LABEL)
            own = sheet.cell(1, label.column + 1)
            assert own.value == name
            ranges = [
                rule.formula[0]
                for found in sheet.conditional_formatting
                for rule in found.rules
                if rule.formula[0].startswith("COUNTIF")
            ]
            assert [f"COUNTIF({list_},${own.column_letter}$1&" in mark for list_, mark in zip(
                (ours.ERROR_CELLS, ours.WARNING_CELLS), ranges, strict=True)] == [True, True]  # fmt: skip

    def test_the_workbook_says_that_it_is_ours(self, book: Book, form: Form) -> None:
        assert ours.of(book.names) == ours.Template(form, ours.VERSION)
        assert book.names[ours.ERROR_CELLS].replace("'", "") == "校验结果!$K$4:$K$2000"

    def test_the_same_input_gives_the_same_bytes(self, data: bytes, form: Form) -> None:
        assert finished(workbook(form, FIRST, SECOND)) == data


@pytest.mark.parametrize(
    ("given", "typed"),
    [
        ({}, {}),
        ({"county": "3", "city": "2"}, {"county": "3", "city": "2"}),
        ({"county": "3", "fiscal": "3", "total": "3"}, {"county": "3"}),
        ({"county": "3", "fiscal": "4", "total": "4"}, {"county": "3", "fiscal": "4"}),
        ({"fiscal": "4", "other": "1", "total": "6"}, {"fiscal": "4", "other": "1", "total": "6"}),
        ({"total": "6"}, {"total": "6"}),
        ({"own": "1", "earmarked": "2", "total": "3"}, {"other": "3"}),
    ],
)
def test_only_sums_that_do_not_add_up_are_typed(given: dict[str, str], typed: dict[str, str]) -> None:
    amounts = {(AmountKind.EXECUTED, Source(source)): Decimal(amount) for source, amount in given.items()}
    found = typed_amounts(amounts, AmountKind.EXECUTED, SOURCES)
    assert {source.value: format(amount, "f") for source, amount in found.items()} == typed


@pytest.mark.parametrize(
    ("projects", "names"),
    [
        ([Project()], ["项目1"]),
        ([Project(name="甲", code="01"), Project(name="甲", code="01")], ["01", "01（2）"]),
        ([Project(name="数据/共享[一期]？=1!'b'\U00020000")], ["数据共享一期1b"]),
        ([Project(name="汇总表"), Project(name="'引号'")], ["汇总表（2）", "引号"]),
        ([Project(name="很" * 40), Project(name="很" * 40)], ["很" * 31, "很" * 28 + "（2）"]),
        ([Project(code="a"), Project(code="A")], ["a", "A（2）"]),
    ],
)
def test_sheets_are_named_by_code_or_name(projects: list[Project], names: list[str]) -> None:
    assert list(sheet_names([NewProject(project) for project in projects])) == names


class TestUnfilledLine:
    """A line that was named and not filled in, in a workbook of ours."""

    @pytest.fixture
    def pressed(self, form: Form) -> bytes:
        named = NewLine("产出指标", "数量指标", "观摩次数")
        data = finished(workbook(form, replace(FIRST, lines=(EXECUTION, *LINES, named))))
        book = read_bytes(data, "自评表.xlsx")
        return patch(data, plan_workbook(book, evaluate(book), WHEN))

    def test_no_sheet_shows_a_total(self, pressed: bytes) -> None:
        book = read_bytes(pressed, "自评表.xlsx")
        result = evaluate(book)
        (evaluation,) = result.evaluations
        assert evaluation.table.total_score is not None
        assert evaluation.table.grade is not None
        assert (evaluation.table.total_score.text, evaluation.table.grade.text) == ("未完成", "")
        line = {
            column.heading: book.grid("汇总表").at(ours.FIRST_ROW + 1, at)
            for at, column in enumerate(OWN_SUMMARY, 1)
        }
        assert line["自评得分"] is not None
        assert line["自评等级"] is not None
        assert (line["自评得分"].value, line["自评等级"].value) == ("未完成", "—")
        assert not plan_workbook(book, result, WHEN)

    def test_one_line_of_the_findings_names_it(self, pressed: bytes) -> None:
        book = read_bytes(pressed, "自评表.xlsx")
        findings = book.grid("校验结果")
        shown = [cell.value for cell in findings.cells.values() if "观摩次数" in str(cell.value)]
        assert len(shown) == 1
        assert [finding.code for finding in evaluate(book).findings if "观摩次数" in finding.message] == [
            "V115"
        ]

    @pytest.mark.office
    def test_libreoffice_calculates_what_is_cached(self, pressed: bytes, tmp_path: Path) -> None:
        path = tmp_path / "自评表.xlsx"
        path.write_bytes(pressed)
        assert_same_results(path)


@pytest.mark.office
class TestOffice:
    def test_the_validator_finds_nothing(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "自评表.xlsx"
        path.write_bytes(data)
        assert office.validate(path, "Office2013") == []
        assert office.validate(path, "Microsoft365") == []

    def test_libreoffice_calculates_what_is_cached(self, data: bytes, tmp_path: Path) -> None:
        path = tmp_path / "自评表.xlsx"
        path.write_bytes(data)
        assert_same_results(path)


def cells_of(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Any]]:
    """The cells of a sheet with their (row, column)."""
    for number, row in enumerate(sheet.iter_rows(), 1):
        for column_, cell in enumerate(row, 1):
            yield (number, column_), cell


def assert_same_results(path: Path) -> None:
    """Every formula's cached value equals LibreOffice's; a blank text reads back as nothing."""
    formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    found = office.recalculated(path)
    compared = 0
    for sheet in formulas:
        for place, cell in cells_of(sheet):
            if cell.data_type != "f":
                continue
            mine, theirs = (book[sheet.title].cell(*place).value for book in (cached, found))
            expected = pytest.approx(mine, rel=1e-12) if isinstance(mine, float | int) else mine or None
            assert theirs == expected, f"{sheet.title}!{cell.coordinate} {cell.value}"
            compared += 1
    assert compared > 50
