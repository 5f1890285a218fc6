"""Builds ``zipingbiao.xlam`` and the button templates: without Excel, the same bytes each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from zipingbiao.errors import as_run_here
from zipingbiao.excel import registry
from zipingbiao.excel.addin import sources, vba
from zipingbiao.excel.addin import start as starts
from zipingbiao.excel.addin.project import ASCII_CODE_PAGE, vba_project
from zipingbiao.excel.addin.ribbon import RULES_SHEET, ribbon, rule_lines
from zipingbiao.excel.addin.start import Start
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS, TITLE
from zipingbiao.table.forms import FORMS
from zipingbiao.table.records import Form, Project
from zipingbiao.template.content import NewProject, NewWorkbook
from zipingbiao.template.macros import TEXTS_SHEET, Button, Macros, addin_workbook
from zipingbiao.template.write import build, finished

ADDIN = "zipingbiao.xlam"
TEMPLATES = {form: f"{form.file_name}.xlsm" for form in FORMS}

HELP_SHEET = "zp_help"
_GREETING = "这是 Excel 加载项“绩效自评”。请用 py -m zipingbiao addin install 安装，不必打开它。"


def build_addin(
    folder: Path, *, code_page: int | None = None, start: Start | None = None
) -> tuple[Path, ...]:
    """Write the add-in and the two button templates into *folder* and return the three files.

    Args:
        folder: made where it is missing; files of these names are replaced.
        code_page: the ANSI code page of the computer; with 936 the functions get Chinese names as well.
        start: the Python that Excel is to start; None makes an add-in that asks to be installed.

    Raises:
        ZipingbiaoError: pyOpenVBA is missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = {ADDIN: addin(code_page, start)} | {
        name: button_template(form) for form, name in TEMPLATES.items()
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return tuple(folder / name for name in made)


def addin(code_page: int | None = None, start: Start | None = None) -> bytes:
    """Return the add-in as bytes; arguments and errors as for :func:`build_addin`."""
    aliases = code_page == vba.CHINESE_CODE_PAGE
    sheets: dict[str, Sequence[Sequence[str]]] = {
        starts.SHEET: starts.rows(start),
        TEXTS_SHEET: [(key, as_run_here(text)) for key, text in ADDIN_TEXTS.items()],
        HELP_SHEET: help_lines(aliases=aliases),
        RULES_SHEET: rule_lines(),
    }
    project = vba_project(
        addin_workbook(TITLE, _GREETING, sheets, b"", ""),
        addin_modules(aliases=aliases, start=start),
        sources.module("ThisWorkbook"),
        vba.CHINESE_CODE_PAGE if aliases else ASCII_CODE_PAGE,
    )
    return addin_workbook(TITLE, _GREETING, sheets, project, ribbon())


def button_template(form: Form) -> bytes:
    """Return the template of a form with its buttons, as bytes.

    Raises:
        ZipingbiaoError: pyOpenVBA is missing.
    """
    new = NewWorkbook(form, Project(), (NewProject(),))
    buttons = tuple(
        Button(macro.title, f"ZpbButtons.{vba.button(macro)}", macro.help)
        for macro in registry.MACROS
        if macro.in_sheet
    )
    macros = Macros(buttons, TEMPLATE_TEXTS)
    return finished(new, replace(macros, vba=vba_project(build(new, None, macros), template_modules())))


def addin_modules(*, aliases: bool, start: Start | None = None) -> dict[str, str]:
    """Return the sources of the add-in by module, but for the one behind the workbook."""
    written = {name: sources.module(name) for name in sources.ADDIN_VBA}
    made = {"ZpbRibbon": vba.ribbon_module(), "ZpbFunctions": vba.functions_module()}
    if aliases:
        made["ZpbAliases"] = vba.aliases_module()
    return {**written, starts.MODULE: starts.module(start), **made}


def template_modules() -> dict[str, str]:
    """Return the sources of a button template by module."""
    written = {name: sources.module(name) for name in sources.TEMPLATE_VBA}
    return {**written, "ZpbButtons": vba.buttons_module()}


def help_lines(*, aliases: bool) -> list[tuple[str, ...]]:
    """Return the Function Wizard's help: name, category, help, then one help per argument."""
    return [
        (name, TITLE, function.help, *(argument.help for argument in function.arguments))
        for function in registry.FUNCTIONS
        for name in ((function.name, function.alias) if aliases else (function.name,))
    ]
