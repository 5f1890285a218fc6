"""Page footers in Excel: the code follows, through the one object that xlwings does not offer."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from zipingbiao.book.cells import Book
from zipingbiao.book.changes import Plan
from zipingbiao.book.marks import Footer
from zipingbiao.excel.live.apply import apply


class Setup:
    """Excel's PageSetup: counts what is assigned."""

    def __init__(self, footer: str, left: str = "") -> None:
        self.footer, self.LeftFooter, self.written = footer, left, 0

    @property
    def CenterFooter(self) -> str:  # noqa: N802 Excel's name
        return self.footer

    @CenterFooter.setter
    def CenterFooter(self, text: str) -> None:  # noqa: N802
        self.footer, self.written = text, self.written + 1


def book(**setups: Setup | None) -> Any:
    sheets = [
        SimpleNamespace(name=name, api=None if setup is None else SimpleNamespace(PageSetup=setup))
        for name, setup in setups.items()
    ]
    return SimpleNamespace(sheets=sheets, names={}, app=SimpleNamespace(calculation="automatic"))


def test_the_footer_says_the_new_code_once() -> None:
    setup = Setup("数据校验码见表尾", "填报单位：")
    plan = Plan((), "", footers=(Footer("表", "7K3M9QXA", "甲县档案馆"),))
    for _ in range(2):
        apply(book(表=setup), plan, Book("", ()))
    assert (setup.footer, setup.written) == ("数据校验码 7K3M9QXA", 1)
    assert setup.LeftFooter == "填报单位：甲县档案馆"


def test_a_footer_of_somebody_else_and_an_excel_without_printer_are_left() -> None:
    theirs = Setup("第 &P 页")
    apply(
        book(表=theirs, 无=None), Plan((), "", footers=(Footer("表", "A"), Footer("无", "B"))), Book("", ())
    )
    assert (theirs.footer, theirs.written) == ("第 &P 页", 0)
