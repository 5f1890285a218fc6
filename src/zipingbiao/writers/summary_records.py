"""What a summary says: projects by year and department, totals, notes, and every file of the batch.

Amounts are in 万元, scores in points, rates are fractions; all are rounded Decimals, None is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from zipingbiao.evaluate import FileResult
from zipingbiao.evaluation import Evaluation

GRADES = ("优", "良", "中", "差")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project: one table of one file.

    Attributes:
        number: 序号, counted from 1 through the whole summary.
        year: four digits, "" where the table names no year.
        department: never blank: a missing one has a label of its own.
        parts: adopted scores per level group, in the order of LEVEL_GROUPS, as they add up to
            *adopted_total*; None for a group that the table does not have or that is not complete.
        unmet: lines that did not reach their target.
        reasons: the reasons for them, shortened; in full among the indicators.
        file: the path as shown, below the folder that all files share.
        remark: what a person must know before using the row, in Chinese; "" mostly.
        counted: whether the totals include it.
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
    execution_rate: Decimal | None
    parts: tuple[Decimal | None, ...]
    unmet: int
    reasons: str
    errors: int
    warnings: int
    file: str
    remark: str
    counted: bool
    evaluation: Evaluation


@dataclass(frozen=True, slots=True)
class TotalRow:
    """Sums and means over the counted projects of a department, a year or the whole batch.

    Attributes:
        label: whose total it is, in Chinese.
        projects: projects listed, counted or not.
        counted: projects in the sums and means.
        execution_rate: Σ executed ÷ Σ full-year budget over the projects that have both.
        without_rate: counted projects that lack one of the two.
        mean: simple mean of the adopted totals.
        weighted_mean: their mean weighted by the full-year budget.
        without_score: counted projects without an adopted total, in neither mean.
        without_weight: counted projects with a total but no budget, in the simple mean only.
        grades: how many of each of GRADES.
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
    without_weight: int
    grades: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Department:
    """The projects of one department in one year, and their total."""

    projects: tuple[ProjectRow, ...]
    total: TotalRow


@dataclass(frozen=True, slots=True)
class Section:
    """What is added up: the whole batch, or one of several years in it."""

    departments: tuple[Department, ...]
    total: TotalRow


@dataclass(frozen=True, slots=True)
class Summary:
    """A consolidated batch.

    Attributes:
        sections: one; or one per year where the batch holds several.
        overall: the total of all years; None where there is one section.
        notes: what a reader of the totals must know, in Chinese.
        files: (path as shown, result) of every file of the batch, in input order.
    """

    title: str
    sections: tuple[Section, ...]
    overall: TotalRow | None
    notes: tuple[str, ...]
    files: tuple[tuple[str, FileResult], ...]

    def totals(self) -> Iterator[TotalRow]:
        """All totals in the order of the summary: departments, then their section, at last the whole."""
        for section in self.sections:
            yield from (department.total for department in section.departments)
            yield section.total
        if self.overall is not None:
            yield self.overall

    def projects(self) -> Iterator[ProjectRow]:
        """All projects in the order of the summary."""
        for section in self.sections:
            for department in section.departments:
                yield from department.projects
