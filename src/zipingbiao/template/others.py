"""The sheets of the template beside those of the projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zipingbiao.scoring import profile as profiles
from zipingbiao.table.ours import Sheet
from zipingbiao.template.content import NewWorkbook
from zipingbiao.template.evidence import write_evidence
from zipingbiao.template.findings import write_findings
from zipingbiao.template.guide import write_guide
from zipingbiao.template.log import write_log
from zipingbiao.template.macros import Button
from zipingbiao.template.native.trial import write_tables
from zipingbiao.template.rules import write_rules
from zipingbiao.template.styles import Styles
from zipingbiao.template.summary import write_summary
from zipingbiao.template.texts import write_texts
from zipingbiao.template.unit import write_unit


def write_others(
    book: Any,
    styles: Styles,
    new: NewWorkbook,
    sheets: Mapping[Sheet, Any],
    project_sheets: Sequence[str],
    buttons: tuple[Button, ...] = (),
) -> None:
    """Fill the sheets that are no project sheets.

    The XlsxWriter *book* must have a worksheet for every member of
    :class:`~zipingbiao.table.ours.Sheet`; *project_sheets* are the names of the project sheets in the
    order of ``new.projects``; *buttons* those of a button template.

    Raises:
        UsageError: there is no profile of this name.
    """
    write_guide(sheets[Sheet.GUIDE], styles, new, buttons)
    write_unit(sheets[Sheet.UNIT], styles, new.unit)
    write_texts(sheets[Sheet.TEXTS], styles, new, project_sheets)
    write_evidence(sheets[Sheet.EVIDENCE], styles, new.projects)
    write_summary(book, sheets[Sheet.SUMMARY], styles)
    write_findings(book, sheets[Sheet.FINDINGS], styles)
    write_log(book, sheets[Sheet.LOG], styles)
    write_rules(sheets[Sheet.RULES], styles, profile_of(new))
    if new.formulas:
        write_tables(sheets[Sheet.RULES], styles, profile_of(new))


def profile_of(new: NewWorkbook) -> profiles.Profile:
    """Return the 评分规则 of a new workbook: the one asked for, else the form's own."""
    return profiles.load(new.profile_name or new.form.profile)
