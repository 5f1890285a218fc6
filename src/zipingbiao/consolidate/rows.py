"""One evaluation → its row of the summary: what was typed, made comparable, and what to mind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zipingbiao.evaluation import Evaluation
from zipingbiao.finding import Finding, Severity, count
from zipingbiao.model import AmountKind, Role
from zipingbiao.number import plain, ratio, round_rate, same_points

NO_DEPARTMENT = "（未填主管部门）"
# Far above the budget of a country; up to it, sums of a hundred thousand projects fit 64 bits in yuan.
LARGEST_AMOUNT = Decimal(10) ** 9
LARGEST_SCORE = Decimal(10) ** 6
LONGEST_REASON = 30
LONGEST_REASONS = 80

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A row before its place in the summary and its doubles are known; fields as in ProjectRow."""

    evaluation: Evaluation
    file: str
    department: str
    unit: str
    code: str
    name: str
    year: str
    amounts: tuple[Decimal | None, Decimal | None, Decimal | None]
    errors: int
    warnings: int

    @property
    def execution_rate(self) -> Decimal | None:
        """Executed ÷ full-year budget as a fraction; None without both amounts."""
        _, budget, executed = self.amounts
        return round_rate(ratio(executed, budget)) if budget and executed is not None else None

    @property
    def score(self) -> Decimal | None:
        """The adopted total in points where it can be averaged."""
        return _credible(self.evaluation.adopted_total, LARGEST_SCORE)

    @property
    def remarks(self) -> Iterator[str]:
        """What a person must know before using the row, from the table alone."""
        evaluation = self.evaluation
        if not self.name:
            yield "未填项目名称"
        if evaluation.adopted_total is None:
            lines = sum(row.adopted is None for row in evaluation.rows)
            yield f"未完成：{lines} 项指标没有得分，不计入平均分"
        elif self.score is None:
            yield "自评总分过大，不计入平均分"
        if evaluation.rows and not same_points(evaluation.weights_total, evaluation.profile.weight_total):
            yield f"分值合计 {plain(evaluation.weights_total)}"
        if None in self.amounts[1:]:
            lack = "可用的全年预算数或全年执行数" if evaluation.table.funds is not None else "资金表"
            yield f"没有{lack}，不计入执行率"


def draft(shown: str, evaluation: Evaluation, findings: tuple[Finding, ...]) -> Draft:
    """Return the row of one table of the file *shown*."""
    project = evaluation.table.project
    return Draft(
        evaluation=evaluation,
        file=shown,
        department=_tidy(project.department) or NO_DEPARTMENT,
        unit=_tidy(project.unit),
        code=_tidy(project.code),
        name=_tidy(project.name),
        year=year_of(project.year),
        amounts=_amounts(evaluation),
        errors=count(findings, Severity.ERROR),
        warnings=count(findings, Severity.WARNING),
    )


def year_of(text: str) -> str:
    """Return the four digits of the first year in a text (``2021年度``, ``二〇二一年``), "" without one."""
    found = _YEAR.search(unicodedata.normalize("NFKC", text).translate(_DIGITS))
    return found[0] if found else ""


def reasons_of(evaluation: Evaluation) -> str:
    """Return the reasons given for deviations in one short line, each after its indicator."""
    told = [
        f"{row.indicator.name}：{_short(row.indicator.text(Role.REASON).rstrip('。；;'), LONGEST_REASON)}"
        for row in evaluation.rows
        if row.indicator.has_reason and row.met is not True
    ]
    return _short("；".join(told), LONGEST_REASONS)


def _amounts(evaluation: Evaluation) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    funds = evaluation.table.funds
    if funds is None:
        return (None, None, None)
    initial, full_year, executed = (
        _credible(funds.amount(kind), LARGEST_AMOUNT)
        for kind in (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)
    )
    return (initial, full_year, executed)


def _credible(number: Decimal | None, largest: Decimal) -> Decimal | None:
    return None if number is None or abs(number) > largest else number


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _short(text: str, longest: int) -> str:
    line = _tidy(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
