Attribute VB_Name = "ZpbHelp"
Option Explicit
Option Private Module
' Function Wizard help, from a sheet of this workbook: name, category, help, one help per argument.

Private Const MOST_LINES As Long = 40

Public Sub ZpbDescribe()
    ' Help is a comfort: no version of Excel may refuse to start for want of it.
    On Error Resume Next
    ZpbDescribeAll
    If Err.Number <> 0 Then
        ' A version that describes nothing in a workbook without a window.
        Err.Clear
        ThisWorkbook.IsAddin = False
        ZpbDescribeAll
        ThisWorkbook.IsAddin = True
    End If
    ThisWorkbook.Saved = True
End Sub

Private Sub ZpbDescribeAll()
    Dim line As Long
    For line = 1 To MOST_LINES
        If ThisWorkbook.Worksheets("zp_help").Cells(line, 1).Value = "" Then Exit Sub
        ZpbDescribeOne line
    Next line
End Sub

Private Sub ZpbDescribeOne(ByVal line As Long)
    Dim count As Long, number As Long, texts() As String
    With ThisWorkbook.Worksheets("zp_help")
        Do While .Cells(line, 4 + count).Value <> ""
            count = count + 1
        Loop
        ReDim texts(1 To count)
        For number = 1 To count
            texts(number) = .Cells(line, 3 + number).Value
        Next number
        Application.MacroOptions Macro:=ThisWorkbook.Name & "!" & .Cells(line, 1).Value, _
            Description:=.Cells(line, 3).Value, Category:=.Cells(line, 2).Value, ArgumentDescriptions:=texts
    End With
End Sub
