Attribute VB_Name = "ZpbMain"
Option Explicit
Option Private Module
' What every button does. Python reads, works and says what is to be shown or asked; this side shows and asks.
' Excel looks afterwards as it did before, whatever happened in between.

Private Const UDF_MODULE As String = "zipingbiao.excel.udf_module"
Private Const NO_CANCEL_KEY As Long = 0
Private Const QUESTIONS As String = " yes_no folder a_file new_file "
' What an answer of Python is made of: what to do with it, the words of the undo, more, the text.
Private Const KIND As Long = 0, UNDO As Long = 1, MORE As Long = 2, TEXT As Long = 3

' given: what is known of the answers, a line each: the question, a tab, the answer.
Public Sub ZpbRun(ByVal identifier As String, Optional ByVal given As String)
    Dim said As Variant
    If ActiveWorkbook Is Nothing And identifier <> "watch" Then
        ZpbTell ZpbText("no_book")
        Exit Sub
    End If
    If identifier <> "watch" Then ZpbTryAgain
    said = ZpbPressed(identifier, "rules" & vbTab & ZpbRulesKept() & vbLf & given)
    Select Case said(KIND)
        Case "status": If said(TEXT) <> "" Then Application.StatusBar = said(TEXT)
        Case "wait": ZpbWatchLater said(TEXT)
        Case "rules": ZpbKeepRules said(MORE)
        Case Else: ZpbTell said(TEXT), said(KIND) = "done"
    End Select
    ' Excel forgets it when anything follows.
    If said(UNDO) <> "" Then Application.OnUndo said(UNDO), ThisWorkbook.Name & "!ZPB_do_undo"
End Sub

Private Function ZpbPressed(ByVal identifier As String, ByVal given As String) As Variant
    Dim formerCalculation As Variant, formerUpdating As Boolean, formerEvents As Boolean
    Dim formerCancelKey As Long, said As Variant, why As String
    formerUpdating = Application.ScreenUpdating
    formerEvents = Application.EnableEvents
    formerCancelKey = Application.EnableCancelKey
    On Error GoTo Failed
    formerCalculation = Application.Calculation
    ' Esc would stop this side only: Python goes on, and the editor would stand there.
    Application.EnableCancelKey = NO_CANCEL_KEY
    ' What we change is not for the macros of that workbook.
    Application.EnableEvents = False
    If identifier <> "watch" Then Application.StatusBar = ZpbText("running")
    said = ZpbSaid(identifier, given)
    Do While InStr(QUESTIONS, " " & said(KIND) & " ") > 0
        given = given & said(TEXT) & vbTab & ZpbAnswer(said(KIND), said(MORE), said(TEXT)) & vbLf
        said = ZpbSaid(identifier, given)
    Loop
Restore:
    On Error Resume Next
    Application.ScreenUpdating = formerUpdating
    Application.EnableEvents = formerEvents
    Application.EnableCancelKey = formerCancelKey
    If Application.Calculation <> formerCalculation Then Application.Calculation = formerCalculation
    Application.StatusBar = False
    On Error GoTo 0
    ZpbPressed = said
    Exit Function
Failed:
    why = Err.Description ' before anything else: it does not last
    If Err.Number <> ZPB_SAID Then why = ZpbText("no_python") & why
    said = Array("wrong", "", "", why)
    Resume Restore
End Function

Private Function ZpbSaid(ByVal identifier As String, ByVal given As String) As Variant
    Dim server As Object
    Set server = XLPy()
    server.SetAttr server.Module("xlwings._xlwindows"), "BOOK_CALLER", ActiveWorkbook
    ZpbSaid = Split(server.CallUDF(UDF_MODULE, "zpb_press", Array(identifier, given)), vbLf, 4)
End Function

' A folder is being worked on beside Excel: look again in a second.
Private Sub ZpbWatchLater(ByVal text As String)
    Application.StatusBar = text
    Application.OnTime Now + TimeSerial(0, 0, 1), ThisWorkbook.Name & "!ZPB_do_watch"
End Sub
