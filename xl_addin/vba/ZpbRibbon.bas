Attribute VB_Name = "ZpbRibbon"
Option Explicit
' Made from zipingbiao.excel.registry by zipingbiao.excel.addin.generate; not edited by hand.

Public Sub ZPB_ribbon(control As IRibbonControl)
    Select Case control.Tag
        Case "score": ZPB_do_score
        Case "check": ZPB_do_check
        Case "undo": ZPB_do_undo
        Case "recalculate": ZPB_do_recalculate
        Case "repair": ZPB_do_repair
        Case "next_finding": ZPB_do_next_finding
        Case "previous_finding": ZPB_do_previous_finding
        Case "explain": ZPB_do_explain
        Case "add_project": ZPB_do_add_project
        Case "clear": ZPB_do_clear
        Case "write_report": ZPB_do_write_report
        Case "update_report": ZPB_do_update_report
        Case "import_report": ZPB_do_import_report
        Case "sign_off": ZPB_do_sign_off
        Case "merge_book": ZPB_do_merge_book
        Case "merge_folder": ZPB_do_merge_folder
        Case "help": ZPB_do_help
        Case "last_error": ZPB_do_last_error
    End Select
End Sub

Public Sub ZPB_do_score()
    ZpbRun "score"
End Sub

Public Sub ZPB_do_check()
    ZpbRun "check"
End Sub

Public Sub ZPB_do_undo()
    ZpbRun "undo"
End Sub

Public Sub ZPB_do_recalculate()
    ZpbRun "recalculate"
End Sub

Public Sub ZPB_do_repair()
    ZpbRun "repair"
End Sub

Public Sub ZPB_do_next_finding()
    ZpbRun "next_finding"
End Sub

Public Sub ZPB_do_previous_finding()
    ZpbRun "previous_finding"
End Sub

Public Sub ZPB_do_explain()
    ZpbRun "explain"
End Sub

Public Sub ZPB_do_add_project()
    ZpbRun "add_project"
End Sub

Public Sub ZPB_do_clear()
    ZpbRun "clear"
End Sub

Public Sub ZPB_do_write_report()
    ZpbRun "write_report"
End Sub

Public Sub ZPB_do_update_report()
    ZpbRun "update_report"
End Sub

Public Sub ZPB_do_import_report()
    ZpbRun "import_report"
End Sub

Public Sub ZPB_do_sign_off()
    ZpbRun "sign_off"
End Sub

Public Sub ZPB_do_merge_book()
    ZpbRun "merge_book"
End Sub

Public Sub ZPB_do_merge_folder()
    ZpbRun "merge_folder"
End Sub

Public Sub ZPB_do_help()
    ZpbRun "help"
End Sub

Public Sub ZPB_do_last_error()
    ZpbShowErrors
End Sub

Public Sub ZPB_do_watch()
    ZpbRun "watch"
End Sub
