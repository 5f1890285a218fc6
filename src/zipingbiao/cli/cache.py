"""The command about what was remembered of earlier runs: cache clear."""

from __future__ import annotations

import click

from zipingbiao.cli.base import OK, Group


@click.group(cls=Group, subcommand_metavar="命令")
def cache() -> None:
    """缓存：汇总、校验文件夹时记下的结果，文件没有变化就不再重新读取。

    \b
    例：
      zpb cache clear
    """


@cache.command()
def clear() -> int:
    """清除缓存，释放磁盘空间；下次汇总时全部重新读取，结果不变。

    \b
    例：
      zpb cache clear
    """
    from zipingbiao.batch import store

    place = store.folder()
    freed = 0 if place is None else store.clear(place)
    click.echo(f"已清除缓存，释放 {_size(freed)}。" if freed else "没有缓存，不必清除。")
    return OK


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{-(-size // 1000)} KB"
