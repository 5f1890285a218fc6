"""VBA made of the registry: the ribbon's callback with its handlers, the functions, the sheet's buttons.

Only :func:`aliases` is not ASCII; it goes into a project of code page 936 and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zipingbiao.excel import registry
from zipingbiao.excel.registry import Argument, Function, Macro, Shape

CALLBACK = "ZPB_ribbon"
CHINESE_CODE_PAGE = 936

_NOTE = "' Made from zipingbiao.excel.registry by zipingbiao.excel.addin.generate; not edited by hand."


def entry(macro: Macro) -> str:
    """The procedure of a macro.

    VBA and cells do not tell ZPB_score from the function ZPB_SCORE, so the name says what it does.
    """
    return f"ZPB_do_{macro.id}"


def button(macro: Macro) -> str:
    """The procedure behind the button of a macro on a sheet."""
    return f"ZPB_button_{macro.id}"


def ribbon_module() -> str:
    """Return the one callback of the buttons, which goes by the tag, and a handler for each macro."""
    cases = (f"        Case {_quoted(macro.id)}: {entry(macro)}" for macro in registry.MACROS)
    handlers = (
        line for name, does in _handled() for line in (f"Public Sub {name}()", f"    {does}", "End Sub", "")
    )
    callback = (
        f"Public Sub {CALLBACK}(control As IRibbonControl)", "    Select Case control.Tag", *cases,
        "    End Select", "End Sub", "",
    )  # fmt: skip
    return _module("ZpbRibbon", (*callback, *handlers))


def _handled() -> Iterator[tuple[str, str]]:
    """The handlers, and what each does; the last looks after a folder that is being merged."""
    for macro in registry.MACROS:
        yield entry(macro), macro.procedure or f"ZpbRun {_quoted(macro.id)}"
    yield f"ZPB_do_{registry.WATCH}", f"ZpbRun {_quoted(registry.WATCH)}"


def functions_module() -> str:
    """Return the worksheet functions under their ASCII names."""
    return _module("ZpbFunctions", _functions((function.name, function) for function in registry.FUNCTIONS))


def aliases_module() -> str:
    """Return the worksheet functions under their Chinese names."""
    return _module("ZpbAliases", _functions((function.alias, function) for function in registry.FUNCTIONS))


def buttons_module() -> str:
    """Return what the buttons on the sheets of a template call."""
    lines = (
        line
        for macro in registry.MACROS
        if macro.in_sheet
        for line in (f"Public Sub {button(macro)}()", f"    ZpbPress {_quoted(entry(macro))}", "End Sub", "")
    )
    return _module("ZpbButtons", lines)


GENERATORS = {"ZpbRibbon": ribbon_module, "ZpbFunctions": functions_module, "ZpbButtons": buttons_module}
"""The generated modules that are committed, by name."""


def _functions(named: Iterable[tuple[str, Function]]) -> Iterator[str]:
    for name, function in named:
        parameters = ", ".join(
            f"{'Optional ' if argument.optional else ''}{_parameter(argument.name)} As Variant"
            for argument in function.arguments
        )
        values = ", ".join(_value(function, argument) for argument in function.arguments)
        called = f"{_quoted(function.name.lower())}, Array({values})"
        yield f"Public Function {name}({parameters}) As Variant"
        yield "    On Error GoTo Failed"
        if function.shape is Shape.TABLE:
            yield f"    {name} = ZpbCallBeside({called}, {_parameter(function.arguments[0].name)})"
        else:
            yield f"    {name} = ZpbCall({called})"
        yield "    Exit Function"
        yield "Failed:"
        yield f"    {name} = ZpbFailed(Err.Number, Err.Description)"
        yield "End Function"
        yield ""


def _value(function: Function, argument: Argument) -> str:
    by_line = function.shape is Shape.LINES and argument.by_line
    return f"{'ZpbLines' if by_line else 'ZpbValues'}({_parameter(argument.name)})"


def _parameter(name: str) -> str:
    return "indicator" if name == "name" else name  # Name is a statement of VBA


def _module(name: str, lines: Iterable[str]) -> str:
    head = (f"Attribute VB_Name = {_quoted(name)}", "Option Explicit", _NOTE, "")
    return "\n".join((*head, *lines)).rstrip("\n") + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
