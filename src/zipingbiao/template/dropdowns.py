"""Help while filling the indicator table: lists and hints that warn and never block."""

from __future__ import annotations

from typing import Any

from zipingbiao.table.records import Form, Kind, Role
from zipingbiao.template.levels import level1_choices, level2_choices
from zipingbiao.template.lines import ADJUSTED, DOCUMENT, Table

KINDS = tuple(kind.label for kind in Kind if kind is not Kind.EXECUTION)
OFFICIAL_RESULTS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")

_HINTS: dict[str, tuple[str, str]] = {
    Role.LEVEL1: ("一级指标", "从下拉中选，或照批复的绩效目标填写。"),
    Role.LEVEL2: ("二级指标", "从下拉中选，或照批复的绩效目标填写。"),
    Role.NAME: ("指标名称", "照批复的绩效目标填写，不要改动；单位可写在括号里，如：培训人数（人次）。"),
    Role.WEIGHT: ("权重（分值）", "填 0 到 100 的数，不带“分”字；全表合计应为 100 分。"),
    Role.TARGET: ("目标值", "填批复的目标，带上符号和单位，如：≥130个、≤19.48万元、≥90%、及时。"),
    Role.ACTUAL: (
        "业绩值（实际完成值）",
        "填年末实际完成的结果，带上单位，如：221个、19.27万元、95%。定性指标可从下拉中选三档之一，再在“手工得分”栏打分。",
    ),
    Role.REASON: ("偏差原因", "未完成、超额较多或手工改分时，写明原因和改进措施。"),
    ADJUSTED: ("调整后目标值", "目标经批准调整后填在这里，带单位；评分时以它为准，原目标值保留不动。"),
    DOCUMENT: ("调整文号", "填批准调整的文件文号。"),
    Role.SIGN: ("指标性质", "看不出越大越好还是越小越好时从下拉中选；留空则自动判断。"),
    Role.MANUAL: ("手工得分（分）", "需要人工打分时填数，不超过权重；填了就以它为准，请在右边写理由。"),
    Role.MANUAL_REASON: ("手工得分理由", "写明为什么由人工打分，以及依据。"),
}


def add_dropdowns(sheet: Any, table: Table, form: Form) -> None:
    """Set the input messages and lists of the ready rows; whatever else is typed or pasted stands."""
    lists: dict[str, tuple[str, ...]] = {
        Role.LEVEL1: level1_choices(form),
        Role.LEVEL2: level2_choices(form),
        Role.SIGN: KINDS,
        Role.ACTUAL: OFFICIAL_RESULTS,
    }
    for role, (title, message) in _HINTS.items():
        rule: dict[str, Any] = {"validate": "any"}
        if role in lists:
            rule = {"validate": "list", "source": list(lists[role]), "show_error": False}
        elif role in {Role.WEIGHT, Role.MANUAL}:
            rule = _points(title)
        sheet.data_validation(table.column(role), {**rule, "input_title": title, "input_message": message})


def _points(title: str) -> dict[str, Any]:
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": 0,
        "maximum": 100,
        "error_type": "warning",
        "error_title": title,
        "error_message": "这里应填 0 到 100 的数。确实要这样填吗？",
    }
