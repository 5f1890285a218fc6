"""填报说明: how to get from the blank workbook to the stamped table, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zipingbiao.book.marks import CODE_LABEL
from zipingbiao.book.write.new_cells import put
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Role
from zipingbiao.template import frame
from zipingbiao.template.content import NewWorkbook
from zipingbiao.template.macros import Button, put_button
from zipingbiao.template.styles import ERROR_PAPER, WARNING_PAPER, Styles

Line = tuple[str, str]

_WIDTHS = (14, 92)
_ROOM = 4
_BUTTON_HEIGHT, _BUTTON_LEFT = 21, 5  # pixels
_STEPS = (
    ("第一步", f"在“{Sheet.UNIT}”填单位、年度和人员，全工作簿只填一次。"),
    (
        "第二步",
        "一个项目一张项目表。增加项目时，右键点项目表标签 → 移动或复制 → 勾选“建立副本”，再改标签名。",
    ),
    ("第三步", "在黄色格填写或粘贴项目信息、资金（万元）和指标；没有的内容留空，不必填“/”。"),
    ("第四步", "按功能区“绩效自评”的“评分”按钮，或在命令行运行 zpb score 文件。改动后再评一次即可。"),
    (
        "第五步",
        f"看“{Sheet.FINDINGS}”，点位置可跳到单元格。错误必须改；警告核实无误的，在“核实说明”写理由，再评分。",
    ),
    (
        "第六步",
        f"错误为 0 后打印项目表，签字盖章，与电子版一并报送。纸质与电子的“{CODE_LABEL}”应一致，不一致说明打印后又改过。",
    ),
)
_SHEETS = (
    ("项目表", "打印上报的自评表；打印区右侧是指标性质、核算得分、手工得分、评分说明，不打印。"),
    (Sheet.TEXTS, "自评报告的文字，每章一行，行内写了填写要求。"),
    (Sheet.EVIDENCE, "证明完成情况的材料目录，即附件2。"),
    (Sheet.SUMMARY, "各项目的金额、得分和等级，评分时自动生成。"),
    (Sheet.FINDINGS, "评分时查出的问题，程序写入；只有“核实说明”由填报人填写。"),
    (Sheet.LOG, "程序每次改动的单元格、原值和新值，可据此撤销。"),
    (Sheet.RULES, "本表按哪套规则计分，每个数的依据，各类指标怎样得分。"),
)
_HELP = "按功能区的“帮助”按钮，或运行 zpb --help；某条规则的含义和依据运行 zpb explain 规则编号。"
_NATIVE = "本工作簿是免宏版：完成率和核算得分用公式计算，不装程序也能得分；公式不能确定的显示“请填手工得分”，请在“手工得分”填写，或用程序评分补上。校验仍需程序。"


def write_guide(sheet: Any, styles: Styles, new: NewWorkbook, buttons: tuple[Button, ...] = ()) -> None:
    """Write the page: steps, buttons if there are any, colours, sheets, how things are typed, where help is."""
    frame.put_title(sheet, styles, Sheet.GUIDE, len(_WIDTHS))
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row = _put_part(sheet, styles, 1, "从填报到上报", _STEPS)
    if buttons:
        row = _put_buttons(sheet, styles, row, buttons)
    row = _put_colours(sheet, styles, row)
    row = _put_part(sheet, styles, row, "各工作表", _SHEETS)
    row = _put_part(sheet, styles, row, "怎样填", tuple(_typing(new)))
    sheet.print_area(0, 0, row - 1, len(_WIDTHS) - 1)
    frame.set_up_page(sheet, landscape=False, tall=1)


def _typing(new: NewWorkbook) -> Iterator[Line]:
    target, actual = (new.form.heading(role) for role in (Role.TARGET, Role.ACTUAL))
    yield (
        target,
        f"符号、数字、单位写在一起：≥95%、≤20万元、=12期、3-5、2021年12月底前；“{actual}”写确定的数，例如 96%。",
    )
    yield (
        "调整后目标",
        "批准调整过的，在“调整后目标值”和“调整文号”填写，按调整后的目标计分；原目标值不要改。",
    )
    yield "手工得分", "程序算不出或需要酌情的指标，填手工得分和理由，以手工得分为准；没有理由会提示。"
    yield "粘贴", "从别处粘贴时用“选择性粘贴 → 数值”。公式被盖掉会在校验中指出，用 zpb fix 文件 恢复。"
    yield "空白行", "多余的空白指标行不要删除，评分时自动隐藏，不会打印；要用时取消隐藏。"
    if new.formulas:
        yield "免宏版", _NATIVE
    yield "帮助", _HELP


def _put_part(sheet: Any, styles: Styles, row: int, heading: str, lines: tuple[Line, ...]) -> int:
    row = _put_heading(sheet, styles, row, heading)
    for name, text in lines:
        _put_line(sheet, styles, row, (name, styles.label()), text)
        row += 1
    return row


def _put_buttons(sheet: Any, styles: Styles, row: int, buttons: tuple[Button, ...]) -> int:
    """The buttons themselves, which work here too; their words stand under them for the printed page."""
    lines = tuple((button.caption, button.help) for button in buttons)
    row = _put_part(sheet, styles, row, "按钮（也在各项目表的左上角）", lines)
    for line, button in enumerate(buttons, row - len(buttons)):
        put_button(sheet, line, button, _BUTTON_HEIGHT, _BUTTON_LEFT, 2)
    return row


def _put_colours(sheet: Any, styles: Styles, row: int) -> int:
    row = _put_heading(sheet, styles, row, "颜色")
    centred = {"align": "center"}
    samples = (
        (("填写", styles.typed(**centred)), "黄底蓝字：由填报人填写，也可以粘贴。"),
        (("公式", styles.formula("General")), "白底黑字：自动计算，请不要改。"),
        (("程序写入", styles.ours(**centred)), "灰底：评分时由程序写入，请不要改。"),
        (("错误", styles.of(border=1, bg_color=ERROR_PAPER, **centred)), "评分后标出：必须修改，否则会被退回。"),
        (("警告", styles.of(border=1, bg_color=WARNING_PAPER, **centred)), "评分后标出：核实后修改，或写核实说明。"),
    )  # fmt: skip
    for sample, text in samples:
        _put_line(sheet, styles, row, sample, text)
        row += 1
    return row


def _put_heading(sheet: Any, styles: Styles, row: int, heading: str) -> int:
    sheet.set_row(row, 24)
    put(sheet, row, 0, heading, styles.of(bold=True, font_size=12))
    return row + 1


def _put_line(sheet: Any, styles: Styles, row: int, sample: tuple[str, Any], text: str) -> None:
    name, look = sample
    sheet.set_row(row, frame.height([(text, _WIDTHS[1])]) + _ROOM)
    put(sheet, row, 0, name, look)
    put(sheet, row, 1, text, styles.of(border=1, text_wrap=True, align="left", indent=1))
