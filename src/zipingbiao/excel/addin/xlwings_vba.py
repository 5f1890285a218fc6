"""xlwings' own VBA, taken from the installed package, so that it fits the installed library.

What must differ is replaced under anchors; an xlwings that has changed there stops the build, because
a module that was only half replaced would fail in Excel, where nobody sees why.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zipingbiao.errors import ZipingbiaoError

PROJECT = "zipingbiao"
CONF_SHEET = f"{PROJECT}.conf"
MODULE = "xlwings"

SETTINGS = ("INTERPRETER_WIN", "ADD_WORKBOOK_TO_PYTHONPATH", "UDF MODULES")
"""The settings that the module reads by these names from the add-in's sheet."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One change of xlwings' text, where *old* stands exactly once."""

    why: str
    old: str
    new: str


_SHELL = 'Environ("SystemRoot") & "\\System32\\cmd.exe "'

REPLACEMENTS = (
    Replacement(
        "its functions are not for cells",
        'Attribute VB_Name = "xlwings"\n',
        'Attribute VB_Name = "xlwings"\nOption Private Module\n',
    ),
    Replacement(
        "the settings stand on the sheet zipingbiao.conf",
        'Public Const PROJECT_NAME As String = "myaddin"',
        f'Public Const PROJECT_NAME As String = "{PROJECT}"',
    ),
    Replacement(
        "the command that starts the server is constant, so that one Python serves all workbooks",
        'PYTHONPATH = AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName & ";" & '
        'GetConfig("ONEDRIVE_CONSUMER_WIN") & ";" & GetConfig("ONEDRIVE_COMMERCIAL_WIN") & ";" & '
        'GetConfig("SHAREPOINT_WIN") & ";" & GetConfig("PYTHONPATH")',
        'PYTHONPATH = "false;;;;;"',
    ),
    Replacement(
        "a workbook that somebody sent must not say which program runs",
        'If SheetExists(ActiveWorkbook, PROJECT_NAME & ".conf") = True Then',
        "If False Then",
    ),
    Replacement(
        "nor may a file beside that workbook",
        'If source = "" Or source = "directory" Then',
        'If source = "directory" Then',
    ),
    Replacement(
        "the settings are read although another sheet, or a chart, is active",
        'For Each cell In Range(sht.Range("A1"), lastCell)',
        'For Each cell In sht.Range(sht.Range("A1"), lastCell)',
    ),
    Replacement(
        "a module beside the workbook, in Excel's current folder or named by a variable, must not run",
        ' -B -c ""import sys, os;',
        ' -E -P -B -c ""import sys, os;',
    ),
    Replacement(
        "nor a program there: a bare name is looked for in the current folder before the system's",
        '        PYTHON_WIN = "cmd.exe " & ConsoleSwitch & " /K " & CondaCmd & "python"\n'
        "    Else\n"
        '        PYTHON_WIN = "cmd.exe " & ConsoleSwitch',
        f'        PYTHON_WIN = {_SHELL} & ConsoleSwitch & " /K " & CondaCmd & "python"\n'
        "    Else\n"
        f"        PYTHON_WIN = {_SHELL} & ConsoleSwitch",
    ),
)
_IMPORTING = ("Sub ImportPythonUDFsBase(", "Private Sub GetDLLVersion()")
"""From here to there xlwings writes VBA into a project, which needs a trust that nobody has to give us."""
_RUNNING = ("Public Function RunPython(", '#If App = "Microsoft Excel" Then\nFunction GetUdfModules(')
"""From here to there xlwings starts Python for one command: a second way, with the workbook's folder on its path,
with programs that stand on its sheets, with messages of its own."""
_RUN = """Public Function RunPython(PythonCommand As String)
    XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    XLPy.Exec "" & PythonCommand & ""
End Function

"""
_READ = (*(f'GetConfig("{setting}"' for setting in SETTINGS), 'PROJECT_NAME & ".conf"')


def module() -> str:
    """Return the module ``xlwings`` for the add-in, with plain line ends.

    Raises:
        ZipingbiaoError: xlwings is missing, or has changed where the add-in relies on it.
    """
    text = _installed("xlwings_custom_addin.bas")
    for replacement in REPLACEMENTS:
        if text.count(replacement.old) != 1:
            raise _changed(replacement.old)
        text = text.replace(replacement.old, replacement.new)
    text = _with(text, _IMPORTING, "")
    text = _with(text, _RUNNING, _RUN)
    for needed in _READ:
        if needed not in text:
            raise _changed(needed)
    return text


def _with(text: str, anchors: tuple[str, str], new: str) -> str:
    """Return the text with *new* from the first anchor to the second."""
    first, beyond = anchors
    before, found, rest = text.partition(first)
    _, closed, after = rest.partition(beyond)
    if not found or not closed:
        raise _changed(beyond if found else first)
    return before + new + beyond + after


def dictionary() -> str:
    """Return the class ``Dictionary``, which the module needs on a Mac and names everywhere.

    Raises:
        ZipingbiaoError: xlwings is missing.
    """
    return _installed("addin/Dictionary.cls")


def _installed(name: str) -> str:
    try:
        import xlwings
    except ImportError as error:
        raise ZipingbiaoError(
            "没有安装 xlwings，请运行 pip install zipingbiao[excel] 后再生成加载项。"
        ) from error
    path = Path(str(xlwings.__file__)).parent / name
    try:
        return path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise _changed(name) from error


def _changed(anchor: str) -> ZipingbiaoError:
    import xlwings

    first = anchor.strip().splitlines()[0]
    return ZipingbiaoError(
        "请安装相配的版本：pip install zipingbiao[excel]。"
        f"xlwings {xlwings.__version__} 的 VBA 与预期不符，没有生成加载项（找不到：{first}）。"
    )
