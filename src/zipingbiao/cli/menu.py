"""The Chinese menu: what ``zpb`` alone shows, and ``zpb`` with a file or folder dropped on it.

It asks with numbers, and does nothing that a command does not do: each choice says which command it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from zipingbiao.book.marks import PROGRAM

BACK = "0"
_DROP = "请把{what}拖到这里再按回车（{back} 返回）"
_QUOTES = "\"'“”"


class Choice(NamedTuple):
    """One line of the menu.

    Attributes:
        what: what it asks for.
        arguments: of the command, for the answer.
        takes_folder, takes_file: what may be dropped for it; neither for an answer that names a new file.
    """

    label: str
    what: str
    arguments: Callable[[Path], list[str]]
    takes_file: bool = False
    takes_folder: bool = False


def merging(folder: Path) -> list[str]:
    """Return the arguments that merge a folder for somebody who chose nothing but the folder.

    The 汇总表 stands in the folder that it is of; one that stands there already is brought up to date, so that
    what somebody decided and wrote in it stays.
    """
    summary = folder / "汇总表.xlsx"
    return ["merge", str(folder), "--update" if summary.exists() else "-o", str(summary)]


CHOICES = (
    Choice("评分", "自评表", lambda path: ["score", str(path)], takes_file=True),
    Choice("校验", "自评表或文件夹", lambda path: ["check", str(path)], takes_file=True, takes_folder=True),
    Choice(
        "汇总",
        "放着各单位自评表的文件夹",
        merging,
        takes_folder=True,
    ),
    Choice(
        "报告",
        "自评表",
        lambda path: ["report", str(path), "-o", str(path.with_name(f"{path.stem}绩效自评报告.docx"))],
        takes_file=True,
    ),
    Choice("新建", "新文件名，例如 自评表.xlsx，", lambda path: ["new", str(_named(path, ".xlsx"))]),
    Choice(
        "评分页",
        "下载的 pyodide 压缩包（.tgz）",
        lambda path: ["page", str(path.with_name("评分页.html")), "--pyodide", str(path)],
        takes_file=True,
        takes_folder=True,
    ),
)


Run = Callable[[Sequence[str]], int]
"""Runs a command by its arguments and returns its exit status."""


def open_menu(run: Run, dropped: Sequence[str] = ()) -> int:
    """Ask what to do until somebody leaves; return the exit status of the last command, 0 without one.

    Args:
        run: runs a command.
        dropped: files or folders that were dropped on the program: only what suits them is offered, once.
    """
    click.echo(PROGRAM)
    status = 0
    if dropped:
        return _of_dropped(run, [Path(each) for each in dropped])
    while True:
        choice = _chosen(CHOICES)
        if choice is None:
            return status
        path = _answer(choice)
        if path is not None:
            status = _done(run, choice.arguments(path))


def _of_dropped(run: Run, paths: Sequence[Path]) -> int:
    click.echo("、".join(path.name for path in paths))
    fitting = [choice for choice in CHOICES[:4] if all(_fits(choice, path) for path in paths)]
    choice = _chosen(fitting)
    status = 0
    if choice is not None:
        status = max(_done(run, choice.arguments(path)) for path in paths)
    click.prompt("按回车键关闭", default="", show_default=False)
    return status


def _chosen(choices: Sequence[Choice]) -> Choice | None:
    """Ask for a number; None to leave."""
    while True:
        click.echo("")
        for number, choice in enumerate(choices, 1):
            click.echo(f"  {number} {choice.label}")
        click.echo(f"  {BACK} 退出")
        said = click.prompt("请输入数字", default=BACK, show_default=False).strip()
        if said == BACK:
            return None
        if said.isdecimal() and 0 < int(said) <= len(choices):
            return choices[int(said) - 1]
        click.echo(f"没有“{said}”这一项，请输入 0 到 {len(choices)} 的数字。")


def _answer(choice: Choice) -> Path | None:
    """Ask for what a choice needs; None to go back."""
    while True:
        said = click.prompt(_DROP.format(what=choice.what, back=BACK), default=BACK, show_default=False)
        said = said.strip().strip(_QUOTES)
        if said == BACK:
            return None
        path = Path(said)
        if _fits(choice, path):
            return path
        wrong = f"“{said}”不是{choice.what}，请换一个。" if path.exists() else f"没有找到“{said}”，请检查。"
        click.echo(wrong)


def _fits(choice: Choice, path: Path) -> bool:
    if not (choice.takes_file or choice.takes_folder):
        return bool(path.name)
    return (choice.takes_file and path.is_file()) or (choice.takes_folder and path.is_dir())


def _done(run: Run, arguments: Sequence[str]) -> int:
    click.echo(f"（相当于命令：zpb {' '.join(_quoted(each) for each in arguments)}）")
    return run(arguments)


def _quoted(argument: str) -> str:
    return f'"{argument}"' if " " in argument else argument


def _named(path: Path, suffix: str) -> Path:
    return path if path.suffix else path.with_suffix(suffix)
