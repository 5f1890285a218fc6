"""The reference projects as handed in: built from examples.yaml, readable everywhere, faults kept."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from support import office
from support.handed_in import FILES, FOLDER

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
PROJECTS: dict[str, dict[str, Any]] = {
    project["file"][:3]: project
    for project in yaml.safe_load((WORKBOOKS / "examples.yaml").read_text(encoding="utf-8"))
}
EXAMPLES = [FOLDER / f"{project['file']}.xlsx" for project in PROJECTS.values()]

# Number of the project → (sum of the weights, sum of the scores) as the printed reports show them.
SHOWN = {"000": ("100", "89.5"), "001": ("100", "93.08"), "002": ("85", "84.25"), "004": ("100", "96.75")}

Row = tuple[Any, ...]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the examples anew."""
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, FOLDER / "build.py", folder], check=True, capture_output=True)
    return folder


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook; the bytes of the archive itself depend on the zlib of the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(number: str) -> Workbook:
    return openpyxl.load_workbook(next(path for path in EXAMPLES if path.name.startswith(number)))


def rows(sheet: Worksheet) -> list[Row]:
    """Give the rows as a person sees them: every cell of a merged range shows its value."""
    shown = {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row}
    for area in sheet.merged_cells.ranges:
        for place in area.cells:
            shown[place] = sheet.cell(area.min_row, area.min_col).value
    return [
        tuple(shown[row, column] for column in range(1, sheet.max_column + 1))
        for row in range(1, sheet.max_row + 1)
    ]


def below(table: list[Row], *headings: str) -> list[Row]:
    """Give what stands under the last row that starts with these headings."""
    starts = [number for number, row in enumerate(table) if row[: len(headings)] == headings]
    return table[starts[-1] + 1 :]


def continued(data: list[list[Any]], levels: range) -> Iterator[Row]:
    """Give the rows of the data with each blank level filled from above, other blanks as None."""
    above: list[Any] = []
    for row in data:
        above = [above[at] if at in levels and value == "" else value for at, value in enumerate(row)]
        yield tuple(None if value == "" else value for value in above)


def total(table: list[Row], column: int) -> Decimal:
    return sum((Decimal(str(row[column])) for row in table if row[column] is not None), Decimal())


def test_no_workbook_lacks_its_data_and_no_data_its_workbook() -> None:
    assert FILES == EXAMPLES


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name[:3])
def test_a_fresh_build_gives_the_committed_parts(example: Path, rebuilt: Path) -> None:
    assert parts(rebuilt / example.name) == parts(example)


@pytest.mark.parametrize("number", sorted(SHOWN))
def test_shanxi_figures_stand_as_typed(number: str) -> None:
    project, book = PROJECTS[number], opened(number)
    assert book.sheetnames == project["sheets"]
    first, last = rows(book[project["sheets"][0]]), rows(book[project["sheets"][-1]])

    funds = below(last, "项目", "行次")[: len(project["funds"])]
    assert [row[:10] for row in funds] == list(continued(project["funds"], range(0)))
    indicators = below(first, "一级指标", "二级指标", "目标指标")[: len(project["indicators"])]
    assert [row[:9] for row in indicators] == list(continued(project["indicators"], range(2)))
    assert first[-1][0] == project["result"]

    weights, scores = map(Decimal, SHOWN[number])
    assert (total(indicators, 3), total(indicators, 7)) == (weights, scores)


def test_national_figures_stand_as_typed() -> None:
    project = PROJECTS["003"]
    table = rows(opened("003")[project["sheets"][0]])

    found = [row[2:] for row in table if row[0] == "项目资金\n（万元）"]
    assert found == list(continued(project["funds"], range(0)))
    indicators = [row for row in table if row[0] == "绩\n效\n指\n标"]
    assert indicators == list(continued(project["indicators"], range(3)))
    stated = next(row for row in table if row[0] == "总分")
    assert stated[6:8] == (100, 98)

    weights = total(indicators[1:], 6) + found[1][4]
    scores = total(indicators[1:], 7) + found[1][6]
    assert (weights, scores) == (100, 98)
    for label, text in {**project["result_analysis"], **project["remarks"]}.items():
        assert next(row for row in table if row[2] == label)[3] == text


def test_the_known_faults_are_kept() -> None:
    first, second, third = (rows(opened(number).worksheets[0]) for number in ("000", "001", "002"))
    assert next(row for row in first if row[2] == "维护系统数量")[4:7] == (130, "221个", "170.00%")
    assert next(row for row in second if row[2] == "业务运行成本")[4:6] == ("＜=107.26万元", "90%")
    assert [row[1] for row in below(third, "一级指标") if row[2] == "预算执行率"] == ["成本指标"]
    assert next(row for row in third if row[0] == "预算到位率")[2:4] == (100, 0)


@pytest.mark.office
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name[:3])
def test_libreoffice_opens_it(example: Path, tmp_path: Path) -> None:
    converted = openpyxl.load_workbook(office.convert(example, "xlsx", tmp_path))
    original = openpyxl.load_workbook(example)
    assert [rows(sheet) for sheet in converted.worksheets] == [rows(sheet) for sheet in original.worksheets]


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name[:3])
def test_the_validator_finds_nothing(example: Path, version: office.Office) -> None:
    assert office.validate(example, version) == []
