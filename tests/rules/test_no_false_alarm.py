"""A table that is filled in correctly gets no error and no warning, in whatever layout it stands.

Scores, rates and sums are worked out here from the definitions, not by the code under test.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from support.budget import often
from support.records import Record, RecordFunds, RecordRow
from table.find.layouts import SHANXI_COLUMNS, Canvas, Layout
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.scoring.finding import Severity

CENT = Decimal("0.01")
# Level 1, its points, and the level-2 names that stand below it.
SHANXI = (("产出指标", None), ("效益指标", None), ("满意度指标", None))
NATIONAL = (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10))
WITH_COST = (("成本指标", 20), ("产出指标", 40), ("效益指标", 20), ("满意度指标", 10))
LEVEL2 = {
    "成本指标": ("经济成本指标",),
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("社会效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
NAMES = {
    "数量指标": ("培训人数", "检查户数", "维修路灯数量", "发放手册数量"),
    "质量指标": ("验收合格率", "培训合格率", "设备完好率", "系统故障解决率"),
    "时效指标": ("完工及时性", "发放及时性", "完工时间", "响应及时性"),
    "成本指标": ("项目总成本",),
    "经济成本指标": ("项目经济成本",),
    "社会效益指标": ("信息公开水平", "政策知晓率", "受益群众人数", "带动就业人数"),
    "可持续影响指标": ("长效管理机制", "后续管护覆盖率", "制度健全程度", "设备使用率"),
    "服务对象满意度指标": ("受益群众满意度", "参训人员满意度", "企业满意度", "居民满意度"),
}


def points(number: Decimal) -> Decimal:
    return number.quantize(CENT, ROUND_HALF_UP)


def text(number: Decimal) -> str:
    return format(number.normalize(), "f") if number else "0"


@dataclass(frozen=True)
class Filled:
    """One way to fill in a line: what is typed, and the share of the weight that it earns."""

    target: str
    actual: str
    done: Decimal
    goal: Decimal
    completion: str

    def score(self, weight: Decimal) -> Decimal:
        return points(weight * min(self.done, self.goal) / self.goal)


def full(target: str, actual: str, completion: str = "100%") -> Filled:
    return Filled(target, actual, Decimal(1), Decimal(1), completion)


@st.composite
def numbers(draw: st.DrawFn, unit: str) -> Filled:
    goal = draw(st.integers(101, 900))
    done = goal * draw(st.integers(70, 125)) // 100
    target = draw(st.sampled_from(["{}", "≥{}", "{}" + unit, "不少于{}" + unit])).format(goal)
    rate = points(Decimal(done) * 100 / goal)
    return Filled(target, f"{done}{unit}", Decimal(done), Decimal(goal), f"{rate}%")


@st.composite
def rates(draw: st.DrawFn) -> Filled:
    goal, done = Decimal(draw(st.integers(80, 98))), Decimal(draw(st.integers(70, 100)))
    target = draw(st.sampled_from(["{}%", "≥{}%", ">={}%", "达到{}%以上"])).format(goal)
    return Filled(target, f"{done}%", done, goal, f"{points(done * 100 / goal)}%")


@st.composite
def words(draw: st.DrawFn, *, percentages: bool) -> Filled:
    word = draw(st.sampled_from(["及时", "显著", "健全", "逐步提高"]))
    if not percentages or draw(st.booleans()):
        return full(word, word)
    share = draw(st.integers(60, 100))
    return Filled(word, f"{share}%", Decimal(share), Decimal(100), f"{share}%")


def deadlines() -> st.SearchStrategy[Filled]:
    typed = [("2022年12月底前", "2022年11月"), ("2022年10月31日前", "2022年10月8日"), ("12月底前", "9月")]
    return st.sampled_from([full(*pair) for pair in typed])


@st.composite
def filled(draw: st.DrawFn, name: str, level2: str, money: tuple[Decimal, Decimal], form: str) -> Filled:
    if "成本" in level2:
        budget, spent = money
        sign, rate = draw(st.sampled_from(["", "≤", "不超过"])), points(spent * 100 / budget)
        return full(f"{sign}{text(budget)}万元", f"{text(spent)}万元", f"{rate}%")
    if "时间" in name:
        return draw(deadlines())
    if name.endswith(("率", "满意度")):
        return draw(rates())
    if name.endswith(("数", "数量")):
        unit = {"人数": "人", "户数": "户"}.get(name[-2:], "个")
        return draw(numbers(unit))
    return draw(words(percentages=form == "shanxi"))


def shares(draw: st.DrawFn, total: int, parts: int) -> list[Decimal]:
    """Split points into parts of at least 2, in steps of a half."""
    cuts = draw(st.lists(st.integers(1, 2 * total - 4 * parts), min_size=parts - 1, max_size=parts - 1))
    edges = [0, *sorted(cuts), 2 * total - 4 * parts]
    return [Decimal(right - left) / 2 + 2 for left, right in pairwise(edges)]


def shanxi_funds(budget: Decimal, spent: Decimal, source: str) -> tuple[tuple[str, ...], ...]:
    rate = points(spent * 100 / budget)
    lines = (
        ("年初预算", "(1)", budget), ("全年预算", "(2)", budget), ("实际到位", "(3)", budget),
        ("全年执行", "(4)", spent), ("资金结余", "(5)=(3)-(4)", budget - spent),
        ("预算到位率", "(6)=(3)/(2)", Decimal(100)), ("预算执行率", "(7)=(4)/(2)", rate),
    )  # fmt: skip
    used = {"total", "fiscal", source}
    return tuple(
        (label, number, *(text(amount) if column in used else "0" for column in SHANXI_COLUMNS))
        for label, number, amount in lines
    )


def national_funds(budget: Decimal, spent: Decimal) -> tuple[RecordFunds, ...]:
    amounts = (text(budget), text(budget), text(spent))
    rate, score = f"{points(spent * 100 / budget)}%", text(points(10 * spent / budget))
    return (
        RecordFunds(*amounts, "10", rate, score),
        RecordFunds(*amounts, "—", rate, "—", "其中：当年财政拨款"),
        RecordFunds("0", "0", "0", "—", "", "—", "上年结转资金"),
    )


def line(level1: str, level2: str, name: str, weight: Decimal, what: Filled, form: str) -> RecordRow:
    score = what.score(weight)
    completion = what.completion if form == "shanxi" else ""
    return RecordRow(
        level1, level2, name, text(weight), what.target, "", "", what.actual, completion, text(score),
        has_reason=score < weight,
    )  # fmt: skip


@st.composite
def correct_tables(draw: st.DrawFn, form: str, levels: Sequence[tuple[str, int | None]]) -> Record:
    budget = Decimal(draw(st.integers(1_000, 99_999_99))) / 100
    spent = points(budget * draw(st.integers(9_600, 10_000)) / 10_000)
    rows: list[RecordRow] = []
    if form == "shanxi":
        rate = f"{points(spent * 100 / budget)}%"
        done = Filled("100%", rate, spent, budget, rate)
        rows.append(line("预算执行指标", "预算执行指标", "预算执行率", Decimal(10), done, form))
    free = iter(shares(draw, 90, len(levels)))
    for level1, fixed in levels:
        total = Decimal(fixed) if fixed is not None else next(free)
        places = [(level2, name) for level2 in LEVEL2[level1] for name in NAMES[level2]]
        chosen = draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True))
        chosen.sort(key=places.index)
        even = (total / len(chosen)).quantize(CENT)
        weights = [even] * (len(chosen) - 1) + [total - even * (len(chosen) - 1)]
        for (level2, name), weight in zip(chosen, weights, strict=True):
            what = draw(filled(name, level2, (budget, spent), form))
            rows.append(line(level1, level2, name, weight, what, form))
    national = national_funds(budget, spent) if form == "national" else ()
    source = draw(st.sampled_from(["central", "provincial", "city", "county"]))
    scores = [Decimal(row.score) for row in rows] + [Decimal(part.score or 0) for part in national[:1]]
    return Record(
        id="correct",
        form=form,
        complete=True,
        funds=national,
        shanxi_funds=shanxi_funds(budget, spent, source) if form == "shanxi" else (),
        rows=tuple(rows),
        total_weight="100",
        total_score=text(sum(scores, Decimal(0))),
        grade=None,
    )


def complaints(record: Record, layout: Random) -> list[str]:
    canvas = Canvas()
    Layout(record, layout).table(canvas, 2, 2)
    result = evaluate(Book("表.xlsx", (canvas.grid(),)))
    assert not result.faults
    assert len(result.evaluations) == 1
    return [
        f"{finding.code} {finding.message}"
        for finding in result.findings
        if finding.severity is not Severity.INFO
    ]


@given(correct_tables("shanxi", SHANXI), st.randoms(use_true_random=False))
@settings(max_examples=often(25, 1500), deadline=None)
def test_correct_shanxi_table_is_left_alone(record: Record, layout: Random) -> None:
    assert complaints(record, layout) == []


@given(correct_tables("national", NATIONAL), st.randoms(use_true_random=False))
@settings(max_examples=often(25, 1500), deadline=None)
def test_correct_national_table_is_left_alone(record: Record, layout: Random) -> None:
    assert complaints(record, layout) == []


@given(correct_tables("national", WITH_COST), st.randoms(use_true_random=False))
@settings(max_examples=often(16, 1000), deadline=None)
def test_correct_national_table_with_cost_is_left_alone(record: Record, layout: Random) -> None:
    assert complaints(record, layout) == []


@given(correct_tables("national", NATIONAL), st.randoms(use_true_random=False))
@settings(max_examples=often(10, 500), deadline=None)
def test_one_point_too_much_is_noticed(record: Record, layout: Random) -> None:
    *rows, last = record.rows
    raised = replace(last, score=text(Decimal(last.score) + 1))
    said = complaints(replace(record, rows=(*rows, raised)), layout)
    assert any(message.startswith(("S101", "S102")) for message in said)
