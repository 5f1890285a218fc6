Attribute VB_Name = "ZpbInSheet"
Option Explicit
Option Private Module
' The buttons on a sheet belong to the workbook, their work to the add-in.

Private Const ADDIN As String = "zipingbiao.xlam"

Public Sub ZpbPress(ByVal macro As String)
    If ZpbAddinIsOpen() Then
        Application.Run ADDIN & "!" & macro
    Else
        ZpbTell ZpbText("no_addin")
    End If
End Sub

Private Function ZpbAddinIsOpen() As Boolean
    Dim found As String
    On Error Resume Next
    found = Workbooks(ADDIN).Name
    ZpbAddinIsOpen = (found <> "")
End Function
