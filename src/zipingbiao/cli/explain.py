"""The commands about the rules themselves: explain, profile show, profile check."""

from __future__ import annotations

from pathlib import Path

import click

from zipingbiao.cli.base import FOUND, OK, Command, Group


@click.command(cls=Command)
@click.argument("code", required=False, metavar="[代码]")
def explain(code: str | None) -> int:
    """说明一条校验规则：检查什么、为何重要、依据、正例反例；不给代码则列出全部。

    \b
    例：
      zpb explain W101
      zpb explain
    """
    from zipingbiao.rules.explained import all_rules, as_text
    from zipingbiao.rules.explained import explain as explained

    if code is not None:
        click.echo(as_text(explained(code)))
        return OK
    for rule in all_rules():
        click.echo(f"{rule.code} {rule.severity} {rule.title}")
    return OK


@click.group(cls=Group, subcommand_metavar="命令 [参数]…")
def profile() -> None:
    """评分规则：显示、检查。

    \b
    例：
      zpb profile show
      zpb profile show shanxi
      zpb profile check 本县规则.yaml
    """


@profile.command()
@click.argument("name", required=False, metavar="[规则]")
def show(name: str | None) -> int:
    """显示一个评分规则的各项数值和依据；不给名称则列出全部。

    \b
    例：
      zpb profile show
      zpb profile show shanxi
      zpb profile show 本县规则.yaml
    """
    from zipingbiao.scoring import profile as profiles
    from zipingbiao.scoring.profile.words import profile_lines

    if name is None:
        for each in profiles.names():
            click.echo(f"{each}  {profiles.load(each).title}")
        return OK
    chosen = profiles.load(name)
    click.echo(f"{chosen.title}（{chosen.name}，{chosen.hash}）")
    for line in profile_lines(chosen):
        click.echo(f"{line.title}：{line.value}")
        click.echo(f"    依据：{line.source}（{line.since} 起，{line.trust}，{line.checked_on} 核对）")
    return OK


@profile.command()
@click.argument("file", metavar="文件")
def check(file: str) -> int:
    """检查一个自定的评分规则文件，逐处指出错误所在的行。

    \b
    例：
      zpb profile check 本县规则.yaml
    """
    from zipingbiao.scoring.profile import check_file

    problems = check_file(Path(file))
    for problem in problems:
        click.echo(str(problem))
    if not problems:
        click.echo(f"{file}：没有问题，可用 --profile {file} 评分。")
    return FOUND if problems else OK
