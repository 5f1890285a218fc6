Attribute VB_Name = "ZpbErrors"
Option Explicit
Option Private Module
' Why our functions gave error values, by the cell of the formula: one that calculates again begins anew.

Private Const MOST_FORMULAS As Long = 200
Private Const MOST_CELLS As Long = 3
Private Const MOST_SHOWN As Long = 8

Private known As Collection ' of Array(cell, its name, reasons)
Private cell As Object
Private cellName As String
Private count As Long

' A formula begins to calculate; Nothing where no cell asks.
Public Sub ZpbBegin(ByVal caller As Object)
    If known Is Nothing Then Set known = New Collection
    Set cell = caller
    cellName = "-"
    count = 0
    If Not caller Is Nothing Then cellName = "'[" & caller.Parent.Parent.Name & "]" & caller.Parent.Name & "'!" & caller.Address
    On Error Resume Next
    known.Remove cellName
End Sub

' The cell so far down and to the right of the formula's first shows an error.
Public Sub ZpbNote(ByVal down As Long, ByVal across As Long, ByVal why As String)
    Dim reasons As String, place As String
    count = count + 1
    If count > MOST_CELLS Then Exit Sub
    If Not cell Is Nothing Then
        place = cell.Parent.Name & "!" & cell.Cells(1, 1).Offset(down, across).Address(False, False) & " "
    End If
    If count > 1 Then
        reasons = known(cellName)(2) & vbLf
        known.Remove cellName
    End If
    known.Add Array(cell, cellName, reasons & place & why), cellName
    If known.Count > MOST_FORMULAS Then known.Remove 1
End Sub

' Shows the errors that still stand in their cells.
Public Sub ZpbShowErrors()
    Dim one As Variant, shown As Long, more As Long, text As String
    If known Is Nothing Then Set known = New Collection
    For Each one In known
        If ZpbStands(one(0)) Then
            If shown < MOST_SHOWN Then text = text & vbLf & one(2) Else more = more + 1
            shown = shown + 1
        End If
    Next one
    If shown = 0 Then text = vbLf & ZpbText("no_errors")
    If more > 0 Then text = text & vbLf & Replace(ZpbText("more_errors"), "%", CStr(more))
    ZpbTell Mid$(text, 2), True
End Sub

Private Function ZpbStands(ByVal caller As Variant) As Boolean
    ZpbStands = True
    If caller Is Nothing Then Exit Function
    ZpbStands = False
    ' Its workbook may be closed meanwhile.
    On Error Resume Next
    ZpbStands = caller.Cells(1, 1).HasFormula
End Function
