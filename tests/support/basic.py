"""LibreOffice runs the VBA of a workbook: procedures, cell functions, the bindings of buttons.

Imported by the tests, this module starts LibreOffice with a profile of its own in which macros may
run, and hands the steps to itself as a program under a Python that has ``uno`` (Debian: python3-uno),
which the tests' own Python has not.

A module that LibreOffice cannot compile silently disables the whole project, so xlwings' module must
be replaced by a stub; LibreOffice is a check of our dispatch, buttons and wrappers, no Excel.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_SECONDS = 150
_PIPE_SECONDS = 60
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop>
</item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""

Step = dict[str, Any]


class BasicError(AssertionError):
    """LibreOffice, or a Python with ``uno``, is missing or did not do the steps."""


def call(procedure: str, *arguments: object) -> Step:
    """Run ``Module.Procedure``; the answer is what it returns."""
    return {"do": "call", "procedure": procedure, "arguments": list(arguments)}


def read(sheet: str, cells: str) -> Step:
    """Give the values of a range, row by row; an error is its text as the cell shows it."""
    return {"do": "read", "sheet": sheet, "cells": cells}


def write(sheet: str, cell: str, value: str | float) -> Step:
    """Put a text, a number or a formula with its ``=`` into a cell."""
    return {"do": "write", "sheet": sheet, "cell": cell, "value": value}


def write_array(sheet: str, cells: str, formula: str) -> Step:
    """Put an array formula into a range."""
    return {"do": "write_array", "sheet": sheet, "cells": cells, "formula": formula}


def number_format(sheet: str, cells: str, code: str) -> Step:
    """Give a range a number format."""
    return {"do": "format", "sheet": sheet, "cells": cells, "code": code}


def buttons(sheet: str) -> Step:
    """Give the buttons of a sheet, from left to right: caption and the procedure that is bound to it."""
    return {"do": "buttons", "sheet": sheet}


def run(document: Path, steps: Sequence[Step]) -> list[Any]:
    """Open a workbook with its macros, do the steps in order and return an answer for each.

    Raises:
        BasicError: LibreOffice could not open the file or a step failed.
    """
    with tempfile.TemporaryDirectory(prefix="zpb-basic-") as private:
        profile = Path(private, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        asked, answered = Path(private, "steps.json"), Path(private, "answers.json")
        pipe = Path(private).name
        asked.write_text(json.dumps([str(document), list(steps)]), encoding="utf-8")
        command = [
            "soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ]  # fmt: skip
        quiet = subprocess.DEVNULL
        with subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
        ) as office:
            try:
                said = _drive([pipe, str(asked), str(answered)])
            finally:
                os.killpg(office.pid, signal.SIGKILL)
        if not answered.is_file():
            raise BasicError(f"LibreOffice did not do the steps: {said}")
        answers: list[Any] = json.loads(answered.read_text("utf-8"))
        return answers


def _drive(arguments: list[str]) -> str:
    done = subprocess.run(
        [_python_with_uno(), __file__, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=_SECONDS,
        check=False,
    )
    return (done.stdout + done.stderr).strip()


def _python_with_uno() -> str:
    from support.office import python_with_uno  # not for the part that runs under the found Python

    found = python_with_uno()
    if found is None:
        raise BasicError("未找到带 uno 的 Python（Debian 软件包 python3-uno）")
    return found


# --- under the Python of LibreOffice ---------------------------------------------------------------


def _main(pipe: str, asked: str, answered: str) -> None:
    import uno  # type: ignore[import-not-found] # the system's Python has it, the tests' has not

    path, steps = json.loads(Path(asked).read_text("utf-8"))
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    context = _connected(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    always = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    always.Name, always.Value = "MacroExecutionMode", 4
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (always,))
    if document is None:
        raise BasicError(f"LibreOffice cannot open {path}")
    answers = [_STEPS[step.pop("do")](document, **step) for step in steps]
    Path(answered).write_text(json.dumps(answers), encoding="utf-8")
    document.close(True)


def _connected(resolver: Any, address: str) -> Any:
    until = time.monotonic() + _PIPE_SECONDS
    while True:
        try:
            return resolver.resolve(address)
        except Exception:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def _call(document: Any, procedure: str, arguments: list[Any]) -> Any:
    address = f"vnd.sun.star.script:VBAProject.{procedure}?language=Basic&location=document"
    result, _, _ = document.getScriptProvider().getScript(address).invoke(tuple(arguments), (), ())
    return result


def _read(document: Any, sheet: str, cells: str) -> list[list[Any]]:
    area = document.Sheets.getByName(sheet).getCellRangeByName(cells)
    return [
        [_shown(area.getCellByPosition(column, row)) for column in range(area.Columns.Count)]
        for row in range(area.Rows.Count)
    ]


def _shown(cell: Any) -> Any:
    if cell.getError():
        return cell.String
    is_text = cell.Type.value == "TEXT" or (
        cell.Type.value == "FORMULA" and cell.FormulaResultType2 == 2  # FormulaResult.STRING
    )
    return cell.String if is_text or cell.Type.value == "EMPTY" else cell.Value


def _write(document: Any, sheet: str, cell: str, value: str | float) -> None:
    target = document.Sheets.getByName(sheet).getCellRangeByName(cell)
    if isinstance(value, str) and value.startswith("="):
        target.Formula = value
    elif isinstance(value, str):
        target.String = value
    else:
        target.Value = value


def _write_array(document: Any, sheet: str, cells: str, formula: str) -> None:
    document.Sheets.getByName(sheet).getCellRangeByName(cells).setArrayFormula(formula)


def _format(document: Any, sheet: str, cells: str, code: str) -> None:
    import uno

    formats, locale = document.NumberFormats, uno.createUnoStruct("com.sun.star.lang.Locale")
    key = formats.queryKey(code, locale, False)
    area = document.Sheets.getByName(sheet).getCellRangeByName(cells)
    area.NumberFormat = key if key != -1 else formats.addNew(code, locale)


def _buttons(document: Any, sheet: str) -> list[list[str]]:
    page = document.Sheets.getByName(sheet).DrawPage
    shapes = [page.getByIndex(number) for number in range(page.Count)]
    controls = sorted(
        (shape for shape in shapes if hasattr(shape, "Control")), key=lambda shape: shape.Position.X
    )
    return [[shape.Control.Label, _bound(page, shape.Control)] for shape in controls]


def _bound(page: Any, control: Any) -> str:
    form = control.Parent
    for number in range(form.Count):
        if form.getByIndex(number) == control:
            return "; ".join(event.ScriptCode for event in form.getScriptEvents(number))
    return ""


_STEPS: dict[str, Callable[..., Any]] = {
    "call": _call, "read": _read, "write": _write, "write_array": _write_array, "format": _format,
    "buttons": _buttons,
}  # fmt: skip


if __name__ == "__main__":
    _main(*sys.argv[1:])
