"""The command line ``zpb``: parse, call the public function, print. Exit status as in design.md 5.1."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from zipingbiao import errors

OK, FOUND, USAGE, FAULT = 0, 1, 2, 3

_PROFILE = click.option(
    "--profile", "profile_name", metavar="规则", help="评分规则的名称或 YAML 文件；不给则按表格自动选择。"
)
_JSON = click.option("--json", "as_json", is_flag=True, help="结果以 JSON 输出到标准输出。")


class _Formatter(click.HelpFormatter):
    """Help with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002
        super().write_usage(prog, args, prefix="用法：")

    def section(self, name: str) -> Any:
        return super().section({"Options": "选项", "Commands": "命令"}.get(name, name))


class _Context(click.Context):
    formatter_class = _Formatter


class _Command(click.Command):
    context_class = _Context

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **{**settings, "options_metavar": "[选项]"})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option


class _Group(_Command, click.Group):
    """The commands in the order in which they were written."""

    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's signature
        return list(self.commands)


@click.group(
    cls=_Group, subcommand_metavar="命令 [参数]…", context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="zipingbiao", message="zipingbiao %(version)s", help="显示版本。")
def cli() -> None:
    """项目支出绩效自评表：评分、校验、汇总。

    \b
    例：
      zpb demo 试用                      五个示例项目走一遍
      zpb check 自评表.xlsx              只校验，不改文件
      zpb score 自评表.xlsx              评分并写回，原文件留作 .bak
      zpb merge 各单位 -o 汇总表.xlsx    汇总一个文件夹
    """


@cli.command()
@click.argument("folder", required=False, default="zpb-demo", metavar="[文件夹]")
def demo(folder: str) -> int:
    """五个示例项目：评分、校验、汇总到指定文件夹。

    \b
    例：
      zpb demo
      zpb demo 试用
    """
    from zipingbiao.demo import run

    run(Path(folder), click.echo)
    return OK


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="文件…")
@click.option(
    "-o", "--output", metavar="OUT", help="另存为；多个文件时为文件夹。不给则写回原文件，并留 .bak。"
)
@click.option("--recompute", is_flag=True, help="手工填写的得分与核算不同时，以核算为准。")
@click.option("--dry-run", is_flag=True, help="只显示将要改动的单元格，不写文件。")
@_PROFILE
@_JSON
def score(
    files: tuple[str, ...],
    output: str | None,
    recompute: bool,
    dry_run: bool,
    profile_name: str | None,
    as_json: bool,
) -> int:
    """评分：核算完成率、得分、总分、等级并写入工作簿。

    \b
    例：
      zpb score 自评表.xlsx
      zpb score 自评表.xlsx --dry-run
      zpb score 自评表.xlsx -o 已评分.xlsx
    """
    from zipingbiao.scoring import score_files

    outcomes = score_files(
        files, output=output, recompute=recompute, dry_run=dry_run, profile_name=profile_name
    )
    results = [outcome.result for outcome in outcomes]
    if as_json:
        _print_json(results, [outcome.as_json() for outcome in outcomes])
    else:
        for outcome in outcomes:
            _print_result(outcome.result, with_scores=True)
            for line in outcome.lines():
                click.echo(line)
    return _status(results, refused=any(outcome.refused for outcome in outcomes))


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件或文件夹…")
@_PROFILE
@_JSON
def check(paths: tuple[str, ...], profile_name: str | None, as_json: bool) -> int:
    """校验：列出需要修改、说明的问题，不改文件。

    \b
    例：
      zpb check 自评表.xlsx
      zpb check 各单位 --json
    """
    from zipingbiao.consolidate import examine_paths

    results = examine_paths(paths, profile_name, progress=_progress())
    if as_json:
        _print_json(results)
    else:
        for result in results:
            _print_result(result, with_scores=False)
        _print_tally(results)
    return _status(results)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="文件夹或文件…")
@click.option("-o", "--output", default="汇总表.xlsx", metavar="OUT", help="汇总工作簿，默认 汇总表.xlsx。")
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="并行进程数，默认按处理器数。")
@_PROFILE
@_JSON
def merge(
    paths: tuple[str, ...], output: str, workers: int | None, profile_name: str | None, as_json: bool
) -> int:
    """汇总：把一个文件夹的自评表并成一个汇总工作簿，每个文件都有交代。

    \b
    例：
      zpb merge 各单位 -o 汇总表.xlsx
    """
    from zipingbiao import consolidate

    merged = consolidate.merge(paths, Path(output), profile_name, workers=workers, progress=_progress())
    if as_json:
        _print_json(merged.results)
    else:
        for line in merged.lines():
            click.echo(line)
    rejected = any(record.status.value == "rejected" for record in merged.records)
    return _status(merged.records) or (FOUND if rejected else OK)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``zpb`` and leave with the documented exit status; never a traceback for a user's mistake."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a GBK console must not end a batch
    try:
        status = cli.main(args=arguments, prog_name="zpb", standalone_mode=False)
    except click.exceptions.Abort:
        _complain("已中断，没有写入的文件保持原样。")
        sys.exit(FOUND)
    except click.ClickException as wrong:
        _complain(_in_chinese(wrong))
        sys.exit(USAGE)
    except errors.ZipingbiaoError as known:
        _complain(str(known))
        sys.exit(USAGE)
    except Exception as fault:  # noqa: BLE001 the last door: our own fault gets its own exit status
        import traceback

        traceback.print_exc()
        _complain(f"程序自身出错（{type(fault).__name__}），没有写入的文件保持原样，请把以上信息发给维护者。")
        sys.exit(FAULT)
    sys.exit(status if isinstance(status, int) else OK)


def _in_chinese(wrong: click.ClickException) -> str:
    match wrong:
        case click.exceptions.NoSuchOption(option_name=name):
            what = f"没有“{name}”这个选项"
        case click.exceptions.MissingParameter(param=param):
            shown = param.make_metavar(click.Context(cli)) if param is not None else ""
            what = f"缺少参数{shown}"
        case click.exceptions.NoArgsIsHelpError():
            return wrong.format_message()
        case click.exceptions.UsageError() if "No such command" in wrong.message:
            what = "没有这个命令"
        case _:
            what = f"用法不对（{wrong.format_message()}）"
    return f"{what}，请用 zpb --help 查看用法。"


def _complain(message: str) -> None:
    click.echo(message, err=True)


def _print_json(results: Iterable[Any], extra: Sequence[dict[str, Any]] = ()) -> None:
    from zipingbiao.results import as_json

    document = as_json(results)
    for file, more in zip(document["files"], extra, strict=False):
        file.update(more)
    click.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _print_result(result: Any, *, with_scores: bool) -> None:
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


def _print_tally(results: Sequence[Any]) -> None:
    from zipingbiao.results import tally

    accepted = sum(result.status.value == "accepted" for result in results)
    click.echo(f"共 {len(results)} 个文件，已采用 {accepted} 个；{tally(results)}。")


def _status(results: Sequence[Any], *, refused: bool = False) -> int:
    for result in results:
        for fault in result.faults:
            _complain(f"{result.path}：程序自身出错，请把以下信息发给维护者。\n{fault}")
    if any(result.faults for result in results):
        return FAULT
    if refused or not any(result.status.value == "accepted" for result in results):
        return USAGE
    return FOUND if any(result.has_errors for result in results) else OK


def _progress() -> Any:
    """Return a progress callback for a terminal, None elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        click.echo(f"\r已读 {done}/{total}", nl=done == total, err=True)

    return show
