"""What is said about each project, as handed in and on our template, word for word: ``findings.txt`` was read by a person.

To renew it after a wanted change: ``python tests/examples/test_findings.py``, then read the difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # when run as a program

from support.sentences import begins_with_what_to_do
from zipingbiao.book.read import read_book
from zipingbiao.result.examine import examine
from zipingbiao.result.said import finding_line, headline
from zipingbiao.scoring.finding import Severity
from zipingbiao.template.examples import examples
from zipingbiao.values import number

GOLDEN = Path(__file__).with_name("findings.txt")
HANDED_IN = sorted(Path(__file__).parents[1].joinpath("data", "handed_in").glob("*.xlsx"))
FILES = [*HANDED_IN, *sorted(examples().glob("*.xlsx"))]


def said() -> str:
    lines: list[str] = []
    for file in FILES:
        result = examine(file)
        lines += [
            f"# {file.parent.name}/{file.stem}",
            *(headline(evaluation) for evaluation in result.evaluations),
        ]
        lines += [finding_line(file.name, finding) for finding in result.findings]
    return "\n".join(lines) + "\n"


def test_each_sentence() -> None:
    assert said() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_a_long_sentence_says_first_what_to_do(file: Path) -> None:
    result = examine(file)
    said = [result.why or "", *result.notes, *(finding.message for finding in result.findings)]
    assert [message for message in said if not begins_with_what_to_do(message)] == []


@pytest.mark.parametrize("file", HANDED_IN, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_no_project_is_flooded(file: Path) -> None:
    asking = [finding for finding in examine(file).findings if finding.severity is not Severity.INFO]
    assert len(asking) <= 8


@pytest.mark.parametrize("file", HANDED_IN, ids=lambda file: f"{file.parent.name}-{file.stem[:3]}")
def test_the_scanner_reads_the_cells_that_openpyxl_reads(file: Path) -> None:
    oracle = openpyxl.load_workbook(file, data_only=True)
    book = read_book(file)
    assert [grid.sheet for grid in book] == oracle.sheetnames
    for grid in book:
        expected = {
            (cell.row, cell.column): number.exact(cell.value)
            if isinstance(cell.value, int | float)
            else cell.value
            for row in oracle[grid.sheet].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert {place: cell.value for place, cell in grid.cells.items()} == expected
        areas = sorted(str(area) for area in oracle[grid.sheet].merged_cells.ranges)
        assert sorted(str(area) for area in grid.merges) == areas


if __name__ == "__main__":
    GOLDEN.write_text(said(), "utf-8")
