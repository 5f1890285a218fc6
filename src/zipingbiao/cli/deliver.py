"""The commands about what people without Python get: the page."""

from __future__ import annotations

import click

from zipingbiao.cli import completion
from zipingbiao.cli.base import OK, Command


@click.command(cls=Command)
@click.argument("output", metavar="OUT.html", shell_complete=completion.files)
@click.option(
    "--pyodide",
    required=True,
    metavar="文件夹或.tgz",
    shell_complete=completion.files,
    help="npm 软件包 pyodide：下载的 .tgz 文件，或解压后的文件夹。",
)
@click.option(
    "--profile",
    metavar="规则",
    shell_complete=completion.profiles,
    help="本局版：全部表格按这个评分规则（名称或 YAML 文件）。",
)
@click.option(
    "--register",
    metavar="名单.xlsx",
    shell_complete=completion.files,
    help="本局版：单位选名称，下载本单位项目的预填自评表；电话、支付数和涉密项目不进网页。",
)
@click.option(
    "--targets",
    multiple=True,
    metavar="目标表",
    shell_complete=completion.files,
    help="本局版：批复的绩效目标表或其文件夹，可多次给出；预填并对照。",
)
def page(
    output: str, pyodide: str, profile: str | None, register: str | None, targets: tuple[str, ...]
) -> int:
    """评分页：生成一个网页文件，没有 Python、没有网络的电脑双击就能评分和校验。

    \b
    例：
      zpb page 评分页.html --pyodide pyodide-314.0.7.tgz
      zpb page 云岭县评分页.html --pyodide pyodide-314.0.7.tgz --profile 云岭县.yaml --register 名单.xlsx --targets 批复目标
    """
    from zipingbiao.deliver.page import page as build

    for line in build(output, pyodide=pyodide, profile=profile, register=register, targets=targets).lines():
        click.echo(line)
    return OK
