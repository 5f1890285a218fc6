"""The indicator table of a project sheet: headings, ready rows, and what stands beside the print area.

No cell of the body is merged, so that rows can be pasted, inserted and deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zipingbiao.table import ours
from zipingbiao.table.records import Role
from zipingbiao.template import sums
from zipingbiao.template.content import NewLine
from zipingbiao.template.native.steps import addressed, completion_formula, score_formula, steps
from zipingbiao.template.native.trial import constants
from zipingbiao.template.page import Page, Value, cell
from zipingbiao.template.styles import PERCENT, POINTS, TEXT, WEIGHT
from zipingbiao.template.sums import Amounts, Formula, adopted
from zipingbiao.values.frozen import frozen

READY_ROWS = 30
SPARE_ROWS = 5  # blank rows below the lines of a filled project
_ROW_FONT = 15  # of the blank cell in the gap: a row without a height of its own is made to fit it

CAPTION = "caption"  # the national form's 绩效指标 in front of the levels
REST = "rest"  # the second column under the heading of the reason
BUTTON_COMPLETION, BUTTON_SCORE = "button_completion", "button_score"  # of the 免宏版 only
GAP = "gap"  # the narrow column between what is printed and what is not
ADJUSTED, DOCUMENT = "adjusted", "document"

HEADINGS: Mapping[str, str] = {
    CAPTION: "绩效\n指标",
    Role.LEVEL1: "一级指标",
    Role.LEVEL2: "二级指标",
    Role.REASON: "偏差原因分析及改进措施",
    REST: "",
    Role.COMPLETION: "完成率",
    ADJUSTED: "调整后目标值",
    DOCUMENT: "调整文号",
    Role.SIGN: "指标性质",
    Role.COMPUTED: "核算得分",
    Role.MANUAL: "手工得分",
    Role.MANUAL_REASON: "手工得分理由",
    Role.EXPLANATION: "评分说明",
    BUTTON_COMPLETION: ours.BUTTON_COMPLETION,
    BUTTON_SCORE: ours.BUTTON_SCORE,
    **{step.key: step.heading for step in steps()},
}
"""Headings that all forms share; a form has its own for the other columns."""


def in_order(*roles: str) -> Mapping[str, int]:
    """Return the columns of a form from A on, the gap left out."""
    return {role: column for column, role in enumerate(roles) if role != GAP}


@frozen
class Table:
    """Where the indicator table of a sheet stands: columns from 0 by role, rows counted from 1."""

    columns: Mapping[str, int]
    heading: int
    first: int
    last: int

    def at(self, role: str, row: int) -> str:
        """The address of a cell: ``D18``."""
        return cell(self.columns[role], row)

    def column(self, role: str) -> str:
        """The ready rows of a column: ``D18:D47``."""
        return f"{self.at(role, self.first)}:{self.at(role, self.last)}"

    @property
    def unfilled(self) -> str:
        """How many named rows nobody filled in, as an expression of a formula."""
        return sums.unfilled(*map(self.column, (Role.NAME, *sums.FIGURES)))


def write_lines(
    page: Page, columns: Mapping[str, int], lines: tuple[NewLine, ...], amounts: Amounts | None = None
) -> Table:
    """Write headings, lines and blank rows at the current row; return where they stand.

    Args:
        page: the sheet, open at the row of the headings.
        columns: of the form, by role.
        lines: what is known already.
        amounts: for the execution line; None where the form has it in its funds block.
    """
    if page.new.formulas:
        columns = page.beside(columns, {BUTTON_COMPLETION: 11, BUTTON_SCORE: 10})
        page.beside({}, {GAP: 2}, hidden=True)  # headings end here
        columns = page.beside(columns, dict.fromkeys((step.key for step in steps()), 12), hidden=True)
    own = {str(role): heading for role, heading in page.new.form.headings.items()}
    _write_headings(page, columns, {**HEADINGS, **own})
    rows = max(READY_ROWS, len(lines) + SPARE_ROWS)
    table = Table(columns, page.number - 1, page.number, page.number + rows - 1)
    for line in (*lines, *[NewLine("", "", "")] * (rows - len(lines))):
        calculated: Mapping[str, Formula] = {}
        if line.is_execution and amounts is not None:
            calculated = _execution(table, page.number, amounts)
        elif page.new.formulas:
            calculated = _native(page, table)
        _write_line(page, table, line, calculated)
    return table


def _write_headings(page: Page, columns: Mapping[str, int], headings: Mapping[str, str]) -> None:
    look = page.styles.label()
    for role, column in columns.items():
        if role not in {Role.REASON, REST}:
            page.put(column, column, headings[role], look)
    page.put(columns[Role.REASON], columns.get(REST, columns[Role.REASON]), headings[Role.REASON], look)
    page.high(2)
    page.row += 1


def _write_line(page: Page, table: Table, line: NewLine, calculated: Mapping[str, Formula]) -> None:
    values: dict[str, Value] = {
        Role.LEVEL1: line.level1,
        Role.LEVEL2: line.level2,
        Role.NAME: line.name,
        Role.WEIGHT: line.weight,
        Role.TARGET: line.target,
        Role.ACTUAL: line.actual,
        Role.SCORE: _adopted(table, page.number),
        Role.REASON: line.reason,
        ADJUSTED: line.adjusted,
        DOCUMENT: line.document,
        Role.SIGN: line.kind,
        Role.MANUAL: line.manual,
        Role.MANUAL_REASON: line.manual_reason,
        **calculated,
    }
    looks = _looks(page, table)
    page.put(gap := page.last + 1, gap, None, page.styles.of(font_size=_ROW_FONT))
    for role, column in table.columns.items():
        number = _CALCULATED.get(role, "General")
        is_calculated = role in calculated or role not in looks
        look = page.styles.formula(number, shrink=True) if is_calculated else looks[role]
        page.put(column, column, values.get(role), look)
    page.fit(
        (table.columns[role], value) for role in table.columns if isinstance(value := values.get(role), str)
    )
    page.row += 1


_CALCULATED: Mapping[str, str] = {Role.COMPUTED: POINTS, Role.COMPLETION: PERCENT, Role.ACTUAL: PERCENT}


def _adopted(table: Table, row: int) -> Formula:
    button = table.at(BUTTON_SCORE, row) if BUTTON_SCORE in table.columns else None
    return adopted(table.at(Role.MANUAL, row), table.at(Role.COMPUTED, row), button)


def _execution(table: Table, row: int, amounts: Amounts) -> Mapping[str, Formula]:
    return {
        Role.ACTUAL: amounts.rate(),
        Role.COMPLETION: amounts.rate(),
        Role.COMPUTED: amounts.score(table.at(Role.WEIGHT, row)),
    }


def _native(page: Page, table: Table) -> Mapping[str, Formula]:
    """The formulas of the 免宏版: the hidden steps, 完成率 and 核算得分."""
    cells = {
        **constants(),
        **{key: table.at(role, page.number) for key, role in _INPUTS.items()},
        **{step.key: table.at(step.key, page.number) for step in steps()},
    }
    button = cells["button"]
    texts = {
        **{step.key: step.formula for step in steps()},
        Role.COMPUTED: score_formula(page.profile),
        Role.COMPLETION: completion_formula(f'IF({button}="","",{button})'),
    }
    return {key: Formula(f"={addressed(text, cells)}") for key, text in texts.items()}


_INPUTS: Mapping[str, str] = {
    "level1": Role.LEVEL1,
    "level2": Role.LEVEL2,
    "name": Role.NAME,
    "weight": Role.WEIGHT,
    "target": Role.TARGET,
    "adjusted": ADJUSTED,
    "actual": Role.ACTUAL,
    "kind": Role.SIGN,
    "score": Role.COMPUTED,
    "button": BUTTON_COMPLETION,
}


def _looks(page: Page, table: Table) -> Mapping[str, Any]:
    styles = page.styles
    centred, left = styles.typed(align="center"), styles.typed(align="left", indent=1)
    # Cells that read as one tall cell: the rules between them are drawn by conditional formats.
    level = styles.typed(align="center", top=0, bottom=0)
    wide = REST in table.columns
    return {
        CAPTION: styles.label(top=0, bottom=0),
        Role.LEVEL1: level,
        Role.LEVEL2: level,
        Role.NAME: left,
        Role.WEIGHT: styles.typed(WEIGHT, align="center"),
        Role.TARGET: centred,
        Role.ACTUAL: centred,
        Role.COMPLETION: styles.ours(PERCENT, align="center"),
        Role.SCORE: styles.formula(POINTS, shrink=True),
        Role.REASON: styles.typed(align="left", indent=1, right=0) if wide else left,
        REST: styles.typed(left=0),
        ADJUSTED: centred,
        DOCUMENT: left,
        Role.SIGN: centred,
        Role.COMPUTED: styles.ours(POINTS, align="center"),
        Role.MANUAL: styles.typed(POINTS, align="center"),
        Role.MANUAL_REASON: left,
        Role.EXPLANATION: styles.ours(TEXT, align="left", indent=1, text_wrap=False),
        BUTTON_COMPLETION: styles.ours(PERCENT, align="center"),
        BUTTON_SCORE: styles.ours(POINTS, align="center"),
    }
