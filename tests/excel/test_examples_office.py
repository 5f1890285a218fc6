"""The five examples in LibreOffice: our VBA is pressed, its command runs, and the document shows the result.

The command of a button runs on the headless Excel, for the same workbook; what it wrote goes into the
document, whose own formulas then show scores, totals and grades.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support import basic, vba
from support.headless import Workbook, running
from support.headless.desk import Contents, contents
from zipingbiao.book.cells import column_letters
from zipingbiao.book.read import read_bytes
from zipingbiao.excel import entry
from zipingbiao.result.evaluate import evaluate
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.table import ours
from zipingbiao.table.ours import Sheet

pytestmark = pytest.mark.office

ALL_FIVE = Path(__file__).parents[2] / "workbooks" / "examples" / "五个项目.xlsx"
PRESSED = ("score", "undo", "merge_book")
TOTALS = [89.5, 93.08, 94.23, 98, 96.75]  # 002 has no line for the execution, 9.98 of its 94.23
TEXTS = """Attribute VB_Name = "ZpbMessages"
Public Sub ZpbTell(ByVal text As String, Optional ByVal isDone As Boolean)
    Recorded = Recorded & text & vbLf
End Sub
Public Function ZpbText(ByVal key As String) As String
    ZpbText = key
End Function
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the document showed before and after each press, and what its VBA handed to Python."""
    path = tmp_path_factory.mktemp("examples") / "五个项目.xlsm"
    path.write_bytes(
        vba.embedded(ALL_FIVE.read_bytes(), {**vba.with_addin(vba.modules()), "ZpbMessages": TEXTS})
    )
    shown = [basic.read(sheet, cells) for sheet, cells in score_columns()]
    steps = {"before": shown, **{f"after {button}": [] for button in PRESSED}}
    with running() as excel:
        book = excel.open(ALL_FIVE)
        for button in PRESSED:
            before = contents(book)
            kind, _, _, text = entry.press(button, "").split(
                "\n", 3
            )  # what the server does with what reaches it
            if kind == entry.Kind.YES_NO:  # typed scores stay
                entry.press(button, f"{text}\t\n")
            steps[f"after {button}"] = [
                basic.call(f"ZpbRibbon.ZPB_do_{button}"), *written(before, book), *shown,
            ]  # fmt: skip
    steps["summary"] = [basic.read(Sheet.SUMMARY, cells) for cells in summary_cells()]
    steps["told"] = [basic.call(vba.RECORDED)]
    found = iter(basic.run(path, [step for some in steps.values() for step in some]))
    given = {name: [next(found) for _ in some] for name, some in steps.items()}
    return {name: some[-len(shown) :] if "after" in name else some for name, some in given.items()}


def written(before: Contents, book: Workbook) -> Iterator[basic.Step]:
    """What a press wrote as values; formulas calculate by themselves."""
    for sheet, cells in contents(book).items():
        for place in sorted({*cells, *before[sheet]}):
            held, former = cells.get(place), before[sheet].get(place)
            if held != former and (held is None or held.formula is None):
                value = held.value if held is not None else None
                at = f"{column_letters(place[1])}{place[0]}"
                yield basic.write(sheet, at, value if isinstance(value, str | float) else "")


def score_columns() -> list[tuple[str, str]]:
    """The cells of 得分 of each project, down to the total."""
    found = []
    for evaluation in evaluate(read_bytes(ALL_FIVE.read_bytes(), "x")).evaluations:
        total = evaluation.table.total_score
        assert total is not None
        column = column_letters(total.ref.column)
        found.append((total.ref.sheet, f"{column}{evaluation.table.anchor.row}:{column}{total.ref.row}"))
    return found


def summary_cells() -> list[str]:
    """The scores, and what stands above them."""
    column = column_letters(HEADINGS[Sheet.SUMMARY].index("自评得分") + 1)
    name = column_letters(HEADINGS[Sheet.SUMMARY].index("项目名称") + 1)
    first = ours.FIRST_ROW
    return [f"{column}{first + 1}:{column}{first + 5}", f"{name}{first}"]


def totals(columns: list[list[list[Any]]]) -> list[Any]:
    return [column[-1][0] for column in columns]


def test_the_vba_of_each_button_calls_its_python(answers: dict[str, Any]) -> None:
    presses = [f"press {button} rules=;" for button in PRESSED]
    told = answers["told"][0].splitlines()
    assert [line for line in told if line.startswith("press ")] == presses


def test_scoring_shows_the_totals_of_the_core(answers: dict[str, Any]) -> None:
    assert totals(answers["after score"]) == pytest.approx(TOTALS)
    assert totals(answers["before"]) != totals(answers["after score"])


def test_undoing_shows_what_was_there(answers: dict[str, Any]) -> None:
    assert answers["after undo"] == answers["before"]


def test_the_summary_has_a_line_for_each_and_their_sum(answers: dict[str, Any]) -> None:
    scores, above = answers["summary"]
    assert [row[0] for row in scores] == pytest.approx(TOTALS)
    assert above == [["合计（5个）"]]
