Attribute VB_Name = "ZpbButtons"
Option Explicit
' Made from zipingbiao.excel.registry by zipingbiao.excel.addin.generate; not edited by hand.

Public Sub ZPB_button_score()
    ZpbPress "ZPB_do_score"
End Sub

Public Sub ZPB_button_check()
    ZpbPress "ZPB_do_check"
End Sub

Public Sub ZPB_button_next_finding()
    ZpbPress "ZPB_do_next_finding"
End Sub

Public Sub ZPB_button_merge_book()
    ZpbPress "ZPB_do_merge_book"
End Sub
