"""The commands about workbooks: demo, score, check, merge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import zipingbiao as z
from zipingbiao.cli import completion
from zipingbiao.cli.base import (
    FOUND,
    JSON,
    NO_CACHE,
    OK,
    PROFILE,
    YES,
    Command,
    asking,
    complain,
    print_json,
    print_press,
    print_result,
    print_tally,
    progress,
    require_kind,
    say,
    status,
)


@click.command(cls=Command)
@click.argument(
    "folder", required=False, default="zpb-demo", metavar="[文件夹]", shell_complete=completion.files
)
def demo(folder: str) -> int:
    """五个示例项目：评分、校验、汇总到指定文件夹。

    \b
    例：
      zpb demo
      zpb demo 试用
    """
    from zipingbiao.cli.demo import run

    run(Path(folder), say)
    return OK


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, metavar="文件…", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    shell_complete=completion.files,
    help="另存到文件，或（多个文件时）文件夹。不给则写回原文件，并留 .bak。",
)
@click.option("--recompute", is_flag=True, help="手工填写的得分与核算不同时，以核算为准。")
@click.option("--dry-run", is_flag=True, help="只显示将要改动的单元格，不写文件。")
@YES
@PROFILE
@JSON
def score(
    files: tuple[str, ...],
    output: str | None,
    recompute: bool,
    dry_run: bool,
    yes: bool,
    profile_name: str | None,
    as_json: bool,
) -> int:
    """评分：核算完成率、得分、总分、等级并写入工作簿。

    \b
    例：
      zpb score 自评表.xlsx
      zpb score 自评表.xlsx --dry-run
      zpb score 自评表.xlsx -o 已评分.xlsx
      zpb score 老表.xls -o 已评分.xlsx

    \b
    不能写入的文件（.xls、.et、.ods、.csv、Word 报告等）加 -o 时导入样表，
    在新的工作簿里评分，原文件不动。
    """
    if output is not None and Path(output).suffix:  # what has none is a folder
        require_kind(files, output)
    presses = z.score(
        files,
        out=output,
        recompute=recompute,
        dry_run=dry_run,
        profile=profile_name,
        ask=asking(yes=yes),
    )
    results = [press.result for press in presses]
    if as_json:
        print_json(results, [press.as_json() for press in presses])
    else:
        for press in presses:
            print_result(press.result, with_scores=True)
            print_press(press)
    return status(results, refused=any(press.refused for press in presses))


@click.command(cls=Command)
@click.argument("paths", nargs=-1, metavar="文件或文件夹…", shell_complete=completion.files)
@click.option(
    "--code",
    is_flag=False,
    flag_value="",
    metavar="[校验码]",
    help="核对数据校验码：工作簿里的，或所给的盖章纸质表页脚的 8 位码。",
)
@click.option(
    "--targets",
    multiple=True,
    metavar="目标表",
    shell_complete=completion.files,
    help="批复的绩效目标表（Excel、Word 或其文件夹），逐项核对指标、目标值和分值；可以给多次。",
)
@click.option(
    "--last",
    metavar="上年",
    shell_complete=completion.files,
    help="上年自评表的文件夹，核对目标降低、照抄、挪动分值和消失的项目。",
)
@NO_CACHE
@PROFILE
@JSON
def check(
    paths: tuple[str, ...],
    code: str | None,
    targets: tuple[str, ...],
    last: str | None,
    no_cache: bool,
    profile_name: str | None,
    as_json: bool,
) -> int:
    """校验：列出需要修改、说明的问题，不改文件。

    \b
    例：
      zpb check 自评表.xlsx
      zpb check 各单位 --json
      zpb check 自评表.xlsx --code 7K3M9QXA
      zpb check 各单位 --targets 绩效目标批复 --last 2024年各单位
    """
    if code and Path(code).exists():  # zpb check --code 自评表.xlsx
        paths, code = (code, *paths), ""
    if not paths:
        raise click.UsageError("没有给文件或文件夹")
    results = z.check(
        paths,
        targets=targets,
        last=last,
        profile=profile_name,
        progress=progress(),
        cache=not no_cache,
        say=complain,
    )
    if as_json:
        print_json(results, ledger=True)
    else:
        for result in results:
            print_result(result, with_scores=False)
        print_tally(results)
    if code is None:
        return status(results)
    return max(status(results), _verify(results, code, profile_name))


def _verify(results: Sequence[Any], code: str, profile_name: str | None) -> int:
    """Say of each table whether its code holds, on stderr: stdout may be JSON."""
    from zipingbiao.result.code_check import check_codes

    held = True
    for result in results:
        if result.member:
            complain(f"{result.path}：在压缩包里，没有核对数据校验码，请右键解压后再核对。")
        elif result.evaluations:
            for each in check_codes(Path(result.path), code, profile_name):
                held = held and each.holds
                click.echo(each.line, err=True)
    return OK if held else FOUND


@click.command(cls=Command)
@click.argument("paths", nargs=-1, metavar="文件夹或文件…", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    shell_complete=completion.files,
    help="汇总工作簿，默认 汇总表.xlsx；有 --update 时默认就是它。",
)
@click.option(
    "--batch",
    "batches",
    multiple=True,
    metavar="文件夹",
    shell_complete=completion.files,
    help="一批报送材料的文件夹；按报送先后给多次，同一项目以后一批为准。",
)
@click.option("--year", metavar="年度", help="汇总哪一年度，例如 2025；不给则取多数表的年度。")
@click.option(
    "--update",
    metavar="汇总表",
    shell_complete=completion.files,
    help="上次的汇总表：采用“待认定”里填好的认定，并保留手工填写的备注、填报单位、签字人、催报情况和盖章件校验码。",
)
@click.option(
    "--last",
    metavar="上年汇总表",
    shell_complete=completion.files,
    help="上年的汇总表：在“统计”里与上年比较，列出同一指标连续两年失分的项目。",
)
@click.option(
    "--register",
    metavar="名单",
    shell_complete=completion.files,
    help="应报项目的名单（Excel）：列出应报未报和催报话术，核对部门、编码和金额。",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="日期",
    help="应报未报“截至”的日期，例如 2026-02-12 或“2026年2月12日 17:00”；不给则不印日期。",
)
@click.option(
    "--template",
    metavar="上级表",
    shell_complete=completion.files,
    help="上级发来的空白汇总表（.xlsx）：按列名填好，另存为“原名（已填）.xlsx”，与汇总表放在一起。",
)
@click.option(
    "--columns",
    multiple=True,
    metavar="列名",
    help="汇总表（上报）在实施单位后多印的列，例如 资金级次,项目类别；多了列就用 A3 纸。",
)
@click.option(
    "--frames",
    metavar="文件夹",
    shell_complete=completion.files,
    help="另写四个 CSV 数据表，供编程和透视使用：projects、indicators、findings、ledger。",
)
@click.option("--workers", type=click.IntRange(1, 64), metavar="N", help="并行进程数，默认按处理器数。")
@NO_CACHE
@PROFILE
@JSON
def merge(  # noqa: PLR0913 each is an option
    paths: tuple[str, ...],
    output: str | None,
    *,
    batches: tuple[str, ...],
    year: str | None,
    update: str | None,
    last: str | None,
    register: str | None,
    as_of: str | None,
    template: str | None,
    columns: tuple[str, ...],
    frames: str | None,
    workers: int | None,
    no_cache: bool,
    profile_name: str | None,
    as_json: bool,
) -> int:
    """汇总：把一个文件夹的自评表并成一个汇总工作簿，每个文件都有交代。

    \b
    例：
      zpb merge 各单位 -o 汇总表.xlsx
      zpb merge --batch 第一批 --batch 第二批 -o 汇总表.xlsx
      zpb merge 各单位 --update 汇总表.xlsx
      zpb merge 各单位 --register 名单.xlsx --as-of 2026-02-12
      zpb merge 各单位 --last 上年汇总表.xlsx
      zpb merge 各单位 --template 上级汇总表.xlsx
      zpb merge 各单位 --columns 资金级次,偏差原因

    \b
    中途按 Ctrl-C：已读的写在“汇总表（未完成）.xlsx”，原有的汇总表不动，
    退出状态 1；再运行一次同一命令即可完成。
    """
    if not paths and not batches:
        raise click.UsageError("没有给文件或文件夹")
    merged = z.merge(
        paths,
        output or update or "汇总表.xlsx",
        profile=profile_name,
        workers=workers,
        progress=progress(),
        batches=batches,
        year=year,
        update=update,
        last=last,
        register=register,
        as_of=as_of,
        template=template,
        columns=columns,
        frames=frames,
        details=as_json,
        cache=not no_cache,
        say=complain,
    )
    if as_json:
        print_json(merged.results, ledger=True, summary=merged.summary)
        for line in (*merged.of_template, *merged.of_frames):
            complain(line)
    else:
        for line in merged.lines():
            click.echo(line)
    rejected = any(record.status.value == "rejected" for record in merged.records)
    return status(merged.records) or (FOUND if rejected or merged.summary.complaints else OK)
