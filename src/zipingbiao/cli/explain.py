"""The commands about the rules themselves: explain, profile show, profile check, profile new."""

from __future__ import annotations

from pathlib import Path

import click

import zipingbiao as z
from zipingbiao.cli import completion
from zipingbiao.cli.base import FOUND, OK, Command, Group, say
from zipingbiao.errors import UsageError


@click.command(cls=Command)
@click.argument("code", required=False, metavar="[代码]", shell_complete=completion.codes)
def explain(code: str | None) -> int:
    """说明一条校验规则：检查什么、为何重要、依据、正例反例；不给代码则列出全部。

    \b
    例：
      zpb explain W101
      zpb explain
    """
    from zipingbiao.rules.explained import all_rules, as_text

    if code is not None:
        click.echo(as_text(z.explain(code)))
        return OK
    for rule in all_rules():
        click.echo(f"{rule.code} {rule.severity} {rule.title}")
    return OK


@click.group(cls=Group, subcommand_metavar="命令 [参数]…")
def profile() -> None:
    """评分规则：显示、检查、新建。

    \b
    例：
      zpb profile show
      zpb profile show shanxi
      zpb profile check 本县规则.yaml
      zpb profile new 本县规则.yaml
    """


@profile.command()
@click.argument("name", required=False, metavar="[规则]", shell_complete=completion.profiles)
def show(name: str | None) -> int:
    """显示一个评分规则的各项数值和依据；不给名称则列出全部。

    \b
    例：
      zpb profile show
      zpb profile show shanxi
      zpb profile show 本县规则.yaml
    """
    from zipingbiao.scoring.profile.words import profile_lines

    if name is None:
        for each in z.profiles():
            click.echo(f"{each.name}  {each.title}")
        return OK
    (chosen,) = z.profiles(name)
    click.echo(f"{chosen.title}（{chosen.name}）")
    for line in profile_lines(chosen):
        click.echo(f"{line.title}：{line.value}")
        click.echo(f"    依据：{line.source}（{line.since} 起）")
    return OK


@profile.command()
@click.argument("file", metavar="文件", shell_complete=completion.files)
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


@profile.command()
@click.argument("output", metavar="文件.yaml", shell_complete=completion.files)
@click.option(
    "--from",
    "name",
    default="national-2020",
    metavar="规则",
    shell_complete=completion.profiles,
    help="沿用哪一个评分规则，默认 national-2020；capped 为执行率低时限制总分的模板。",
)
def new(output: str, name: str) -> int:
    """新建一个本地的评分规则文件：沿用已有的规则，每一项写明写法，改动处写上依据。

    \b
    例：
      zpb profile new 本县规则.yaml
      zpb profile new 本县规则.yaml --from hubei
      zpb profile new 本县规则.yaml --from capped
    """
    from zipingbiao.scoring.profile.new import new_profile

    file = Path(output)
    if file.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(f"“{output}”应以 .yaml 结尾，--profile 才认得它是评分规则文件。")
    text = new_profile(name, file.stem)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        raise UsageError(f"“{output}”已经有了，没有改动它。请换一个文件名。") from None
    except OSError:
        raise UsageError(f"“{output}”写不进去，请检查文件夹是否存在、能否写入。") from None
    say(f"已生成 {output}，改好后请用 zpb profile check {output} 检查。")
    return OK
