"""What every command of ``zpb`` shares: Chinese help, options, how results are printed, exit status."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from zipingbiao.cli.completion import profiles
from zipingbiao.cli.console import in_utf8
from zipingbiao.cli.width import columns, wrapped
from zipingbiao.errors import UsageError, as_run_here

OK, FOUND, USAGE, FAULT = 0, 1, 2, 3

PROFILE = click.option(
    "--profile",
    "profile_name",
    metavar="规则",
    shell_complete=profiles,
    help="评分规则的名称或 YAML 文件；不给则按表格自动选择。",
)
JSON = click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出到标准输出。")
NO_CACHE = click.option(
    "--no-cache", is_flag=True, help="不用以前读取的结果，全部重新读取，也不记录这次的结果。"
)

YES = click.option(
    "--yes", is_flag=True, help="有数字签名、标记为最终状态或设有保护的工作簿也写入，不再询问。"
)

NO_FILES = "没有找到文件，请检查文件夹。"
_OPEN_XML = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})


class Formatter(click.HelpFormatter):
    """Help with Chinese headings, in columns that stand below each other where signs are two wide."""

    def write(self, string: str) -> None:
        super().write(as_run_here(string))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        super().write_usage(prog, args, prefix="用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{ {'Options': '选项', 'Commands': '命令'}.get(heading, heading) }：\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str | None]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        listed = list(rows)
        indent = self.current_indent
        left = min(max(columns(name) for name, _ in listed), col_max) + col_spacing
        for name, text in listed:
            first, *others = wrapped(text or "", self.width - indent - left)
            self.write(f"{' ' * indent}{name}{' ' * max(left - columns(name), col_spacing)}{first}\n")
            for line in others:
                self.write(f"{' ' * (indent + left)}{line}\n")


class Context(click.Context):
    """Makes click use our formatter."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is Chinese throughout."""

    context_class = Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{**settings, "options_metavar": "[选项]"})

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "" in args:  # an unset variable of a script: as a path it would be this very folder
            raise click.UsageError("有一个参数是空的")
        return super().parse_args(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option


class Group(Command, click.Group):
    """The commands in the order in which they were written."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(self.commands)


def require_kind(files: Sequence[str], output: str | None) -> None:
    """Refuse a name for the copy under which no program would open it: the content keeps its kind.

    Raises:
        UsageError: the suffix is not that of a file; a folder passes.
    """
    if output is None or Path(output).is_dir():
        return
    other = Path(output).suffix.lower()
    for kind in {Path(file).suffix.lower() for file in files}:
        wanted = kind if kind in _OPEN_XML else ".xlsx"
        if other != wanted:
            raise UsageError(f"“{output}”应以 {wanted} 结尾：另存不改变文件格式，否则 Excel 打不开。")


def asking(*, yes: bool) -> Callable[[str], bool] | None:
    """Return who answers a question before writing: ``--yes``, the person at the terminal, or nobody (None)."""
    if yes:
        return lambda _question: True
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return lambda question: click.confirm(question, default=False, err=True)


def complain(message: str) -> None:
    """Say something on stderr."""
    click.echo(as_run_here(message), err=True)


def say(message: str) -> None:
    """Say something on stdout that may name a command of ours."""
    click.echo(as_run_here(message))


def print_plain_json(document: Any) -> None:
    """Print one JSON document, in UTF-8."""
    import json

    in_utf8(sys.stdout)
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_json(
    results: Sequence[Any],
    extra: Sequence[dict[str, Any]] = (),
    *,
    ledger: bool = False,
    summary: Any = None,
) -> None:
    """Print the documented JSON object, file by file; *extra* is added to each file, summary and ledger of a batch where they are wanted."""
    from zipingbiao.result.json import OPENING, files_json, json_pieces, ledger_json

    files = files_json(results)
    if extra:
        files = ({**file, **more} for file, more in zip(files, extra, strict=True))
    members: dict[str, Any] = {**OPENING, "files": files}
    if summary is not None:
        from zipingbiao.batch.summary.as_json import summary_json

        members.update(summary_json(summary))
    if ledger:
        members["ledger"] = ledger_json(results)
    in_utf8(sys.stdout)
    for piece in json_pieces(members):
        sys.stdout.write(piece)
    click.echo()


def print_result(result: Any, *, with_scores: bool) -> None:
    """Print one file: its tables on stdout, why it was left out on stderr."""
    from zipingbiao.cli.terminal import label, show_scores
    from zipingbiao.result.said import by_severity, finding_line, headline

    if result.why is not None:
        click.echo(f"{result.status.label} {result.path}：{result.why}", err=True)
    for note in result.notes:
        click.echo(f"{result.path}：{note}", err=True)
    for evaluation in result.evaluations:
        click.echo(headline(evaluation))
        if with_scores and not evaluation.table.is_blank:
            show_scores(evaluation)
    for finding in by_severity(result.findings):
        say(finding_line(result.path, finding, label(finding)))


def print_press(press: Any) -> None:
    """Print what a press changed in a workbook."""
    lines = press.lines()
    if lines:
        click.echo("\n".join(lines))  # at once: each call writes to the system


def print_tally(results: Sequence[Any]) -> None:
    """Print the ledger's sum, and how many findings there were."""
    from zipingbiao.result.said import ledger_sum, tally

    if not results:
        complain(NO_FILES)
    click.echo(f"{ledger_sum(result for result in results if result.is_file)}；{tally(results)}。")


def status(results: Sequence[Any], *, refused: bool = False) -> int:
    """Return the exit status (design.md 5.1); faults of ours are told on stderr."""
    for result in results:
        for fault in result.faults:
            complain(f"{result.path}：程序自身出错，请把以下信息发给维护者。\n{fault}")
    if any(result.faults for result in results):
        return FAULT
    if refused or not any(result.status.holds_tables for result in results):
        return USAGE
    return FOUND if any(result.has_errors for result in results) else OK


def progress() -> Callable[[Any], None] | None:
    """Return what shows progress at a terminal, None elsewhere."""
    if sys.stderr is None or not sys.stderr.isatty():  # None: closed, or pythonw
        return None
    from zipingbiao.cli.progress import ProgressLine

    return ProgressLine(sys.stderr)
