"""The example workbooks: the reference projects moved into our template, with the results of the core."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import zipingbiao as z
from support import office
from support.handed_in import FILES, handed_in
from zipingbiao.book.cells import CellClass
from zipingbiao.book.read import read_book
from zipingbiao.result.code_check import check_codes
from zipingbiao.result.examine import examine
from zipingbiao.scoring.evaluation import Evaluation

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
EXAMPLES = sorted((WORKBOOKS / "examples").iterdir())
ALL_FIVE = WORKBOOKS / "examples" / "五个项目.xlsx"


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the examples anew."""
    folder = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, WORKBOOKS / "build_examples.py", folder], check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Score copies of all examples."""
    folder = tmp_path_factory.mktemp("scored")
    files = [shutil.copy(example, folder) for example in EXAMPLES]
    assert all(press.saved is not None for press in z.score(files))
    return folder


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook; the bytes of the archive itself depend on the zlib of the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def results(evaluation: Evaluation) -> tuple[object, ...]:
    """What must not change when a project moves from its own form into our template."""
    lines = {
        (row.indicator.name, row.indicator.weight, row.score, row.adopted, row.completion_text)
        for row in evaluation.rows
    }
    return lines, evaluation.weights_sum, evaluation.total, evaluation.adopted_total, evaluation.grade


def test_there_is_a_workbook_for_each_project_and_one_with_all() -> None:
    assert [example.name for example in EXAMPLES] == [*(file.name for file in FILES), ALL_FIVE.name]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_a_fresh_build_gives_the_committed_parts(example: Path, rebuilt: Path) -> None:
    assert parts(rebuilt / example.name) == parts(example)


@pytest.mark.parametrize("example", EXAMPLES[:-1], ids=lambda path: path.stem[:3])
def test_results_are_those_of_the_form_as_handed_in(example: Path) -> None:
    (moved,) = examine(example).evaluations
    (before,) = examine(handed_in(example.name[:3])).evaluations
    assert results(moved) == results(before)


def test_the_workbook_with_all_five_gives_all_results() -> None:
    totals = [evaluation.adopted_total for evaluation in examine(ALL_FIVE).evaluations]
    assert totals == [Decimal(text) for text in ("89.5", "93.08", "94.23", "98", "96.75")]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_scoring_writes_scores_findings_log_and_code(example: Path, scored: Path) -> None:
    book = openpyxl.load_workbook(scored / example.name, data_only=True)
    result = examine(scored / example.name)
    assert book["校验结果"].cell(4, 2).value in {"错误", "警告", "提示"}
    assert sum(row[2] is not None for row in book["校验结果"].iter_rows(min_row=4, values_only=True)) == len(
        result.findings
    )
    assert book["变更记录"]["B4"].value == "评分"
    assert [row[8] for row in book["汇总表"].iter_rows(min_row=4, values_only=True) if row[0]] == [
        float(evaluation.adopted_total or 0) for evaluation in result.evaluations
    ]
    for evaluation in result.evaluations:
        table, said = evaluation.table, evaluation.adopted_total
        assert table.total_score is not None
        assert table.grade is not None
        assert said is not None
        assert (table.total_score.number, table.grade.text) == (said, evaluation.profile.printed_grade(said))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_the_code_stands_in_the_table_and_on_every_printed_page(
    example: Path, scored: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(scored / example.name, tmp_path))
    checks = check_codes(copy)
    assert all(check.printed == check.code for check in checks)
    shown = footers(copy)
    assert [shown[check.sheet] for check in checks] == [check.code for check in checks]
    z.undo(copy)
    assert footers(copy) == footers(example)


def footers(path: Path) -> dict[str, str]:
    """What the middle of the page footer says of the code, by sheet."""
    book = openpyxl.load_workbook(path)
    said: dict[str, str] = {}
    for sheet in book.worksheets:
        footer = sheet.oddFooter
        assert footer is not None
        said[sheet.title] = str(footer.center.text or "").removeprefix("数据校验码").strip()
    return said


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_scoring_again_changes_nothing(example: Path, scored: Path) -> None:
    before = (scored / example.name).read_bytes()
    (press,) = z.score(scored / example.name)
    assert not press.plan
    assert (scored / example.name).read_bytes() == before


@pytest.mark.office
@pytest.mark.parametrize("when", ["blank", "scored"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_libreoffice_calculates_every_cached_value(example: Path, when: str, scored: Path) -> None:
    file = example if when == "blank" else scored / example.name
    calculated = office.recalculated(file)
    checked = 0
    for grid in read_book(file):
        for (row, column), cell in grid.cells.items():
            if cell.formula is None:
                continue
            theirs = calculated[grid.sheet].cell(row, column).value
            ours = cell.value
            if isinstance(ours, Decimal):
                assert isinstance(theirs, int | float), (
                    f"{grid.sheet} {row} {column}: {ours} against {theirs}"
                )
                assert abs(Decimal(repr(theirs)) - ours) < Decimal("0.0000001"), (
                    f"{grid.sheet} {row} {column}"
                )
            else:
                assert cell.kind is CellClass.TEXT
                assert (theirs or "") == ours, f"{grid.sheet} {row} {column}"
            checked += 1
    assert checked > 30


@pytest.mark.office
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_saved_by_libreoffice_it_is_still_ours_and_scorable(
    example: Path, scored: Path, tmp_path: Path
) -> None:
    saved = office.convert(example, "xlsx", tmp_path)
    (press,) = z.score(saved)
    assert press.saved is not None
    ours = examine(scored / example.name).evaluations
    assert [results(one) for one in press.result.evaluations] == [results(one) for one in ours]
    log = openpyxl.load_workbook(saved)["变更记录"]
    assert log["B4"].value == "评分"


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem[:3])
def test_the_validator_finds_nothing(example: Path, version: office.Office, scored: Path) -> None:
    assert office.validate(example, version) == []
    assert office.validate(scored / example.name, version) == []
