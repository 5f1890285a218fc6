"""A desk with Excel on it: buttons are pressed through the door that VBA enters, messages are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import xlwings

from support.headless import Excel, Held, Workbook
from zipingbiao.book.cells import Book
from zipingbiao.excel import entry
from zipingbiao.excel.live.open_book import read_live
from zipingbiao.excel.talk import Report, Talk
from zipingbiao.result.sheets import HEADINGS

Contents = Mapping[str, Mapping[tuple[int, int], Held]]


@dataclass
class Desk:
    """What a person has in front of them.

    Attributes:
        agrees: the answer to every question.
        folder: what is chosen in the folder dialog.
        document: what is chosen in the dialog for a Word document.
        new_file: the name typed for a new file; None cancels, "" takes the suggested one.
        asked: the questions so far.
        told: the messages so far: text and tone.
        profile: the 评分规则 chosen in the ribbon.
    """

    excel: Excel
    agrees: bool = False
    folder: Path | None = None
    document: Path | None = None
    new_file: Path | str | None = None
    asked: list[str] = field(default_factory=list)
    told: list[tuple[str, entry.Tone]] = field(default_factory=list)
    profile: str | None = None

    def press(self, identifier: str) -> Report | None:
        """Press a button of the ribbon on the calling workbook."""
        start = dt.datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001 people read the log by their clock
        when = start + dt.timedelta(seconds=len(self.told))
        talk = Talk(
            self._ask,
            lambda: self.folder,
            lambda: when,
            lambda: self.document,
            self._name,
            profile=self.profile,
        )
        report = entry.run(identifier, None, talk, lambda text, tone: self.told.append((text, tone)))
        if report is not None:
            self.told.append((entry.boxed(report), entry.Tone.DONE))
        return report

    def refused(self, identifier: str) -> str:
        """Press a button that cannot do its work; return the one sentence that says why."""
        assert self.press(identifier) is None
        text, tone = self.told[-1]
        assert tone is not entry.Tone.DONE
        assert "\n" not in text
        assert text.endswith("。")
        return text

    def read(self) -> Book:
        """Read the calling workbook as macros do."""
        return read_live(xlwings.Book.caller())

    def _name(self, suggested: Path) -> Path | None:
        return suggested if self.new_file == "" else None if self.new_file is None else Path(self.new_file)

    def _ask(self, question: str) -> bool:
        self.asked.append(question)
        return self.agrees


def contents(book: Workbook, *but: str) -> Contents:
    """Return what stands on all sheets but some: values, formulas and formats."""
    return {sheet.name: sheet.contents() for sheet in book.sheets if sheet.name not in but}


def peoples(book: Workbook) -> Contents:
    """Return what stands on the sheets that are not wholly ours."""
    return contents(book, *(sheet.value for sheet in HEADINGS))


def counted(book: Workbook) -> dict[str, tuple[int, int]]:
    """Return reads and writes of each sheet since the last call."""
    found = {sheet.name: (sheet.reads, sheet.writes) for sheet in book.sheets}
    for sheet in book.sheets:
        sheet.reads = sheet.writes = 0
    return found


def written(book: Workbook) -> dict[str, int]:
    """Return how often each sheet was written since the last call, if it was."""
    return {name: writes for name, (_, writes) in counted(book).items() if writes}
