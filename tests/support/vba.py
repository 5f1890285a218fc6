"""Our VBA with stubs for what needs Windows: the server of xlwings, boxes and dialogs, the cell that calls.

The stubs record what reaches them: a press, the call of a function, a message, what Ctrl+Z would do.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path

from zipingbiao.excel.addin import build, sources, vba
from zipingbiao.excel.addin.project import vba_project
from zipingbiao.excel.addin.texts import ADDIN_TEXTS, TEMPLATE_TEXTS
from zipingbiao.template.content import NewWorkbook
from zipingbiao.template.macros import Button, Macros
from zipingbiao.template.write import build as build_template
from zipingbiao.template.write import finished

FORGET, RECORDED = "ZpbServer.Forget", "ZpbServer.WhatIsRecorded"
LOST = "server lost"

_STARTED = f"""Attribute VB_Name = "ZpbServer"
Option Explicit
Public Const ZPB_SAID As Long = -2147220991
Public Recorded As String
Public IsLost As Boolean
Public EnableCancelKey As Long
Public During As String
Public Said As String
Public Kept As String
Public Caller As Object
Public Fills As Boolean

Public Sub Say(ByVal answer As String)
    Said = answer
End Sub

Public Sub Stand(ByVal place As String, ByVal isBlock As Boolean)
    Set Caller = ActiveSheet.Range(place)
    Fills = isBlock
End Sub

Public Function XLPy() As Object
    If IsLost Then Err.Raise 1000, "ZpbServer", "{LOST}"
    Set XLPy = New StubServer
End Function

Public Sub ZpbTryAgain()
End Sub

Public Sub Lose()
    IsLost = True
End Sub

Public Sub Forget()
    Recorded = ""
End Sub

Public Function State() As String
    State = Application.ScreenUpdating & "/" & Application.StatusBar & "/" & Application.EnableEvents
End Function

Public Function WhatIsRecorded() As String
    WhatIsRecorded = Recorded
End Function

Public Function Described(ByVal given As Variant) As String
    Dim each_ As Variant
    If IsArray(given) Then
        For Each each_ In given
            Described = Described & "," & Described_(each_)
        Next each_
        Described = "[" & Mid$(Described, 2) & "]"
    Else
        Described = Described_(given)
    End If
End Function

Private Function Described_(ByVal given As Variant) As String
    If IsArray(given) Then
        Described_ = Described(given)
    ElseIf IsEmpty(given) Then
        Described_ = "Empty"
    ElseIf VarType(given) = vbString Then
        Described_ = "'" & given & "'"
    Else
        Described_ = CStr(given)
    End If
End Function
"""

_SERVER = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "StubServer"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit

Public Function Module(ByVal name As String) As Variant
    Module = name
End Function

Public Sub SetAttr(ByVal target As Variant, ByVal name As String, ByVal value As Variant)
    Recorded = Recorded & target & "." & name & vbLf
End Sub

Public Function CallUDF(ByVal script As String, ByVal udf As String, ByVal given As Variant) As Variant
    If udf = "zpb_press" Then
        CallUDF = Pressed(given(0), given(1))
        Exit Function
    End If
    Recorded = Recorded & script & "." & udf & Described(given) & vbLf
    Select Case udf
        Case "zpb_rate": CallUDF = given(1)
        Case "zpb_score": CallUDF = "#ZPB:NA no actual"
        Case "zpb_table": CallUDF = Tabled()
        Case "zpb_total": CallUDF = "#ZPB:VALUE no number"
        Case Else: CallUDF = given(0)
    End Select
End Function

Private Function Tabled() As Variant
    Dim lines(0 To 3, 0 To 1) As Variant, line As Long
    For line = 0 To 3
        lines(line, 0) = line + 1
        lines(line, 1) = "line" & (line + 1)
    Next line
    lines(2, 0) = "#ZPB:NA no actual"
    Tabled = lines
End Function

Private Function Pressed(ByVal identifier As String, ByVal given As String) As String
    Recorded = Recorded & "press " & identifier & " " & Replace(Replace(given, vbLf, ";"), vbTab, "=") & vbLf
    During = Application.EnableEvents & "/" & EnableCancelKey & "/" & Application.StatusBar
    Application.ScreenUpdating = False
    Pressed = Said
    ' A question is asked once; then the press is done.
    Said = "done" & vbLf & vbLf & vbLf & "finished"
End Function
"""


def modules(*, aliases: bool = False) -> dict[str, str]:
    """Return the modules of the add-in and of a button template together, with stubs for what starts Python."""
    ours = {**build.template_modules(), **build.addin_modules(aliases=aliases)}
    for module, old, new in _STUBBED:
        ours[module] = replaced(ours[module], old, new)
    return {**ours, "ZpbCell": _CELL, "ZpbServer": _STARTED, "StubServer": _SERVER}


_STUBBED = (
    (
        "ZpbMessages",
        'MsgBox text, IIf(isDone, vbInformation, vbExclamation), ZpbText("title")',
        'Recorded = Recorded & IIf(isDone, "i ", "! ") & text & vbLf',
    ),
    # pyOpenVBA's interpreter does not know these members of Application, nor the registry.
    *(
        ("ZpbMain", f"Application.EnableCancelKey{rest}", f"EnableCancelKey{rest}")
        for rest in ("\n", " = N", " = f")
    ),
    ("ZpbMain", "Application.OnUndo said(UNDO), ", 'Recorded = Recorded & "undo " & said(UNDO) & " " & '),
    ("ZpbMain", "Application.OnTime Now + TimeSerial(0, 0, 1), ", 'Recorded = Recorded & "later " & '),
    ("ZpbMain", 'ThisWorkbook.Name & "!ZPB_do_undo"', '"ZPB_do_undo" & vbLf'),
    ("ZpbMain", 'ThisWorkbook.Name & "!ZPB_do_watch"', '"ZPB_do_watch" & vbLf'),
    (
        "ZpbDialogs",
        "parts = Split(more",
        'Recorded = Recorded & kind & " " & more & " " & text & vbLf\n    parts = Split(more',
    ),
    ("ZpbDialogs", 'MsgBox(text, vbYesNo + vbQuestion + vbDefaultButton2, ZpbText("title"))', "vbYes"),
    ("ZpbDialogs", "Application.GetOpenFilename(FileFilter:=parts(1), Title:=text)", '"C:\\x.docx"'),
    (
        "ZpbDialogs",
        "Application.GetSaveAsFilename(InitialFileName:=parts(0), FileFilter:=parts(1), Title:=text)",
        "False",
    ),
    ("ZpbRules", 'GetSetting("zipingbiao", "ribbon", "rules", "")', "Kept"),
    ("ZpbRules", 'SaveSetting "zipingbiao", "ribbon", "rules", chosen', "Kept = chosen"),
)
_CELL = """Attribute VB_Name = "ZpbCell"
Option Explicit

Public Function ZpbCaller() As Object
    Set ZpbCaller = Caller
End Function

Public Function ZpbFills(ByVal given As Object) As Boolean
    ZpbFills = Fills
End Function
"""


def with_addin(written: dict[str, str]) -> dict[str, str]:
    """Let the buttons on the sheet find the add-in: in their own workbook."""
    found = replaced(written["ZpbInSheet"], "Workbooks(ADDIN).Name", "ThisWorkbook.Name")
    return {**written, "ZpbInSheet": replaced(found, 'ADDIN & "!" & macro', "macro")}


def replaced(source: str, old: str, new: str) -> str:
    """Replace what must stand there once, so that a stub never quietly misses its place."""
    assert source.count(old) == 1, old
    return source.replace(old, new)


def workbook(new: NewWorkbook, written: dict[str, str], code_page: int) -> bytes:
    """Return a button template with these modules, and with the texts of template and add-in."""
    buttons = tuple(Button(name, f"ZpbButtons.{name}", "") for name in _button_procedures())
    macros = Macros(buttons, {**ADDIN_TEXTS, **TEMPLATE_TEXTS})
    project = vba_project(build_template(new, None, macros), written, code_page=code_page)
    return finished(new, replace(macros, vba=project))


def embedded(workbook: bytes, written: dict[str, str]) -> bytes:
    """Return an .xlsx as an .xlsm with these modules; all its other parts stay."""
    project = vba_project(workbook, written)
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            text = old.read(part)
            for place, before, after in _EMBEDDING:
                if part.filename == place:
                    text = replaced(text.decode(), before, after).encode()
            new.writestr(part, text)
        new.writestr("xl/vbaProject.bin", project)
    return target.getvalue()


_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_VBA_TYPE = '<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
_VBA_RELATION = (
    '<Relationship Id="rIdVba" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
    ' Target="vbaProject.bin"/>'
)
_EMBEDDING = (
    ("[Content_Types].xml", _MAIN, "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    ("[Content_Types].xml", "</Types>", f"{_VBA_TYPE}</Types>"),
    ("xl/_rels/workbook.xml.rels", "</Relationships>", f"{_VBA_RELATION}</Relationships>"),
)


def _button_procedures() -> list[str]:
    return [
        line.removeprefix("Public Sub ").removesuffix("()")
        for line in vba.buttons_module().splitlines()
        if line.startswith("Public Sub ")
    ]


def body(source: str) -> str:
    """A source as an editor shows it: without attributes and the head of a class."""
    lines = source.replace("\r\n", "\n").split("\n")
    hidden = ("Attribute ", "VERSION ", "BEGIN", "  MultiUse", "END")
    head = next(number for number, line in enumerate(lines) if not line.startswith(hidden))
    return "\n".join(line for line in lines[head:] if not line.startswith("Attribute "))


def read_back(path: Path) -> dict[str, str]:
    """Every module of a workbook as oletools reads it, without what an editor hides."""
    with warnings.catch_warnings():
        # oletools calls its parser by names that this one no longer likes.
        warnings.simplefilter("ignore", DeprecationWarning)
        from oletools.olevba import VBA_Parser

        parser = VBA_Parser(str(path))
        found = {name.rpartition(".")[0]: body(code) for *_, name, code in parser.extract_macros()}
        parser.close()
    return found


def people_wrote() -> list[str]:
    """The names of the modules that are no generated ones."""
    return sorted({*sources.ADDIN_VBA, *sources.TEMPLATE_VBA})
