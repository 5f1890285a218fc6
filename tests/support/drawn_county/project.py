"""A project as it really is: amounts in 分, scores in hundredths of a point, and how both follow from its lines."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from support.drawn_county.words import Department

YEAR = 2025
FEN_PER_WAN = 1_000_000
EXECUTION = 10
"""Points for the execution of the budget."""


def half_up(number: Fraction) -> int:
    """Return the nearest whole number, halves away from zero."""
    return int((number * 2 + 1) // 2)


def in_wan(fen: int) -> str:
    """Return an amount in 万元 as people type it."""
    return plain(Decimal(fen) / FEN_PER_WAN)


def points(hundredths: int) -> str:
    """Return a score as people type it: 9.5, 10."""
    return plain(Decimal(hundredths) / 100)


def plain(number: Decimal) -> str:
    """Return a number without an exponent and without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Line:
    """An indicator: its target and what was reached as numbers, what it weighs in points, and its score.

    Attributes:
        given: the score that somebody typed although another one is right, in hundredths; it is what counts.
    """

    level1: str
    level2: str
    name: str
    sign: str
    target: str
    actual: str
    unit: str
    weight: int
    reason: str = ""
    given: int | None = None

    @property
    def score(self) -> int:
        """In hundredths: all points where the target is met, else in proportion."""
        if self.given is not None:
            return self.given
        if not self.sign:
            return 100 * self.weight
        target, actual = Fraction(self.target), Fraction(self.actual)
        met = actual <= target if self.sign == "≤" else actual >= target
        return 100 * self.weight if met else half_up(100 * self.weight * actual / target)


@dataclass(frozen=True)
class Project:
    """A project of one year.

    Attributes:
        name, code, unit: as the register has them.
        department: that it belongs to.
        initial, budget, executed: in 分.
        lines: its indicators; with the execution of the budget they weigh 100 points.
    """

    name: str
    code: str
    department: Department
    unit: str
    initial: int
    budget: int
    executed: int
    lines: tuple[Line, ...]
    year: int = YEAR

    @property
    def execution(self) -> int:
        """The score of the execution of the budget, in hundredths."""
        return min(100 * EXECUTION, half_up(Fraction(100 * EXECUTION * self.executed, self.budget)))

    @property
    def total(self) -> int:
        """The whole score in hundredths."""
        return self.execution + sum(line.score for line in self.lines)

    @property
    def grade(self) -> str:
        """优, 良, 中 or 差."""
        return next(
            word
            for least, word in ((9000, "优"), (8000, "良"), (6000, "中"), (0, "差"))
            if self.total >= least
        )

    @property
    def rate(self) -> str:
        """The execution rate as people type it: 91.30%."""
        return f"{half_up(Fraction(10_000 * self.executed, self.budget)) / 100:.2f}%"


def drawn(draw: random.Random, name: str, department: Department) -> Project:
    """Return a project of a department with amounts and lines of its own."""
    wan = draw.choice((draw.randint(3, 60), draw.randint(60, 900), draw.randint(900, 9000)))
    budget = wan * FEN_PER_WAN + draw.choice(
        (0, 0, 500_000, draw.randint(0, 99) * 10_000, draw.randint(0, 999_999))
    )
    share = draw.choice((100, 100, draw.randint(90, 99), draw.randint(60, 90), draw.randint(0, 60)))
    executed = budget if share == 100 else budget * share // 100 // 100 * 100
    initial = draw.choice((budget, budget, budget * 4 // 5 // 100 * 100))
    code = f"140925{draw.randint(21, 26)}{department.number:03d}{draw.randint(0, 10**8 - 1):08d}"
    unit = draw.choice(department.units)
    lines = tuple(_lines(draw, budget, executed, weak=draw.choice((0, 0, 0, 0, 1, 2))))
    return Project(name, code, department, unit, initial, budget, executed, lines)


def _lines(draw: random.Random, budget: int, executed: int, *, weak: int) -> list[Line]:
    """A line of each kind; a weak project misses several of its targets, and a very weak one by far."""
    count = draw.randint(3, 40)
    done = count if draw.random() < 0.8 else count - 1
    least = draw.choice((85, 90, 95))
    lines = [
        Line("产出指标", "数量指标", "完成任务数量", "≥", str(count), str(done), "项", 10),
        Line("产出指标", "质量指标", "验收合格率", "≥", "90", _share(draw, 90, weak=weak), "%", 15),
        Line("产出指标", "时效指标", "任务按期完成率", "≥", "95", _share(draw, 95, weak=weak), "%", 10),
        Line("产出指标", "成本指标", "项目总成本", "≤", in_wan(budget), in_wan(executed), "万元", 15),
        Line("效益指标", "社会效益指标", "服务群众覆盖率", "≥", "90", _share(draw, 90, weak=weak), "%", 20),
        Line("效益指标", "可持续影响指标", "长效机制健全程度", "", "健全", "健全", "", 10),
        Line(
            "满意度指标",
            "服务对象满意度指标",
            "受益群众满意度",
            "≥",
            str(least),
            _share(draw, least),
            "%",
            10,
        ),
    ]
    return [_explained(line) for line in lines]


def _share(draw: random.Random, target: int, *, weak: int = 0) -> str:
    if weak:
        return str(draw.randint(10, 35) if weak > 1 else draw.randint(35, 85))
    return str(draw.randint(target, 100) if draw.random() < 0.85 else draw.randint(target - 9, target - 1))


def _explained(line: Line) -> Line:
    if line.score == 100 * line.weight:
        return line
    return replace(line, reason="受汛期影响，部分任务推迟；下一年提前安排招标和施工。")


def changed(project: Project, draw: random.Random) -> Project:
    """Return another version of a project: other money spent, and other scores."""
    executed = project.budget * draw.randint(31, 59) // 100 // 100 * 100
    lines = [_explained(replace(line, reason="", actual=_other(line, executed))) for line in project.lines]
    return replace(project, executed=executed, lines=tuple(lines))


def _other(line: Line, executed: int) -> str:
    if line.unit == "万元":
        return in_wan(executed)
    return str(int(line.target) - 2) if line.sign == "≥" else line.actual
