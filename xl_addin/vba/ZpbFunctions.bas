Attribute VB_Name = "ZpbFunctions"
Option Explicit
' Made from zipingbiao.excel.registry by zipingbiao.excel.addin.generate; not edited by hand.

Public Function ZPB_RATE(indicator As Variant, target As Variant, actual As Variant, Optional level2 As Variant) As Variant
    On Error GoTo Failed
    ZPB_RATE = ZpbCall("zpb_rate", Array(ZpbLines(indicator), ZpbLines(target), ZpbLines(actual), ZpbLines(level2)))
    Exit Function
Failed:
    ZPB_RATE = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_SCORE(indicator As Variant, target As Variant, actual As Variant, weight As Variant, Optional level2 As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_SCORE = ZpbCall("zpb_score", Array(ZpbLines(indicator), ZpbLines(target), ZpbLines(actual), ZpbLines(weight), ZpbLines(level2), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_SCORE = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_TABLE(table As Variant, Optional funds As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_TABLE = ZpbCallBeside("zpb_table", Array(ZpbValues(table), ZpbValues(funds), ZpbValues(profile)), table)
    Exit Function
Failed:
    ZPB_TABLE = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_TOTAL(scores As Variant, Optional weights As Variant) As Variant
    On Error GoTo Failed
    ZPB_TOTAL = ZpbCall("zpb_total", Array(ZpbValues(scores), ZpbValues(weights)))
    Exit Function
Failed:
    ZPB_TOTAL = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_GRADE(total As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_GRADE = ZpbCall("zpb_grade", Array(ZpbValues(total), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_GRADE = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_WEIGHTS(weights As Variant, Optional funds As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_WEIGHTS = ZpbCall("zpb_weights", Array(ZpbValues(weights), ZpbValues(funds), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_WEIGHTS = ZpbFailed(Err.Number, Err.Description)
End Function

Public Function ZPB_WHY(indicator As Variant, target As Variant, actual As Variant, weight As Variant, Optional level2 As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_WHY = ZpbCall("zpb_why", Array(ZpbLines(indicator), ZpbLines(target), ZpbLines(actual), ZpbLines(weight), ZpbLines(level2), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_WHY = ZpbFailed(Err.Number, Err.Description)
End Function
