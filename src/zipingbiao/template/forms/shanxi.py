"""The printed form of Shanxi: 附件1.项目支出绩效自评表, with its funds table above the indicators."""

from __future__ import annotations

from dataclasses import replace

from zipingbiao.book.write.new_cells import lines_needed
from zipingbiao.table.funds import FISCAL_PARTS, AmountKind, Source
from zipingbiao.table.records import Role
from zipingbiao.template import sums
from zipingbiao.template.funds import TYPED_KINDS, typed_amounts
from zipingbiao.template.head import from_unit_or_own, write_checks, write_foot
from zipingbiao.template.levels import execution_line, skeleton
from zipingbiao.template.lines import ADJUSTED, DOCUMENT, GAP, REST, Table, in_order, write_lines
from zipingbiao.template.page import Page, Value, cell
from zipingbiao.template.places import GOAL, GOAL_SECTION, from_texts
from zipingbiao.template.styles import AMOUNT, POINTS, WEIGHT
from zipingbiao.template.sums import Amounts, Formula
from zipingbiao.template.unlisted import points_cell, write_unlisted

#         A   B   C   D   E   F   G   H   I   J   |   L   M   N   O   P   Q   R
WIDTHS = (15, 20, 26, 10, 12, 14, 11, 11, 24, 11, 2, 14, 14, 10, 10, 10, 22, 40)
LAST = 9
COLUMNS = in_order(
    *(
        Role.LEVEL1,
        Role.LEVEL2,
        Role.NAME,
        Role.WEIGHT,
        Role.TARGET,
        Role.ACTUAL,
        Role.COMPLETION,
        Role.SCORE,
    ),
    *(Role.REASON, REST, GAP, ADJUSTED, DOCUMENT, Role.SIGN),
    *(Role.COMPUTED, Role.MANUAL, Role.MANUAL_REASON, Role.EXPLANATION),
)

# The columns of the funds table, from C on.
SOURCES = (Source.TOTAL, Source.FISCAL, *FISCAL_PARTS, Source.CARRIED_OVER, Source.OTHER)
_FIRST_SOURCE = 2
_FISCAL_HEADINGS = ("小计", "中央级", "省级", "市级", "县区级")
_TYPED_ROWS = ("年初预算资金", "全年预算资金", "实际到位资金", "全年执行资金")
_RESULT_ROWS = (
    ("资金结余", "(5)=(3)-(4)"),
    ("预算到位率", "(6)=(3)/(2)"),
    ("预算执行率(%)", "(7)=(4)/(2)"),
)


def write(page: Page) -> Table:
    """Write the whole printed form and what stands beside it."""
    page.open(WIDTHS, LAST)
    _write_head(page)
    page.spaced()
    amounts = _write_funds(page)
    page.spaced()
    lines = page.project.lines or (execution_line(page.profile), *skeleton(page.new.form))
    table = write_lines(page, COLUMNS, lines, amounts)
    weights_cell = f"D{page.number}"
    _write_total(page, table)
    write_unlisted(page, table, replace(amounts, entered=()), weights_cell)
    write_foot(page, ((0, 1), (2, 2), (3, 5), (6, LAST)))
    write_checks(page, sums.verdict(weights_cell, page.profile.weight_total))
    return table


def _write_head(page: Page) -> None:
    styles, project = page.styles, page.project.project
    label, value = styles.label(), styles.typed(align="left", indent=1)
    page.put(0, LAST, page.new.form.title, styles.title())
    page.high(2)
    page.row += 1
    page.line((0, LAST, "金额单位：万元", styles.plain(align="right")))
    page.line(
        (0, 0, "项目编码", label), (1, 2, project.code, value),
        (3, 3, "项目名称", label), (4, LAST, project.name, value),
    )  # fmt: skip
    page.line(
        (0, 0, "主管部门", label), (1, 2, *from_unit_or_own(page, "主管部门")),
        (3, 3, "实施单位", label), (4, LAST, *from_unit_or_own(page, "实施单位")),
    )  # fmt: skip
    # 年度 comes last: what stands right of a blank 年度 would be taken for the year.
    page.line(
        (0, 0, "一级项目", label), (1, 2, page.project.parent, value),
        (3, 3, "资金级次", label), (4, 6, page.project.fiscal_level, value),
        (7, 7, "年度", label), (8, LAST, *from_unit_or_own(page, "年度")),
    )  # fmt: skip
    page.line((0, 0, "年度绩效目标", label), (1, LAST, *_goal(page)), least=_goal_lines(page))


def _goal(page: Page) -> tuple[Value, object]:
    """What the year is to reach: typed here, or on 文字材料 where the report has it."""
    texts = page.project.texts
    if not texts.get(GOAL) and texts.get(GOAL_SECTION):
        name = cell(COLUMNS[ADJUSTED] + 1, 1).replace("1", "$1")
        said = Formula(from_texts(f"${name}", GOAL_SECTION))
        return said, page.styles.formula("General", align="left", indent=1, text_wrap=True)
    return texts.get(GOAL, ""), page.styles.typed(align="left", indent=1)


def _goal_lines(page: Page) -> int:
    """Merged cells do not grow with what is typed: room for four lines, some 300 characters."""
    texts = page.project.texts
    return max(4, lines_needed(texts.get(GOAL_SECTION, ""), sum(WIDTHS[1 : LAST + 1])))


def _write_funds(page: Page) -> Amounts:
    label = page.styles.label()
    for column, heading in (
        (0, "项目"),
        (1, "行次"),
        (2, "年度总金额(万元)"),
        (8, "上年结转资金(万元)"),
        (9, "其他资金(万元)"),
    ):
        page.put(column, column, heading, label, rows=2)
    page.line((3, 7, "财政资金", label))
    page.line(*((column, column, text, label) for column, text in enumerate(_FISCAL_HEADINGS, 3)))
    first = page.number
    for number, (name, kind) in enumerate(zip(_TYPED_ROWS, TYPED_KINDS, strict=True), 1):
        _write_amounts(page, name, f"({number})", kind)
    for offset, (name, how) in enumerate(_RESULT_ROWS):
        _write_results(page, name, how, first, offset)
    rows = (first + 1, first + 3) if page.new.formulas else ()
    entered = tuple(cell(column, row) for row in rows for column in range(_FIRST_SOURCE, LAST + 1))
    return Amounts(f"$C${first + 1}", f"$C${first + 3}", entered)


def _write_amounts(page: Page, name: str, number: str, kind: AmountKind) -> None:
    row = page.number
    typed = typed_amounts(page.project.funds, kind, SOURCES)
    parts = {Source.TOTAL: (f"D{row}", f"I{row}:J{row}"), Source.FISCAL: (f"E{row}:H{row}",)}
    cells = []
    for column, source in enumerate(SOURCES, _FIRST_SOURCE):
        value: Value = typed.get(source)
        look = page.styles.typed(AMOUNT, align="center")
        if value is None and source in parts:
            value, look = sums.of_parts(*parts[source]), page.styles.formula(AMOUNT)
        cells.append((column, column, value, look))
    label = page.styles.label()
    page.line((0, 0, name, label), (1, 1, number, page.styles.formula("General")), *cells)


def _write_results(page: Page, name: str, how: str, first: int, offset: int) -> None:
    """One of 资金结余, 预算到位率, 预算执行率; rates as the form prints them: 99.28, and 0 without a budget.

    The whole row is blank while the year's amounts that it is calculated from are not filled in.
    """
    kind = (AmountKind.BALANCE, AmountKind.FUNDING_RATE, AmountKind.EXECUTION_RATE)[offset]
    totals = [f"$C${first + row}" for row in (2, 3)]
    look = page.styles.formula(AMOUNT if offset == 0 else "General")
    cells = []
    for column in range(_FIRST_SOURCE, LAST + 1):
        amounts = [cell(column, first + row) for row in (1, 2, 3)]
        cells.append((column, column, sums.of_amounts(kind, *amounts, *totals), look))
    number = page.styles.formula("General")
    page.line((0, 0, name, page.styles.label()), (1, 1, how, number), *cells)


def _write_total(page: Page, table: Table) -> None:
    styles, row = page.styles, page.number
    label = styles.label()
    total = sums.total(
        table.column(Role.WEIGHT), table.column(Role.SCORE), table.unfilled, points_cell(table, row + 1)
    )
    page.line(
        (0, 2, "自评总分", label),
        (3, 3, sums.weights(table.column(Role.WEIGHT)), styles.formula(WEIGHT, bold=True)),
        (4, 6, "", styles.formula("General")),
        (7, 7, total, styles.formula(POINTS, bold=True)),
        (8, 8, "自评等级", label),
        (9, 9, sums.grade(f"H{row}", page.profile), styles.formula("General", bold=True)),
    )
    page.names = {"zp_total": f"H{row}", "zp_grade": f"J{row}"}
