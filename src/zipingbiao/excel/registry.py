"""What Excel offers: one table of macros and one of functions.

Ribbon, VBA wrappers, Function Wizard help and docs are made from these two tuples; a macro or a
function that is not here does not exist. Identifiers and VBA stay ASCII: Chinese stands in the
ribbon's XML, in cells and in Python only (excel.md: VBA source is read in the ANSI code page).
"""

from __future__ import annotations

from enum import StrEnum

from zipingbiao.values.frozen import frozen


class Group(StrEnum):
    """The groups of the ribbon tab 绩效自评, in their order."""

    FILL = "填报"
    SCORE = "评分与校验"
    FIND = "查找问题"
    REPORT = "报告"
    MERGE = "汇总"
    HELP = "规则与帮助"


@frozen
class Macro:
    """One macro: a function ``(book, talk) -> Report`` of :mod:`zipingbiao.excel.macros`.

    Attributes:
        id: name of the function, and the tag of its ribbon button.
        title: on the button; short, or Excel shrinks it.
        help: the screen tip, one or two Chinese sentences.
        icon: an imageMso name of Office 2010 or newer.
        keytip: one or two letters, unique on the tab.
        large: whether the button is a large one.
        in_sheet: whether the button templates carry a button for it.
        in_cell_menu: whether a right click on a cell offers it.
        procedure: the VBA procedure that does it all; "" where Python does.
    """

    id: str
    title: str
    help: str
    group: Group
    icon: str
    keytip: str
    large: bool = False
    in_sheet: bool = False
    in_cell_menu: bool = False
    procedure: str = ""


class Shape(StrEnum):
    """What a worksheet function gives back."""

    LINES = "lines"  # as many lines as its columns have
    TABLE = "table"  # a line beside each row of its first argument
    ONE = "one"


@frozen
class Argument:
    """One argument of a worksheet function, with its Function Wizard help; *by_line*: it may be a column."""

    name: str
    help: str
    optional: bool = False
    by_line: bool = True


@frozen
class Function:
    """One worksheet function, made of the function of the same lower-case name in ``excel.udfs``.

    Attributes:
        name: what is typed in a cell, ASCII.
        alias: the Chinese name, added where the ANSI code page is 936.
        shape: what comes back.
    """

    name: str
    alias: str
    help: str
    arguments: tuple[Argument, ...]
    shape: Shape = Shape.ONE


MACROS = (
    Macro("score", "评分", "核算本簿每张自评表的完成率、得分、总分和等级，写入校验结果和变更记录。再按一次不会有任何变化。",
          Group.SCORE, "CalculateNow", "P", large=True, in_sheet=True),
    Macro("check", "校验", "只检查，不写得分：问题列在校验结果表。", Group.SCORE, "AcceptInvitation", "J", large=True, in_sheet=True),
    Macro("undo", "撤销评分", "把上一次评分改动的单元格恢复原样；评分以后手工改过的不动。", Group.SCORE, "Undo", "U"),
    Macro("recalculate", "全部重算", "以计算值为准：与核算不同的手工得分让位，先询问一次。", Group.SCORE, "RefreshAll", "R"),
    Macro("repair", "修复", "统一符号和空格，把文本存的数改成数，恢复被盖掉的公式；不改变填报的意思，可以撤销。",
          Group.SCORE, "ErrorChecking", "X"),
    Macro("next_finding", "下一处问题", "跳到校验结果的下一处问题，问题写在状态栏。", Group.FIND, "ReviewNextComment", "D", large=True, in_sheet=True),
    Macro("previous_finding", "上一处问题", "跳到校验结果的上一处问题。", Group.FIND, "ReviewPreviousComment", "A"),
    Macro("explain", "显示说明", "所选指标行的得分是怎么算出来的；右键点单元格也能找到。", Group.FIND, "FunctionWizard", "E", in_cell_menu=True),
    Macro("add_project", "新增项目", "复制当前自评表为空白的新项目。", Group.FILL, "FileNew", "N", large=True),
    Macro("clear", "清空结果", "清除程序写入的得分、说明、校验结果和变更记录；填报的内容不动。", Group.FILL, "Delete", "C"),
    Macro("write_report", "生成报告", "由本簿的自评表和文字材料生成新的 Word 自评报告。", Group.REPORT, "ExportWord", "W", large=True),
    Macro("update_report", "更新报告", "选择已有的 Word 自评报告，只更新其中的表格和总得分；手工写的文字不动，原文件留作 .bak。",
          Group.REPORT, "Refresh", "G"),
    Macro("import_report", "导入报告", "选择一份 Word 自评报告，转成本软件的自评表工作簿并打开。", Group.REPORT, "ImportTextFile", "I"),
    Macro("sign_off", "送签单", "给领导签字的一页纸：总分、扣分较多的指标、未支出的资金、要说明的问题。", Group.REPORT, "SignatureLineInsert", "S"),
    Macro("merge_book", "汇总本簿", "本簿全部自评表汇总到汇总表。", Group.MERGE, "AutoSum", "H", large=True, in_sheet=True),
    Macro("merge_folder", "汇总文件夹", "选择一个文件夹，汇总其中全部自评表并打开汇总表；进度在状态栏，期间可以照常使用 Excel，再按一次可以停止。",
          Group.MERGE, "FileOpen", "F"),
    Macro("help", "帮助", "所选单元格的问题依据哪条规则；没有问题时说明怎样使用。", Group.HELP, "Help", "B"),
    Macro("last_error", "最近错误", "函数返回错误值时，这里逐个单元格说明原因。", Group.HELP, "TraceError", "L", procedure="ZpbShowErrors"),
)  # fmt: skip

RULES_TITLE, RULES_KEYTIP = "评分规则", "K"
RULES_HELP = "评分、校验和汇总按哪套规则。通常留在自动；本县另有规则的，选最后一项，指定规则文件。"
OF_THE_TABLE, OWN_FILE = "auto", "file"
"""What its first and its last line choose; between them stand the built-in 评分规则 by name."""
WATCH, CHOOSE_RULES = "watch", "choose_rules"
"""What VBA asks Python beside the macros: how far the merging of a folder is, and which 评分规则 are to hold."""


_TARGET = Argument("target", "目标值：数、百分比或文字，如 ≥95%")
_ACTUAL = Argument("actual", "业绩值：实际完成的数、百分比或文字")
_LEVEL2 = Argument("level2", "二级指标，如 成本指标；帮助判断方向", optional=True)
_PROFILE = Argument("profile", "评分规则名称，如 shanxi；不填按全国 2020", optional=True, by_line=False)

FUNCTIONS = (
    Function("ZPB_RATE", "完成率", "按目标值和业绩值计算完成率（小数，0.8947 即 89.47%）。可给一行或整列。",
             (Argument("name", "指标名称：帮助判断越大越好还是越小越好"), _TARGET, _ACTUAL, _LEVEL2), Shape.LINES),
    Function("ZPB_SCORE", "指标得分", "按评分规则计算指标得分，保留两位小数。可给一行或整列。",
             (Argument("name", "指标名称"), _TARGET, _ACTUAL, Argument("weight", "分值"), _LEVEL2, _PROFILE), Shape.LINES),
    Function("ZPB_TABLE", "自评表计算", "整张指标表（含表头的区域）→ 完成率、得分、说明三列。",
             (Argument("table", "含表头的指标表区域"), Argument("funds", "资金表区域，用于预算执行率", optional=True), _PROFILE), Shape.TABLE),
    Function("ZPB_TOTAL", "自评总分", "得分合计；有分值而没有得分的行时返回错误值，不给半截的总分。",
             (Argument("scores", "得分列"), Argument("weights", "分值列", optional=True))),
    Function("ZPB_GRADE", "评价等级", "总分对应的等级：优、良、中、差。", (Argument("total", "总分"), _PROFILE)),
    Function("ZPB_WEIGHTS", "权重校验", "分值合计是否为 100：合计100，通过；合计95，缺5。",
             (Argument("weights", "分值列"), Argument("funds", "资金表区域：未列预算执行率时计入", optional=True), _PROFILE)),
    Function("ZPB_WHY", "评分说明", "这个得分是怎么算出来的，一句话。",
             (Argument("name", "指标名称"), _TARGET, _ACTUAL, Argument("weight", "分值"), _LEVEL2, _PROFILE), Shape.LINES),
)  # fmt: skip


def macro(identifier: str) -> Macro:
    """Return a macro by its id.

    Raises:
        KeyError: there is none.
    """
    return {each.id: each for each in MACROS}[identifier]
