"""Every published table, in its own headings and in random layouts: found whole, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from support.records import Record, all_records, load
from table.find.layouts import Canvas, Laid, Layout, dice
from zipingbiao.book.cells import Book, Grid
from zipingbiao.table.find import read_tables
from zipingbiao.table.funds import AmountKind, Source
from zipingbiao.table.records import Indicator, Place, Role, SelfEvaluation
from zipingbiao.values.number import exact

RECORDS = all_records()
IDS = [record.id for record in RECORDS]
SEEDS = range(40)


def same(found: str, expected: str) -> bool:
    """Equal as text, or as numbers: a layout may hold 10.0 as a number cell."""
    return found == expected or (exact(found) is not None and exact(found) == exact(expected))


def assert_rows(evaluation: SelfEvaluation, laid: Laid) -> None:
    """Every row with its name, levels and cells; nothing extra."""
    rows = [indicator for indicator in evaluation.indicators if indicator.place is Place.ROW]
    for found, expected in (
        (rows, [row for row in laid.rows if not row.informative]),
        (list(evaluation.informative), [row for row in laid.rows if row.informative]),
    ):
        assert [(row.row, row.name) for row in found] == [(row.row, row.name) for row in expected]
        for indicator, row in zip(found, expected, strict=True):
            assert_cells(indicator, row.texts)
            assert indicator.level1 == row.level1.split("(")[0]
            assert indicator.level2 == row.level2.split("(")[0]


def assert_cells(indicator: Indicator, texts: dict[str, str]) -> None:
    for role, text in texts.items():
        assert same(indicator.text(Role(role)), text), (indicator.row, role)
    weight = exact(texts["weight"])
    assert indicator.weight == weight


def assert_funds(evaluation: SelfEvaluation, laid: Laid) -> None:
    """Every amount under its kind and source; the points of the national block."""
    if not laid.funds:
        assert evaluation.funds is None
        return
    assert evaluation.funds is not None
    found = {
        (kind.value, source.value): entry.text for (kind, source), entry in evaluation.funds.entries.items()
    }
    assert set(found) == set(laid.funds)
    for key, text in laid.funds.items():
        assert same(found[key], text), key
    points = evaluation.funds.points
    assert (points.number if points else None) == (Decimal(laid.points) if laid.points else None)


def assert_all(evaluation: SelfEvaluation, laid: Laid) -> None:
    assert_rows(evaluation, laid)
    assert_funds(evaluation, laid)
    assert evaluation.project.name == laid.project
    if laid.total_score is not None:
        assert evaluation.total_score is not None
        assert same(evaluation.total_score.text, laid.total_score)
    assert evaluation.problems == ()


def draw(record: Record, seed: int, *, plain: bool = False) -> tuple[Grid, Laid]:
    random = dice(f"{record.id}:{seed}")
    canvas = Canvas()
    place = random.choice(["above", "above", "below", "right"]) if not plain else "above"
    top, left = (1, 1) if plain else (random.randrange(1, 8), random.randrange(1, 6))
    laid = Layout(record, random, plain=plain).table(canvas, top, left, funds=place)
    return canvas.grid(), laid


@pytest.mark.parametrize("record", RECORDS, ids=IDS)
def test_a_table_in_its_usual_layout(record: Record) -> None:
    grid, laid = draw(record, 0, plain=True)
    (evaluation,) = read_tables(Book("自评表.xlsx", (grid,)))
    assert_all(evaluation, laid)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("record", RECORDS, ids=IDS)
def test_a_table_in_a_random_layout(record: Record, seed: int) -> None:
    grid, laid = draw(record, seed)
    (evaluation,) = read_tables(Book("自评表.xlsx", (grid,)))
    assert_all(evaluation, laid)


@pytest.mark.parametrize("seed", SEEDS)
def test_several_tables_below_each_other(seed: int) -> None:
    random = dice(f"stacked:{seed}")
    canvas, row, laid = Canvas(), random.randrange(1, 4), []
    for record in random.sample(RECORDS, 3):
        laid.append(Layout(record, random).table(canvas, row, random.randrange(1, 4)))
        row = laid[-1].bottom + random.randrange(1, 4)
    found = read_tables(Book("x.xlsx", (canvas.grid(),)))
    assert len(found) == 3
    for evaluation, expected in zip(found, laid, strict=True):
        assert_all(evaluation, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_two_tables_side_by_side(seed: int) -> None:
    random = dice(f"beside:{seed}")
    canvas = Canvas()
    one, other = random.sample(RECORDS, 2)
    first = Layout(one, random).table(canvas, 2, 1)
    right = max(column for _, column in canvas.cells)
    second = Layout(other, random).table(
        canvas, 2 + random.choice([0, 0, 3]), right + random.choice([1, 2, 4])
    )
    found = sorted(
        read_tables(Book("x.xlsx", (canvas.grid(),))), key=lambda evaluation: evaluation.anchor.column
    )
    assert len(found) == 2
    assert_all(found[0], first)
    assert_all(found[1], second)


@pytest.mark.parametrize("seed", range(10))
def test_one_table_per_sheet(seed: int) -> None:
    random = dice(f"sheets:{seed}")
    grids, laid = [], []
    for number, record in enumerate(random.sample(RECORDS, 4)):
        canvas = Canvas()
        laid.append(Layout(record, random).table(canvas, 1, 1))
        grids.append(canvas.grid(f"项目{number}"))
    found = read_tables(Book("x.xlsx", tuple(grids)))
    assert [evaluation.sheet for evaluation in found] == ["项目0", "项目1", "项目2", "项目3"]
    for evaluation, expected in zip(found, laid, strict=True):
        assert_all(evaluation, expected)


@pytest.mark.parametrize("record_id", ["seed0", "seed1", "seed2", "seed4", "case08"])
def test_funds_on_a_sheet_of_their_own(record_id: str) -> None:
    random = dice(record_id)
    table, funds = Canvas(), Canvas()
    layout = Layout(load(record_id), random)
    laid = layout.table(table, 2, 2, funds="none")
    layout.funds(funds, 3, 2, laid)
    (evaluation,) = read_tables(Book("x.xlsx", (funds.grid("预算执行情况"), table.grid())))
    assert_all(evaluation, laid)


def test_the_unit_and_source_of_an_amount() -> None:
    grid, _ = draw(load("seed4"), 0, plain=True)
    (evaluation,) = read_tables(Book("x.xlsx", (grid,)))
    assert evaluation.funds is not None
    assert evaluation.funds.by_rows
    assert evaluation.funds.typed_amount(AmountKind.EXECUTED, Source.COUNTY) == Decimal("119.65")
