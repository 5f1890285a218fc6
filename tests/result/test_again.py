"""A workbook evaluated again after cells changed: as if for the first time, with less work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support import budget
from support.handed_in import FILES
from zipingbiao.book.after import after
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.book.changes import Change, Plan
from zipingbiao.book.read import read_book, read_bytes
from zipingbiao.book.write.patch import patch
from zipingbiao.change.score import score_bytes
from zipingbiao.result import evaluate as module
from zipingbiao.result.evaluate import Evaluator, evaluate
from zipingbiao.rules import run
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.find import drafts
from zipingbiao.table.find.headings import Search
from zipingbiao.table.records import Role

EXAMPLES = Path(__file__).parents[2] / "workbooks" / "examples"
FIVE = read_book(EXAMPLES / "五个项目.xlsx")
FOREIGN = Book("各单位.xlsx", tuple(grid for file in FILES for grid in read_book(file).grids))
BOOKS = {"样表": FIVE, "各单位的表": FOREIGN}


def typed(book: Book, ref: Ref, value: Decimal | str) -> Book:
    return after(book, (Change(ref, "", value, "手工"),))


def edits(book: Book, drawn: Iterable[tuple[int, int]]) -> Iterator[tuple[Ref, Decimal | str]]:
    """Cells that a person clears or types over: nothing, any text of the workbook, or a number."""
    cells = [(grid.ref(*place), cell) for grid in book for place, cell in sorted(grid.cells.items())]
    texts = sorted({cell.value for _, cell in cells if isinstance(cell.value, str)})
    for place, what in drawn:
        choice = ("", texts[what % len(texts)], Decimal(what % 2000) / 10)
        yield cells[place % len(cells)][0], choice[what % len(choice)]


NUMBERS = st.integers(0, 1_000_000)


@pytest.mark.parametrize("name", BOOKS)
@settings(max_examples=budget.often(10, 200))
@given(drawn=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4))
def test_it_says_what_a_first_evaluation_says(name: str, drawn: list[tuple[int, int]]) -> None:
    book, evaluator = BOOKS[name], Evaluator()
    evaluator.evaluate(book)
    for ref, value in edits(book, drawn):
        book = typed(book, ref, value)
        assert evaluator.evaluate(book) == evaluate(book)


def test_a_value_that_is_typed_and_taken_back_leaves_no_trace() -> None:
    evaluator = Evaluator()
    first = evaluator.evaluate(FIVE)
    line = first.evaluations[2].rows[1].indicator
    evaluator.evaluate(typed(FIVE, line.entries[next(iter(line.entries))].ref, "另一个指标"))
    assert evaluator.evaluate(FIVE) == first


class Work:
    """The sheets that were searched and the tables that were checked since it was asked last."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._done: list[str] = []
        search, check = drafts._read_page, run.check

        def searching(grid: Grid, asked: Search) -> drafts.Page:
            self._done.append(f"看 {grid.sheet}")
            return search(grid, asked)

        def checking(evaluation: Evaluation) -> run.Checked:
            self._done.append(f"查 {evaluation.table.sheet}")
            return check(evaluation)

        monkeypatch.setattr(drafts, "_read_page", searching)
        monkeypatch.setattr(module, "check", checking)

    def done(self) -> list[str]:
        done = list(self._done)
        self._done.clear()
        return done


def test_only_the_changed_sheet_is_searched_and_its_table_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    work, evaluator = Work(monkeypatch), Evaluator()
    third = evaluator.evaluate(FIVE).evaluations[2].table
    assert len([each for each in work.done() if each.startswith("查")]) == 5
    evaluator.evaluate(typed(FIVE, third.indicators[1].entries[Role.ACTUAL].ref, "不清楚"))
    assert work.done() == [f"看 {third.sheet}", f"查 {third.sheet}"]


def test_a_press_looks_at_every_sheet_once_and_at_what_it_changes_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scored, _ = score_bytes((EXAMPLES / "五个项目.xlsx").read_bytes())
    book = read_bytes(scored, "五个项目.xlsx")
    third = evaluate(book).evaluations[2].table
    actual = third.indicators[1].entries[Role.ACTUAL].ref
    edited = patch(scored, Plan((Change(actual, "", "不清楚", "手工"),), book.digest))
    work = Work(monkeypatch)
    _, press = score_bytes(edited)
    done = work.done()
    assert press.plan
    assert sorted(done[10:]) == sorted([f"看 {third.sheet}", f"查 {third.sheet}"])
    assert len(set(done[:10])) == 10, "five sheets and their tables as they were"
