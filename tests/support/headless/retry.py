"""xlwings' own way to repeat a call that Excel refuses, taken from the installed package.

Its Windows side cannot be imported here, so the classes are cut out of its source and run over stubs of
pywin32. A workbook in memory asks through them, and a busy one is refused as Excel refuses: without end,
unless somebody limits the attempts.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from types import CodeType, MethodType, ModuleType, SimpleNamespace
from typing import Any

import xlwings

NAME = "xlwings._xlwindows"
_WANTED = ("COMRetryMethodWrapper", "ExcelBusyError", "COMRetryObjectWrapper")
_REFUSED = -2147418111  # RPC_E_CALL_REJECTED


class com_error(Exception):  # noqa: N801, N818 the class of pywin32, which exists on Windows only
    """What every call into an Excel that does not answer, or must not do it, raises."""

    @property
    def hresult(self) -> int:
        return int(self.args[0])


def refused() -> com_error:
    """Return what a busy Excel answers."""
    return com_error(_REFUSED, "被呼叫方拒绝接收呼叫。", None, None)


def windows_side() -> ModuleType:
    """Return a module of xlwings' name with its wrappers, for ``sys.modules``."""
    made: Any = ModuleType(NAME)
    nothing = type("CDispatch", (), {})
    vars(made).update(
        pywintypes=SimpleNamespace(com_error=com_error), pythoncom=SimpleNamespace(ole_error=com_error),
        types=SimpleNamespace(MethodType=MethodType), cleanup=lambda: None, BOOK_CALLER=None,
        CDispatch=nothing, CoClassBaseClass=nothing, DispatchBaseClass=nothing,
    )  # fmt: skip
    exec(_wrappers(), vars(made))  # noqa: S102 the installed source
    return made  # type: ignore[no-any-return]


@cache
def _wrappers() -> CodeType:
    source = (Path(str(xlwings.__file__)).parent / "_xlwindows.py").read_text("utf-8")
    body = ast.parse(source).body
    classes = [node for node in body if isinstance(node, ast.ClassDef) and node.name in _WANTED]
    attempts = [node for node in body if _sets(node, "N_COM_ATTEMPTS")]
    assert (len(classes), len(attempts)) == (3, 1), "xlwings has changed"
    return compile(ast.Module([*attempts, *classes], []), NAME, "exec")


def _sets(node: ast.stmt, name: str) -> bool:
    return (
        isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name
    )
