"""The printed national form: 项目支出绩效自评表, with the budget execution in its funds block."""

from __future__ import annotations

from zipingbiao.book.write.new_cells import lines_needed
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.ours import Sheet
from zipingbiao.table.records import Role
from zipingbiao.table.sections import ANALYSIS, PRACTICE
from zipingbiao.template import sums
from zipingbiao.template.content import NewLine
from zipingbiao.template.funds import typed_amounts
from zipingbiao.template.head import from_unit_or_own, own, write_checks, write_foot
from zipingbiao.template.levels import execution_line, skeleton
from zipingbiao.template.lines import ADJUSTED, CAPTION, DOCUMENT, GAP, Table, in_order, write_lines
from zipingbiao.template.page import Page, Value, cell
from zipingbiao.template.places import ACHIEVED, GOAL, UNIT_CELLS, from_texts
from zipingbiao.template.styles import AMOUNT, PERCENT, POINTS, WEIGHT
from zipingbiao.template.sums import Amounts, Formula

#         A  B   C   D   E   F   G   H   I   |  K   L   M   N   O   P   Q   R
WIDTHS = (7, 14, 21, 30, 15, 15, 10, 10, 30, 2, 14, 14, 10, 10, 10, 10, 22, 40)
LAST = 8
COLUMNS = in_order(
    *(CAPTION, Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.TARGET, Role.ACTUAL, Role.WEIGHT, Role.SCORE),
    *(Role.REASON, GAP, ADJUSTED, DOCUMENT, Role.SIGN, Role.COMPLETION),
    *(Role.COMPUTED, Role.MANUAL, Role.MANUAL_REASON, Role.EXPLANATION),
)

_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)  # columns D, E, F
_FUNDS_HEADINGS = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_ROWS = (
    (Source.TOTAL, "年度资金总额"),
    (Source.FISCAL, "其中：当年财政拨款"),
    (Source.CARRIED_OVER, "上年结转资金"),
    (Source.OTHER, "其他资金"),
)
_NONE = "—"
_CONCLUSIONS = (PRACTICE.title, "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议")
"""What follows the analysis of the results; sections of the form too."""


def write(page: Page) -> Table:
    """Write the whole printed form and what stands beside it."""
    page.open(WIDTHS, LAST)
    _write_head(page)
    given = next((line for line in page.project.lines if line.is_execution), execution_line(page.profile))
    funds_row = page.number + 1
    _write_funds(page, given)
    _write_goal(page)
    lines = tuple(line for line in page.project.lines if not line.is_execution) or skeleton(page.new.form)
    table = write_lines(page, COLUMNS, lines)
    weights_cell = f"G{page.number}"
    _write_total(page, table, funds_row)
    _write_analysis(page)
    page.spaced()
    write_foot(page, ((0, 2), (3, 3), (4, 5), (6, LAST)))
    write_checks(page, sums.verdict(weights_cell, page.profile.weight_total))
    return table


def _write_head(page: Page) -> None:
    styles, project = page.styles, page.project.project
    label, value = styles.label(), styles.typed(align="left", indent=1)
    page.put(0, LAST, page.new.form.title, styles.title())
    page.high(2)
    page.row += 1
    # Beside the title, where no field of the head stands that they could be taken for.
    for column, text in ((10, "一级项目"), (12, "资金级次")):
        page.put(column, column, text, label)
    page.put(11, 11, page.project.parent, value)
    page.put(13, 13, page.project.fiscal_level, value)
    page.line((0, LAST, _year(page), styles.plain(align="center")))
    page.line(
        (0, 1, "项目名称", label), (2, 5, project.name, value),
        (6, 7, "项目编码", label), (8, LAST, project.code, value),
    )  # fmt: skip
    page.line(
        (0, 1, "主管部门", label), (2, 3, *from_unit_or_own(page, "主管部门")),
        (4, 4, "实施单位", label), (5, LAST, *from_unit_or_own(page, "实施单位")),
    )  # fmt: skip


def _year(page: Page) -> Value:
    """``（2022年度）`` under the title."""
    if said := own(page, "年度"):
        return f"（{said}年度）"
    year = f"{Sheet.UNIT}!{UNIT_CELLS['年度']}"
    return Formula(f'="（"&IF({year}="","    ",{year})&"年度）"')


def _write_funds(page: Page, given: NewLine) -> None:
    styles, first = page.styles, page.number
    label, plain = styles.label(), styles.formula("General")
    page.put(0, 1, "项目资金\n（万元）", label, rows=len(_ROWS) + 1)
    page.line(*((column, column, text, label) for column, text in enumerate(_FUNDS_HEADINGS, 2)))
    total = first + 1
    rows = range(total, total + len(_ROWS)) if page.new.formulas else ()
    entered = tuple(cell(column, row) for column in (4, 5) for row in rows)
    amounts = Amounts(f"$E${total}", f"$F${total}", entered)
    for source, name in _ROWS:
        row, is_total = page.number, source is Source.TOTAL
        rate = Amounts(f"E{row}", f"F{row}").rate()
        score: Value = amounts.score(f"G{row}") if given.manual is None else given.manual
        page.line(
            (2, 2, name, styles.label(bold=False, align="left", indent=1 if is_total else 2)),
            *(_amount(page, kind, source, column) for column, kind in enumerate(_KINDS, 3)),
            (6, 6, given.weight, styles.typed(WEIGHT, align="center")) if is_total else (6, 6, _NONE, plain),
            (7, 7, rate, styles.formula(PERCENT)),
            (8, 8, score, styles.formula(POINTS)) if is_total else (8, 8, _NONE, plain),
        )


def _amount(page: Page, kind: AmountKind, source: Source, column: int) -> tuple[int, int, Value, object]:
    row = page.number
    value: Value = typed_amounts(page.project.funds, kind, [one for one, _ in _ROWS]).get(source)
    if value is None and source is Source.TOTAL:
        parts = f"{cell(column, row + 1)}:{cell(column, row + len(_ROWS) - 1)}"
        return column, column, sums.of_parts(parts), page.styles.formula(AMOUNT)
    return column, column, value, page.styles.typed(AMOUNT, align="center")


def _write_goal(page: Page) -> None:
    label, value = page.styles.label(), page.styles.typed(align="left", indent=1, valign="top")
    page.put(0, 1, "年度\n总体\n目标", label, rows=2)
    page.line((2, 4, "预期目标", label), (5, LAST, "实际完成情况", label))
    texts = page.project.texts
    # Merged cells do not grow with what is typed: room for some 200 characters each.
    page.line((2, 4, texts.get(GOAL, ""), value), (5, LAST, texts.get(ACHIEVED, ""), value), least=6)


def _write_total(page: Page, table: Table, funds_row: int) -> None:
    styles, row = page.styles, page.number
    label = styles.label()
    points = f"{table.column(Role.WEIGHT)},G{funds_row}"
    scores = f"{table.column(Role.SCORE)},I{funds_row}"
    page.line(
        (0, 5, "总分", label),
        (6, 6, sums.weights(points), styles.formula(WEIGHT, bold=True)),
        (7, 7, sums.total(points, scores, table.unfilled), styles.formula(POINTS, bold=True)),
        (8, 8, "", styles.formula("General")),
    )
    page.line(
        (0, 5, "自评等级", label),
        (6, LAST, sums.grade(f"H{row}", page.profile), styles.formula("General", bold=True)),
    )
    page.names = {"zp_total": f"H{row}", "zp_grade": f"G{row + 1}"}


def _write_analysis(page: Page) -> None:
    """Write 项目绩效分析 as the printed form has it; its words are typed on 文字材料."""
    page.break_here()  # with the signatures below it
    label = page.styles.label()
    look = page.styles.formula("General", align="left", indent=1, text_wrap=True)
    page.put(0, 0, "项目绩效分析", label, rows=len(ANALYSIS) + len(_CONCLUSIONS))
    page.put(1, 1, "自评结果分析", label, rows=len(ANALYSIS))
    sheet = cell(COLUMNS[ADJUSTED] + 1, 1).replace("1", "$1")
    for left, titles in ((2, [section.title for section in ANALYSIS]), (1, _CONCLUSIONS)):
        for title in titles:
            said = Formula(from_texts(f"${sheet}", title))
            page.line((left, 2, title, label), (3, LAST, said, look), least=_lines_of(page, title))


def _lines_of(page: Page, title: str) -> int:
    """Merged cells do not grow with what is typed: room for three lines, some 200 characters."""
    return max(3, lines_needed(page.project.texts.get(title, ""), sum(WIDTHS[3 : LAST + 1])))
