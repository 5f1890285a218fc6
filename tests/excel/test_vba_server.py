"""What starts Python, run by pyOpenVBA's interpreter over a stub of xlwings' library, and asked of the true server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pyopenvba.apps.excel import ExcelApplication

from excel.test_udf_module import SERVER
from support import vba
from zipingbiao.book.marks import VERSION
from zipingbiao.excel.addin import start
from zipingbiao.excel.addin.start import Start
from zipingbiao.excel.addin.texts import ADDIN_TEXTS
from zipingbiao.excel.desk import server
from zipingbiao.template.macros import addin_workbook

LIBRARY = "xlwings64-0.37.8-0123456789ab.dll"
START = Start(r"C:\Python\pythonw.exe", r"C:\Users\张三\zipingbiao", {64: LIBRARY})
# In place of the library: what it was asked for, and what it answers.
STUB = """Public Loaded As String, Reached As Long, Started As String
Public CannotLoad As Boolean, CannotStart As Boolean, IsUnfit As String
Public Told As String

Public Function LoadLibraryW(ByVal path As String) As Long
    Loaded = Loaded & path & vbLf
    If Not CannotLoad Then LoadLibraryW = 1
End Function

Public Function XLPyDLLActivateAuto(ByRef answer As Variant, ByVal start As String, ByVal mode As Long) As Long
    Reached = Reached + 1
    Started = start
    If CannotStart Then
        answer = "Could not create Python process."
        XLPyDLLActivateAuto = 1
    Else
        Set answer = New Answering
    End If
End Function

Public Sub Break()
    CannotStart = True
End Sub

Public Sub Mend()
    CannotStart = False
End Sub

Public Sub Lack()
    CannotLoad = True
End Sub

Public Sub Upgrade()
    IsUnfit = "reinstall"
End Sub

Public Sub Often(ByVal times As Long)
    Dim number As Long
    For number = 1 To times
        Told = Reason()
    Next number
End Sub

Public Function Reason() As String
    On Error GoTo Failed
    Reason = XLPy.CallUDF("any", "function", Array(1))
    Exit Function
Failed:
    Reason = (Err.Number = ZPB_SAID) & " " & Err.Description
End Function
"""
ANSWERING = """Public Function CallUDF(ByVal script As String, ByVal udf As String, ByVal given As Variant) As Variant
    CallUDF = udf
    If udf = "unfit" Then CallUDF = IsUnfit
    Seen = Seen & script & "." & udf & " " & Join(given, " ") & vbLf
End Function
"""


class Loader:
    """The module of the add-in of one computer, in an Excel in memory."""

    def __init__(self, folder: Path, made: Start | None) -> None:
        path = folder / "texts.xlsx"
        sheets: dict[str, Sequence[Sequence[str]]] = {
            "zp_texts": list(ADDIN_TEXTS.items()),
            start.SHEET: start.rows(made),
        }
        path.write_bytes(addin_workbook("cells", "", sheets, b"", ""))
        self.app = ExcelApplication.open(path, with_vba=False)
        ours = vba.modules()["ZpbMessages"]
        for name, source in (("ZpbMessages", ours), ("ZpbServer", self.source(made)), ("Stub", STUB)):
            self.app.add_module(vba.body(source), name=name, kind="standard")
        self.app.add_module(
            "Public Recorded As String\nPublic Seen As String\n", name="Seeing", kind="standard"
        )
        self.app.add_module(ANSWERING, name="Answering", kind="class")

    @staticmethod
    def source(made: Start | None) -> str:
        """Without the declarations, for which the stub stands, and the pointer, which only they need."""
        source, declared = re.subn(r"(?m)^Private Declare .*\n", "", start.module(made))
        assert declared == 3
        return vba.replaced(source, "StrPtr(path)", "path")

    def run(self, procedure: str, *given: object) -> None:
        self.app.run(procedure, *given)

    def give(self, expression: str) -> Any:
        return self.app.evaluate(expression)


@pytest.fixture
def loader(tmp_path: Path) -> Loader:
    return Loader(tmp_path, START)


def test_the_library_is_loaded_once_by_its_full_path_and_starts_the_command(loader: Loader) -> None:
    assert [loader.give("Reason()") for _ in range(3)] == ["function"] * 3
    assert loader.give("Loaded") == f"{START.folder}\\{LIBRARY}\n"
    assert loader.give("Started") == START.command


def test_the_first_call_asks_whether_both_belong_together(loader: Loader) -> None:
    loader.run("Often", 3)
    first, *later = str(loader.give("Seen")).splitlines()
    assert first == f"zipingbiao.excel.desk.server.unfit {VERSION} {LIBRARY}"
    assert later == ["any.function 1"] * 3


def test_after_one_failure_500_calls_reach_the_library_once(loader: Loader) -> None:
    loader.run("Break")
    loader.run("Often", 500)
    assert loader.give("Told") == "False Could not create Python process."
    assert loader.give("Reached") == 1


def test_the_next_press_tries_again(loader: Loader) -> None:
    loader.run("Break")
    loader.run("Often", 2)
    loader.run("Mend")
    assert loader.give("Reason()") != "function"
    loader.run("ZpbTryAgain")
    assert loader.give("Reason()") == "function"
    assert loader.give("Reached") == 2


def test_after_an_upgrade_every_call_says_to_install_again(loader: Loader) -> None:
    loader.run("Upgrade")
    loader.run("Often", 20)
    assert loader.give("Told") == "True reinstall"
    assert loader.give("Reached") == 1
    loader.run("ZpbTryAgain")
    assert loader.give("Reason()") == "True reinstall"


def test_without_its_library_nothing_is_started(loader: Loader) -> None:
    loader.run("Lack")
    assert loader.give("Reason()") == f"True {ADDIN_TEXTS['no_library']}{START.folder}\\{LIBRARY}"
    assert loader.give("Reached") == 0


def test_an_addin_that_was_only_built_asks_to_be_installed(tmp_path: Path) -> None:
    loader = Loader(tmp_path, None)
    assert loader.give("Reason()") == f"True {ADDIN_TEXTS['not_installed']}"
    assert loader.give("Loaded") == ""


# --- what the server answers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "library", "words"),
    [
        (VERSION, "xlwings64-{now}-0123456789ab.dll", ()),
        ("0.0.1", "xlwings64-{now}-0123456789ab.dll", ("请重新安装加载项", "安装时 zipingbiao 0.0.1")),
        (VERSION, "xlwings64-0.30.1-0123456789ab.dll", ("请重新安装加载项", "xlwings 0.30.1")),
        (VERSION, "another.dll", ("请重新安装加载项",)),
    ],
)
def test_an_addin_of_another_version_is_told_to_be_installed_again(
    version: str, library: str, words: tuple[str, ...]
) -> None:
    import xlwings

    said = server.unfit(version, library.format(now=xlwings.__version__))
    assert bool(said) is bool(words)
    assert [word for word in words if word not in said] == []


def test_xlwings_carries_the_question_to_it() -> None:
    """As the true server answers Excel, over the stubs for Windows."""
    head, _, _ = SERVER.partition("answers = [")
    asked = f"xlwings.udfs.call_udf('{server.__name__}', 'unfit', ('0.0.1', '{LIBRARY}'))"
    done = subprocess.run(
        [sys.executable, "-c", f"{head}\nprint(json.dumps({asked}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    ((said,),) = json.loads(done.stdout)
    assert said == server.unfit("0.0.1", LIBRARY)
