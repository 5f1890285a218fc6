"""The evaluation as computed: one result per line, and the table's sums, totals and grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from zipingbiao.scoring.execution import Spending, base_of, spending
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import SCORED_BY, Indicator, Kind, Place, Role, SelfEvaluation, Trouble
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import HUNDRED, percent, plain, round_points


class Note(StrEnum):
    """What scoring noticed about a line; the value is the Chinese phrase that explains it."""

    UNFILLED = "未填写"
    NO_WEIGHT = "没有分值"
    BAD_WEIGHT = "分值不是大于零的数"
    NO_TARGET = "没有目标值"
    NO_ACTUAL = "没有业绩值"
    NO_VALUES = "目标值和业绩值都没有"
    NOT_APPLICABLE = "业绩值填的是不适用"
    UNCLEAR = "数值看不明白"
    UNITS_DIFFER = "目标值与业绩值的单位不能换算"
    PERCENT_FOR_AMOUNT = "目标值是数量或金额，业绩值是百分比"
    SCALE_UNSURE = "分不清是小数还是百分数"
    UNIT_UNSURE = "一边没写单位而数值相差悬殊，分不清是不是同一单位（如元与万元）"
    NOT_A_NUMBER = "目标值是数，业绩值不是数"
    WORDS_DIFFER = "定性目标与实际结果的文字不同"
    NOTHING_CHOSEN = "业绩值照抄了选项，没有选择"
    NUMBER_FOR_WORDS = "目标值是文字，业绩值是没有百分号的数"
    NEEDS_SCORE = "定性指标按档评分，需要填写得分"
    BAND = "定性指标按档评分"
    BY_STANDARD = "按评分标准由人打分"
    NEEDS_POINTS = "按评分标准由人打分，没有填写得分"
    VALUES_IN_PARTS = "目标值和业绩值只写在下面的分项里"
    UNDECIDED = "看不出是越大越好还是越小越好"
    NEGATIVE_TARGET = "目标值为负数，比较方法不明"
    LATE = "晚于时限"
    DATES_COARSE = "日期不够具体，无法判断是否按时"
    COPIED_TARGET = "业绩值照抄了带符号的目标值"
    ZERO_TARGET = "目标值为零"
    NO_FUNDS = "没有资金表，也没有填执行率"
    NO_BUDGET = "全年预算未填"
    NO_INITIAL_BUDGET = "年初预算未填"
    ZERO_BUDGET = "全年预算填的是0或负数"
    ZERO_INITIAL_BUDGET = "年初预算填的是0或负数"
    NO_EXECUTED = "没有全年执行数"
    RATE_AS_TYPED = "没有资金表，按填报的执行率计算"
    PARTS_USED = "合计行未汇总，按明细合计"


@frozen
class Scored:
    """A line with its result.

    Attributes:
        kind: None when undecided.
        kind_why: how the direction was decided, a short Chinese phrase.
        completion: as a fraction rounded to 0.0001: 0.8947 is 89.47 %; None when there is none.
        completion_text: as the form prints it: ``89.47%``, or the percentage as typed.
        score: points by the rule, rounded to 0.01; None when it cannot be computed.
        explanation: one Chinese sentence that a person can check by hand.
        notes: what scoring noticed, most important first.
        detail: what a note is about, in words or figures (days late, band, amounts).
        met: whether the target was reached; None when unknown or not a matter of reaching.
    """

    indicator: Indicator
    kind: Kind | None
    kind_why: str
    completion: Decimal | None
    completion_text: str
    score: Decimal | None
    explanation: str
    notes: tuple[Note, ...] = ()
    detail: str = ""
    met: bool | None = None

    @property
    def adopted(self) -> Decimal | None:
        """What counts: the score typed by somebody, else the rule's."""
        stated = self.indicator.stated_score
        return stated if stated is not None else self.score


_UNSETTLED = frozenset({Trouble.NO_COLUMN, Trouble.LOST_HEADING, Trouble.TWO_COLUMNS})


@frozen
class Evaluation:
    """A scored table: what the rules look at and every face shows."""

    table: SelfEvaluation
    profile: Profile
    profile_why: str
    profile_unsure: bool
    rows: tuple[Scored, ...]

    @cached_property
    def weights_sum(self) -> Decimal:
        """Σ of the weights that the table shows, in points."""
        return _sum(row.indicator.weight for row in self.rows if row.indicator.place is not Place.IMPLIED)

    @cached_property
    def weights_total(self) -> Decimal:
        """Σ of all weights, implied execution included, in points."""
        return _sum(row.indicator.weight for row in self.rows)

    @cached_property
    def without_points(self) -> bool:
        """Whether the form holds targets beside results and gives no points: it has no total, and none is missing."""
        table = self.table
        return not (
            Role.WEIGHT in table.headings
            or not table.headings.keys().isdisjoint(SCORED_BY)
            or any(row.indicator.weight is not None for row in self.rows)
            or any(problem.trouble in _UNSETTLED for problem in table.problems)
        )

    @cached_property
    def lacks_points(self) -> bool:
        """Whether the form has no column of points and some line has none elsewhere: nobody knows their sum."""
        return Role.WEIGHT not in self.table.headings and any(
            row.indicator.weight is None for row in self.rows
        )

    @cached_property
    def uncomputed(self) -> tuple[Scored, ...]:
        """Lines without a score by rule."""
        return tuple(row for row in self.rows if row.score is None)

    @cached_property
    def total(self) -> Decimal | None:
        """Σ of the scores by rule, at most :attr:`cap`; None as long as one line has none, or no line exists."""
        return self._capped(_complete_sum([row.score for row in self.rows]))

    @cached_property
    def adopted_total(self) -> Decimal | None:
        """Σ of what counts, at most :attr:`cap`; a merged score counts once for its rows.

        None when a line has nothing.
        """
        return self._capped(self.uncapped_total)

    def settled_total(self, *, recompute: bool = False) -> Decimal | None:
        """Σ of what counts, at most :attr:`cap`; with *recompute* the rule's score goes before the typed one."""
        return self._capped(self._settled_sum(recompute=recompute))

    @cached_property
    def uncapped_total(self) -> Decimal | None:
        """Σ of what counts before the cap; :attr:`parts` add up to it."""
        return self._settled_sum()

    @cached_property
    def spending(self) -> Spending | None:
        """What was spent of the budget that the profile divides by; None without both amounts."""
        return spending(self.table.funds, self.budget_kind)

    @cached_property
    def budget_kind(self) -> AmountKind:
        """Which of the two budgets the execution rate divides by."""
        return base_of(self.profile, self.table.funds)

    @cached_property
    def execution_rate(self) -> Decimal | None:
        """预算执行率 as every face shows it, a fraction rounded to 0.0001; None without both amounts.

        A rate that was only typed, without amounts, scores its line and may cap the total; it is no
        rate of money, and neither shown as one nor added to a department's.
        """
        return None if self.spending is None else self.spending.rate

    @cached_property
    def cap(self) -> Decimal | None:
        """The most points that the profile leaves a total at this execution rate; None without a limit."""
        line = self._cap_line
        return line[1] if line is not None else None

    @cached_property
    def cap_note(self) -> str:
        """One phrase that says the rate, the cap and the sum it cuts; "" where no total was cut."""
        line, rate = self._cap_line, self._rate_for_cap
        sums = (self.uncapped_total, _complete_sum([row.score for row in self.rows]))
        whole = next((found for found in sums if found is not None and line and found > line[1]), None)
        if line is None or rate is None or whole is None:
            return ""
        below, most = line
        return (
            f"各项得分之和 {plain(whole)}，预算执行率 {percent(rate)} 低于 {plain(below * HUNDRED)}%，"
            f"总分最高 {plain(most)}"
        )

    @cached_property
    def _cap_line(self) -> tuple[Decimal, Decimal] | None:
        return None if self._rate_for_cap is None else self.profile.cap(self._rate_for_cap)

    @cached_property
    def _rate_for_cap(self) -> Decimal | None:
        if self.execution_rate is not None or self.execution is None:
            return self.execution_rate
        return self.execution.completion  # as typed

    def _capped(self, total: Decimal | None) -> Decimal | None:
        return total if total is None or self.cap is None else min(total, self.cap)

    def _settled_sum(self, *, recompute: bool = False) -> Decimal | None:
        return _complete_sum([points for _, points in self._settled(recompute=recompute)])

    @cached_property
    def parts(self) -> Mapping[str, Decimal | None]:
        """What counts per group of :data:`LEVEL_GROUPS`, in points; they add up to :attr:`uncapped_total`.

        None for a group without lines, or with a line that has nothing. Each part is rounded
        together with those before it: typed scores of three decimals must not lose 0.01 between.
        """
        settled: dict[str, list[Decimal | None]] = {group: [] for group in LEVEL_GROUPS}
        for row, points in self._settled():
            settled[level_group(row.indicator)].append(points)
        parts: dict[str, Decimal | None] = {}
        before = Decimal(0)
        for group, counted in settled.items():
            known = [points for points in counted if points is not None]
            if not counted or len(known) < len(counted):
                parts[group] = None
                continue
            after = before + sum(known, Decimal(0))
            parts[group] = round_points(after) - round_points(before)
            before = after
        return parts

    def _settled(self, *, recompute: bool = False) -> Iterator[tuple[Scored, Decimal | None]]:
        """Each line with what counts for it; a merged score cell counts for its first line only."""
        followers = {row for scored in self.rows for row in scored.indicator.shared_score[1:]}
        for row in self.rows:
            if row.indicator.row not in followers:
                points, stated = self.points(row), row.indicator.stated_score
                by_rule = stated is None or (recompute and points is not None)
                yield row, points if by_rule else stated

    def points(self, row: Scored) -> Decimal | None:
        """The rule's score for the line's score cell: for a merged cell Σ of the lines it covers."""
        group = row.indicator.shared_score
        if not group:
            return row.score
        scores = [other.score for other in self.rows if other.indicator.row in group]
        return None if None in scores else sum((score for score in scores if score is not None), Decimal(0))

    def off(self, row: Scored) -> Decimal | None:
        """What the rule takes off the weights that :meth:`points` is about, in points; None where it gives none."""
        group = row.indicator.shared_score or (row.indicator.row,)
        weights = [other.indicator.weight for other in self.rows if other.indicator.row in group]
        points = self.points(row)
        return None if points is None or None in weights else round_points(_sum(weights) - points)

    @cached_property
    def grade(self) -> str | None:
        """优 良 中 差 for the adopted total; None when it is missing."""
        return None if self.adopted_total is None else self.profile.grade(self.adopted_total)

    @cached_property
    def execution(self) -> Scored | None:
        """The budget execution line, wherever it stands."""
        return next((row for row in self.rows if row.indicator.is_execution), None)


LEVEL_GROUPS = ("预算执行", "成本", "产出", "效益", "满意度", "其他")


def level_group(indicator: Indicator) -> str:
    """Return the column of the summary that a line's score belongs to, one of LEVEL_GROUPS."""
    if indicator.is_execution:
        return "预算执行"
    return next((group for group in LEVEL_GROUPS[1:-1] if group in indicator.level1), "其他")


def _sum(weights: Iterable[Decimal | None]) -> Decimal:
    return sum((weight for weight in weights if weight is not None), Decimal(0))


def _complete_sum(scores: list[Decimal | None]) -> Decimal | None:
    known = [score for score in scores if score is not None]
    if not known or len(known) < len(scores):
        return None
    return round_points(sum(known, Decimal(0)))
