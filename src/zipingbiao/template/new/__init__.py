"""New workbooks for a season: 名单 and approved targets → one template per unit, filled in."""

from __future__ import annotations

from pathlib import Path

from zipingbiao.book.given import OnePath, Paths, each_path
from zipingbiao.table.forms import form_named
from zipingbiao.template.new.imports import import_report
from zipingbiao.template.new.plan import Planned, plan_workbooks
from zipingbiao.template.new.write import Written, write_new

__all__ = ["Planned", "Written", "import_report", "new", "plan_workbooks", "write_new"]


def new(
    out: OnePath,
    *,
    form: str | None = None,
    projects: OnePath | None = None,
    targets: Paths | None = None,
    year: str | int | None = None,
    formulas: bool = False,
) -> Written:
    """Write new workbooks of our template: a blank one, or filled from a list of projects and approved targets.

    Args:
        out: a file ending in .xlsx, or a folder that is made where it is missing.
        form: key of a printed form: ``shanxi`` (附件1; the default), ``national``.
        projects: 项目名单, a workbook; one new workbook per unit in it, one sheet per project.
        targets: approved 绩效目标表: workbooks, Word documents, or folders of them.
        year: four digits; None for the one that the sources say, else last year.
        formulas: 免宏版: 完成率 and 核算得分 calculate by formulas.

    Returns:
        The files written, in order, and notes in Chinese that a person should read.

    Raises:
        UsageError: arguments that do not fit together, or nothing was found in what was given.
        UnreadableError: the list cannot be read.
        RefusedError: a file is there already; then nothing at all was written.
    """
    return write_new(
        Path(out),
        form=form_named(form),
        projects=Path(projects) if projects is not None else None,
        targets=each_path(targets or ()),
        year=str(year) if year is not None else None,
        formulas=formulas,
    )
