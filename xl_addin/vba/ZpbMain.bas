Attribute VB_Name = "ZpbMain"
Option Explicit
Option Private Module
' What every button does: one call of Python. Python reads, asks, writes and tells;
' Excel looks afterwards as it did before, whatever happened in between.

Private Const ENTRY As String = "import zipingbiao.excel.entry as e; e.run('"

Public Sub ZpbRun(ByVal identifier As String)
    Dim formerCalculation As Variant, formerUpdating As Variant, why As String
    If identifier = "last_error" And ZpbWhy <> "" Then
        ' Python was not reached, so only this side knows why.
        ZpbTell ZpbText("function_failed") & ZpbWhy
        Exit Sub
    End If
    If ActiveWorkbook Is Nothing Then
        ZpbTell ZpbText("no_book")
        Exit Sub
    End If
    formerCalculation = Application.Calculation
    formerUpdating = Application.ScreenUpdating
    On Error GoTo Failed
    Application.StatusBar = ZpbText("running")
    RunPython ENTRY & identifier & "')"
Restore:
    On Error Resume Next
    Application.ScreenUpdating = formerUpdating
    If Application.Calculation <> formerCalculation Then Application.Calculation = formerCalculation
    Application.StatusBar = False
    On Error GoTo 0
    If why <> "" Then ZpbTell ZpbText("no_python") & why
    Exit Sub
Failed:
    why = "(" & Err.Number & ") " & Err.Description
    Resume Restore
End Sub
