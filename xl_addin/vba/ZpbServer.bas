Attribute VB_Name = "ZpbServer"
Option Explicit
Option Private Module
' Python, started by the library of xlwings: its own program file and nothing between.
' Names and places are those of one computer, filled in when the add-in is installed there.

#If Win64 Then
Private Const LIBRARY As String = "xlwings64.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings64.dll" (ByRef answer As Variant, ByVal start As String, ByVal mode As Long) As Long
#Else
Private Const LIBRARY As String = "xlwings32.dll"
Private Declare PtrSafe Function XLPyDLLActivateAuto Lib "xlwings32.dll" (ByRef answer As Variant, ByVal start As String, ByVal mode As Long) As Long
#End If
Private Declare PtrSafe Function LoadLibraryW Lib "kernel32" (ByVal path As LongPtr) As LongPtr

Public Const ZPB_SAID As Long = -2147220991 ' vbObjectError + 513: the description is a whole sentence

Private Const SERVER_MODULE As String = "zipingbiao.excel.desk.server"
Private Const FOLDER_ROW As Long = 1, START_ROW As Long = 2, VERSION_ROW As Long = 3
Private Const ACTIVATE As Long = 1, NOT_STARTED As Long = 1000

Private isReady As Boolean ' the library is loaded and what answers is what was installed
Private whyNot As String, failure As Long ' the last start that failed: no other before the next press of a button

' The server, started where there is none yet. After a failure each caller is told at once.
Public Function XLPy() As Object
    If failure <> 0 Then Err.Raise failure, "ZpbServer", whyNot
    On Error GoTo Failed
    Set XLPy = ZpbConnected()
    Exit Function
Failed:
    whyNot = Err.Description
    failure = Err.Number
    Err.Raise failure, "ZpbServer", whyNot
End Function

Public Sub ZpbTryAgain()
    failure = 0
End Sub

Private Function ZpbConnected() As Object
    Dim answer As Variant, unfit As String
    If Not isReady Then ZpbLoadLibrary
    If XLPyDLLActivateAuto(answer, ZpbStartOf(START_ROW), ACTIVATE) <> 0 Then
        Err.Raise NOT_STARTED, "ZpbServer", answer
    End If
    Set ZpbConnected = answer
    If isReady Then Exit Function
    unfit = ZpbConnected.CallUDF(SERVER_MODULE, "unfit", Array(ZpbStartOf(VERSION_ROW), LIBRARY))
    If unfit <> "" Then Err.Raise ZPB_SAID, "ZpbServer", unfit
    isReady = True
End Function

' By its full path: no other folder is looked into.
Private Sub ZpbLoadLibrary()
    Dim path As String
    If ZpbStartOf(START_ROW) = "" Then Err.Raise ZPB_SAID, "ZpbServer", ZpbText("not_installed")
    path = ZpbStartOf(FOLDER_ROW) & "\" & LIBRARY
    If LoadLibraryW(StrPtr(path)) = 0 Then Err.Raise ZPB_SAID, "ZpbServer", ZpbText("no_library") & path
End Sub

Private Function ZpbStartOf(ByVal line As Long) As String
    ZpbStartOf = ThisWorkbook.Worksheets("zp_start").Cells(line, 2).Value
End Function
