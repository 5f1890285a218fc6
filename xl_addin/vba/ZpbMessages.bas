Attribute VB_Name = "ZpbMessages"
Option Explicit
Option Private Module
' Every text that is shown comes from a sheet of this workbook or from Python: this source is ASCII.

Public Sub ZpbTell(ByVal text As String, Optional ByVal isDone As Boolean)
    MsgBox text, IIf(isDone, vbInformation, vbExclamation), ZpbText("title")
End Sub

Public Function ZpbText(ByVal key As String) As String
    Dim row As Long
    ZpbText = key
    With ThisWorkbook.Worksheets("zp_texts")
        row = 1
        Do While .Cells(row, 1).Value <> ""
            If .Cells(row, 1).Value = key Then
                ZpbText = .Cells(row, 2).Value
                Exit Function
            End If
            row = row + 1
        Loop
    End With
End Function
