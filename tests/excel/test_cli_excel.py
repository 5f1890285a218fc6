"""``zpb addin`` and ``zpb excel``: what is printed, and the exit status, with and without Excel."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from support.computers import Parts, healthy
from support.handed_in import handed_in
from support.headless.desk import Desk
from support.headless.foreign import FIRST, LINES, foreign
from zipingbiao import errors
from zipingbiao.cli import excel as commands
from zipingbiao.cli import main
from zipingbiao.excel.desk import computer, outside

EXAMPLE = Path(__file__).parents[2] / "workbooks" / "examples" / "五个项目.xlsx"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Zpb = Callable[..., Ran]


@pytest.fixture
def zpb(capsys: pytest.CaptureFixture[str]) -> Zpb:
    def run(*arguments: str) -> Ran:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        streams = capsys.readouterr()
        assert isinstance(left.value.code, int)
        assert "Traceback" not in streams.err
        return Ran(left.value.code, streams.out, streams.err)

    return run


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parts:
    """A healthy Windows computer that every command takes for this one."""
    made = healthy(tmp_path)
    monkeypatch.setattr(computer, "this_computer", made.computer)
    return made


@pytest.fixture
def no_windows(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    here = replace(parts.computer(), is_windows=False)
    monkeypatch.setattr(computer, "this_computer", lambda: here)


@pytest.mark.parametrize(
    "command",
    [
        *("addin install", "addin uninstall", "addin doctor"),
        *("excel score", "excel check", "excel undo", "excel merge", "excel score --wps"),
    ],
)
@pytest.mark.usefixtures("no_windows")
def test_elsewhere_every_command_says_what_it_needs(zpb: Zpb, command: str) -> None:
    ran = zpb(*command.split())
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err == "这台电脑不是 Windows，连不上 Excel。请直接处理文件：zpb score 自评表.xlsx。\n"


@pytest.mark.parametrize("command", ["addin install", "addin doctor"])
def test_without_excel_the_addin_is_not_for_this_computer(parts: Parts, zpb: Zpb, command: str) -> None:
    parts.excel.unlink()
    ran = zpb(*command.split())
    assert ran.status == 2
    assert ran.err.startswith("没有找到 Microsoft Excel")


@pytest.mark.parametrize("command", ["score", "check", "undo", "merge"])
def test_without_an_open_workbook(
    parts: Parts, zpb: Zpb, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(outside, "excel", lambda: None)
    ran = zpb("excel", command)
    assert ran.status == 2
    assert "没有打开着工作簿的 Excel" in ran.err


@pytest.mark.usefixtures("no_windows")
def test_build_works_everywhere(zpb: Zpb, tmp_path: Path) -> None:
    ran = zpb("addin", "build", str(tmp_path / "加载项"))
    assert ran.status == 0
    assert sorted(file.suffix for file in (tmp_path / "加载项").iterdir()) == [".xlam", ".xlsm", ".xlsm"]
    assert ran.out.count("已生成") == 3


def test_build_without_its_library(zpb: Zpb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    ran = zpb("addin", "build", str(tmp_path / "out"))
    assert ran.status == 2
    assert "py -m pip install xlwings==0.37.* pyOpenVBA" in ran.err


def test_install_doctor_uninstall(parts: Parts, zpb: Zpb) -> None:
    assert zpb("addin", "doctor").status == 1
    ran = zpb("addin", "install")
    assert ran.status == 0
    assert str(parts.computer().addin) in ran.out
    ran = zpb("addin", "doctor")
    assert ran.status == 0
    assert ran.out.endswith("没有发现问题。\n")
    ran = zpb("addin", "uninstall")
    assert ran.status == 0
    assert f"已删除 {parts.computer().addin}" in ran.out
    assert "没有要删除的文件" in zpb("addin", "uninstall").out


def test_the_menu_comes_with_the_installation_and_goes_with_it(parts: Parts, zpb: Zpb) -> None:
    before = deepcopy(parts.registry)
    ran = zpb("addin", "install", "--menu")
    assert ran.status == 0
    assert "右键菜单" in ran.out
    assert parts.registry != before
    assert "shell" in zpb("addin", "uninstall").out
    assert parts.registry == before


def test_the_menu_is_of_use_without_excel(parts: Parts, zpb: Zpb) -> None:
    parts.excel.unlink()
    ran = zpb("addin", "install", "--menu")
    assert ran.status == 2
    assert "已加上右键菜单" in ran.out
    assert "没有找到 Microsoft Excel" in ran.err
    assert any(key.endswith("zipingbiao.merge") for key in parts.registry)


def test_without_zpb_on_the_path_every_text_says_how_python_runs_it(
    parts: Parts, zpb: Zpb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(errors, "_knows_zpb", lambda: False)
    texts = [
        zpb("addin", "install").out,
        zpb("addin", "--help").out,
        zpb("score").err,
        zpb("addin", "uninstall").out,
    ]
    assert "没有出现时运行 py -m zipingbiao addin doctor。" in texts[0]
    assert "py -m zipingbiao addin install" in texts[1]
    assert "请用 py -m zipingbiao score --help 查看用法" in texts[2]
    assert [text for text in texts if "zpb " in text] == []


def test_doctor_lists_problems_with_what_to_do(parts: Parts, zpb: Zpb) -> None:
    ran = zpb("addin", "doctor")
    assert "问题 加载项：还没有安装加载项。请运行 zpb addin install。" in ran.out
    assert "发现 1 个问题" in ran.out


# --- the open workbook ---------------------------------------------------------------------------


@pytest.mark.usefixtures("parts")
def test_score_twice_and_undo(desk: Desk, zpb: Zpb) -> None:
    desk.excel.open(EXAMPLE)
    ran = zpb("excel", "score")
    assert ran.status in (0, 1)
    assert "评分完成" in ran.out
    assert ran.err == f"工作簿：{EXAMPLE.name}\n"
    assert "没有需要改动的单元格" in zpb("excel", "score").out
    ran = zpb("excel", "undo")
    assert ran.status == 0
    assert "已恢复" in ran.out


@pytest.mark.usefixtures("parts")
def test_check_and_merge(desk: Desk, zpb: Zpb) -> None:
    desk.excel.open(handed_in("002"))
    ran = zpb("excel", "check")
    assert ran.status == 1
    assert "错误" in ran.out
    assert "个项目" in zpb("excel", "merge").out


TYPED = ((*LINES[0], 20), *LINES[1:])


@pytest.fixture
def typed(desk: Desk, parts: Parts) -> Callable[[], object]:
    """Open a foreign table with one typed score that differs from the rule's; give what it holds now."""
    sheet = desk.excel.open(foreign(lines=TYPED)).sheets[0]
    return lambda: sheet.at(FIRST, len(TYPED[0])).value


def test_recompute_lets_the_rule_win(typed: Callable[[], object], zpb: Zpb) -> None:
    assert typed() == 20
    zpb("excel", "score", "--recompute")
    assert typed() == 23.75


def test_no_input_keeps_what_people_typed(typed: Callable[[], object], zpb: Zpb) -> None:
    zpb("excel", "score", "--no-input")
    assert typed() == 20


@pytest.mark.parametrize(("answer", "left"), [(True, 23.75), (False, 20)])
def test_a_terminal_is_asked_once(
    typed: Callable[[], object], zpb: Zpb, monkeypatch: pytest.MonkeyPatch, answer: bool, left: float
) -> None:
    asked: list[str] = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(click, "confirm", confirm)
    zpb("excel", "score")
    assert len(asked) == 1
    assert typed() == left


def test_nobody_at_the_terminal_keeps_what_people_typed(
    typed: Callable[[], object], zpb: Zpb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    zpb("excel", "score")
    assert typed() == 20


def test_two_answers_are_one_too_many(zpb: Zpb) -> None:
    assert zpb("excel", "score", "--recompute", "--no-input").status == 2


@pytest.mark.usefixtures("parts")
def test_wps_is_said_to_be_experimental(desk: Desk, zpb: Zpb, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.excel.open(EXAMPLE)
    monkeypatch.setattr(outside, "wps", outside.excel)
    ran = zpb("excel", "score", "--wps")
    assert "试验性" in ran.err
    assert "评分完成" in ran.out


@pytest.mark.parametrize("group", ["addin", "excel"])
def test_every_command_has_help_with_an_example(zpb: Zpb, group: str) -> None:
    assert "例：" in zpb(group, "--help").out
    for name in getattr(commands, group).commands:
        shown = zpb(group, name, "--help").out
        assert f"zpb {group} {name}" in shown.partition("例：")[2]
        assert "Usage" not in shown
