Attribute VB_Name = "ZpbDialogs"
Option Explicit
Option Private Module
' Questions, in front of Excel because Excel itself asks them. An answer is a text; "" is no, or cancelled.

Private Const FOLDER_DIALOG As Long = 4

' kind: what is asked for; text: the question, or the title; more: where to begin, and what kinds of file.
Public Function ZpbAnswer(ByVal kind As String, ByVal more As String, ByVal text As String) As String
    Dim parts As Variant
    parts = Split(more & "|", "|")
    Select Case kind
        Case "yes_no": If ZpbAgrees(text) Then ZpbAnswer = "1"
        Case "folder": ZpbAnswer = ZpbFolder(text)
        Case "a_file": ZpbAnswer = ZpbPath(Application.GetOpenFilename(FileFilter:=parts(1), Title:=text))
        Case "new_file"
            ZpbAnswer = ZpbPath(Application.GetSaveAsFilename(InitialFileName:=parts(0), FileFilter:=parts(1), Title:=text))
    End Select
End Function

Private Function ZpbAgrees(ByVal text As String) As Boolean
    ZpbAgrees = (MsgBox(text, vbYesNo + vbQuestion + vbDefaultButton2, ZpbText("title")) = vbYes)
End Function

Private Function ZpbFolder(ByVal text As String) As String
    With Application.FileDialog(FOLDER_DIALOG)
        .Title = text
        If .Show = -1 Then ZpbFolder = .SelectedItems(1)
    End With
End Function

' Excel gives False when cancelled.
Private Function ZpbPath(ByVal chosen As Variant) As String
    If VarType(chosen) = vbString Then ZpbPath = chosen
End Function
