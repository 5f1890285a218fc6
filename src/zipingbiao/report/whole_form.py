"""附件1 of a national report: the whole printed form as one table, 项目绩效分析 below its 总分."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from zipingbiao.report.blocks import FORM_MARK, Cell, Table
from zipingbiao.report.funds import figure, more_sources
from zipingbiao.report.lines import Line, lines
from zipingbiao.report.texts import Basis, section
from zipingbiao.result.rows import year_of
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.table.forms.national import FORM
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Place, Role
from zipingbiao.table.sections import ANALYSIS, PRACTICE
from zipingbiao.table.words import ACHIEVED
from zipingbiao.values.number import plain

PROBLEMS, REMEDIES = "项目管理中存在的主要问题及原因分析", "下一步改进措施及管理建议"
RESULTS = tuple(one.title for one in ANALYSIS)
CONCLUSIONS = (PRACTICE.title, PROBLEMS, REMEDIES)

_WIDTHS = (12, 22, 27, 47, 26, 26, 16, 21, 50)  # a rate of the funds, 100.00%, stays on one line
_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)
_FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_SOURCES = {
    Source.TOTAL: "年度资金总额",
    Source.FISCAL: "其中：当年财政拨款",
    Source.CARRIED_OVER: "上年结转资金",
    Source.OTHER: "其他资金",
}
_NONE = "—"

Row = tuple[Cell, ...]


def whole_form(basis: Basis) -> Table:
    """Return the form of one table: head, funds, goals, lines, total, analysis."""
    evaluation = basis.evaluation
    rows = (
        *_head(evaluation),
        *_labelled("项目资金\n（万元）", _funds(evaluation)),
        *_labelled("年度总体目标", _goals(evaluation)),
        *_lines(evaluation),
        *_totals(evaluation),
        *_analysis(basis),
    )
    return Table(_WIDTHS, rows, mark=FORM_MARK)


def _label(text: str, span: int = 1) -> Cell:
    return Cell(text, span=span, bold=True)


def _head(evaluation: Evaluation) -> Iterator[Row]:
    project = evaluation.table.project
    year = year_of(project.year) or "    "
    yield (_label(FORM.title, len(_WIDTHS)),)
    yield (Cell(f"（{year}年度）", span=len(_WIDTHS)),)
    yield _label("项目名称", 2), Cell(project.name, 4, left=True), _label("项目编码", 2), Cell(project.code)
    yield (
        _label("主管部门", 2),
        Cell(project.department, 2, left=True),
        _label("实施单位"),
        Cell(project.unit, 4, left=True),
    )


def _labelled(label: str, rows: Iterable[Row]) -> Iterator[Row]:
    """Put one cell of two columns beside several rows."""
    for number, row in enumerate(rows):
        yield Cell(label, 2, joins=number > 0, bold=True), *row


def _funds(evaluation: Evaluation) -> Iterator[Row]:
    funds, execution = evaluation.table.funds, evaluation.execution
    yield _label(""), *map(_label, _FUNDS)
    names = _SOURCES | {source: source.label for source in more_sources(funds, tuple(_SOURCES))}
    for source, name in names.items():
        amounts = [figure(evaluation, kind, source) for kind in _KINDS]
        rate = figure(evaluation, AmountKind.EXECUTION_RATE, source)
        weight = score = _NONE
        if source is Source.TOTAL:
            stated = execution is not None and not _is_listed(evaluation)
            weight = _points(execution.indicator.weight) if execution is not None and stated else ""
            score = _points(execution.adopted) if execution is not None and stated else ""
        yield Cell(name, left=True), *map(Cell, amounts), Cell(weight), Cell(rate), Cell(score)


def _is_listed(evaluation: Evaluation) -> bool:
    """Whether the execution is a line of the table and not one of the funds block, or nowhere."""
    return evaluation.execution is None or evaluation.execution.indicator.place is not Place.FUNDS


def _points(points: object) -> str:
    return plain(points) if isinstance(points, Decimal) else ""


def _goals(evaluation: Evaluation) -> Iterator[Row]:
    texts = evaluation.table.texts
    done = next((entry.text for key, entry in texts.items() if ACHIEVED.fullmatch(key)), "")
    goal = "\n".join(section(evaluation, "预期目标"))
    yield _label("预期目标", 3), _label("实际完成情况", 4)
    yield Cell(goal, 3, left=True), Cell(done, 4, left=True)


def _lines(evaluation: Evaluation) -> Iterator[Row]:
    headings = (
        "一级指标",
        "二级指标",
        *(FORM.heading(role) for role in (Role.NAME, Role.TARGET, Role.ACTUAL, Role.WEIGHT, Role.SCORE)),
    )
    yield _label("绩效\n指标"), *map(_label, headings), _label("偏差原因分析及改进措施")
    above: Line | None = None
    for line in lines(evaluation, with_funds=False):
        first = above is not None and above.level1 == line.level1 != ""
        second = first and above is not None and above.level2 == line.level2 != ""
        yield (
            Cell(joins=True),
            Cell(line.level1, joins=first),
            Cell(line.level2, joins=second),
            Cell(line.name, left=True),
            *map(Cell, (line.target, line.actual, line.weight)),
            Cell(line.score, joins=line.shares),
            Cell(line.reason, left=True),
        )
        above = line


def _totals(evaluation: Evaluation) -> Iterator[Row]:
    total = evaluation.adopted_total
    said = "未完成" if total is None else plain(total)
    grade = "未完成" if total is None else evaluation.profile.printed_grade(total)
    yield _label("总分", 6), Cell(plain(evaluation.weights_sum)), Cell(said), Cell()
    yield _label("自评等级", 6), Cell(grade, 3)


def _analysis(basis: Basis) -> Iterator[Row]:
    for number, title in enumerate(RESULTS):
        caption = Cell("项目绩效分析", joins=number > 0, bold=True)
        yield caption, Cell("自评结果分析", joins=number > 0, bold=True), _label(title), _said(basis, title)
    for title in CONCLUSIONS:
        yield Cell(joins=True), _label(title, 2), _said(basis, title)


def _said(basis: Basis, title: str) -> Cell:
    return Cell("\n".join(basis.said(title)), span=len(_WIDTHS) - 3, left=True)
