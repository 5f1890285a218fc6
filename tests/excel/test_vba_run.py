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
Public Sub CloseAll()
    ActiveWorkbook.Close False
End Sub
"""


class Excel:
    """An Excel in memory with our modules and the texts that they show."""

    def __init__(self, folder: Path, modules: dict[str, str]) -> None:
        path = folder / "texts.xlsx"
        sheets: dict[str, Sequence[Sequence[str]]] = {
            "zp_texts": list({**ADDIN_TEXTS, **TEMPLATE_TEXTS}.items()),
            "zp_help": help_lines(aliases=True),
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


@pytest.mark.parametrize("macro", registry.MACROS, ids=lambda macro: macro.id)
def test_a_handler_calls_its_python(excel: Excel, macro: registry.Macro) -> None:
    excel.run(f"ZPB_do_{macro.id}")
    assert excel.recorded == [f"import zipingbiao.excel.entry as e; e.run('{macro.id}')"]


@pytest.mark.parametrize("lost", [False, True], ids=["done", "failed"])
def test_excel_looks_afterwards_as_it_did_before(excel: Excel, lost: bool) -> None:
    excel.run("SetState")
    if lost:
        excel.run("Lose")
    excel.run("ZPB_do_score")
    names = ("Calculation", "ScreenUpdating", "StatusBar", "EnableEvents")
    assert [excel.give(f"Application.{name}") for name in names] == [MANUAL, True, False, True]
    assert excel.give("EnableCancelKey") == 1
    assert excel.give("During") == "False/0"
    told = excel.recorded[1:]
    assert told == ([f"{ADDIN_TEXTS['no_python']}{vba.LOST}"] if lost else [])


def test_without_a_workbook_the_button_says_so(excel: Excel) -> None:
    excel.app.add_module(
        vba.body(vba.modules()["ZpbMain"]).replace("ActiveWorkbook Is Nothing", "True"), name="Z2"
    )
    excel.run("Z2.ZpbRun", "score")
    assert excel.recorded == [ADDIN_TEXTS["no_book"]]


@pytest.mark.parametrize(
    "macro", [each for each in registry.MACROS if each.in_sheet], ids=lambda macro: macro.id
)
def test_a_button_on_a_sheet_runs_the_addin(excel: Excel, macro: registry.Macro) -> None:
    excel.run(f"ZPB_button_{macro.id}")
    assert excel.recorded == [f"import zipingbiao.excel.entry as e; e.run('{macro.id}')"]


def test_a_button_without_the_addin_says_the_three_steps(tmp_path: Path) -> None:
    excel = Excel(tmp_path, vba.modules())
    excel.run("ZPB_button_score")
    assert excel.recorded == TEMPLATE_TEXTS["no_addin"].splitlines()
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
    table = [excel.give(f"ZPB_TABLE(1)({number})") for number in (0, 1, 2)]
    assert [str(each) for each in table] == ["rate", "Error 2042", "why"]
    assert excel.give("IsError(ZPB_TABLE(1)(1))") is True


def test_a_lost_server_is_a_real_error_and_the_ribbon_says_why(excel: Excel) -> None:
    excel.run("Lose")
    assert str(excel.give("ZPB_GRADE(90)")) == "Error 2015"
    excel.run("ZPB_do_last_error")
    assert excel.recorded == [ADDIN_TEXTS["function_failed"] + vba.LOST]


def test_a_later_failure_of_python_is_asked_of_python(excel: Excel) -> None:
    excel.give('ZpbFailed("earlier")')
    excel.give("ZPB_TOTAL(1)")
    excel.run("Forget")
    excel.run("ZPB_do_last_error")
    assert excel.recorded == ["import zipingbiao.excel.entry as e; e.run('last_error')"]


def test_more_cells_than_a_table_has_are_refused_in_words(excel: Excel) -> None:
    assert str(excel.give('ZPB_GRADE(Range("A1:A20001"))')) == "Error 2015"
    assert excel.give("ZpbWhy") == ADDIN_TEXTS["too_many"]


def test_a_whole_column_ends_with_the_sheet(excel: Excel) -> None:
    excel.put("C3", 0.5, "0%")
    excel.put("D4", 12)
    excel.give('ZPB_RATE("x", Range("C:C"), Range("D:D"))')
    assert excel.recorded == [f"{UDFS}.zpb_rate['x',[Empty,Empty,'50%',Empty],[Empty,Empty,Empty,12],Empty]"]


def test_several_areas_in_one_argument_are_refused_in_words(excel: Excel) -> None:
    """A sum over the first of them would look right."""
    assert str(excel.give('ZPB_GRADE(Range("A1:A3,C1:C3"))')) == "Error 2015"
    assert excel.give("ZpbWhy") == ADDIN_TEXTS["one_area"]


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
