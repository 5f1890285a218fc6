"""What Word and Excel are asked for, by stand-ins of their object models; only Windows can show the PDF."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from zipingbiao.book.read import microsoft


class Program:
    """Word or Excel as far as we ask it: opens a file, prints it, closes it, quits."""

    Visible = True
    DisplayAlerts: object = True
    AutomationSecurity = 1

    def __init__(self, name: str, *, opens: bool = True) -> None:
        self.name, self.opens, self.said = name, opens, list[str]()
        self.Documents = self.Workbooks = self

    def Open(self, path: str, **how: object) -> Program:  # noqa: N802 their names
        assert (self.Visible, self.AutomationSecurity) == (False, 3), "seen, or with macros"
        assert self.DisplayAlerts == 0
        assert how.pop("ReadOnly")
        assert list(how.values()) in ([False], [0])
        if not self.opens:
            raise RuntimeError(path)
        self.said.append(f"open {Path(path).name}")
        return self

    def ExportAsFixedFormat(self, *what: Any) -> None:  # noqa: N802
        kind, target = (what[1], what[0]) if self.name.startswith("Word") else what
        assert kind == (17 if self.name.startswith("Word") else 0)
        Path(target).write_bytes(b"%PDF-")
        self.said.append(f"print {Path(target).name}")

    def Close(self, *, SaveChanges: bool) -> None:  # noqa: N802, N803
        assert not SaveChanges
        self.said.append("close")

    def Quit(self, **how: object) -> None:  # noqa: N802
        assert how in ({}, {"SaveChanges": False})
        self.said.append("quit")


@pytest.fixture
def files(tmp_path: Path) -> Iterator[list[Path]]:
    given = [tmp_path / "report.docx", tmp_path / "table.xlsx"]
    for file in given:
        file.write_bytes(b"PK")
    yield given
    assert [file.read_bytes() for file in given] == [b"PK", b"PK"]


def test_each_file_is_printed_by_its_program(files: list[Path], tmp_path: Path) -> None:
    programs: list[Program] = []

    def start(name: str) -> Program:
        programs.append(Program(name))
        return programs[-1]

    microsoft.print_all(files, start)
    assert [program.said for program in programs] == [
        ["open report.docx", "print report.pdf", "close", "quit"],
        ["open table.xlsx", "print table.pdf", "close", "quit"],
    ]
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["report.pdf", "table.pdf"]


def test_without_word_the_workbook_is_printed_all_the_same(files: list[Path], tmp_path: Path) -> None:
    def start(name: str) -> Program:
        if name.startswith("Word"):
            raise OSError("class not registered")
        return Program(name)

    microsoft.print_all(files, start)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["table.pdf"]


def test_a_program_that_cannot_open_a_file_is_left_in_order(files: list[Path], tmp_path: Path) -> None:
    word = Program("Word.Application", opens=False)
    microsoft.print_all(files[:1], lambda _name: word)
    assert word.said == ["quit"]
    assert not list(tmp_path.glob("*.pdf"))
