"""八、与上年相比: the figures of the year before, from its 汇总表, and the indicators that lost points in both years.

Amounts are in 万元, scores in points; rates and shares are fractions, and so are their differences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.batch.summary.decisions import HANDED_UP_SHEETS, MARK, WORKING_PAPER
from zipingbiao.batch.summary.identity import name_of, stable_of
from zipingbiao.batch.summary.questions import hashed
from zipingbiao.batch.summary.reread import open_summary, rows_below, text_of
from zipingbiao.book.cells import Book, Grid
from zipingbiao.book.given import OnePath
from zipingbiao.errors import UsageError
from zipingbiao.result.columns import GRADE
from zipingbiao.result.rows import IndicatorRow, ProjectRow, year_of
from zipingbiao.result.totals import GRADES
from zipingbiao.table.records import Scope
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import difference, exact, ratio, round_rate

MOST = 15
"""How many of the indicators are shown."""
_USE = "与上年比较；请给上年的汇总表，没有的先用 zpb merge 汇总上年的文件夹。"


class YearLine(NamedTuple):
    """One year, or the difference of two; *best* is the share of projects that are 优."""

    label: str
    projects: int
    budget: Decimal
    rate: Decimal | None
    mean: Decimal | None
    best: Decimal | None


class LostAgain(NamedTuple):
    """An indicator of a project that lost points last year and this year."""

    name: str
    department: str
    weight: Decimal | None
    before: Decimal
    now: Decimal
    indicator: str


class Compared(NamedTuple):
    """Last year, this year and their difference; the first of the indicators, and how many were found in all."""

    years: tuple[YearLine, ...]
    again: tuple[LostAgain, ...]
    found: int


@frozen
class LastYear:
    """What a 汇总表 says of its year.

    Attributes:
        year: four digits.
        line: its figures.
        lost: the points of each indicator that lost some, by the key of its project and its name; of projects
            that share their name in that 汇总表 none, for nobody can tell whose they are.
    """

    year: str
    line: YearLine
    lost: Mapping[str, Mapping[str, Decimal]]


def read_last(path: OnePath) -> LastYear:
    """Read the 汇总表 of the year before.

    Raises:
        UsageError: it is none of ours, or names no year or no total.
    """
    book = open_summary(path, _USE)
    line = next((line for paper in book if (line := _line(paper)) is not None), None)
    if line is None:
        raise UsageError(f"“{book.path}”上看不出年度和合计，不能{_USE}")
    return LastYear(year_of(line.label), line, _lost(book))


def _line(paper: Grid) -> YearLine | None:
    """The figures of 汇总表（上报）, whose line of totals stands first; None on another sheet or where they are gone."""
    if paper.sheet != HANDED_UP_SHEETS[Scope.PROJECT]:
        return None
    title = next((cell.value for cell in paper.cells.values() if isinstance(cell.value, str)), "")
    year, rows = year_of(title), list(rows_below(paper, "项目名称", MARK))
    budget = exact(rows[0].get("全年预算数")) if rows else None
    if not year or budget is None:
        return None
    projects = [row for row in rows if exact(row.get("序号")) is not None]
    return YearLine(
        f"{year}年度",
        len(projects),
        budget,
        exact(rows[0].get("执行率")),
        exact(rows[0].get("自评得分")),
        share_of_best([text_of(row.get(GRADE.heading)) for row in projects]),
    )


def share_of_best(grades: Collection[str | None]) -> Decimal | None:
    """Return the share of 优; None of no project."""
    return (
        round_rate(ratio(Decimal(sum(grade == GRADES[0] for grade in grades)), Decimal(len(grades))))
        if grades
        else None
    )


def _lost(book: Book) -> dict[str, dict[str, Decimal]]:
    """The points of each indicator that lost some, by the key of its project, from 指标明细.

    There a project is only told by its name: those of one name are known apart by nobody, whatever table they are of.
    """
    listed = [
        row for grid in book if grid.sheet == WORKING_PAPER for row in rows_below(grid, "项目名称", MARK)
    ]
    keys = {_name(row): text_of(row.get(MARK)).partition(".")[0] for row in listed}
    alone = {name for name, times in Counter(map(_name, listed)).items() if times == 1}
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for grid in book:
        for row in rows_below(grid, "项目", "三级指标", "核算得分"):
            name, points = text_of(row.get("项目")), _points(row)
            weight = exact(row.get("分值"))
            if name in alone and points is not None and weight is not None and points < weight:
                found[keys[name]][name_of(text_of(row.get("三级指标")))] = points
    return dict(found)


def _name(row: Mapping[str, object]) -> str:
    """How 指标明细 calls the project of a row."""
    return text_of(row.get("项目名称")) or text_of(row.get("项目编码"))


def _points(row: Mapping[str, object]) -> Decimal | None:
    """The points by rule, else those that were typed."""
    by_rule = exact(row.get("核算得分"))
    return exact(row.get("填报得分")) if by_rule is None else by_rule


class Comparison:
    """The comparison while the projects of this year pass by."""

    def __init__(self, last: LastYear) -> None:
        self._last = last
        self._found: list[LostAgain] = []

    def add(self, row: ProjectRow, lines: Iterable[IndicatorRow]) -> None:
        """Note the indicators of a project that lost points last year too."""
        stable, lost_before = stable_of(row), self._last.lost
        of_year = lost_before.get(hashed(stable, self._last.year), {})
        before = of_year or lost_before.get(hashed(stable, ""), {})  # its table named no year
        for line in lines if before else ():
            lost = before.get(name_of(line.name))
            now = line.score if line.score is not None else line.stated_score
            if lost is not None and now is not None and line.weight is not None and now < line.weight:
                name = row.name or row.code
                self._found.append(LostAgain(name, row.department, line.weight, lost, now, line.name))

    def against(self, this: YearLine) -> Compared:
        """Return last year beside the figures of this one; what lost most this year first."""
        found = sorted(
            self._found, key=lambda each: (each.now - (each.weight or 0), each.name, each.indicator)
        )
        before = self._last.line
        change = YearLine(
            "增减",
            this.projects - before.projects,
            this.budget - before.budget,
            *(difference(*pair) for pair in zip(this[3:], before[3:], strict=True)),
        )
        return Compared((before, this, change), tuple(found[:MOST]), len(found))
