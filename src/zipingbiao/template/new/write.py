"""``zpb new``: reads what was given, plans, and writes new files; never over one that is there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from zipingbiao.book.given import given_year
from zipingbiao.book.write.save import make_folder, save_new
from zipingbiao.errors import RefusedError, UsageError
from zipingbiao.table.approved import read_approved
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Form, Project
from zipingbiao.table.register import RegisterRow
from zipingbiao.table.registered import open_register
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.new.plan import Planned, plan_workbooks
from zipingbiao.values.frozen import frozen
from zipingbiao.values.regex import regex

_BLANK_NAME = "项目支出绩效自评表"
_UNSAFE = regex(r'[\\/:*?"<>|\x00-\x1f]+')
_RESERVED = regex(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_LONGEST_NAME = 70  # 255 bytes, three for each Chinese character, less the ending
_SHOWN = 10
_NOT_WRITTEN = frozenset(
    {".xls", ".xlsm", ".xltx", ".xlsb", ".et", ".ods", ".csv", ".docx", ".doc", ".wps", ".pdf"}
)


@frozen
class Written:
    """Files that were written, in order, and what a person should know."""

    files: tuple[Path, ...]
    notes: tuple[str, ...] = ()


def write_new(
    output: Path,
    *,
    form: Form | None,
    projects: Path | None,
    targets: Sequence[Path],
    year: str | None,
    formulas: bool,
) -> Written:
    """Write new workbooks: blank ones, or filled from a list of projects and their approved targets.

    Args:
        output: a file ending in .xlsx, or a folder that is made where it is missing.
        form: None for the first that we know, the one of Shanxi.
        projects: the list; one workbook per unit in it.
        targets: workbooks, Word documents, or folders of them.
        year: four digits; None for the one that the sources say, else last year.
        formulas: whether 得分 calculates without macros.

    Raises:
        UsageError: arguments that do not fit together, or nothing was found in what was given.
        UnreadableError: the list cannot be read.
        RefusedError: a file is there already; then nothing at all was written.
    """
    year = given_year(year)
    if output.suffix.lower() in _NOT_WRITTEN and not output.is_dir():
        raise UsageError(f"只能生成 .xlsx 工作簿，请把“{output.name}”改成以 .xlsx 结尾的文件名，或文件夹。")
    notes: list[str] = []
    rows: tuple[RegisterRow, ...] = ()
    if projects is not None:
        register = open_register(projects)
        rows = register.rows
        notes += register.notes
    found, said_of_targets = read_approved(targets)
    tables = [table for _, table in found]
    notes += said_of_targets
    if targets and not tables and projects is None:
        raise UsageError("\n".join([*notes, "没有找到绩效目标表：表中要有“三级指标”和“指标值”这样的列。"]))
    said = [*(row.year for row in rows), *(table.project.year for table in tables)]
    year = year or _common(said) or str(_last_year())
    shape = form or FORMS[0]
    if rows or tables:
        planned = plan_workbooks(shape, rows, tables, year=year, formulas=formulas)
    else:
        head = Project(year=year)
        planned = Planned((NewWorkbook(shape, head, (NewProject(head),), formulas),))
    return Written(_write(output, planned.workbooks), (*notes, *planned.notes))


def _common(years: Iterable[str]) -> str:
    counted = Counter(year for year in years if year)
    return counted.most_common(1)[0][0] if counted else ""


def _last_year() -> int:
    return dt.datetime.now(tz=dt.UTC).astimezone().year - 1


# ------------------------------------------------------------------ write


def _write(output: Path, workbooks: Sequence[NewWorkbook]) -> tuple[Path, ...]:
    from zipingbiao.template.write import finished

    files = _files(output, workbooks)
    taken = [file.name for file in files if file.exists()]
    if taken:
        raise RefusedError(f"{'、'.join(taken[:_SHOWN])} 已存在，什么也没有写入；请换一个位置或先移走。")
    if output.suffix.lower() != ".xlsx":
        make_folder(output)
    for file, new in zip(files, workbooks, strict=True):
        save_new(file, finished(new))
    return tuple(files)


def _files(output: Path, workbooks: Sequence[NewWorkbook]) -> list[Path]:
    if output.suffix.lower() == ".xlsx" and not output.is_dir():
        if len(workbooks) > 1:
            raise UsageError(
                f"有 {len(workbooks)} 个单位，每个单位一个工作簿；请把 {output.name} 换成文件夹，例如：{output.stem}"
            )
        return [output]
    if output.is_file():
        raise UsageError(f"“{output}”是一个文件，请指定文件夹，或以 .xlsx 结尾的新文件名。")
    names: dict[str, None] = {}
    for new in workbooks:
        name = _safe(new.unit.unit) or _BLANK_NAME
        free = (name, *(f"{name}({number})" for number in range(2, len(workbooks) + 2)))
        names[next(each for each in free if each.casefold() not in {n.casefold() for n in names})] = None
    return [output / f"{name}.xlsx" for name in names]


def _safe(name: str) -> str:
    """A unit's name as a file name on any system."""
    safe = _UNSAFE.sub("_", " ".join(name.split()))[:_LONGEST_NAME].strip(" .")
    return f"_{safe}" if _RESERVED.fullmatch(safe) else safe
