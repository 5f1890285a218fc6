"""A headless Excel: xlwings' own object model over workbooks in memory, for tests of macros.

It imitates what macros meet in Excel: typing of what is assigned, numbers as floats, currency as
Decimal, dates by format, results of formulas after each change, and refusals.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import xlwings

from support.headless import engine, retry
from support.headless.cells import Error, Held
from support.headless.model import Workbook, Worksheet, load, load_file
from support.headless.retry import com_error

__all__ = ["Error", "Excel", "Held", "Workbook", "Worksheet", "com_error", "running"]


class Excel:
    """The running Excel; what is opened last is the calling workbook."""

    def __init__(self, app: engine.App) -> None:
        self.app = app

    def open(self, source: Path | bytes, name: str = "自评表.xlsx") -> Workbook:
        """Open a file, or bytes under a name as if never saved, and let it be the caller."""
        return self.show(load_file(source) if isinstance(source, Path) else load(source, name))

    def show(self, model: Workbook) -> Workbook:
        """Let a workbook be the calling one."""
        xlwings.Book(impl=self.app.books.show(model)).set_mock_caller()
        return model

    def select(self, sheet: Worksheet, a1: str) -> None:
        """Select cells; their sheet is the active one."""
        sheet.book.active = sheet
        self.app.selected = (sheet, engine._areas(a1)[0])


@contextmanager
def running() -> Iterator[Excel]:
    """Give an Excel without a workbook; xlwings knows it as its active engine."""
    impl = engine.Engine()
    sys.modules[retry.NAME] = retry.windows_side()
    known = xlwings.Engine(impl=impl)
    xlwings.engines.add(known)
    known.activate()
    try:
        yield Excel(impl.app)
    finally:
        del sys.modules[retry.NAME]
        xlwings.engines.engines.remove(known)
        del xlwings.engines.engines_by_name[impl.name]
        xlwings.engines.active = None
        if hasattr(xlwings.Book, "_mock_caller"):
            del xlwings.Book._mock_caller
