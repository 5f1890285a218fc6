Attribute VB_Name = "ZpbMain"
Option Explicit
Option Private Module
' What every button does: one step into Python. Python reads, asks, changes and tells;
' Excel looks afterwards as it did before, whatever happened in between.

Private Const ENTRY As String = "import zipingbiao.excel.entry as e; e.run('"
Private Const NO_CANCEL_KEY As Long = 0

Public Sub ZpbRun(ByVal identifier As String)
    Dim formerCalculation As Variant, formerUpdating As Boolean, formerEvents As Boolean
    Dim formerCancelKey As Long, why As String
    If identifier = "last_error" And ZpbWhy <> "" Then
        ' Python was not reached, so only this side knows why.
        ZpbTell ZpbText("function_failed") & ZpbWhy
        Exit Sub
    End If
    If ActiveWorkbook Is Nothing Then
        ZpbTell ZpbText("no_book")
        Exit Sub
    End If
    ZpbTryAgain
    formerUpdating = Application.ScreenUpdating
    formerEvents = Application.EnableEvents
    formerCancelKey = Application.EnableCancelKey
    On Error GoTo Failed
    formerCalculation = Application.Calculation
    ' Esc would stop this side only: Python goes on, and the editor would stand there.
    Application.EnableCancelKey = NO_CANCEL_KEY
    ' What we change is not for the macros of that workbook.
    Application.EnableEvents = False
    Application.StatusBar = ZpbText("running")
    RunPython ENTRY & identifier & "')"
Restore:
    On Error Resume Next
    Application.ScreenUpdating = formerUpdating
    Application.EnableEvents = formerEvents
    Application.EnableCancelKey = formerCancelKey
    If Application.Calculation <> formerCalculation Then Application.Calculation = formerCalculation
    Application.StatusBar = False
    On Error GoTo 0
    If why <> "" Then ZpbTell why
    Exit Sub
Failed:
    why = Err.Description
    If Err.Number <> ZPB_SAID Then why = ZpbText("no_python") & why
    Resume Restore
End Sub
