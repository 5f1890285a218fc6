Attribute VB_Name = "ZpbMessages"
Option Explicit
Option Private Module
' Every text that is shown comes from a sheet of this workbook: this source is ASCII.

Public Sub ZpbTell(ByVal text As String)
    MsgBox text, vbExclamation, ZpbText("title")
End Sub

Public Function ZpbText(ByVal key As String) As String
    Dim line As Long
    ZpbText = key
    With ThisWorkbook.Worksheets("zp_texts")
        For line = 1 To 20
            If .Cells(line, 1).Value = key Then
                ZpbText = .Cells(line, 2).Value
                Exit Function
            End If
        Next line
    End With
End Function
