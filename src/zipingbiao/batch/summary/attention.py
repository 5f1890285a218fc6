"""六、需关注的项目: lists of projects that a person should look at, the most money first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.result.rows import IndicatorRow, ProjectRow
from zipingbiao.scoring.evaluation import LEVEL_GROUPS
from zipingbiao.values.number import percent, plain, ratio

MOST = 15
"""How many of a list are shown."""
_LOW_SCORE, _LOW_RATE, _APART = Decimal(60), Decimal("0.6"), Decimal("0.05")
_FEWEST_LINES = 3
_EXECUTION = LEVEL_GROUPS.index("预算执行")
_ONE = Decimal(1)

FULL, LOW, UNSPENT, APART, NO_BUDGET, EXACT = (
    "满分项目",
    "60分以下",
    "执行率低于60%",
    "高分低支（得分率高于执行得分率5%以上）",
    "全年预算为0",
    "全部指标恰好等于目标",
)


class Watched(NamedTuple):
    """One project of a list, and why it stands there."""

    name: str
    department: str
    budget: Decimal | None
    rate: Decimal | None
    score: Decimal | None
    hint: str


class Attention(NamedTuple):
    """One list: the first of its projects, and how many were found in all."""

    label: str
    projects: tuple[Watched, ...]
    found: int


@dataclass
class Watch:
    """The lists while the projects pass by; of each only what is shown is kept."""

    _found: dict[str, list[tuple[Decimal, int, Watched]]] = field(
        default_factory=lambda: {label: [] for label in (FULL, LOW, UNSPENT, APART, NO_BUDGET, EXACT)}
    )
    _counts: dict[str, int] = field(default_factory=dict)

    def add(self, row: ProjectRow, lines: Sequence[IndicatorRow]) -> None:
        """Put a project on each list to which it belongs."""
        for label, hint in _reasons(row, lines):
            self._counts[label] = self._counts.get(label, 0) + 1
            watched = Watched(
                row.name or row.code,
                row.department,
                row.full_year_budget,
                row.execution_rate,
                row.adopted_total,
                hint,
            )
            kept = [*self._found[label], (-(row.full_year_budget or Decimal(0)), row.number, watched)]
            self._found[label] = sorted(kept, key=lambda each: each[:2])[:MOST]

    def lists(self) -> tuple[Attention, ...]:
        """Return the lists, also those on which nobody stands."""
        return tuple(
            Attention(label, tuple(watched for *_, watched in kept), self._counts.get(label, 0))
            for label, kept in self._found.items()
        )


def is_full(row: ProjectRow) -> bool:
    """Whether a project has all points that its table gives."""
    return row.adopted_total is not None and row.adopted_total >= row.weights_total > 0


def _reasons(row: ProjectRow, lines: Iterable[IndicatorRow]) -> Iterator[tuple[str, str]]:
    score, rate = row.adopted_total, row.execution_rate
    if score is not None and is_full(row):
        yield FULL, f"得{plain(score)}分，没有扣分"
    if score is not None and score < _LOW_SCORE:
        yield LOW, f"得{plain(score)}分"
    if rate is not None and rate < _LOW_RATE:
        yield UNSPENT, f"执行率{percent(rate)}"
    points = _points_rates(row)
    if points is not None and points[0] - points[1] > _APART:
        yield APART, f"得分率{percent(points[0])}，执行得分率{percent(points[1])}"
    if row.full_year_budget == 0:
        yield NO_BUDGET, "核对是否当年没有安排预算"
    compared = [line.completion for line in lines if isinstance(line.completion, Decimal) and line.level1]
    if len(compared) >= _FEWEST_LINES and all(completion == _ONE for completion in compared):
        yield EXACT, f"{len(compared)}项可比较的指标完成率都是100%"


def _points_rates(row: ProjectRow) -> tuple[Decimal, Decimal] | None:
    """得分率 of the whole table and that of its budget execution; None where one of them is not known."""
    if not row.part_weights or row.adopted_total is None or row.weights_total <= 0:
        return None
    part, weight = row.parts[_EXECUTION], row.part_weights[_EXECUTION]
    if part is None or not weight or weight <= 0:
        return None
    return ratio(row.adopted_total, row.weights_total), ratio(part, weight)
