"""The committed blank templates: built from the program, readable, calculated, clean."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support import office
from zipingbiao.book.read import read_book
from zipingbiao.table import ours
from zipingbiao.table.find import read_tables
from zipingbiao.table.forms import FORMS

WORKBOOKS = Path(__file__).parents[2] / "workbooks"
TEMPLATES = {
    f"{form.file_name}{'-免宏版' if formulas else ''}.xlsx": ours.Template(form, ours.VERSION, formulas)
    for form in FORMS
    for formulas in (False, True)
}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the templates anew."""
    folder = tmp_path_factory.mktemp("templates")
    subprocess.run(
        [sys.executable, WORKBOOKS / "build_templates.py", folder], check=True, capture_output=True
    )
    return folder


def parts(path: Path) -> dict[str, bytes]:
    """Give the parts of a workbook; the bytes of the archive itself depend on the zlib of the machine."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_folder_holds_the_templates_and_nothing_else() -> None:
    assert {path.name for path in (WORKBOOKS / "templates").iterdir()} == set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_fresh_build_gives_the_committed_parts(name: str, rebuilt: Path) -> None:
    assert parts(rebuilt / name) == parts(WORKBOOKS / "templates" / name)


@pytest.mark.parametrize(("name", "says"), TEMPLATES.items())
def test_each_says_what_it_is_and_reads_as_one_blank_table(name: str, says: ours.Template) -> None:
    book = read_book(WORKBOOKS / "templates" / name)
    assert ours.of(book.names) == says
    (table,) = read_tables(book)
    assert table.form is says.form
    assert table.project.name == ""
    assert not [cell for grid in book for cell in grid.cells.values() if cell.kind == "error"]


@pytest.mark.office
@pytest.mark.parametrize("version", ["Office2013", "Microsoft365"])
@pytest.mark.parametrize("name", TEMPLATES)
def test_the_validator_finds_nothing(name: str, version: office.Office) -> None:
    assert office.validate(WORKBOOKS / "templates" / name, version) == []
