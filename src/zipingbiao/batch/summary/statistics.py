"""统计: the figures of the sheet, each counted once and shown on the sheet and in JSON alike.

All are of the projects in the totals of the first summary, 部门预算项目. Amounts are in 万元, scores in
points; shares and rates are fractions rounded to 0.0001, None where there is nothing to divide by.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.batch.records import Summary
from zipingbiao.batch.summary.attention import Attention, Watch, is_full
from zipingbiao.batch.summary.last_year import Compared, Comparison, YearLine
from zipingbiao.result.rows import IndicatorRow, ProjectRow, score_to_average
from zipingbiao.result.totals import GRADES, total_of
from zipingbiao.table.funds import Source
from zipingbiao.table.records import Kind
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import ratio, round_rate
from zipingbiao.values.spelling import same_text
from zipingbiao.values.words import REASONS

_ONE = Decimal(1)
_BOUNDS = {
    "优": (90, "90分及以上"),
    "良": (80, "80（含）—90分"),
    "中": (60, "60（含）—80分"),
    "差": (0, "60分以下"),
}
_UNFINISHED, _POINTLESS = "未完成", "无分值"
_OVER = Decimal("1.3")
_OTHER_REASON, _NO_REASON = "其他", "未写"
_NO_LEVEL2 = "（未填二级指标）"
_BY_LEVEL: dict[str, tuple[Source, ...]] = {
    "中央": (Source.CENTRAL,),
    "省级": (Source.PROVINCIAL,),
    "市级": (Source.CITY,),
    "县级": (Source.COUNTY,),
    "财政资金（未分级次）": (Source.FISCAL,),
    "上年结转": (Source.CARRIED_OVER,),
    "其他": (Source.EARMARKED, Source.OWN, Source.OTHER),
}
_UNKNOWN_SOURCE = "来源未填"


class ScopeLine(NamedTuple):
    """一、覆盖情况: one kind of table; amounts of the list. What is only counted has no other figure."""

    label: str
    due: int | None
    done: int | None
    rate: Decimal | None
    due_budget: Decimal | None
    done_budget: Decimal | None
    budget_rate: Decimal | None


class GradeLine(NamedTuple):
    """二、等级分布: the projects of one grade; *full* have all points."""

    label: str
    projects: int
    share: Decimal | None
    budget: Decimal
    budget_share: Decimal | None
    full: int


class RateLine(NamedTuple):
    """三、执行率分布: the projects whose rate is in one band."""

    label: str
    projects: int
    share: Decimal | None
    budget: Decimal
    mean: Decimal | None


class SourceLine(NamedTuple):
    """四、资金级次: money of one source; one project may have several."""

    label: str
    budget: Decimal
    executed: Decimal
    rate: Decimal | None


class LevelLine(NamedTuple):
    """五、指标完成情况: the indicators under one 二级指标.

    *over* reached more than 130 %, where more is better; *points_rate* is Σ of the points ÷ Σ of the
    weights, *lost* what is between them, both over projects that have a total.
    """

    label: str
    indicators: int
    reached: int
    share: Decimal | None
    missed: int
    over: int
    incomparable: int
    points_rate: Decimal | None
    lost: Decimal


class ReasonLine(NamedTuple):
    """七、偏差原因: of how many indicators and projects a reason speaks of something; it may count twice."""

    label: str
    indicators: int
    projects: int


class Point(NamedTuple):
    """A project with its rate and score; *marked* where little was spent and much was given."""

    number: int
    rate: Decimal
    score: Decimal
    marked: bool


@frozen
class Statistics:
    """The blocks of 统计, in their order."""

    scopes: tuple[ScopeLine, ...]
    grades: tuple[GradeLine, ...]
    rates: tuple[RateLine, ...]
    sources: tuple[SourceLine, ...]
    levels: tuple[LevelLine, ...]
    attention: tuple[Attention, ...]
    reasons: tuple[ReasonLine, ...]
    points: tuple[Point, ...]
    last: Compared | None = None


def statistics_of(summary: Summary) -> Statistics:
    """Return the statistics of a batch; the indicators of each project are opened once."""
    rows = [row for row in summary.main.projects() if row.counted]
    levels, reasons, watch = _Levels(), _Reasons(), Watch()
    comparison = Comparison(summary.last) if summary.last is not None else None
    for row in rows:
        lines = list(row.indicators)
        levels.add(row, lines)
        reasons.add(lines)
        watch.add(row, lines)
        if comparison is not None:
            comparison.add(row, lines)
    grades = tuple(_grades(rows))
    return Statistics(
        scopes=tuple(_scopes(summary)),
        grades=grades,
        rates=tuple(_rates(rows)),
        sources=tuple(_sources(rows)),
        levels=levels.lines(),
        attention=watch.lists(),
        reasons=reasons.lines(),
        points=tuple(_points(rows)),
        last=comparison.against(_this_year(summary, grades)) if comparison is not None else None,
    )


def _this_year(summary: Summary, grades: Sequence[GradeLine]) -> YearLine:
    """八、与上年相比: the figures that stand in 合计 and under 二."""
    total = summary.main.total
    best = next(line.share for line in grades if line.label.startswith(GRADES[0]))
    return YearLine(
        f"{summary.year}年度",
        total.counted,
        total.full_year_budget or Decimal(0),
        total.execution_rate,
        total.mean,
        best,
    )


# ------------------------------------------------------------------ 一 coverage


def _scopes(summary: Summary) -> Iterator[ScopeLine]:
    enrolment = summary.enrolment
    parts = (enrolment.projects, enrolment.transfers) if enrolment is not None else ()
    known = {each.label: each for each in parts if each.due}
    for section in summary.sections:
        label = section.scope.label
        coverage = known.pop(label, None)
        if coverage is None:
            yield ScopeLine(label, None, section.total.scored, None, None, None, None)
            continue
        yield ScopeLine(
            label, coverage.due, coverage.done, _share(coverage.done, coverage.due),
            coverage.due_amount, coverage.done_amount, _share(coverage.done_amount, coverage.due_amount),
        )  # fmt: skip
    if enrolment is not None:
        yield ScopeLine("免评", len(enrolment.exempt), None, None, None, None, None)
    if summary.secret:
        yield ScopeLine("涉密（另行报送）", summary.secret, None, None, None, None, None)


# ------------------------------------------------------------------ 二 grades


def _grades(rows: Sequence[ProjectRow]) -> Iterator[GradeLine]:
    by_grade: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in rows:
        missing = _POINTLESS if row.without_points else _UNFINISHED
        by_grade[
            row.grade if row.grade is not None and score_to_average(row) is not None else missing
        ].append(row)
    budget = _budget(rows)
    usual = all(_usual(row.grade, row.adopted_total) for row in rows)
    for grade in (*GRADES, _UNFINISHED, _POINTLESS):
        found = by_grade[grade]
        if grade not in GRADES and not found:
            continue
        own = _budget(found)
        said = f"{grade}（{_BOUNDS[grade][1]}）" if usual and grade in _BOUNDS else grade
        yield GradeLine(
            said,
            len(found),
            _share(len(found), len(rows)),
            own,
            _share(own, budget),
            sum(map(is_full, found)),
        )


def _usual(grade: str | None, score: Decimal | None) -> bool:
    """Whether a grade is that of the usual bounds, so that these may be printed beside the word."""
    if grade is None or score is None:
        return True
    return grade == next((name for name, (least, _) in _BOUNDS.items() if score >= least), "")


# ------------------------------------------------------------------ 三 rates


_BANDS: tuple[tuple[str, Callable[[Decimal], bool]], ...] = (
    ("100%", lambda rate: rate == _ONE),
    ("90%（含）—100%", lambda rate: Decimal("0.9") <= rate < _ONE),
    ("80%（含）—90%", lambda rate: Decimal("0.8") <= rate < Decimal("0.9")),
    ("60%（含）—80%", lambda rate: Decimal("0.6") <= rate < Decimal("0.8")),
    ("60%以下", lambda rate: rate < Decimal("0.6")),
    ("超过100%", lambda rate: rate > _ONE),
)
_NO_BUDGET, _NO_AMOUNTS = "当年无预算", "金额未填"


def _rates(rows: Sequence[ProjectRow]) -> Iterator[RateLine]:
    by_band: dict[str, list[ProjectRow]] = defaultdict(list)
    for row in rows:
        by_band[_band(row)].append(row)
    for label in (*(label for label, _ in _BANDS), _NO_BUDGET, _NO_AMOUNTS):
        found = by_band[label]
        if label != _NO_AMOUNTS or found:
            share, mean = _share(len(found), len(rows)), total_of(label, found).mean
            yield RateLine(label, len(found), share, _budget(found), mean)


def _band(row: ProjectRow) -> str:
    rate = row.execution_rate
    if rate is not None:
        return next(label for label, holds in _BANDS if holds(rate))
    return _NO_BUDGET if row.budget == 0 else _NO_AMOUNTS


def _points(rows: Iterable[ProjectRow]) -> Iterator[Point]:
    for row in rows:
        score = score_to_average(row)
        if row.execution_rate is not None and score is not None:
            marked = row.execution_rate < Decimal("0.8") and score > Decimal(90)
            yield Point(row.number, row.execution_rate, score, marked)


# ------------------------------------------------------------------ 四 sources


def _sources(rows: Sequence[ProjectRow]) -> Iterator[SourceLine]:
    sums = {source: [Decimal(0), Decimal(0)] for source in Source}
    for row in rows:
        for each in row.sources:
            sums[each.source][0] += each.budget or 0
            sums[each.source][1] += each.executed or 0
    told = {
        label: [sum((sums[source][at] for source in sources), Decimal(0)) for at in (0, 1)]
        for label, sources in _BY_LEVEL.items()
    }
    known = [sum((pair[at] for pair in told.values()), Decimal(0)) for at in (0, 1)]
    totals = [_budget(rows), sum((row.executed or Decimal(0) for row in rows), Decimal(0))]
    told[_UNKNOWN_SOURCE] = [total - found for total, found in zip(totals, known, strict=True)]
    for label, (budget, executed) in told.items():
        if budget or executed or label not in {_UNKNOWN_SOURCE, "财政资金（未分级次）"}:
            yield SourceLine(label, budget, executed, _share(executed, budget))


# ------------------------------------------------------------------ 五 indicators


@dataclass
class _Level:
    """What is counted of one 二级指标."""

    spellings: Counter[str] = field(default_factory=Counter)
    indicators: int = 0
    met: Counter[bool | None] = field(default_factory=Counter)
    over: int = 0
    weight: Decimal = Decimal(0)
    points: Decimal = Decimal(0)


@dataclass
class _Levels:
    _found: dict[str, _Level] = field(default_factory=lambda: defaultdict(_Level))

    def add(self, row: ProjectRow, lines: Iterable[IndicatorRow]) -> None:
        for line in lines:
            name = line.level2 or line.level1 or _NO_LEVEL2
            level = self._found[same_text(name).removesuffix("指标")]
            level.spellings["".join(name.split())] += 1
            level.indicators += 1
            level.met[line.met] += 1
            level.over += _is_over(line)
            if row.adopted_total is not None:
                level.weight += line.weight or 0
                level.points += line.adopted or 0

    def lines(self) -> tuple[LevelLine, ...]:
        """The most points lost first."""
        told = [
            LevelLine(
                label=min(level.spellings, key=lambda name: (-level.spellings[name], name)),
                indicators=level.indicators,
                reached=level.met[True],
                share=_share(level.met[True], level.indicators),
                missed=level.met[False],
                over=level.over,
                incomparable=level.met[None],
                points_rate=_share(level.points, level.weight),
                lost=level.weight - level.points,
            )
            for level in self._found.values()
        ]
        return tuple(sorted(told, key=lambda line: (-line.lost, -line.indicators, line.label)))


def _is_over(line: IndicatorRow) -> bool:
    """Whether more than 130 % was reached of what should be much."""
    return (
        isinstance(line.completion, Decimal) and line.completion > _OVER and line.kind != Kind.AT_MOST.label
    )


# ------------------------------------------------------------------ 七 reasons


@dataclass
class _Reasons:
    _indicators: Counter[str] = field(default_factory=Counter)
    _projects: Counter[str] = field(default_factory=Counter)

    def add(self, lines: Iterable[IndicatorRow]) -> None:
        told = [label for line in lines for label in _reasons(line)]
        self._indicators.update(told)
        self._projects.update(set(told))

    def lines(self) -> tuple[ReasonLine, ...]:
        labels = (*REASONS, _OTHER_REASON, _NO_REASON)
        return tuple(ReasonLine(label, self._indicators[label], self._projects[label]) for label in labels)


def _reasons(line: IndicatorRow) -> list[str]:
    """What the reason of a line speaks of; a line that reached its target needs none."""
    if not line.explained:
        return [_NO_REASON] if line.met is False else []
    if line.met is True:
        return []
    return [label for label, words in REASONS.items() if words.search(line.reason)] or [_OTHER_REASON]


# ------------------------------------------------------------------ sums


def _budget(rows: Iterable[ProjectRow]) -> Decimal:
    return sum((row.full_year_budget or Decimal(0) for row in rows), Decimal(0))


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return round_rate(ratio(Decimal(part), Decimal(whole))) if whole > 0 else None
