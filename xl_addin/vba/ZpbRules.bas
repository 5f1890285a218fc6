Attribute VB_Name = "ZpbRules"
Option Explicit
' The drop-down of the ribbon: its lines stand on a sheet of this workbook, the last is a file of one's own.

Private tab_ As IRibbonUI

Public Sub ZPB_ribbon_loaded(ribbon As IRibbonUI)
    Set tab_ = ribbon
End Sub

Public Sub ZPB_rules_count(control As IRibbonControl, ByRef answer As Variant)
    answer = 0
    Do While ZpbRuleKey(answer) <> ""
        answer = answer + 1
    Loop
End Sub

Public Sub ZPB_rules_label(control As IRibbonControl, index As Integer, ByRef answer As Variant)
    answer = ThisWorkbook.Worksheets("zp_rules").Cells(index + 1, 2).Value
End Sub

Public Sub ZPB_rules_shown(control As IRibbonControl, ByRef answer As Variant)
    Dim kept As String, line As Integer
    kept = ZpbRulesKept()
    answer = 0
    If kept = "" Then Exit Sub
    ZPB_rules_count control, answer
    answer = answer - 1 ' a file, unless it is one of the others
    For line = 0 To answer - 1
        If ZpbRuleKey(line) = kept Then answer = line
    Next line
End Sub

Public Sub ZPB_rules_chosen(control As IRibbonControl, id As String, index As Integer)
    ZpbRun "choose_rules", "choice" & vbTab & ZpbRuleKey(index) & vbLf
    If Not tab_ Is Nothing Then tab_.Invalidate
End Sub

' The name or the file of the rules that were chosen; "" leaves it to each table.
Public Function ZpbRulesKept() As String
    ZpbRulesKept = GetSetting("zipingbiao", "ribbon", "rules", "")
End Function

Public Sub ZpbKeepRules(ByVal chosen As String)
    SaveSetting "zipingbiao", "ribbon", "rules", chosen
End Sub

Private Function ZpbRuleKey(ByVal index As Integer) As String
    ZpbRuleKey = ThisWorkbook.Worksheets("zp_rules").Cells(index + 1, 1).Value
End Function
