"""Our VBA, run by pyOpenVBA's interpreter: handlers, what they restore, and the values of cells.

It compiles strictly and knows Excel's error values; procedure attributes and xlwings' own module it
does not know, so the stubs of ``support.vba`` stand in for the latter.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication

from support import vba
from zipingbiao.excel import registry
from zipingbiao.excel.addin import sources
from zipingbiao.excel.addin.build import help_lines
from zipingbiao.excel.addin.ribbon import RULES_SHEET, rule_lines
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS
from zipingbiao.template.macros import addin_workbook

MANUAL = -4135
UDFS = "zipingbiao.excel.udf_module"
DESCRIBED = """Public Told As String
Public IsAddin As Boolean
Public Refuses As String
Public Sub Refuse(what As String)
    IsAddin = True
    Refuses = what
End Sub
Public Sub MacroOptions(Macro As String, Description As String, Category As String, ArgumentDescriptions As Variant)
    If Refuses = "everything" Or (Refuses = "hidden" And IsAddin) Then Err.Raise 1004
    Told = Told & Macro & "|" & Category & "|" & Description & "|" & Join(ArgumentDescriptions, "|") & vbLf
End Sub
"""
HELPERS = """Public Sub SetFormat(cell As String, code As String)
    Range(cell).NumberFormat = code
End Sub
Public Sub SetState()
    Application.Calculation = -4135
    Application.StatusBar = "before"
    Application.ScreenUpdating = True
    Application.EnableEvents = True
    EnableCancelKey = 1
End Sub
Public Answered As String
Public Sub Ask()
    Dim count As Variant, label As Variant, shown As Variant
    ZPB_rules_count Nothing, count
    ZPB_rules_label Nothing, 1, label
    ZPB_rules_shown Nothing, shown
    Answered = count & "/" & label & "/" & shown
End Sub
"""


class Excel:
    """An Excel in memory with our modules and the texts that they show."""

    def __init__(self, folder: Path, modules: dict[str, str]) -> None:
        path = folder / "texts.xlsx"
        sheets: dict[str, Sequence[Sequence[str]]] = {
            "zp_texts": list({**ADDIN_TEXTS, **TEMPLATE_TEXTS}.items()),
            "zp_help": help_lines(aliases=True),
            RULES_SHEET: rule_lines(),
        }
        path.write_bytes(addin_workbook("cells", "", sheets, b"", ""))
        self.app = ExcelApplication.open(path, with_vba=False)
        self.cells = self.app.sheet("cells")
        for name, source in {**modules, "Helpers": HELPERS}.items():
            kind = "class" if "VB_Creatable" in source else "standard"
            self.app.add_module(vba.body(source), name=name, kind=kind)

    def run(self, procedure: str, *given: object) -> None:
        self.app.run(procedure, *given)

    def give(self, expression: str) -> Any:
        return self.app.evaluate(expression)

    def put(self, cell: str, value: object, number_format: str | None = None) -> None:
        self.cells.set_value(cell, value)
        if number_format is not None:
            self.run("SetFormat", cell, number_format)

    @property
    def recorded(self) -> list[str]:
        return str(self.give("Recorded")).splitlines()


@pytest.fixture
def excel(tmp_path: Path) -> Excel:
    return Excel(tmp_path, vba.with_addin(vba.modules(aliases=True)))


# --- buttons ---------------------------------------------------------------------------------------


CALLER = "xlwings._xlwindows.BOOK_CALLER"
IN_PYTHON = [macro for macro in registry.MACROS if not macro.procedure]


def pressed(identifier: str, given: str = "rules=;") -> list[str]:
    return [CALLER, f"press {identifier} {given}"]


@pytest.mark.parametrize("macro", IN_PYTHON, ids=lambda macro: macro.id)
def test_a_handler_calls_its_python(excel: Excel, macro: registry.Macro) -> None:
    excel.run("Say", "done\n\n\nfinished")
    excel.run(f"ZPB_do_{macro.id}")
    assert excel.recorded == [*pressed(macro.id), "i finished"]


@pytest.mark.parametrize("lost", [False, True], ids=["done", "failed"])
def test_excel_looks_afterwards_as_it_did_before(excel: Excel, lost: bool) -> None:
    excel.run("SetState")
    excel.run("Say", "done\n\n\nfinished")
    if lost:
        excel.run("Lose")
    excel.run("ZPB_do_score")
    names = ("Calculation", "ScreenUpdating", "StatusBar", "EnableEvents")
    assert [excel.give(f"Application.{name}") for name in names] == [MANUAL, True, False, True]
    assert excel.give("EnableCancelKey") == 1
    if lost:
        assert excel.recorded == [f"! {ADDIN_TEXTS['no_python']}{vba.LOST}"]
    else:
        assert excel.give("During") == f"False/0/{ADDIN_TEXTS['running']}"


def test_the_undo_is_offered_last(excel: Excel) -> None:
    """Excel forgets it when anything follows."""
    excel.run("Say", "done\n撤销评分\n\n评分完成。\n第二行")
    excel.run("ZPB_do_score")
    assert excel.recorded == [*pressed("score"), "i 评分完成。", "第二行", "undo 撤销评分 ZPB_do_undo"]


def test_the_undo_is_the_last_statement() -> None:
    handler = sources.module("ZpbMain").partition("Public Sub ZpbRun(")[2].partition("End Sub")[0]
    assert handler.rstrip().splitlines()[-1].strip().startswith('If said(UNDO) <> "" Then Application.OnUndo')


def test_why_it_was_not_done_is_shown_as_a_warning(excel: Excel) -> None:
    excel.run("Say", "wrong\n\n\n没有找到自评表。")
    excel.run("ZPB_do_score")
    assert excel.recorded == [*pressed("score"), "! 没有找到自评表。"]


@pytest.mark.parametrize(
    ("question", "asked", "answer"),
    [
        ("yes_no\n\n\n继续吗？", "yes_no  继续吗？", "继续吗？=1"),
        ("a_file\n\n|Word,*.docx\n选择", "a_file |Word,*.docx 选择", "选择=C:\\x.docx"),
        ("new_file\n\nb.docx|Word,*.docx\n另存为", "new_file b.docx|Word,*.docx 另存为", "另存为="),
    ],
)
def test_a_question_is_asked_by_excel_and_the_press_goes_on(
    excel: Excel, question: str, asked: str, answer: str
) -> None:
    excel.run("Say", question)
    excel.run("ZPB_do_clear")
    again = pressed("clear", f"rules=;{answer};")
    assert excel.recorded == [*pressed("clear"), asked, *again, "i finished"]


def test_what_is_said_in_passing_stays_on_the_status_bar(excel: Excel) -> None:
    excel.run("Say", "status\n\n\n第 1 / 2 处")
    excel.run("ZPB_do_next_finding")
    assert excel.recorded == pressed("next_finding")
    assert excel.give("Application.StatusBar") == "第 1 / 2 处"


def test_a_folder_at_work_is_looked_at_again(excel: Excel) -> None:
    excel.run("Say", "wait\n\n\n正在汇总 1 / 2")
    excel.run("ZPB_do_merge_folder")
    assert excel.recorded == [*pressed("merge_folder"), "later ZPB_do_watch"]
    assert excel.give("Application.StatusBar") == "正在汇总 1 / 2"
    excel.run("Forget")
    excel.run("ZPB_do_watch")
    assert excel.recorded == [*pressed("watch"), "i finished"]
    assert excel.give("Application.StatusBar") is False


def test_chosen_rules_are_kept_and_go_with_every_press(excel: Excel) -> None:
    excel.run("Say", "rules\n\nC:\\县.yaml\n")
    excel.run("ZpbRun", "choose_rules", "choice\tfile\n")
    excel.run("ZPB_do_check")
    assert excel.recorded == [
        *pressed("choose_rules", "rules=;choice=file;"), *pressed("check", "rules=C:\\县.yaml;"), "i finished",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "shown"), [("", 0), (rule_lines()[1][0], 1), ("C:\\县.yaml", len(rule_lines()) - 1)]
)
def test_the_drop_down_shows_what_holds(excel: Excel, kept: str, shown: int) -> None:
    excel.run("ZpbKeepRules", kept)
    excel.run("Ask")
    assert excel.give("Answered") == f"{len(rule_lines())}/{rule_lines()[1][1]}/{shown}"


def test_without_a_workbook_the_button_says_so(excel: Excel) -> None:
    source = vba.body(vba.modules()["ZpbMain"]).replace("ActiveWorkbook Is Nothing", "True")
    excel.app.add_module(source, name="Z2")
    excel.run("Z2.ZpbRun", "score")
    assert excel.recorded == [f"! {ADDIN_TEXTS['no_book']}"]


@pytest.mark.parametrize(
    "macro", [each for each in registry.MACROS if each.in_sheet], ids=lambda macro: macro.id
)
def test_a_button_on_a_sheet_runs_the_addin(excel: Excel, macro: registry.Macro) -> None:
    excel.run("Say", "done\n\n\nfinished")
    excel.run(f"ZPB_button_{macro.id}")
    assert excel.recorded == [*pressed(macro.id), "i finished"]


def test_a_button_without_the_addin_says_the_three_steps(tmp_path: Path) -> None:
    excel = Excel(tmp_path, vba.modules())
    excel.run("ZPB_button_score")
    assert excel.recorded == f"! {TEMPLATE_TEXTS['no_addin']}".splitlines()
    assert [line[:2] for line in excel.recorded[1:4]] == ["一、", "二、", "三、"]


# --- functions -------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", registry.FUNCTIONS, ids=lambda function: function.name)
def test_a_function_hands_its_arguments_to_python(excel: Excel, function: registry.Function) -> None:
    given = [str(number) for number, each in enumerate(function.arguments, 1) if not each.optional]
    missing = ["Empty"] * (len(function.arguments) - len(given))
    for name in (function.name, function.alias):
        excel.run("Forget")
        excel.give(f"{name}({', '.join(given)})")
        assert excel.recorded == [f"{UDFS}.{function.name.lower()}[{','.join(given + missing)}]"]


@pytest.mark.parametrize(
    ("value", "number_format", "sent"),
    [
        (0.95, "0%", "95%"),
        (0.8947, "0.00%", "89.47%"),
        (1 / 3, "0.00%;[Red]-0.00%", "33.3333333333%"),
        (-0.05, "0%", "-5%"),
        (95, '0"%"', 95),
        (95, r"0\%", 95),
        (0.95, "General", 0.95),
        (46000, "yyyy-mm-dd", "2025-12-09"),
        ("≥95%", "@", "≥95%"),
        ("", "General", None),
        (True, "General", True),
    ],
)
def test_a_cell_says_what_it_shows(excel: Excel, value: object, number_format: str, sent: object) -> None:
    excel.put("C3", value, number_format)
    assert excel.give('ZPB_RATE("x", Range("C3"), 1)') == sent


@pytest.mark.parametrize(
    ("number", "text"),
    [(2000, "#NULL!"), (2007, "#DIV/0!"), (2015, "#VALUE!"), (2023, "#REF!"), (2029, "#NAME?"), (2036, "#NUM!"),
     (2042, "#N/A"), (2045, "#VALUE!")],
)  # fmt: skip
def test_an_error_is_sent_as_its_text(excel: Excel, number: int, text: str) -> None:
    assert excel.give(f'ZPB_RATE("x", CVErr({number}), 1)') == text


def test_a_column_stays_a_column(excel: Excel) -> None:
    excel.put("C3", 0.5, "0%")
    excel.put("C4", 12)
    excel.put("C5", "=1/0")
    excel.give('ZPB_RATE("x", Range("C3:C6"), 1)')
    assert excel.recorded == [f"{UDFS}.zpb_rate['x',['50%',12,'#DIV/0!',Empty],1,Empty]"]
    assert [excel.give(f'ZPB_RATE("x", Range("C3:C6"), 1)({row}, 1)') for row in (1, 2, 3)] == [
        "50%",
        12,
        "#DIV/0!",
    ]


def test_an_array_within_a_formula_is_sent_without_errors(excel: Excel) -> None:
    excel.give('ZPB_RATE("x", Array(1, CVErr(2042), DateSerial(2021, 12, 31)), 1)')
    assert excel.recorded == [f"{UDFS}.zpb_rate['x',[1,'#N/A','2021-12-31'],1,Empty]"]


def test_a_failure_of_python_is_a_real_error(excel: Excel) -> None:
    assert str(excel.give('ZPB_SCORE("x", 1, 2, 3)')) == "Error 2042"
    assert str(excel.give("ZPB_TOTAL(1)")) == "Error 2015"
    table = [excel.give(f"ZPB_TABLE(1)({number}, 0)") for number in (1, 2)]
    assert [str(each) for each in table] == ["2", "Error 2042"]
    assert excel.give("IsError(ZPB_TABLE(1)(2, 0))") is True


# --- the row in which a function stands ------------------------------------------------------------


def column(excel: Excel) -> None:
    """Targets in C3:C6: 50%, 12, 7 and a blank."""
    excel.put("C3", 0.5, "0%")
    excel.put("C4", 12)
    excel.put("C5", 7)


@pytest.mark.parametrize(
    ("place", "fills", "area", "sent"),
    [
        ("F4", False, "C3:C6", "12"),  # Excel 2016: one cell, no spill
        ("F5", False, "C3:C6", "7"),
        ("F6", False, "C3:C6", "Empty"),
        ("F4", False, "C:C", "12"),
        ("F4", False, "C4", "12"),
        ("F9", False, "C4", "12"),  # one cell stands for every line
        ("C9", False, "A4:D4", "12"),  # a row goes by the formula's column
        ("F4", True, "C3:C6", "['50%',12,7,Empty]"),  # an array formula or a spill: all of it
        ("F4", True, "C:C", "[12,7]"),  # a whole column begins at the formula's row
        ("F9", True, "C:C", "Empty"),
    ],
)
def test_a_column_means_the_row_of_the_formula(
    excel: Excel, place: str, fills: bool, area: str, sent: str
) -> None:
    column(excel)
    excel.run("Stand", place, fills)
    excel.give(f'ZPB_RATE("x", Range("{area}"), 1)')
    assert excel.recorded == [f"{UDFS}.zpb_rate['x',{sent},1,Empty]"]


@pytest.mark.parametrize("place", ["F2", "F7"])
def test_a_formula_beside_no_row_of_its_column_says_so(excel: Excel, place: str) -> None:
    column(excel)
    excel.put(place, "=1+1")
    excel.run("Stand", place, False)
    assert str(excel.give('ZPB_RATE("x", Range("C3:C6"), 1)')) == "Error 2015"
    assert errors(excel) == [f"cells!{place} {ADDIN_TEXTS['not_beside']}"]


@pytest.mark.parametrize(
    ("place", "fills", "area", "given"),
    [
        ("F3", False, "A2:B5", [2, "line2"]),
        ("F3", True, "A2:B5", [1, "line1", 2, "line2", "Error 2042", "line3", 4, "line4"]),
        ("F2", True, "A:B", [2, "line2", "Error 2042", "line3", 4, "line4"]),
        ("F8", True, "A:B", ["", ""]),
    ],
)
def test_a_table_answers_beside_its_rows(
    excel: Excel, place: str, fills: bool, area: str, given: list[object]
) -> None:
    excel.put("A5", "x")
    excel.run("Stand", place, fills)
    answer = excel.give(f'ZPB_TABLE(Range("{area}"))')
    flat = [str(each) if str(each).startswith("Error") else each for row in answer for each in row]
    assert flat == given


# --- why a function failed -------------------------------------------------------------------------


def errors(excel: Excel) -> list[str]:
    """What 最近错误 shows."""
    excel.run("Forget")
    excel.run("ZPB_do_last_error")
    return [line.removeprefix("i ") for line in excel.recorded]


def test_errors_are_told_by_cell_and_go_when_the_cell_is_right_again(excel: Excel) -> None:
    for place, formula in (("F4", 'ZPB_SCORE("x", 1, 2, 3)'), ("F5", "ZPB_TOTAL(1)")):
        excel.put(place, "=1+1")
        excel.run("Stand", place, False)
        excel.give(formula)
    assert errors(excel) == ["cells!F4 no actual", "cells!F5 no number"]
    excel.run("Stand", "F4", False)
    excel.give("ZPB_GRADE(90)")
    assert errors(excel) == ["cells!F5 no number"]
    excel.put("F5", 12)
    assert errors(excel) == [ADDIN_TEXTS["no_errors"]]


def test_an_error_within_a_block_is_told_by_its_own_cell(excel: Excel) -> None:
    excel.put("F3", "=1+1")
    excel.run("Stand", "F3", True)
    excel.give('ZPB_TABLE(Range("A2:B5"))')
    assert errors(excel) == ["cells!F5 no actual"]


def test_more_errors_than_a_box_holds_are_counted(excel: Excel) -> None:
    for number in range(11, 22):
        excel.put(f"F{number}", "=1+1")
        excel.run("Stand", f"F{number}", False)
        excel.give("ZPB_TOTAL(1)")
    assert errors(excel)[-2:] == ["cells!F18 no number", "……另有 3 个公式。"]


def test_a_lost_server_is_a_real_error_and_the_ribbon_says_why(excel: Excel) -> None:
    excel.run("Lose")
    assert str(excel.give("ZPB_GRADE(90)")) == "Error 2015"
    assert errors(excel) == [ADDIN_TEXTS["function_failed"] + vba.LOST]


def test_more_cells_than_a_table_has_are_refused_in_words(excel: Excel) -> None:
    assert str(excel.give('ZPB_GRADE(Range("A1:A20001"))')) == "Error 2015"
    assert errors(excel) == [ADDIN_TEXTS["too_many"]]


def test_a_whole_column_ends_with_the_sheet(excel: Excel) -> None:
    excel.put("C3", 0.5, "0%")
    excel.put("D4", 12)
    excel.give('ZPB_RATE("x", Range("C:C"), Range("D:D"))')
    assert excel.recorded == [f"{UDFS}.zpb_rate['x',[Empty,Empty,'50%',Empty],[Empty,Empty,Empty,12],Empty]"]


def test_several_areas_in_one_argument_are_refused_in_words(excel: Excel) -> None:
    """A sum over the first of them would look right."""
    assert str(excel.give('ZPB_GRADE(Range("A1:A3,C1:C3"))')) == "Error 2015"
    assert errors(excel) == [ADDIN_TEXTS["one_area"]]


# --- help ------------------------------------------------------------------------------------------


def described(tmp_path: Path) -> Excel:
    """Help is written through ``Application``, which the interpreter does not know that far: a stub is."""
    source = vba.replaced(sources.module("ZpbHelp"), "Application.MacroOptions ", "MacroOptions ")
    for wanted in ("False", "True"):
        source = vba.replaced(source, f"ThisWorkbook.IsAddin = {wanted}", f"IsAddin = {wanted}")
    return Excel(tmp_path, {"ZpbHelp": source, "Described": DESCRIBED})


HELP = [
    "|".join((f"texts.xlsx!{name}", category, text, *arguments))
    for name, category, text, *arguments in help_lines(aliases=True)
]


@pytest.mark.parametrize("refused", ["", "hidden"])
def test_every_function_is_described_when_the_addin_opens(tmp_path: Path, refused: str) -> None:
    excel = described(tmp_path)
    excel.run("Refuse", refused)
    excel.run("ZpbDescribe")
    assert str(excel.give("Told")).splitlines() == HELP
    assert excel.give("IsAddin") is True


def test_help_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    excel = described(tmp_path)
    excel.run("Refuse", "everything")
    excel.run("ZpbDescribe")
    assert excel.give("Told") == ""
    assert excel.give("IsAddin") is True
