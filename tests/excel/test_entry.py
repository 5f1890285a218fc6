"""The door that VBA enters: whatever is wrong comes out as one Chinese sentence."""

from __future__ import annotations

import ctypes
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from support.headless import Worksheet
from support.headless.desk import Desk, contents
from support.headless.foreign import foreign
from zipingbiao.excel import entry, macros
from zipingbiao.excel.macros import Report, Talk
from zipingbiao.excel.registry import MACROS

BUTTONS = [macro.id for macro in MACROS if macro.id != "last_error"]
READING = [button for button in BUTTONS if button not in {"merge_folder", "import_report", "clear"}]


@pytest.mark.parametrize("button", [macro.id for macro in MACROS])
def test_no_workbook_is_open(desk: Desk, button: str) -> None:
    assert "没有可以处理的工作簿" in desk.refused(button)


@pytest.mark.parametrize("button", READING)
def test_no_table(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign())
    book.sheet("表1").cells.clear()
    before = contents(book)
    desk.excel.select(book.sheet("表1"), "A1")
    expected = "变更记录" if button == "undo" else "没有找到自评表"
    assert expected in desk.refused(button)
    assert contents(book) == before


@pytest.mark.parametrize("button", READING)
def test_excel_is_busy(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign())
    desk.excel.select(book.sheet("表1"), "A1")
    book.busy = True
    assert "Excel 没有应答" in desk.refused(button)


@pytest.mark.parametrize("button", ["explain", "add_project"])
def test_a_chart_is_in_front(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign())
    book.active = Worksheet("图表1", book, chart=True)
    book.sheets.append(book.active)
    assert "请先" in desk.refused(button)


def test_scoring_works_behind_a_chart(desk: Desk) -> None:
    book = desk.excel.open(foreign())
    book.active = chart = Worksheet("图表1", book, chart=True)
    book.sheets.append(chart)
    assert desk.press("score") is not None
    assert book.active is chart
    assert book.sheet("表1")["G8"].value == 23.75


@pytest.mark.parametrize("button", ["score", "recalculate"])
def test_a_protected_sheet(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign(sheets=3))
    book.sheet("表3").protected = True
    before, names = contents(book), dict(book.names)
    assert desk.refused(button).startswith("工作表“表3”没有写入（com_error）")
    assert contents(book) == before
    assert book.names == names


@pytest.mark.parametrize("button", ["score", "check", "merge_book"])
def test_a_protected_structure(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign())
    book.fixed = True
    before = contents(book)
    assert "工作簿结构受保护" in desk.refused(button)
    assert contents(book) == before


@pytest.mark.parametrize("writes", range(8))
def test_somebody_starts_to_edit_a_cell_meanwhile(desk: Desk, writes: int) -> None:
    book = desk.excel.open(foreign(sheets=2))
    book.answers = writes
    assert desk.press("score") is None or writes == 7
    if desk.told[-1][1] is entry.Tone.WRONG:
        assert "\n" not in desk.told[-1][0]
    book.answers, book.busy = None, False
    assert desk.press("score") is not None
    assert [book.sheet(name)["G8"].value for name in ("表1", "表2")] == [23.75, 23.75]


def test_a_fault_of_ours_is_told_and_logged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(book: object, talk: Talk) -> Report:
        raise ZeroDivisionError("x")

    monkeypatch.setattr(macros, "score", broken)
    desk.excel.open(foreign())
    assert "程序自身出错（ZeroDivisionError：x）" in desk.refused("score")
    assert "macro score failed" in caplog.text


def test_a_long_report_is_cut_for_the_message(desk: Desk) -> None:
    desk.excel.open(foreign(sheets=20))
    desk.press("score")
    text, tone = desk.told[-1]
    assert tone is entry.Tone.DONE
    assert len(text.splitlines()) == 14
    assert "见校验结果表" in text.splitlines()[-1]
    assert text.splitlines()[-1].endswith("。")


def test_why_a_function_failed(desk: Desk) -> None:
    desk.excel.open(foreign())
    report = desk.press("last_error")
    assert report is not None
    assert report.title.endswith("。")


def test_boxes_stand_in_front_of_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel waits for the answer: a box behind its window would look like a crash."""
    shown: list[tuple[Any, ...]] = []

    def message_box(*given: Any) -> int:
        shown.append(given)
        return entry._YES

    user32 = SimpleNamespace(MessageBoxW=message_box)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user32), raising=False)
    entry._message_box("评分", "完成。", entry.Tone.DONE)
    entry._message_box("评分", "没有写入。", entry.Tone.WRONG)
    assert entry._ask("继续吗？") is True
    assert [flags for *_, flags in shown] == [0x50040, 0x50030, 0x50024]


def test_a_message_without_excel(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.excel.open(foreign())
    assert entry.run("undo") is None
    assert capsys.readouterr().err.startswith("撤销评分：")
    assert entry.run("check") is not None
    assert capsys.readouterr().out.startswith("校验：")
