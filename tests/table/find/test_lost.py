"""A cleared heading: the column is still there, and its neighbours tell what it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid, Ref
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.candidates import open_book
from zipingbiao.table.records import Role, SelfEvaluation, Trouble
from zipingbiao.template.examples import examples
from zipingbiao.values.number import exact

NEEDED = (Role.NAME, Role.WEIGHT, Role.TARGET, Role.ACTUAL, Role.SCORE)
HANDED_IN = sorted(Path(__file__).parents[2].joinpath("data", "handed_in").glob("*.xlsx"))
FILES = [*sorted(examples().glob("[0-9]*.xlsx")), *HANDED_IN]


def without(book: Book, *lost: Ref) -> Book:
    grids = [
        replace(
            grid, cells={place: cell for place, cell in grid.cells.items() if grid.ref(*place) not in lost}
        )
        for grid in book.grids
    ]
    return replace(book, grids=tuple(grids))


def told(book: Book) -> list[str]:
    return [finding.message for finding in evaluate(book).findings if finding.code == "L101"]


def table_of(text: str, *merges: Area) -> Book:
    """Rows of cells between |; numbers are numbers."""
    cells = {}
    for row, line in enumerate(text.strip().splitlines(), 1):
        for column, word in enumerate(line.split("|"), 1):
            if typed := word.strip():
                number = exact(typed)
                kind = CellClass.TEXT if number is None else CellClass.NUMBER
                cells[row, column] = Cell(typed if number is None else number, kind)
    return Book("自评表.xlsx", (Grid("表", cells, merges=merges),))


def only(book: Book) -> SelfEvaluation:
    (table,) = read_tables(book)
    return table


@pytest.mark.parametrize("role", NEEDED)
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_any_heading_of_the_printed_forms(file: Path, role: Role) -> None:
    book = open_book(file)
    ref = only(book).headings[role]
    (cell,) = (grid.cells[ref.row, ref.column] for grid in book.grids if grid.sheet == ref.sheet)
    word = "".join(str(cell.value).split())
    assert told(book) == []
    (said,) = told(without(book, ref))
    assert said.startswith(f"{ref.a1}的表头“")
    assert said.endswith("”不见了，请补上。")
    if role not in {Role.NAME, Role.SCORE}:  # several words are in use for these two
        assert word in said


FOREIGN = """
一级指标|二级指标|三级指标|赋分|预期值|完成数|自评打分|备注
产出|数量|修路里程|20|12公里|11公里|18.33|
产出|质量|验收合格率|30|100%|100%|30|
效益|社会效益|受益人口|40|3000人|3100人|40|
满意度|满意度|群众满意度|10|90%|92%|10|
"""
TWO_ROWS = """
绩效指标|||分值|目标值|完成情况||原因
一级指标|二级指标|三级指标|||实际完成值|得分|
产出指标|数量指标|修路里程|20|12公里|11公里|18.33|雨季停工十天
产出指标|质量指标|验收合格率|40|100%|100%|40|
效益指标|社会效益|受益人口|40|3000人|3100人|40|
"""
TWO_ROW_MERGES = (
    Area(1, 1, 1, 3), Area(1, 4, 2, 4), Area(1, 5, 2, 5), Area(1, 6, 1, 7), Area(1, 8, 2, 8),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "word"), [("C1", "三级指标"), ("D1", "分值"), ("E1", "目标值"), ("F1", "业绩值"), ("G1", "得分")]
)
def test_a_form_that_nobody_knows(cell: str, word: str) -> None:
    book = table_of(FOREIGN)
    assert told(book) == []
    assert told(without(book, Ref("表", 1, ord(cell[0]) - 64))) == [f"{cell}的表头“{word}”不见了，请补上。"]


@pytest.mark.parametrize(
    ("row", "cell", "word"),
    [(1, "D1", "分值"), (1, "E1", "年度指标值"), (2, "F2", "业绩值"), (2, "G2", "得分")],
)
def test_a_heading_of_two_rows(row: int, cell: str, word: str) -> None:
    book = table_of(TWO_ROWS, *TWO_ROW_MERGES)
    assert told(book) == []
    (said,) = told(without(book, Ref("表", row, ord(cell[0]) - 64)))
    assert said.startswith(f"{cell}的表头")
    assert word in said


def test_two_cleared_headings_are_both_named() -> None:
    book = without(table_of(FOREIGN), Ref("表", 1, 4), Ref("表", 1, 7))
    assert [message[:5] for message in told(book)] == ["D1的表头", "G1的表头"]


def test_the_lines_are_not_blamed_as_well() -> None:
    findings = evaluate(without(table_of(FOREIGN), Ref("表", 1, 5))).findings
    assert not [finding for finding in findings if finding.code == "V104"]


@pytest.mark.parametrize(
    "table",
    [
        # a column of numbers before the table, every heading there
        "|三级指标|分值|目标值|业绩值|得分\n1|修路里程|50|12公里|12公里|50\n2|验收合格率|50|100%|100%|50",
        # words that somebody wrote beside the table
        "三级指标|分值|目标值|业绩值|得分|\n修路里程|50|12公里|12公里|50|已核\n验收合格率|50|100%|100%|50|",
        # a form without points
        "三级指标|目标值|业绩值|\n修路里程|12公里|12公里|\n验收合格率|100%|100%|",
    ],
    ids=["numbered", "noted", "no points"],
)
def test_a_column_without_heading_is_no_lost_one_where_nothing_is_missing(table: str) -> None:
    assert Trouble.LOST_HEADING not in {problem.trouble for problem in only(table_of(table)).problems}
