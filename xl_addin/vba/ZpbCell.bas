Attribute VB_Name = "ZpbCell"
Option Explicit
Option Private Module
' The cell in which a function stands, as Excel knows it.

' Nothing where no cell asks: the Function Wizard, another procedure.
Public Function ZpbCaller() As Object
    On Error Resume Next
    If TypeOf Application.Caller Is Range Then Set ZpbCaller = Application.Caller
End Function

' Whether the formula fills several cells: an array formula, or one that spills.
Public Function ZpbFills(ByVal caller As Object) As Boolean
    ' SavedAsArray is unknown to an Excel in which nothing spills.
    On Error Resume Next
    ZpbFills = (caller.Cells.Count > 1)
    If Not ZpbFills Then ZpbFills = caller.HasArray
    If Not ZpbFills Then ZpbFills = caller.SavedAsArray
End Function
