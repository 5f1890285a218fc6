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
def page(output: str, pyodide: str) -> int:
    """评分页：生成一个网页文件，没有 Python、没有网络的电脑双击就能评分和校验。

    \b
    例：
      zpb page 评分页.html --pyodide pyodide-314.0.7.tgz
    """
    from zipingbiao.deliver.page import page as build

    for line in build(output, pyodide=pyodide).lines():
        click.echo(line)
    return OK
