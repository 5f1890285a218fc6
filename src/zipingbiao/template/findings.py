"""校验结果: what scoring found, one line each; 核实说明 is typed by the unit."""

from __future__ import annotations

from typing import Any

from zipingbiao.scoring.finding import Severity
from zipingbiao.table.ours import FINDING_HEADINGS, FINDING_WIDTHS, Sheet
from zipingbiao.template import frame
from zipingbiao.template.styles import ERROR_PAPER, INPUT_INK, LABEL_PAPER, TEXT, WARNING_PAPER, Styles

_LINK_INK = "#0563C1"
_HIDDEN = frozenset({"错误单元格", "警告单元格", "标识"})
_ANSWER = "核实说明"
_PAPERS = {Severity.ERROR: ERROR_PAPER, Severity.WARNING: WARNING_PAPER, Severity.INFO: LABEL_PAPER}


def write_findings(book: Any, sheet: Any, styles: Styles) -> None:
    """Write the empty list; row 2 is left to the sentence with the counts."""
    frame.put_title(sheet, styles, Sheet.FINDINGS, len(FINDING_HEADINGS) - len(_HIDDEN))
    _colour_severities(book, sheet)
    columns = [
        frame.Column(heading, width, _look(styles, heading), hidden=heading in _HIDDEN)
        for heading, width in zip(FINDING_HEADINGS, FINDING_WIDTHS, strict=True)
    ]
    frame.put_list(book, sheet, styles, columns, typed=(_ANSWER,))
    answer = FINDING_HEADINGS.index(_ANSWER)
    message = "核实无误的警告在这里写明理由；相关单元格改动后需重新核实。错误必须修改，写说明不能代替。"
    validation = {"validate": "any", "input_title": _ANSWER, "input_message": message}
    sheet.data_validation(frame.FIRST, answer, frame.LAST, answer, validation)
    frame.set_up_page(sheet)


def _look(styles: Styles, heading: str) -> Any:
    # From the top: a program that does not fit rows to their text shows the first line, not the middle.
    words = {"num_format": TEXT, "text_wrap": True, "align": "left", "valign": "top"}
    centred = {"align": "center", "valign": "top"}
    match heading:
        case "序号":
            return styles.of(num_format="0", **centred)
        case "级别" | "规则":
            return styles.of(num_format=TEXT, **centred)
        case "位置":
            link = {"num_format": "General", "font_color": _LINK_INK, "underline": 1}
            return styles.of(**{**words, **link})
        case _:
            return styles.of(**words, **({"font_color": INPUT_INK} if heading == _ANSWER else {}))


def _colour_severities(book: Any, sheet: Any) -> None:
    """Colour the words of 级别; these rules come first, so that they win over the paper of the line."""
    column = FINDING_HEADINGS.index("级别")
    for severity, paper in _PAPERS.items():
        look = book.add_format({"bg_color": paper, "bold": severity is Severity.ERROR})
        rule = {"type": "cell", "criteria": "==", "value": f'"{severity.label}"', "format": look}
        sheet.conditional_format(frame.FIRST, column, frame.LAST, column, rule)
