"""LibreOffice runs our VBA: dispatch, buttons, functions in cells, and the whole way of a press of 评分.

What the command of a button does is done here by the macro itself, on the headless Excel, for the same
file; what it wrote goes into the document, whose formulas then show the scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from support import basic, vba
from support.headless import Worksheet, running
from zipingbiao.book.cells import Ref, column_letters
from zipingbiao.book.read import read_bytes
from zipingbiao.excel import entry, registry, udfs
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.forms import national
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Project, Role
from zipingbiao.template.content import NewLine, NewProject, NewWorkbook

pytestmark = pytest.mark.office

CHINESE, ASCII = 936, 1252
SHEET, SCRATCH = "档案整理", "填报说明"
IN_SHEET = [macro for macro in registry.MACROS if macro.in_sheet]
LINES = (
    NewLine("产出指标", "数量指标", "整理档案数量", Decimal(50), "≥130件", "221件"),
    NewLine(
        "产出指标",
        "质量指标",
        "验收合格率",
        Decimal(30),
        "≥95%",
        "85%",
        reason="抽检时间不足，下年提前安排。",
    ),
    NewLine("满意度指标", "服务对象满意度指标", "群众满意度", Decimal(10), "≥90%", "90%"),
)
FUNDS = {
    (AmountKind.FULL_YEAR, Source.FISCAL): Decimal(20),
    (AmountKind.EXECUTED, Source.FISCAL): Decimal("19.27"),
}
NEW = NewWorkbook(
    national.FORM,
    Project(department="县委办", unit="县档案馆", year="2021"),
    (NewProject(Project(name=SHEET), funds=FUNDS, lines=LINES),),
)
SCORES = [50, 26.84, 10]  # by hand: 30 × 85 ÷ 95 = 26.84
TOTAL = 96.48  # with 10 × 19.27 ÷ 20 = 9.64 for the execution
IN_PYTHON = [macro for macro in registry.MACROS if not macro.procedure]


def commands(recorded: str) -> list[str]:
    return recorded.splitlines()


@dataclass(frozen=True)
class Session:
    """A document, and what LibreOffice answered: the buttons, what was recorded each time, the state."""

    path: Path
    buttons: list[list[str]]
    told: list[list[str]]
    state: str


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A filled button template with the add-in in it; every handler is run, then every button pressed."""
    path = tmp_path_factory.mktemp("pressed") / "自评表.xlsm"
    path.write_bytes(vba.workbook(NEW, vba.with_addin(vba.modules(aliases=True)), CHINESE))
    handlers = [basic.call(f"ZpbRibbon.ZPB_do_{macro.id}") for macro in IN_PYTHON]
    presses = [basic.call(f"ZpbButtons.ZPB_button_{macro.id}") for macro in IN_SHEET]
    recorded, forget = basic.call(vba.RECORDED), basic.call(vba.FORGET)
    lost = [basic.call("ZpbServer.Lose"), handlers[0], recorded]
    said = basic.call("ZpbServer.Say", "done\n\n\nfinished")
    steps = [basic.buttons(SHEET), said, *handlers, recorded, forget, *presses, recorded, forget, *lost]
    answers = basic.run(path, [*steps, basic.call("ZpbServer.State")])
    told = [commands(answer) for step, answer in zip(steps, answers, strict=False) if step is recorded]
    return Session(path, answers[0], told, answers[-1])


def test_the_buttons_are_bound_to_procedures_that_run(pressed: Session) -> None:
    bound = [binding for _, binding in pressed.buttons]
    address = "vnd.sun.star.script:VBAProject.ZpbButtons.ZPB_button_{}?language=Basic&location=document"
    assert bound == [address.format(macro.id) for macro in IN_SHEET]


def test_every_handler_calls_its_python(pressed: Session) -> None:
    assert pressed.told[0] == presses_of(IN_PYTHON)


def test_every_press_calls_its_python(pressed: Session) -> None:
    assert pressed.told[1] == presses_of(IN_SHEET)


def presses_of(macros: Sequence[registry.Macro]) -> list[str]:
    """What reaches the server, and the message that comes of it."""
    caller = "xlwings._xlwindows.BOOK_CALLER"
    return [line for macro in macros for line in (caller, f"press {macro.id} rules=;", "i finished")]


def test_a_lost_server_leaves_excel_as_it_was(pressed: Session) -> None:
    assert pressed.told[2] == [f"! {ADDIN_TEXTS['no_python']}{vba.LOST}"]
    assert pressed.state == "True/False/True"  # screen updating, status bar, events


def test_a_press_of_score_shows_the_scores(pressed: Session) -> None:
    _, identifier, _ = pressed.told[1][1].split(" ")
    with running() as excel:
        book = excel.open(pressed.path)
        before = book.sheet(SHEET).contents()
        told = entry.press(identifier, "")  # what the server does with what reaches it
        written = changes(before, book.sheet(SHEET))
    assert "评分完成" in told
    (evaluation,) = evaluate(read_bytes(pressed.path.read_bytes(), "x")).evaluations
    shown = basic.run(
        pressed.path, [*written, *(basic.read(SHEET, cell) for cell in score_cells(evaluation))]
    )
    assert [answer[0][0] for answer in shown[len(written) :]] == [*SCORES, TOTAL]
    assert [row.score for row in lines(evaluation)] == [Decimal(str(score)) for score in SCORES]


def changes(before: dict[tuple[int, int], Any], sheet: Worksheet) -> list[basic.Step]:
    """What the macro wrote on the project sheet; formulas there calculate by themselves."""
    return [
        basic.write(SHEET, f"{column_letters(column)}{row}", held.value)
        for (row, column), held in sheet.contents().items()
        if held != before.get((row, column)) and held.formula is None and isinstance(held.value, str | float)
    ]


def lines(evaluation: Evaluation) -> list[Scored]:
    names = {line.name for line in LINES}
    return [row for row in evaluation.rows if row.indicator.name in names]


def score_cells(evaluation: Evaluation) -> list[str]:
    """The cells of 得分, and that of the total."""
    column = column_letters(evaluation.table.headings[Role.SCORE].column)
    assert evaluation.table.total_score is not None
    return [
        *(f"{column}{row.indicator.row}" for row in lines(evaluation)),
        plain(evaluation.table.total_score.ref),
    ]


def plain(ref: Ref) -> str:
    return f"{column_letters(ref.column)}{ref.row}"


def test_without_the_addin_the_button_says_the_three_steps(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsm"
    path.write_bytes(vba.workbook(NEW, vba.modules(), ASCII))
    *_, told = basic.run(path, [basic.call("ZpbButtons.ZPB_button_score"), basic.call(vba.RECORDED)])
    assert told.rstrip("\n") == f"! {TEMPLATE_TEXTS['no_addin']}"


@pytest.fixture(scope="module")
def calculated(pressed: Session) -> dict[str, Any]:
    """Cells on a sheet of the document, calculated by our functions over a stub of the server."""
    typed: dict[str, str | float] = {
        "T1": 0.95, "T2": 46000, "T3": "≥95%", "T4": 12.5,
        "V1": '=ZPB_RATE("x";T1;1)', "V2": '=ZPB_RATE("x";T2;1)', "V3": '=ZPB_SCORE("x";T1;T2;T4)',
        "V4": "=ZPB_TOTAL(T1:T4)", "V5": "=ZPB_GRADE(T4)", "V6": '=完成率("x";T1;1)', "V7": '=评价等级(T4;"shanxi")',
        "V8": '=SUM(ZPB_GRADE(T4);ZPB_GRADE(1))',
    }  # fmt: skip
    formats = [basic.number_format(SCRATCH, "T1", "0.0%"), basic.number_format(SCRATCH, "T2", "YYYY-MM-DD")]
    steps = [
        *(basic.write(SCRATCH, cell, value) for cell, value in typed.items() if cell[0] == "T"), *formats,
        *(basic.write(SCRATCH, cell, value) for cell, value in typed.items() if cell[0] == "V"),
        basic.write_array(SCRATCH, "U1:U5", '=ZPB_RATE("x";T1:T5;1)'),
        basic.call(vba.FORGET), basic.write(SCRATCH, "V9", '=ZPB_SCORE("验收合格率";T3;"85%";30)'),
        basic.read(SCRATCH, "V9"), basic.call(vba.RECORDED),
        basic.read(SCRATCH, "U1:U5"), basic.read(SCRATCH, "V1:V8"),
    ]  # fmt: skip
    *_, told, column, single = basic.run(pressed.path, steps)
    return {"told": told, "column": [row[0] for row in column], "single": [row[0] for row in single]}


def test_a_column_calculates_in_cells(calculated: dict[str, Any]) -> None:
    assert calculated["column"] == ["95%", "2025-12-09", "≥95%", 12.5, ""]


def test_single_cells_calculate_under_both_names(calculated: dict[str, Any]) -> None:
    """LibreOffice shows an error value of Basic as the text Error 2042."""
    assert calculated["single"] == [
        "95%", "2025-12-09", "Error 2042", "Error 2015", 12.5, "95%", 12.5, 13.5,
    ]  # fmt: skip


def test_what_a_cell_sends_is_what_the_function_takes(calculated: dict[str, Any]) -> None:
    (told,) = commands(calculated["told"])
    assert told == "zipingbiao.excel.udf_module.zpb_score['验收合格率','≥95%','85%',30,Empty,Empty]"
    assert udfs.zpb_score("验收合格率", "≥95%", "85%", 30.0, None, None) == SCORES[1]
