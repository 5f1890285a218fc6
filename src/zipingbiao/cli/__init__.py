"""The command line ``zpb``: parse, call the public function, print. Exit status as in design.md 5.1."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from zipingbiao import errors
from zipingbiao.book.marks import VERSION
from zipingbiao.cli import console
from zipingbiao.cli.base import FAULT, FOUND, OK, USAGE, Group, complain

# A start makes some 30,000 objects that stay until the end: by default the collector looks through them 50 times
# for nothing. A library leaves the collector as it is, and so does a worker of a batch, which lives long and gains nothing.
_OBJECTS_BEFORE_A_LOOK = 50_000


_HOMES: Mapping[str, str] = {
    "demo": "tables", "new": "template", "import": "template", "score": "tables", "check": "tables", "fix": "template",
    "undo": "template", "merge": "tables", "report": "report", "pack": "report", "explain": "explain", "profile": "explain",
    "page": "deliver", "bundle": "deliver", "addin": "excel", "excel": "excel", "cache": "cache",
}  # fmt: skip
"""The module of each command, in the order in which ``--help`` names them: one is imported when it is asked for."""


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(_HOMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's signature
        if cmd_name not in _HOMES:
            return None
        home = import_module(f"{__name__}.{_HOMES[cmd_name]}")
        command: click.Command = getattr(home, "import_" if cmd_name == "import" else cmd_name)
        return command


@click.group(
    cls=_Commands, subcommand_metavar="命令 [参数]…", context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, message="zipingbiao %(version)s", help="显示版本。")
def cli() -> None:
    """项目支出绩效自评表：评分、校验、汇总。

    \b
    例：
      zpb demo 试用                      五个示例项目走一遍
      zpb check 自评表.xlsx              只校验，不改文件
      zpb score 自评表.xlsx              评分并写回，原文件留作 .bak
      zpb merge 各单位 -o 汇总表.xlsx    汇总一个文件夹
      zpb report 自评表.xlsx -o 报告.docx   生成 Word 自评报告
      zpb pack 自评表.xlsx               打包报送材料
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``zpb`` and leave with the documented exit status; never a traceback for a user's mistake.

    At a terminal ``zpb`` alone, or with what was dropped on it, opens the menu.
    """
    gc.set_threshold(_OBJECTS_BEFORE_A_LOOK)
    console.set_up()
    given = sys.argv[1:] if arguments is None else list(arguments)
    if console.is_interactive() and _is_for_menu(given):
        from zipingbiao.cli.menu import open_menu

        status = _guarded(lambda: open_menu(run, given))
    else:
        status = run(given)
    gc.freeze()  # the process ends: nothing that it made needs to be looked through for what may go
    sys.exit(status)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; what went wrong is said on stderr."""
    return _guarded(lambda: cli.main(args=list(arguments), prog_name="zpb", standalone_mode=False))


def _is_for_menu(given: Sequence[str]) -> bool:
    return all(each not in _HOMES and os.path.exists(each) for each in given)  # noqa: PTH110 any text


def _guarded(work: Callable[[], object]) -> int:
    try:
        status = work()
    except click.exceptions.Abort as abort:
        said = str(abort.__cause__) if isinstance(abort.__cause__, KeyboardInterrupt) else ""
        complain(said or "已中断，没有写入的文件保持原样。")
        return FOUND
    except click.ClickException as wrong:
        complain(_in_chinese(wrong))
        return USAGE
    except errors.ZipingbiaoError as known:
        complain(str(known))
        return USAGE
    except OSError as fault:
        complain(_of_the_system(fault))
        return USAGE
    except Exception as fault:  # noqa: BLE001 the last door: our own fault gets its own exit status
        import traceback

        traceback.print_exc()
        complain(f"程序自身出错（{type(fault).__name__}），没有写入的文件保持原样，请把以上信息发给维护者。")
        return FAULT
    return status if isinstance(status, int) else OK


def _of_the_system(fault: OSError) -> str:
    place = f"“{os.fsdecode(fault.filename)}”" if isinstance(fault.filename, str | bytes) else "文件"
    return f"{place}无法读写（{errors.system_reason(fault)}），请检查权限、磁盘空间和路径后重试。"


def _in_chinese(wrong: click.ClickException) -> str:
    match wrong:
        case click.exceptions.NoArgsIsHelpError():
            return wrong.format_message()
        case click.exceptions.NoSuchOption(option_name=name, possibilities=near):
            what = f"没有“{name}”这个选项{errors.meant(name, near or ())}"
        case click.exceptions.BadOptionUsage(option_name=name):
            what = f"选项“{name}”的用法不对：后面少了或多了内容"
        case click.exceptions.MissingParameter(param=param):
            shown = param.make_metavar(click.Context(cli)) if param is not None else ""
            what = f"缺少参数“{shown}”"
        case click.exceptions.BadParameter(param=click.Option() as option):
            what = f"选项“{option.opts[-1]}”的值不对{_allowed(option.type, wrong.message)}"
        case click.exceptions.UsageError() if "No such command" in wrong.message:
            name = wrong.message.partition("'")[2].rpartition("'")[0]
            what = f"没有“{name}”这个命令{errors.meant(name, _siblings(wrong))}"
        case click.exceptions.UsageError() if "unexpected extra argument" in wrong.message:
            what = "参数太多，这个命令不能一次给这么多；路径中有空格时请加引号"
        case _:
            what = f"用法不对（{wrong.format_message()}）"
    context = (
        wrong.ctx.command_path if isinstance(wrong, click.UsageError) and wrong.ctx is not None else "zpb"
    )
    return f"{what}，请用 {context} --help 查看用法。"


def _siblings(wrong: click.UsageError) -> Collection[str]:
    """The commands among which one was sought: those of ``zpb``, or of a group such as ``zpb profile``."""
    context = wrong.ctx
    if context is None or not isinstance(context.command, click.Group):
        return _HOMES
    return context.command.list_commands(context)


def _allowed(kind: click.ParamType[Any], said: str) -> str:
    match kind:
        case click.Choice(choices=choices):
            known = [str(choice) for choice in choices]
            typed = said.partition("'")[2].partition("'")[0]
            return f"{errors.meant(typed, known)}，可以是 {'、'.join(known)}"
        case click.IntRange(min=least, max=most):
            return f"，应为 {least} 到 {most} 的整数"
        case _:
            return ""
