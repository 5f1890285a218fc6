"""The commands about what people without Python or a network get: the page, the bundle."""

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


@click.command(cls=Command)
@click.argument("output", metavar="OUT.zip", shell_complete=completion.files)
@click.option(
    "--wheels",
    required=True,
    metavar="文件夹",
    shell_complete=completion.files,
    help="放着本软件和所需各安装包（.whl）的文件夹。",
)
@click.option(
    "--page", "page_file", metavar="评分页.html", shell_complete=completion.files, help="一并放入的评分页。"
)
@click.option(
    "--platform", default="win_amd64", show_default=True, help="目标电脑的系统；有几个名称的用逗号分开。"
)
@click.option("--python", default="3.12", show_default=True, metavar="版本", help="目标电脑的 Python 版本。")
@click.option("--online", is_flag=True, help="缺少的安装包从网上下载；不加时完全不联网。")
def bundle(
    output: str, wheels: str, page_file: str | None, platform: str, python: str, *, online: bool
) -> int:
    """离线安装包：给不能上网的 Windows 电脑，解压后双击 安装.cmd。

    \b
    例：
      zpb bundle 离线安装.zip --wheels 安装包 --page 评分页.html --online
    """
    from zipingbiao.deliver.bundle import bundle as build

    done = build(output, wheels=wheels, page=page_file, platform=platform, python=python, online=online)
    for line in done.lines():
        click.echo(line)
    return OK
