"""The commands that write the Word report and pack what is handed in: report, pack."""

from __future__ import annotations

import click

import zipingbiao as z
from zipingbiao.cli.base import FOUND, PROFILE, Command, asking, complain, status
from zipingbiao.errors import RefusedError, UsageError

_SPACINGS = ("28", "28.8", "28.9", "29", "30")


@click.command(cls=Command)
@click.argument("file", metavar="文件")
@click.option("-o", "--output", metavar="OUT", help="报告的文件名（.docx）或现有文件夹；已有的文件不会覆盖。")
@click.option(
    "--update",
    metavar="报告.docx",
    help="更新已有的报告：只改表格和总得分句中的数字，其余原样保留，并留 .bak；加 -o 则另存。",
)
@click.option("--dry-run", is_flag=True, help="只显示 --update 将要改动的地方，不写文件。")
@click.option(
    "--template",
    metavar="单位.docx",
    help="单位自己的 Word 文档：沿用它的样式，替换其中的【总得分句】【表：产出】等。",
)
@click.option("--draft", is_flag=True, help="没有写的章节，按表中数字写出初稿，每句标“待核实”。")
@click.option("--sign-off", is_flag=True, help="不写报告，写给领导签字的送签单（每个项目一页）。")
@click.option("--last", metavar="上年", help="上年自评表的文件或文件夹，送签单写明比上年增减。")
@click.option("--line-spacing", type=click.Choice(_SPACINGS), default="30", help="正文行距（磅），默认 30。")
@click.option("--bold-title", is_flag=True, help="标题加粗。")
@PROFILE
def report(  # noqa: PLR0913, PLR0917 each is an option of its own
    file: str,
    output: str | None,
    update: str | None,
    dry_run: bool,
    template: str | None,
    draft: bool,
    sign_off: bool,
    last: str | None,
    line_spacing: str,
    bold_title: bool,
    profile_name: str | None,
) -> int:
    """报告：由自评表工作簿生成 Word 绩效自评报告或送签单，或更新已有的报告。

    \b
    例：
      zpb report 自评表.xlsx -o 自评报告.docx
      zpb report 自评表.xlsx -o 自评报告.docx --draft
      zpb report 自评表.xlsx --update 自评报告.docx
      zpb report 自评表.xlsx -o 送签单.docx --sign-off --last 上年自评表.xlsx
    """
    if update is not None:
        if template is not None or draft or sign_off or last is not None or bold_title:
            raise UsageError(
                "--update 只更新已有的报告，请去掉 --template、--draft、--sign-off、--last、--bold-title。"
            )
        return _update(file, update, output, profile_name, dry_run=dry_run)
    if dry_run:
        raise UsageError("--dry-run 与 --update 一起用，请加上 --update 报告.docx。")
    if output is None:
        raise click.UsageError("没有说写到哪里")
    from decimal import Decimal

    written = z.report(
        file,
        out=output,
        template=template,
        draft=draft,
        sign_off=sign_off,
        last=last,
        line_spacing=Decimal(line_spacing),
        bold_title=bold_title,
        profile=profile_name,
    )
    saved, *notes = written.lines()
    click.echo(saved)
    for note in notes:
        complain(note)
    return status([written.result])


def _update(file: str, document: str, output: str | None, profile: str | None, *, dry_run: bool) -> int:
    """Bring an existing report up to date; what speaks against it is a finding about the report."""
    try:
        done = z.update_report(file, document, out=output, dry_run=dry_run, profile=profile)
    except RefusedError as refused:
        complain(str(refused))
        return FOUND
    for line in done.lines():
        click.echo(line)
    for note in done.notes:
        complain(note)
    return status([done.result])


@click.command(cls=Command)
@click.argument("path", metavar="文件或文件夹")
@click.option(
    "-o", "--output", metavar="OUT", help="压缩包的文件名（.zip）或现有文件夹；已有的文件不会覆盖。"
)
@click.option(
    "--public",
    is_flag=True,
    help="公开稿：去掉批注、修订、隐藏内容、作者信息、电话和身份证号，只含表和报告。",
)
@click.option("--yes", is_flag=True, help="还有错误没有改正也打包，不再询问。")
@PROFILE
def pack(path: str, output: str | None, public: bool, yes: bool, profile_name: str | None) -> int:
    """打包：把自评表、自评报告、PDF、佐证材料、问题清单和目录放进一个压缩包。

    \b
    例：
      zpb pack 自评表.xlsx                       自评表提交包.zip
      zpb pack 各单位 -o 全县.zip                每个工作簿一个文件夹
      zpb pack 自评表.xlsx --public              自评表公开稿.zip
    """
    done = z.pack(path, out=output, public=public, profile=profile_name, ask=asking(yes=yes))
    saved, *notes = done.lines()
    click.echo(saved)
    for note in notes:
        complain(note)
    for result in done.left_out:
        complain(f"没有打包 {result.path}：{result.why}")
    return max(status(done.results), FOUND if done.left_out else 0)
