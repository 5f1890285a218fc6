"""The commands around Excel: the add-in, and the workbook open in Excel from outside."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import click

from zipingbiao.cli import completion
from zipingbiao.cli.base import FOUND, OK, Group, complain, say

WPS = click.option("--wps", is_flag=True, help="WPS 表格里打开的工作簿（试验性）。")
DEFAULT_FOLDER = "zpb-addin"


@click.group(cls=Group, subcommand_metavar="命令 [参数]…")
def addin() -> None:
    """Excel 加载项：安装、卸载、诊断。

    \b
    例：
      zpb addin install
      zpb addin doctor
    """


@addin.command()
@click.argument(
    "folder", required=False, default=DEFAULT_FOLDER, metavar="[文件夹]", shell_complete=completion.files
)
def build(folder: str) -> int:
    """生成加载项和两个带按钮的模板，不安装；任何系统都可以。这样生成的加载项没有连接 Python，安装请用 install。

    \b
    例：
      zpb addin build
      zpb addin build 加载项
    """
    from zipingbiao.excel.addin.build import build_addin
    from zipingbiao.excel.desk.computer import this_computer

    code_page = this_computer().code_page
    for file in build_addin(Path(folder), code_page=code_page):
        click.echo(f"已生成 {file}")
    return OK


@addin.command()
@click.option("--menu", is_flag=True, help="在资源管理器的右键菜单里加上：工作簿 评分、校验，文件夹 汇总。")
def install(*, menu: bool) -> int:
    """安装到当前用户的 Excel，不需要管理员权限；再装一次就是更新。

    \b
    例：
      zpb addin install
      zpb addin install --menu
    """
    from zipingbiao.excel.desk import computer, doctor
    from zipingbiao.excel.desk import install as installer
    from zipingbiao.excel.desk import menu as explorer

    here = computer.this_computer()
    if menu:  # of use without Excel too, where the installation of the add-in ends in a sentence
        doctor.require(here, (doctor.windows, doctor.python))
        explorer.add(here)
        click.echo("已加上右键菜单：工作簿 自评表评分、自评表校验，文件夹 自评表汇总。")
    installed = installer.install(here)
    click.echo(f"已安装 {installed.addin}")
    say("请关闭全部 Excel 窗口，重新打开，功能区会出现“绩效自评”。没有出现时运行 zpb addin doctor。")
    return OK


@addin.command()
def uninstall() -> int:
    """卸载：只删除本程序写入的文件和右键菜单，并逐个列出。

    \b
    例：
      zpb addin uninstall
    """
    from zipingbiao.excel.desk import computer
    from zipingbiao.excel.desk import install as installer

    removed = installer.uninstall(computer.this_computer())
    for each in removed:
        click.echo(f"已删除 {each}")
    if not removed:
        click.echo("没有安装加载项，没有要删除的文件。")
    return OK


@addin.command()
def doctor() -> int:
    """诊断：逐项检查加载项为什么不能用，并说明怎么办。

    \b
    例：
      zpb addin doctor
    """
    from zipingbiao.excel.desk import computer
    from zipingbiao.excel.desk import doctor as doctors

    here = computer.this_computer()
    doctors.require(here, (doctors.windows, doctors.excel))
    answers = doctors.diagnose(here)
    for title, answer in answers:
        click.echo(f"{'问题' if answer.is_problem else '正常'} {title}：{answer}")
    problems = sum(answer.is_problem for _, answer in answers)
    click.echo(f"发现 {problems} 个问题，请从上到下逐个处理。" if problems else "没有发现问题。")
    return FOUND if problems else OK


@click.group(cls=Group, subcommand_metavar="命令 [参数]…")
def excel() -> None:
    """处理正在 Excel 里打开的工作簿，不用宏也不用加载项。

    \b
    例：
      zpb excel score
      zpb excel check --wps
    """


@excel.command()
@click.option("--recompute", is_flag=True, help="手工填写的得分与核算不同时，以核算为准，不再询问。")
@click.option("--no-input", is_flag=True, help="不询问：手工填写的得分保留，并列为问题。")
@WPS
def score(recompute: bool, no_input: bool, wps: bool) -> int:
    """评分：写入打开着的工作簿，不保存；可用 zpb excel undo 撤销。

    \b
    例：
      zpb excel score
      zpb excel score --recompute
    """
    if recompute and no_input:
        raise click.UsageError("--recompute 和 --no-input 只能给一个")
    if recompute:
        return _run("score", wps=wps, ask=lambda _question: True)
    return _run("score", wps=wps, ask=_never if no_input else _ask)


@excel.command()
@WPS
def check(wps: bool) -> int:
    """校验：问题列在打开着的工作簿的校验结果表，不写得分。

    \b
    例：
      zpb excel check
    """
    return _run("check", wps=wps)


@excel.command()
@WPS
def undo(wps: bool) -> int:
    """撤销评分：把上一次评分改动的单元格恢复原样。

    \b
    例：
      zpb excel undo
    """
    return _run("undo", wps=wps)


@excel.command()
@WPS
def merge(wps: bool) -> int:
    """汇总本簿：打开着的工作簿里全部自评表汇总到汇总表。

    \b
    例：
      zpb excel merge
    """
    return _run("merge_book", wps=wps)


def _run(identifier: str, *, wps: bool, ask: Callable[[str], bool] | None = None) -> int:
    from zipingbiao.excel.desk import computer, outside
    from zipingbiao.excel.desk import doctor as doctors
    from zipingbiao.excel.talk import Talk

    doctors.require(computer.this_computer(), (doctors.windows,))
    if wps:
        complain("WPS 表格的支持是试验性的：请先另存一份，用后核对。")
    book = outside.active_book(outside.wps if wps else outside.excel)
    complain(f"工作簿：{book.name}")
    report = outside.run(identifier, book, Talk(ask=ask or _never))
    for line in (report.title, *report.lines):
        click.echo(line)
    return FOUND if report.result is not None and report.result.has_errors else OK


def _never(_question: str) -> bool:
    return False


def _ask(question: str) -> bool:
    """Ask on a terminal; where nobody answers, typed scores stay."""
    return sys.stdin.isatty() and click.confirm(question, default=False, err=True)
