"""The sheets of the template beside those of the projects: contents, formats, and that none is a table."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support import office
from zipingbiao.book.read import read_bytes
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.profile.words import kind_lines, profile_lines
from zipingbiao.table import ours
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.candidates import open_bytes
from zipingbiao.table.find.drafts import find_drafts, other_heads
from zipingbiao.table.forms import FORMS, national, shanxi
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Form, Kind, Project
from zipingbiao.table.sections import TEXT_HEADINGS
from zipingbiao.template import evidence
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.others import write_others
from zipingbiao.template.places import UNIT_CELLS
from zipingbiao.template.styles import Styles

UNIT = Project(department="县委组织部", unit="党建服务中心", year="2021")
TEXT = "=在13个乡镇推广智慧党建平台。" * 12
PROJECTS = ("项目1", "项目2")


def new_workbook(form: Form, *, unit: Project = UNIT, formulas: bool = False) -> NewWorkbook:
    first = NewProject(Project(name="党建先进县"), texts={form.sections[0].title: TEXT})
    return NewWorkbook(form, unit, (first, NewProject()), formulas)


def written(new: NewWorkbook) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2000, 1, 1)})  # noqa: DTZ001 a fixed date
    sheets = {sheet: book.add_worksheet(sheet.value) for sheet in Sheet}
    write_others(book, Styles(book), new, sheets, PROJECTS)
    book.close()
    return target.getvalue()


def opened(form: Form, *, formulas: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(new_workbook(form, formulas=formulas))))


def headings(sheet: Worksheet) -> tuple[object, ...]:
    return tuple(cell.value for cell in sheet[ours.HEADING_ROW] if cell.value is not None)


def all_text(sheet: Worksheet) -> str:
    return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)


@pytest.mark.parametrize("form", FORMS)
def test_headings_are_those_that_scoring_fills(form: Form) -> None:
    book = opened(form)
    assert headings(book[Sheet.FINDINGS]) == ours.FINDING_HEADINGS
    assert headings(book[Sheet.SUMMARY]) == HEADINGS[Sheet.SUMMARY]
    assert headings(book[Sheet.LOG]) == ours.LOG_HEADINGS
    assert headings(book[Sheet.TEXTS]) == TEXT_HEADINGS
    assert headings(book[Sheet.EVIDENCE]) == evidence.HEADINGS


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("unit", [UNIT, Project()], ids=["filled", "blank"])
def test_no_sheet_reads_as_a_self_evaluation(form: Form, unit: Project) -> None:
    assert read_tables(read_bytes(written(new_workbook(form, unit=unit)), "x.xlsx")) == ()


@pytest.mark.parametrize("form", FORMS)
def test_the_head_is_read_from_the_unit_sheet(form: Form) -> None:
    book = open_bytes(written(new_workbook(form)), "x.xlsx")
    found = other_heads(find_drafts(book))
    assert found == {"department": UNIT.department, "unit": UNIT.unit, "year": UNIT.year}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "sheet", [Sheet.GUIDE, Sheet.UNIT, Sheet.TEXTS, Sheet.EVIDENCE, Sheet.SUMMARY, Sheet.LOG]
)
def test_a_blank_sheet_names_no_project_or_unit(form: Form, sheet: Sheet) -> None:
    book = read_bytes(written(new_workbook(form, unit=Project())), "x.xlsx")
    pages = [page for page in find_drafts(book) if page.sheet.name == sheet]
    assert len(pages) == 1
    assert other_heads(pages) == {}


@pytest.mark.parametrize("form", FORMS)
def test_every_project_has_every_section(form: Form) -> None:
    sheet = opened(form)[Sheet.TEXTS]
    rows = list(sheet.iter_rows(min_row=ours.FIRST_ROW, max_col=6, values_only=True))
    assert [(row[1], row[3]) for row in rows] == [
        (project, section.title) for project in PROJECTS for section in form.sections
    ]
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0][2:5] == ("党建先进县", form.sections[0].title, TEXT)
    assert all(row[4] is None for row in rows[1:])
    assert all(row[5] for row in rows)


def test_a_text_is_text_and_stands_whole() -> None:
    sheet = opened(shanxi.FORM)[Sheet.TEXTS]
    typed = sheet.cell(ours.FIRST_ROW, 5)
    assert (typed.data_type, typed.number_format) == ("s", "@")
    # 180 signs at 35 to a line, and 15 points each
    assert sheet.row_dimensions[ours.FIRST_ROW].height >= 6 * 15
    assert sheet.row_dimensions[ours.FIRST_ROW + 1].height is None
    assert "$E$" in sheet.print_area
    assert "$F$" not in sheet.print_area


def test_sections_have_titles_of_their_own() -> None:
    for sections in (form.sections for form in FORMS):
        assert len({section.title for section in sections}) == len(sections)
        assert all(len(section.title) <= 32 and section.hint.endswith("。") for section in sections)
    assert (len(shanxi.FORM.sections), len(national.FORM.sections)) == (14, 12)


def test_the_unit_stands_where_project_sheets_look() -> None:
    sheet = opened(shanxi.FORM)[Sheet.UNIT]
    for label, cell in UNIT_CELLS.items():
        typed = sheet[cell]
        assert sheet.cell(typed.row, typed.column - 1).value == label
        assert sheet.cell(typed.row, typed.column + 1).value is None
    assert [sheet[UNIT_CELLS[name]].value for name in ("主管部门", "实施单位", "年度")] == [
        *(UNIT.department, UNIT.unit, 2021)
    ]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(UNIT_CELLS)
    assert all(rule.prompt for rule in rules.values())
    assert (rules["C6"].type, rules["C6"].errorStyle) == ("whole", "warning")


def test_evidence_has_ready_rows_that_number_themselves() -> None:
    sheet = opened(shanxi.FORM)[Sheet.EVIDENCE]
    rows = range(ours.FIRST_ROW, ours.FIRST_ROW + evidence.READY_ROWS)
    assert all(str(sheet.cell(row, 1).value).startswith(f"=IF(COUNTA(B{row}:G{row})=0") for row in rows)
    assert {sheet.cell(row, column).number_format for row in rows for column in range(2, 8)} == {"@"}
    assert sheet.cell(rows[-1] + 1, 1).value is None


def test_findings_are_ready_for_scoring() -> None:
    sheet = opened(shanxi.FORM)[Sheet.FINDINGS]
    # openpyxl groups neighbouring columns of one look under the first of them
    hidden = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    assert hidden == ["K"]
    assert (sheet.column_dimensions["K"].min, sheet.column_dimensions["K"].max) == (11, 13)
    assert sheet.merged_cells.ranges == set()
    assert sheet["A2"].value is None
    words = {
        str(rule.formula[0]) for ranged in sheet.conditional_formatting for rule in ranged.rules if rule.type == "cellIs"
    }  # fmt: skip
    assert words == {'"错误"', '"警告"', '"提示"'}
    assert sheet.column_dimensions["E"].font.underline == "single"
    assert sheet.auto_filter.ref == f"A{ours.HEADING_ROW}:M{ours.LAST_ROW}"


def test_formats_of_growing_lists_belong_to_columns() -> None:
    book = opened(national.FORM)
    numbers = {}
    for sheet, names in ((Sheet.SUMMARY, HEADINGS[Sheet.SUMMARY]), (Sheet.LOG, ours.LOG_HEADINGS)):
        for place, name in enumerate(names, 1):
            column = next(
                c for c in book[sheet].column_dimensions.values() if (c.min or 0) <= place <= (c.max or 0)
            )
            numbers[name] = column.number_format
    assert {numbers[name] for name in ("年初预算数", "全年预算数", "全年执行数")} == {"#,##0.00##"}
    assert (numbers["执行率"], numbers["自评得分"]) == ("0.00%", "0.00")
    assert (numbers["原值"], numbers["新值"], numbers["说明"]) == ("General", "General", "@")


@pytest.mark.parametrize("name", [Sheet.TEXTS, Sheet.EVIDENCE, Sheet.SUMMARY, Sheet.FINDINGS, Sheet.LOG])
def test_lists_freeze_and_repeat_their_headings(name: Sheet) -> None:
    sheet = opened(shanxi.FORM)[name]
    assert sheet.freeze_panes == f"A{ours.FIRST_ROW}"
    assert sheet.print_title_rows == f"${ours.HEADING_ROW}:${ours.HEADING_ROW}"
    assert sheet.auto_filter.ref is not None


@pytest.mark.parametrize("name", list(Sheet))
def test_every_sheet_prints_on_a4(name: Sheet) -> None:
    sheet = opened(shanxi.FORM)[name]
    page, footer = sheet.sheet_properties.pageSetUpPr, sheet.oddFooter
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.fitToWidth in {None, 1}  # 1 is what a file means that does not say it
    assert page is not None
    assert page.fitToPage
    assert footer is not None
    assert footer.center.text == "第 &P 页，共 &N 页"
    assert not sheet.sheet_view.showGridLines
    assert sheet.merged_cells.ranges == set()


@pytest.mark.parametrize("form", FORMS)
def test_the_guide_names_every_sheet_and_the_words_of_its_form(form: Form) -> None:
    text = all_text(opened(form)[Sheet.GUIDE])
    assert all(sheet in text for sheet in Sheet if sheet is not Sheet.GUIDE)
    assert all(example in text for example in ("≥95%", "3-5", "2021年12月底前", "zpb score", "zpb fix"))
    assert ("业绩值" in text) is (form is shanxi.FORM)
    assert ("实际完成值" in text) is (form is national.FORM)
    assert "免宏版" not in text
    assert "免宏版" in all_text(opened(form, formulas=True)[Sheet.GUIDE])


@pytest.mark.parametrize(("form", "name"), [(shanxi.FORM, "shanxi"), (national.FORM, "national-2020")])
def test_rules_sheet_shows_the_profile_in_force(form: Form, name: str) -> None:
    profile = profiles.load(name)
    sheet = opened(form)[Sheet.RULES]
    text = all_text(sheet)
    assert all(word in text for word in (profile.title, profile.name, profile.hash))
    shown = [row[:2] for row in sheet.iter_rows(min_row=ours.FIRST_ROW, values_only=True)]
    lines = profile_lines(profile)
    assert shown[: len(lines)] == [(line.title, line.value) for line in lines]
    assert [row for row in shown if row[0] in {kind.label for kind in Kind}] == [
        (kind.label, sentence) for kind, sentence in kind_lines(profile)
    ]


def test_the_profile_asked_for_is_shown() -> None:
    new = NewWorkbook(national.FORM, UNIT, (NewProject(), NewProject()), profile_name="national-2021")
    sheet = openpyxl.load_workbook(io.BytesIO(written(new)))[Sheet.RULES]
    assert profiles.load("national-2021").hash in str(sheet["A2"].value)


def test_shanxi_profile_in_words() -> None:
    lines = {line.title: line for line in profile_lines(profiles.load("shanxi"))}
    assert lines["满分"].value == "100 分"
    assert lines["等级界线"].value == (
        "优秀：90 分及以上；良好：80（含）至 90 分；中：60（含）至 80 分；差：60 分以下"
    )
    assert "达成年度指标：100%～80%；部分达成" in lines["定性分档"].value
    assert "（1 −（实际值 − 目标值）÷ 目标值）" in lines["反向指标算法"].value
    assert "120%" in lines["超额完成提醒线"].value
    assert "超过 5% 的，警告" in lines["得分高于执行的警告线"].value
    assert "结余占全年预算的比例超过 20%" in lines["结余较多的提示线"].value
    assert "相差在 5% 以内" in lines["数量乘标准的核对线"].value
    assert "2010 年至 2035 年" in lines["日期序号的年份"].value
    assert lines["是否评定等级"].value == "应当评定等级"
    assert (lines["满分"].since, lines["满分"].trust) == ("2021-01-01", "通行做法")


@pytest.mark.parametrize("name", profiles.names())
def test_every_profile_has_words_and_sources(name: str) -> None:
    profile = profiles.load(name)
    for line in profile_lines(profile):
        assert line.value
        assert line.source
        assert line.trust in {"已核对", "通行做法", "待核对原文"}
    assert [kind for kind, _ in kind_lines(profile)] == list(Kind)


@pytest.mark.parametrize("form", FORMS)
def test_same_input_same_bytes(form: Form) -> None:
    assert written(new_workbook(form)) == written(new_workbook(form))


@pytest.mark.office
@pytest.mark.parametrize("form", FORMS)
def test_office_accepts_the_sheets(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    path.write_bytes(written(new_workbook(form, formulas=True)))
    assert office.validate(path, "Office2013") == []
