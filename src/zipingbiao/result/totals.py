"""Sums and means over projects: the one addition behind 汇总表 and the workbook's own 汇总表."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from zipingbiao.result.rows import ProjectRow, score_to_average
from zipingbiao.scoring.execution import spending_of_all
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import CENT, in_cents, in_fen, of_fen, ratio, round_points

GRADES = ("优", "良", "中", "差")


@frozen
class TotalRow:
    """Sums and means over the counted projects of a department, a year, a workbook or the whole batch.

    Amounts are in 万元, scores in points, the rate is a fraction; None is missing.

    Attributes:
        label: whose total it is, in Chinese.
        projects: projects listed, counted or not.
        counted: projects in the sums and means.
        execution_rate: Σ executed ÷ Σ budget over the projects that have both; the budget is the
            amount that each project's own rate divides by (全年预算, or 年初预算 where a place says so).
        without_rate: counted projects that lack one of the two.
        mean: simple mean of the adopted totals.
        weighted_mean: their mean weighted by the full-year budget.
        without_score: counted projects without an adopted total, in neither mean.
        without_points: how many of these have a form that gives no points.
        grades: how many of each of GRADES.
        errors, warnings: findings of each severity.
        unmet: lines that did not reach their target.
        listed_budget, listed_paid: what the list of projects says of the budget and of 国库支付数.
        ordinal: 一, 二 … of a department that has projects in the totals; "" else.
    """

    label: str
    projects: int
    counted: int
    initial_budget: Decimal | None
    full_year_budget: Decimal | None
    executed: Decimal | None
    execution_rate: Decimal | None
    without_rate: int
    mean: Decimal | None
    weighted_mean: Decimal | None
    without_score: int
    grades: tuple[int, ...]
    errors: int
    warnings: int
    unmet: int
    listed_budget: Decimal | None
    listed_paid: Decimal | None
    ordinal: str = ""
    without_points: int = 0

    @property
    def scored(self) -> int:
        """已评: how many of the counted projects have a total."""
        return self.counted - self.without_score

    @property
    def has_no_budget(self) -> bool:
        """Whether the projects have amounts, and no budget among them by which a rate could divide."""
        return self.execution_rate is None and self.without_rate < self.counted


def total_of(label: str, rows: Sequence[ProjectRow]) -> TotalRow:
    """Return the sums and means over some projects; scores are never added (design.md 5.4)."""
    counted = [row for row in rows if row.counted]
    together = spending_of_all((row.budget, row.executed) for row in counted)
    scored = [(row, score) for row in counted if (score := score_to_average(row)) is not None]
    weighted = [
        (score, in_fen(row.full_year_budget))
        for row, score in scored
        if row.full_year_budget is not None and row.full_year_budget > 0
    ]
    grades = Counter(row.grade for row, _ in scored)
    listed = [row.registered for row in counted if row.registered is not None]
    return TotalRow(
        label=label,
        projects=len(rows),
        counted=len(counted),
        initial_budget=_sum(row.initial_budget for row in counted),
        full_year_budget=_sum(row.full_year_budget for row in counted),
        executed=_sum(row.executed for row in counted),
        execution_rate=None if together is None else together.rate,
        without_rate=sum(None in (row.budget, row.executed) for row in counted),
        mean=_mean([(score, 1) for _, score in scored]),
        weighted_mean=_mean(weighted),
        without_score=len(counted) - len(scored),
        grades=tuple(grades[grade] for grade in GRADES),
        errors=sum(row.errors for row in counted),
        warnings=sum(row.warnings for row in counted),
        unmet=sum(row.unmet for row in counted),
        listed_budget=_sum(each.budget for each in listed),
        listed_paid=_sum(each.row.paid for each in listed),
        without_points=sum(row.without_points for row in counted),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of amounts in 万元, added up in 分."""
    known = [in_fen(amount) for amount in amounts if amount is not None]
    return of_fen(sum(known)) if known else None


def _mean(weighed: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    """Return the mean in points of scores and their whole weights, added up in hundredths of a point."""
    weights = sum(weight for _, weight in weighed)
    if not weights:
        return None
    products = sum(in_cents(score) * weight for score, weight in weighed)
    return round_points(ratio(Decimal(products), Decimal(weights), CENT))
