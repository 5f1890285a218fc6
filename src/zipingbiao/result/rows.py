"""One file → what a merge keeps of it: a row per table, what was typed made comparable, its lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.result.code import check_code
from zipingbiao.result.packed import Packed
from zipingbiao.result.said import stated_total
from zipingbiao.rules.shared.mixed import mixed_amounts
from zipingbiao.rules.shared.registered import Registered
from zipingbiao.scoring.evaluation import LEVEL_GROUPS, Evaluation, Scored, level_group
from zipingbiao.scoring.finding import Finding, Severity, count
from zipingbiao.table.funds import FISCAL_PARTS, TOTAL_PARTS, AmountKind, Funds, Source
from zipingbiao.table.records import Place, Role, Scope, Trouble
from zipingbiao.values.number import plain, same_points
from zipingbiao.values.numerals import with_years
from zipingbiao.values.regex import regex

NO_DEPARTMENT = "（未填主管部门）"
# Far above the budget of a country; up to it, sums of a hundred thousand projects fit 64 bits in yuan.
LARGEST_AMOUNT = Decimal(10) ** 9
LARGEST_SCORE = Decimal(10) ** 6
LONGEST_REASON = 30
LONGEST_REASONS = 80

_YEAR = regex(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def project_row(path: str, evaluation: Evaluation, findings: tuple[Finding, ...]) -> ProjectRow:
    """Return the row of one table, before its place in the summary and its doubles are known; without its lines."""
    table, project = evaluation.table, evaluation.table.project
    total = evaluation.adopted_total
    row = ProjectRow(
        number=0,
        year="" if _has_two_years(evaluation) else year_of(project.year),
        department=_tidy(project.department) or NO_DEPARTMENT,
        unit=_tidy(project.unit),
        code=_tidy(project.code),
        name=_tidy(project.name),
        initial_budget=_amount(table.funds, AmountKind.INITIAL),
        full_year_budget=_amount(table.funds, AmountKind.FULL_YEAR),
        executed=_amount(table.funds, AmountKind.EXECUTED),
        budget_kind=evaluation.budget_kind,
        execution_rate=evaluation.execution_rate,
        parts=tuple(evaluation.parts.values()),
        adopted_total=total,
        grade=evaluation.grade,
        printed_grade=None if total is None else evaluation.profile.printed_grade(total),
        total=evaluation.total,
        weights_total=evaluation.weights_total,
        unmet=sum(row.met is False for row in evaluation.rows),
        uncomputed=len(evaluation.uncomputed),
        reasons=reasons_of(evaluation),
        errors=count(findings, Severity.ERROR),
        warnings=count(findings, Severity.WARNING),
        profile=evaluation.profile.name,
        sheet=table.sheet,
        file=path,
        remark="",
        counted=True,
        scope=table.scope,
        without_points=evaluation.without_points,
        code_by_number=any(problem.trouble is Trouble.LONG_CODE for problem in table.problems),
        in_yuan=table.funds is not None and table.funds.unit.factor == 1,
        money_beside=_money_beside(evaluation),
        notice=_weights_off(evaluation, ""),
        stated_total=stated_total(evaluation),
        part_weights=_part_weights(evaluation),
        sources=tuple(_sources(table.funds)),
        check_code=check_code(evaluation),
        first_row=min(
            [table.anchor.row, *(ref.row for ref in table.head.values() if ref.sheet == table.anchor.sheet)]
        ),
    )
    return row._replace(remark="；".join(_remarks(row, evaluation)))


def indicator_row(row: Scored) -> IndicatorRow:
    """Return one scored line as it is listed."""
    line = row.indicator
    stated, repeats = line.stated_score, line.row in line.shared_score[1:]
    comparable = stated is not None and row.score is not None and not line.shared_score
    return IndicatorRow(
        place="按资金表推算" if line.place is Place.IMPLIED else line.row_label,
        level1=line.level1,
        level2=line.level2,
        name=line.name,
        kind=row.kind.label if row.kind is not None else "未定",
        target=line.text(Role.TARGET),
        actual=line.text(Role.ACTUAL),
        completion=row.completion if row.completion is not None else row.completion_text,
        weight=line.weight,
        stated_score=stated,
        score=row.score,
        adopted=None if repeats else row.adopted,
        difference=stated - row.score if comparable else None,  # type: ignore[operator]  # by comparable
        reason=line.text(Role.REASON),
        explanation=row.explanation,
        row=line.row or 0,
        met=row.met,
        explained=line.has_reason,
    )


def score_to_average(row: ProjectRow) -> Decimal | None:
    """Return the adopted total in points where it can be averaged."""
    return _credible(row.adopted_total, LARGEST_SCORE)


def _remarks(row: ProjectRow, evaluation: Evaluation) -> Iterator[str]:
    """What a person must know before using the row, from the table alone."""
    if not row.name and evaluation.table.scope is Scope.PROJECT:
        yield "未填项目名称"
    if row.without_points:
        yield "表中没有分值，不计算总分，不计入平均分"
    elif row.adopted_total is None:
        lines = sum(line.adopted is None for line in evaluation.rows)
        yield f"未完成：{lines} 项指标没有得分，不计入平均分"
    elif score_to_average(row) is None:
        yield "自评总分过大，不计入平均分"
    off = _weights_off(evaluation, " ")
    if off:
        yield off
    if None in (row.budget, row.executed):
        has_funds = evaluation.table.funds is not None
        lack = f"可用的{row.budget_kind.label}数或全年执行数" if has_funds else "资金表"
        yield f"没有{lack}，不计入执行率"


def _weights_off(evaluation: Evaluation, between: str) -> str:
    """分值合计95, where the points do not add up to what they should; 无分值 where there are none, or not of every line."""
    total = evaluation.weights_total
    if evaluation.without_points or evaluation.lacks_points:
        return "无分值" if not between else ""
    if not evaluation.rows or same_points(total, evaluation.profile.weight_total):
        return ""
    return f"分值合计{between}{plain(total)}"


def _part_weights(evaluation: Evaluation) -> tuple[Decimal | None, ...]:
    """Σ of the weights of each level group; None where the table has no line of it."""
    weights: dict[str, Decimal] = {}
    for row in evaluation.rows:
        group = level_group(row.indicator)
        weights[group] = weights.get(group, Decimal(0)) + (row.indicator.weight or Decimal(0))
    return tuple(weights.get(group) for group in LEVEL_GROUPS)


def _sources(funds: Funds | None) -> Iterator[SourceAmount]:
    """The sources below the total; a 财政资金小计 by its levels, where these are filled in."""
    if funds is None or Source.BASIC in funds.sources:
        return
    levels = [_source(funds, source) for source in FISCAL_PARTS if source in funds.sources]
    by_level = [each for each in levels if each.budget or each.executed]
    yield from by_level
    for source in TOTAL_PARTS:
        each = _source(funds, source)
        if (each.budget or each.executed) and not (source is Source.FISCAL and by_level):
            yield each


def _source(funds: Funds, source: Source) -> SourceAmount:
    kinds = (AmountKind.FULL_YEAR, AmountKind.EXECUTED)
    return SourceAmount(
        source, *(_credible(funds.typed_amount(kind, source), LARGEST_AMOUNT) for kind in kinds)
    )


def _has_two_years(evaluation: Evaluation) -> bool:
    """Whether the head says two, so that nobody knows in which of them it counts."""
    return any(problem.trouble is Trouble.TWO_YEARS for problem in evaluation.table.problems)


def year_of(text: str) -> str:
    """Return the four digits of the first year in a text (``2021年度``, ``二〇二一年``), "" without one."""
    found = _YEAR.search(with_years(unicodedata.normalize("NFKC", text)))
    return found[0] if found else ""


def reasons_of(evaluation: Evaluation) -> str:
    """Return the reasons given for deviations in one short line, each after its indicator."""
    told = [
        f"{row.indicator.name}：{shortened(row.indicator.text(Role.REASON).rstrip('。；;'), LONGEST_REASON)}"
        for row in evaluation.rows
        if row.indicator.has_reason and row.met is not True
    ]
    return shortened("；".join(told), LONGEST_REASONS)


def _money_beside(evaluation: Evaluation) -> Decimal | None:
    """The amount of an indicator that shows the funds to be in the other unit: 100万元 beside 1000000万元."""
    in_yuan = evaluation.table.funds is not None and evaluation.table.funds.unit.factor == 1
    return next(
        (each.amount for each in mixed_amounts(evaluation) if (each.known < each.amount) is in_yuan), None
    )


def _amount(funds: Funds | None, kind: AmountKind) -> Decimal | None:
    return None if funds is None else _credible(funds.amount(kind), LARGEST_AMOUNT)


def _credible(number: Decimal | None, largest: Decimal) -> Decimal | None:
    return None if number is None or abs(number) > largest else number


def _tidy(text: str) -> str:
    return " ".join(text.split())


def shortened(text: str, longest: int) -> str:
    """Return a text on one line, of at most so many signs; a cut one ends in …."""
    line = _tidy(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


class IndicatorRow(NamedTuple):
    """One scored line of a project, as it is listed.

    Attributes:
        place: its row in the sheet, or what takes its place.
        kind: 指标性质, the Chinese word.
        completion: as a fraction; as text where it is none.
        adopted: what counts; None where the score stands in the merged cell of an earlier line.
        difference: stated − computed score; None where they cannot be compared line by line.
        row: its row in the sheet, counted from 1; 0 where it has none.
        met: whether it reached its target; None where nobody can compare.
        explained: whether a reason is given that says anything.
    """

    place: str
    level1: str
    level2: str
    name: str
    kind: str
    target: str
    actual: str
    completion: Decimal | str
    weight: Decimal | None
    stated_score: Decimal | None
    score: Decimal | None
    adopted: Decimal | None
    difference: Decimal | None
    reason: str
    explanation: str
    row: int = 0
    met: bool | None = None
    explained: bool = False


class SourceAmount(NamedTuple):
    """What a project got from one source of money, and spent of it, in 万元."""

    source: Source
    budget: Decimal | None
    executed: Decimal | None


class ProjectRow(NamedTuple):
    """One project: one table of one file.

    Attributes:
        number: 序号, counted from 1 through the whole summary; 0 until its place is known.
        year: four digits, "" where the table names no year, or two.
        department: never blank: a missing one has a label of its own.
        budget_kind: which of the two budgets the execution rate divides by.
        parts: adopted scores per level group, in the order of LEVEL_GROUPS, as they add up to
            *adopted_total*; None for a group that the table does not have or that is not complete.
        adopted_total, grade: what counts; None for an evaluation that is not complete.
        printed_grade: the grade in the word that its place prints (优秀).
        total: Σ of the scores by rule.
        unmet: lines that did not reach their target.
        uncomputed: lines without a score by rule.
        reasons: the reasons for deviations, shortened; in full among the indicators.
        profile: name of the rules that were applied.
        file: the path as shown, below the folder that all files share; at first as it was given.
        remark: what a person must know before using the row, in Chinese; "" mostly.
        counted: whether the totals include it.
        indicators: its scored lines; a batch keeps them.
        scope: whose money it evaluates; each is added up by itself.
        without_points: whether the form gives no points, so that no total is missing.
        code_by_number: whether its code came as a number, of which a sheet keeps 15 digits.
        in_yuan: whether its funds are typed in 元.
        money_beside: an amount in 万元 of its own lines, beside which its funds look typed in the other
            of 元 and 万元; None where nothing does.
        notice: of *remark* what the office above must see on the 汇总表.
        stated_total: the total that somebody typed.
        part_weights: the points that each level group may have, in the order of *parts*; None for a
            group that the table does not have.
        sources: where its money comes from, as far as the funds tell.
        check_code: 数据校验码.
        first_row: the first row of its table, counted from 1, its head included.
        registered: what the list of projects says of it; None without.
        prechecked: 预审 in a few words; "" where no bureau's page checked its workbook.
        place: among the filled tables of its file, counted from 0.
        stamped: 盖章件校验码, as a person typed it from the stamped paper.
    """

    number: int
    year: str
    department: str
    unit: str
    code: str
    name: str
    initial_budget: Decimal | None
    full_year_budget: Decimal | None
    executed: Decimal | None
    budget_kind: AmountKind
    execution_rate: Decimal | None
    parts: tuple[Decimal | None, ...]
    adopted_total: Decimal | None
    grade: str | None
    printed_grade: str | None
    total: Decimal | None
    weights_total: Decimal
    unmet: int
    uncomputed: int
    reasons: str
    errors: int
    warnings: int
    profile: str
    sheet: str
    file: str
    remark: str
    counted: bool
    indicators: Packed[IndicatorRow] = Packed(IndicatorRow)
    scope: Scope = Scope.PROJECT
    code_by_number: bool = False
    without_points: bool = False
    in_yuan: bool = False
    money_beside: Decimal | None = None
    notice: str = ""
    stated_total: Decimal | None = None
    part_weights: tuple[Decimal | None, ...] = ()
    sources: tuple[SourceAmount, ...] = ()
    check_code: str = ""
    first_row: int = 1
    registered: Registered | None = None
    stamped: str = ""
    prechecked: str = ""
    place: int = 0

    @property
    def budget(self) -> Decimal | None:
        """The amount that the execution rate divides by."""
        return self.initial_budget if self.budget_kind is AmountKind.INITIAL else self.full_year_budget
