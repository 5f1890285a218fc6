"""The commands around our own template: new, undo, fix."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import click

import zipingbiao as z
from zipingbiao.cli import completion
from zipingbiao.cli.base import (
    JSON,
    OK,
    PROFILE,
    USAGE,
    YES,
    Command,
    asking,
    print_plain_json,
    print_press,
    require_kind,
    say,
)


class _FormKeys(click.Choice[str]):
    """The keys of the printed forms; ``zpb --help`` starts without them, their records load much of the core."""

    def __init__(self) -> None:
        self.case_sensitive = True

    @cached_property
    def choices(self) -> tuple[str, ...]:  # type: ignore[override]  # read when it is asked for
        """The keys, in the order of the forms."""
        from zipingbiao.table.forms import FORMS

        return tuple(form.key for form in FORMS)


class _FormOption(click.Option):
    """``--form``: its help names the printed forms."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        from zipingbiao.table.forms import FORMS

        listed = "，".join(f"{form.key} {form.name}" for form in FORMS)
        self.help = f"样式：{listed}。默认 {FORMS[0].key}。"
        return super().get_help_record(ctx)


@click.command(cls=Command)
@click.argument("output", metavar="OUT", shell_complete=completion.files)
@click.option("--form", cls=_FormOption, type=_FormKeys())
@click.option(
    "--projects",
    metavar="名单.xlsx",
    shell_complete=completion.files,
    help="项目名单：按单位各生成一个工作簿，每个项目一张表。",
)
@click.option(
    "--targets",
    multiple=True,
    metavar="绩效目标表",
    shell_complete=completion.files,
    help="批复的绩效目标表（xlsx、docx 或文件夹），填入指标、目标值和分值。可给多个。",
)
@click.option("--year", metavar="年度", help="年度，四位数；默认去年。")
@click.option("--formulas", is_flag=True, help="免宏版：完成率和核算得分用公式计算。")
def new(
    output: str,
    form: str | None,
    projects: str | None,
    targets: tuple[str, ...],
    year: str | None,
    formulas: bool,
) -> int:
    """新建：在 OUT（.xlsx 文件或文件夹）生成空白或预填的自评表工作簿。

    \b
    例：
      zpb new 自评表.xlsx
      zpb new 各单位 --projects 项目名单.xlsx --targets 绩效目标表
      zpb new 自评表.xlsx --form national --formulas
    """
    written = z.new(output, form=form, projects=projects, targets=targets, year=year, formulas=formulas)
    for note in written.notes:
        click.echo(note, err=True)
    for file in written.files:
        click.echo(f"已生成 {file}")
    say(_next_step(output, len(written.files)))
    return OK


def _next_step(output: str, files: int) -> str:
    """Say what to do with a new workbook, or with those of all units."""
    if files == 1:
        return f"接下来：用 Excel 或 WPS 打开填写并保存，再运行 zpb check {output} 校验、zpb score {output} 评分。"
    return f"接下来：发给各单位填写，收齐后运行 zpb check {output} 校验、zpb merge {output} -o 汇总表.xlsx 汇总。"


@click.command("import", cls=Command)
@click.argument("file", metavar="文件")
@click.option("-o", "--output", required=True, metavar="OUT", help="要生成的 .xlsx 工作簿。")
@click.option("--form", cls=_FormOption, type=_FormKeys())
@click.option("--unit", metavar="单位", help="实施单位；报告正文里没有写的，在这里给出。")
@click.option("--year", metavar="年度", help="年度，四位数。")
@click.option("--formulas", is_flag=True, help="免宏版：完成率和核算得分用公式计算。")
def import_(
    file: str, output: str, form: str | None, unit: str | None, year: str | None, formulas: bool
) -> int:
    """导入：把 Word 自评报告或其他样式的自评表工作簿，转成本软件的工作簿；原文件不动。

    \b
    例：
      zpb import 自评报告.docx -o 自评表.xlsx --unit 县档案馆 --year 2025
      zpb import 外单位自评表.xlsx -o 自评表.xlsx
    """
    written = z.import_report(file, output, form=form, unit=unit, year=year, formulas=formulas)
    for note in written.notes:
        click.echo(note, err=True)
    for made in written.files:
        click.echo(f"已生成 {made}")
        say(f"接下来：用 Excel 或 WPS 打开核对并保存，再运行 zpb check {made} 校验、zpb score {made} 评分。")
    return OK


@click.command(cls=Command)
@click.argument("file", metavar="文件", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    shell_complete=completion.files,
    help="另存到文件或文件夹；不给则写回原文件，并留 .bak。",
)
@click.option("--dry-run", is_flag=True, help="只显示将要恢复的单元格，不写文件。")
@YES
@JSON
def undo(file: str, output: str | None, dry_run: bool, yes: bool, as_json: bool) -> int:
    """撤销：把上一次评分（或修复）改动的单元格恢复原样。

    \b
    例：
      zpb undo 自评表.xlsx --dry-run
      zpb undo 自评表.xlsx
    """
    require_kind([file], output)
    return _told(z.undo(file, out=output, dry_run=dry_run, ask=asking(yes=yes)), as_json=as_json)


@click.command(cls=Command)
@click.argument("file", metavar="文件", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    metavar="OUT",
    shell_complete=completion.files,
    help="另存到文件或文件夹；不给则写回原文件，并留 .bak。",
)
@click.option("--dry-run", is_flag=True, help="只显示将要修复的单元格，不写文件。")
@YES
@PROFILE
@JSON
def fix(
    file: str, output: str | None, dry_run: bool, yes: bool, profile_name: str | None, as_json: bool
) -> int:
    """修复：只做不改变含义的改动，如全角符号、多余空格、文本数字、被覆盖的公式。

    \b
    例：
      zpb fix 自评表.xlsx --dry-run
      zpb fix 自评表.xlsx
    """
    require_kind([file], output)
    press = z.fix(file, out=output, dry_run=dry_run, profile=profile_name, ask=asking(yes=yes))
    return _told(press, as_json=as_json)


def _told(press: Any, *, as_json: bool) -> int:
    """Print what an undo or a repair did; refused is wrong usage, as for score."""
    if as_json:
        from zipingbiao.result.json import OPENING

        print_plain_json({**OPENING, "path": press.path, **press.as_json()})
    else:
        print_press(press)
    return USAGE if press.refused is not None else OK
