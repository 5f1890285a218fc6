Attribute VB_Name = "ZpbConversion"
Option Explicit
Option Private Module
' Between a cell and Python: values that still say what the cell showed.

Private Const UDF_MODULE As String = "zipingbiao.excel.udf_module"
Private Const FAILURE As String = "#ZPB:"
Private Const MOST_CELLS As Long = 20000
Private Const ERROR_NULL As Long = 2000
Private Const ERROR_DIV0 As Long = 2007
Private Const ERROR_VALUE As Long = 2015
Private Const ERROR_REF As Long = 2023
Private Const ERROR_NAME As Long = 2029
Private Const ERROR_NUM As Long = 2036
Private Const ERROR_NA As Long = 2042

' What a function of the Python server answers; no workbook and no caller goes with it.
Public Function ZpbCall(ByVal udf As String, ByVal given As Variant) As Variant
    Dim answer As Variant
    answer = XLPy.CallUDF(UDF_MODULE, udf, given)
    ZpbBegin ZpbCaller()
    ZpbCall = ZpbResult(answer)
End Function

' The same where the answer has a line for each row of the table: those that stand beside the formula.
Public Function ZpbCallBeside(ByVal udf As String, ByVal given As Variant, ByVal table As Variant) As Variant
    Dim answer As Variant
    answer = XLPy.CallUDF(UDF_MODULE, udf, given)
    If IsObject(table) And IsArray(answer) Then answer = ZpbLinesBeside(answer, table, ZpbCaller())
    ZpbBegin ZpbCaller()
    ZpbCallBeside = ZpbResult(answer)
End Function

Public Function ZpbFailed(ByVal number As Long, ByVal why As String) As Variant
    ZpbBegin ZpbCaller()
    If number <> ZPB_SAID Then why = ZpbText("function_failed") & why
    ZpbNote 0, 0, why
    ZpbFailed = CVErr(ERROR_VALUE)
End Function

' A column as the lines of a formula: that of the formula's row where it fills one cell only.
Public Function ZpbLines(Optional ByVal given As Variant) As Variant
    If IsMissing(given) Then
        ZpbLines = Empty
    ElseIf IsObject(given) Then
        ZpbLines = ZpbCells(ZpbBeside(given, ZpbCaller()))
    Else
        ZpbLines = ZpbValues(given)
    End If
End Function

' A range as values, one for a single cell; anything else as it is, but for errors and dates.
Public Function ZpbValues(Optional ByVal given As Variant) As Variant
    If IsMissing(given) Then
        ZpbValues = Empty
    ElseIf IsObject(given) Then
        ZpbValues = ZpbCells(given)
    ElseIf IsArray(given) Then
        ZpbValues = ZpbPlainArray(given)
    Else
        ZpbValues = ZpbPlain(given, "")
    End If
End Function

' What of an area is meant by a formula in this cell. Excel itself fills each cell of an older version with
' the first line, and a whole column begins at row 1 wherever the formula stands.
Private Function ZpbBeside(ByVal area As Object, ByVal caller As Object) As Object
    Dim across As Long, last As Long
    Set ZpbBeside = area
    If caller Is Nothing Then Exit Function
    If area.Areas.Count > 1 Then Exit Function
    across = area.Columns.Count
    If Not ZpbFills(caller) Then
        If area.Rows.Count > 1 Then
            Set ZpbBeside = area.Rows(ZpbBesideLine(caller.Row - area.Row + 1, area.Rows.Count))
        ElseIf across > 1 Then
            Set ZpbBeside = area.Columns(ZpbBesideLine(caller.Column - area.Column + 1, across))
        End If
    ElseIf ZpbIsWhole(area) Then
        last = ZpbRows(area)
        If last < caller.Row Then last = caller.Row
        Set ZpbBeside = area.Worksheet.Range(area.Cells(caller.Row, 1), area.Cells(last, across))
    End If
End Function

Private Function ZpbLinesBeside(ByVal answer As Variant, ByVal area As Object, ByVal caller As Object) As Variant
    Dim first As Long, count As Long, line As Long, column As Long, values() As Variant
    ZpbLinesBeside = answer
    If caller Is Nothing Then Exit Function
    If Not ZpbFills(caller) Then
        first = ZpbBesideLine(caller.Row - area.Row + 1, area.Rows.Count)
        count = 1
    ElseIf ZpbIsWhole(area) Then
        first = caller.Row
        count = UBound(answer, 1) - LBound(answer, 1) + 2 - first
        If count < 1 Then count = 1
    Else
        Exit Function
    End If
    ReDim values(1 To count, LBound(answer, 2) To UBound(answer, 2))
    For line = 1 To count
        For column = LBound(answer, 2) To UBound(answer, 2)
            values(line, column) = ""
            If LBound(answer, 1) + first + line - 2 <= UBound(answer, 1) Then
                values(line, column) = answer(LBound(answer, 1) + first + line - 2, column)
            End If
        Next column
    Next line
    ZpbLinesBeside = values
End Function

Private Function ZpbBesideLine(ByVal line As Long, ByVal count As Long) As Long
    If line < 1 Or line > count Then Err.Raise ZPB_SAID, "ZpbConversion", ZpbText("not_beside")
    ZpbBesideLine = line
End Function

Private Function ZpbIsWhole(ByVal area As Object) As Boolean
    ZpbIsWhole = (area.Rows.Count = area.Worksheet.Rows.Count)
End Function

Private Function ZpbCells(ByVal area As Object) As Variant
    Dim down As Long, across As Long, line As Long, column As Long, values() As Variant
    If area.Areas.Count > 1 Then Err.Raise ZPB_SAID, "ZpbConversion", ZpbText("one_area")
    down = ZpbRows(area)
    across = area.Columns.Count
    If CDbl(down) * across > MOST_CELLS Then Err.Raise ZPB_SAID, "ZpbConversion", ZpbText("too_many")
    If down = 1 And across = 1 Then
        ZpbCells = ZpbPlain(area.Value, area.NumberFormat)
        Exit Function
    End If
    ReDim values(1 To down, 1 To across)
    For line = 1 To down
        For column = 1 To across
            values(line, column) = ZpbPlain(area.Cells(line, column).Value, area.Cells(line, column).NumberFormat)
        Next column
    Next line
    ZpbCells = values
End Function

' A whole column ends where the sheet does, for every column of that sheet in the same row.
Private Function ZpbRows(ByVal area As Object) As Long
    ZpbRows = area.Rows.Count
    If ZpbIsWhole(area) Then
        With area.Worksheet.UsedRange
            ZpbRows = .Row + .Rows.Count - 1
        End With
    End If
End Function

Private Function ZpbPlainArray(ByVal given As Variant) As Variant
    Dim line As Long, column As Long, isTable As Boolean, values As Variant
    values = given
    isTable = ZpbIsTable(values)
    For line = LBound(values, 1) To UBound(values, 1)
        If isTable Then
            For column = LBound(values, 2) To UBound(values, 2)
                values(line, column) = ZpbPlain(values(line, column), "")
            Next column
        Else
            values(line) = ZpbPlain(values(line), "")
        End If
    Next line
    ZpbPlainArray = values
End Function

' 95% stays 95%: a bare 0.95 would not say how it was shown.
Private Function ZpbPlain(ByVal value As Variant, ByVal shown As String) As Variant
    Select Case VarType(value)
        Case vbError
            ZpbPlain = ZpbErrorText(value)
        Case vbDate
            ZpbPlain = Format$(value, "yyyy-mm-dd")
        Case vbInteger, vbLong, vbSingle, vbDouble, vbCurrency
            If ZpbIsPercent(shown) Then
                ZpbPlain = Replace(CStr(Round(CDbl(value) * 100, 10)), Mid$(CStr(0.5), 2, 1), ".") & "%"
            Else
                ZpbPlain = CDbl(value)
            End If
        Case Else
            ZpbPlain = value
    End Select
End Function

' A quoted or escaped sign is only drawn beside the number.
Private Function ZpbIsPercent(ByVal shown As String) As Boolean
    ZpbIsPercent = InStr(Replace(Replace(shown, """%""", ""), "\%", ""), "%") > 0
End Function

Private Function ZpbErrorText(ByVal value As Variant) As String
    Select Case CLng(value)
        Case ERROR_NULL: ZpbErrorText = "#NULL!"
        Case ERROR_DIV0: ZpbErrorText = "#DIV/0!"
        Case ERROR_REF: ZpbErrorText = "#REF!"
        Case ERROR_NAME: ZpbErrorText = "#NAME?"
        Case ERROR_NUM: ZpbErrorText = "#NUM!"
        Case ERROR_NA: ZpbErrorText = "#N/A"
        Case Else: ZpbErrorText = "#VALUE!"
    End Select
End Function

' What Python answered, its failures as real errors: a sum does not pass over them.
Private Function ZpbResult(ByVal answer As Variant) As Variant
    Dim line As Long, column As Long, isTable As Boolean
    If IsArray(answer) Then
        isTable = ZpbIsTable(answer)
        For line = LBound(answer, 1) To UBound(answer, 1)
            If isTable Then
                For column = LBound(answer, 2) To UBound(answer, 2)
                    answer(line, column) = ZpbOneResult(answer(line, column), line - LBound(answer, 1), column - LBound(answer, 2))
                Next column
            Else
                answer(line) = ZpbOneResult(answer(line), 0, line - LBound(answer, 1))
            End If
        Next line
        ZpbResult = answer
    Else
        ZpbResult = ZpbOneResult(answer, 0, 0)
    End If
End Function

' A failure is its kind, a blank, its reason.
Private Function ZpbOneResult(ByVal answer As Variant, ByVal down As Long, ByVal across As Long) As Variant
    Dim parts As Variant
    ZpbOneResult = answer
    If VarType(answer) <> vbString Then Exit Function
    If Left$(answer, Len(FAILURE)) <> FAILURE Then Exit Function
    parts = Split(answer, " ", 2)
    ZpbNote down, across, parts(1)
    If parts(0) = FAILURE & "NA" Then
        ZpbOneResult = CVErr(ERROR_NA)
    Else
        ZpbOneResult = CVErr(ERROR_VALUE)
    End If
End Function

Private Function ZpbIsTable(ByRef values As Variant) As Boolean
    Dim last As Long
    On Error Resume Next
    last = UBound(values, 2)
    ZpbIsTable = (Err.Number = 0)
End Function
