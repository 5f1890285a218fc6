"""The door that VBA enters: whatever is wrong comes out as one Chinese sentence."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pytest

import zipingbiao as z
from support.headless import Worksheet
from support.headless.desk import Desk, contents
from support.headless.foreign import LINES, foreign
from zipingbiao.excel import entry, macros
from zipingbiao.excel.live import patience
from zipingbiao.excel.registry import MACROS
from zipingbiao.excel.talk import Report, Talk
from zipingbiao.scoring.profile.new import new_profile

_PATIENCE = patience.SECONDS

BUTTONS = [macro.id for macro in MACROS if not macro.procedure]
WALKING = ["next_finding", "previous_finding"]
NOT_READING = {"merge_folder", "import_report", "clear", "help", *WALKING}
READING = [button for button in BUTTONS if button not in NOT_READING]
BUSY = "Excel 没有应答，可能正在编辑单元格或开着对话框：请按回车或 Esc 结束后再按一次，没有改动。"


@pytest.mark.parametrize("button", BUTTONS)
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


@pytest.mark.parametrize("button", [*READING, *WALKING])
def test_excel_is_busy(desk: Desk, button: str) -> None:
    book = desk.excel.open(foreign())
    desk.excel.select(book.sheet("表1"), "A1")
    book.busy = True
    assert desk.refused(button) == BUSY


def test_a_busy_excel_is_told_within_five_seconds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """All calls of a press together: each by itself would wait as long again."""
    monkeypatch.setattr(patience, "SECONDS", _PATIENCE)
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    desk.excel.open(foreign()).busy = True
    assert desk.refused("score") == BUSY
    assert 2 < sum(waited) <= 4.5


def test_what_xlwings_does_by_itself_is_put_back(desk: Desk) -> None:
    desk.excel.open(foreign())
    desk.press("check")
    assert sys.modules["xlwings._xlwindows"].N_COM_ATTEMPTS == 0


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


# --- what VBA is told ------------------------------------------------------------------------------


def told(identifier: str, given: str = "") -> list[str]:
    """Press through the door for VBA: kind, undo, more, text."""
    return entry.press(identifier, given).split("\n", 3)


def test_a_press_ends_in_one_short_line(desk: Desk) -> None:
    desk.excel.open(foreign(sheets=20))
    kind, undo, more, text = told("score")
    assert (kind, undo, more) == ("done", "撤销评分", "")
    assert re.fullmatch(r"评分完成：20 个项目，(\d+ 处错误、)?\d+ 处警告。按“下一处问题”逐一查看。", text)
    assert told("score")[1] == ""
    assert told("check")[:2] == ["done", ""]


def test_progress_is_on_the_status_bar(desk: Desk) -> None:
    desk.excel.open(foreign(sheets=3))
    told("score")
    said = desk.excel.app.shown_below
    assert said[:3] == [f"绩效自评：正在读取第 {number} / 3 张工作表……" for number in (1, 2, 3)]
    assert said[-2:] == ["绩效自评：正在核算……", "绩效自评：正在写入……"]


LONG = tuple(f"第{number}条，" + "说明" * 45 + "。" for number in range(20))


@pytest.mark.parametrize(
    ("report", "cut"),
    [
        (Report("评分完成。", LONG, shown="校验结果"), "评分完成。"),
        (Report("已更新。", LONG), "……另有"),
        (Report("已更新。", ("长" * 2000,)), "长……"),
    ],
    ids=["on a sheet", "in lines", "in one line"],
)
def test_a_report_of_2000_signs_fits_a_box(report: Report, cut: str) -> None:
    """VBA would cut it at about 1,000 without a word."""
    assert len("".join(report.lines)) >= 1800
    text = entry.boxed(report)
    assert len(text) <= 850
    assert cut in text.splitlines()[-1]


@pytest.mark.parametrize(("answer", "score"), [("1", 23.75), ("", 20)])
def test_a_question_comes_back_with_its_answer(desk: Desk, answer: str, score: float) -> None:
    book = desk.excel.open(foreign(lines=((*LINES[0], 20), *LINES[1:])))
    before = contents(book)
    kind, _, _, question = told("score")
    assert (kind, contents(book) == before) == ("yes_no", True)
    assert told("score", f"{question}\t{answer}\n")[0] == "done"
    assert book.sheet("表1")["G8"].value == score


def test_the_dialogs_of_a_report(desk: Desk, tmp_path: Path) -> None:
    example = Path(__file__).parents[2] / "workbooks" / "examples" / "001-精准扶贫档案整理项目.xlsx"
    path = tmp_path / "档案.xlsx"
    path.write_bytes(example.read_bytes())
    desk.excel.open(path)
    kind, _, more, title = told("write_report")
    made = tmp_path / "档案绩效自评报告.docx"
    assert (kind, more) == ("new_file", f"{made}|Word 文档 (*.docx),*.docx")
    assert told("write_report", f"{title}\t{made}\n")[0] == "done"
    kind, _, more, title = told("update_report")
    assert (kind, more.startswith("|Word 文档 (*.docx),*.docx,")) == ("a_file", True)
    assert told("update_report", f"{title}\t{made}\n")[3].startswith("报告与工作簿一致，没有需要更新的内容")
    assert told("update_report", f"{title}\t\n")[0::3] == ["wrong", "没有选择报告，没有更新。"]


def test_chosen_rules_hold(desk: Desk) -> None:
    desk.excel.open(foreign())
    told("check", "rules\thubei\n")
    by_hubei = {row.profile.name for row in z.evaluate(desk.read(), "hubei").evaluations}
    desk.profile = "hubei"
    report = desk.press("score")
    assert report is not None
    assert report.result is not None
    assert {one.profile.name for one in report.result.evaluations} == by_hubei == {"hubei"}
    desk.press("undo")


def test_a_file_of_rules_that_is_gone_does_not_leave_people_stuck(desk: Desk) -> None:
    desk.excel.open(foreign())
    kind, _, _, text = told("score", "rules\t/移走了/县.yaml\n")
    assert kind == "wrong"
    assert text == "找不到评分规则文件“/移走了/县.yaml”，请检查路径。或在功能区“评分规则”里改选“自动”。"
    assert told("score", "rules\t\n")[0] == "done"


@pytest.mark.parametrize(("choice", "kept"), [("auto", ""), ("shanxi", "shanxi")])
def test_rules_are_chosen(choice: str, kept: str) -> None:
    assert told("choose_rules", f"choice\t{choice}\n")[:3] == ["rules", "", kept]


def test_a_county_s_own_rules_are_chosen_by_their_file(tmp_path: Path) -> None:
    kind, _, more, title = told("choose_rules", "choice\tfile\n")
    assert (kind, more) == ("a_file", "|评分规则文件 (*.yaml;*.yml),*.yaml;*.yml")
    good, bad = tmp_path / "县.yaml", tmp_path / "错.yaml"
    good.write_text(new_profile("shanxi", "本县"), "utf-8")
    bad.write_text("grades: 高\n", "utf-8")

    def chosen(path: Path | str) -> list[str]:
        return told("choose_rules", f"choice\tfile\n{title}\t{path}\n")

    assert chosen(good)[:3] == ["rules", "", str(good)]
    assert chosen(bad)[0] == "wrong"
    assert chosen("")[0::3] == ["status", "没有选择文件，评分规则不变。"]
