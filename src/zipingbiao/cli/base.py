"""What every command of ``zpb`` shares: Chinese help, options, how results are printed, exit status."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

OK, FOUND, USAGE, FAULT = 0, 1, 2, 3

PROFILE = click.option(
    "--profile", "profile_name", metavar="规则", help="评分规则的名称或 YAML 文件；不给则按表格自动选择。"
)
JSON = click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出到标准输出。")


class Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        super().write_usage(prog, args, prefix="用法：")

    def section(self, name: str) -> Any:
        return super().section({"Options": "选项", "Commands": "命令"}.get(name, name))


class Context(click.Context):
    """Makes click use our formatter."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is Chinese throughout."""

    context_class = Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{**settings, "options_metavar": "[选项]"})

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


def complain(message: str) -> None:
    """Say something on stderr."""
    click.echo(message, err=True)


def print_plain_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def print_json(results: Iterable[Any], extra: Sequence[dict[str, Any]] = ()) -> None:
    """Print the documented JSON object; *extra* is added file by file."""
    from zipingbiao.results import as_json

    document = as_json(results)
    for file, more in zip(document["files"], extra, strict=False):
        file.update(more)
    print_plain_json(document)


def print_result(result: Any, *, with_scores: bool) -> None:
    """Print one file: its tables on stdout, why it was left out on stderr."""
    from zipingbiao.results import finding_line, headline
    from zipingbiao.terminal import show_scores

    if result.why is not None:
        click.echo(f"{result.status.label} {result.path}：{result.why}", err=True)
    for note in result.notes:
        click.echo(f"{result.path}：{note}", err=True)
    for evaluation in result.evaluations:
        click.echo(headline(evaluation))
        if with_scores:
            show_scores(evaluation)
    for finding in result.findings:
        click.echo(finding_line(result.path, finding))


def print_tally(results: Sequence[Any]) -> None:
    """Print how many files and findings there were."""
    from zipingbiao.results import tally

    accepted = sum(result.status.value == "accepted" for result in results)
    click.echo(f"共 {len(results)} 个文件，已采用 {accepted} 个；{tally(results)}。")


def status(results: Sequence[Any], *, refused: bool = False) -> int:
    """Return the exit status (design.md 5.1); faults of ours are told on stderr."""
    for result in results:
        for fault in result.faults:
            complain(f"{result.path}：程序自身出错，请把以下信息发给维护者。\n{fault}")
    if any(result.faults for result in results):
        return FAULT
    if refused or not any(result.status.value == "accepted" for result in results):
        return USAGE
    return FOUND if any(result.has_errors for result in results) else OK


def progress() -> Any:
    """Return a progress callback for a terminal, None elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r已读 {done}/{total}", nl=done == total, err=True)

    return show
