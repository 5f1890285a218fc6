Attribute VB_Name = "ZpbFunctions"
Option Explicit
' Made from zipingbiao.excel.registry by zipingbiao.excel.addin.generate; not edited by hand.

Public Function ZPB_RATE(indicator As Variant, target As Variant, actual As Variant, Optional level2 As Variant) As Variant
    On Error GoTo Failed
    ZPB_RATE = ZpbCall("zpb_rate", Array(ZpbValues(indicator), ZpbValues(target), ZpbValues(actual), ZpbValues(level2)))
    Exit Function
Failed:
    ZPB_RATE = ZpbFailed(Err.Description)
End Function

Public Function ZPB_SCORE(indicator As Variant, target As Variant, actual As Variant, weight As Variant, Optional level2 As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_SCORE = ZpbCall("zpb_score", Array(ZpbValues(indicator), ZpbValues(target), ZpbValues(actual), ZpbValues(weight), ZpbValues(level2), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_SCORE = ZpbFailed(Err.Description)
End Function

Public Function ZPB_TABLE(table As Variant, Optional funds As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_TABLE = ZpbCall("zpb_table", Array(ZpbValues(table), ZpbValues(funds), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_TABLE = ZpbFailed(Err.Description)
End Function

Public Function ZPB_TOTAL(scores As Variant, Optional weights As Variant) As Variant
    On Error GoTo Failed
    ZPB_TOTAL = ZpbCall("zpb_total", Array(ZpbValues(scores), ZpbValues(weights)))
    Exit Function
Failed:
    ZPB_TOTAL = ZpbFailed(Err.Description)
End Function

Public Function ZPB_GRADE(total As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_GRADE = ZpbCall("zpb_grade", Array(ZpbValues(total), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_GRADE = ZpbFailed(Err.Description)
End Function

Public Function ZPB_WEIGHTS(weights As Variant, Optional funds As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_WEIGHTS = ZpbCall("zpb_weights", Array(ZpbValues(weights), ZpbValues(funds), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_WEIGHTS = ZpbFailed(Err.Description)
End Function

Public Function ZPB_WHY(indicator As Variant, target As Variant, actual As Variant, weight As Variant, Optional level2 As Variant, Optional profile As Variant) As Variant
    On Error GoTo Failed
    ZPB_WHY = ZpbCall("zpb_why", Array(ZpbValues(indicator), ZpbValues(target), ZpbValues(actual), ZpbValues(weight), ZpbValues(level2), ZpbValues(profile)))
    Exit Function
Failed:
    ZPB_WHY = ZpbFailed(Err.Description)
End Function
