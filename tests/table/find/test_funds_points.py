"""分值 and 得分 of the execution stand anywhere in a funds block: on its second line, without amounts, in pairs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from table.find.drawn import names, read_one, sheet
from zipingbiao.book.cells import Book
from zipingbiao.result.evaluate import evaluate
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Place, Role
from zipingbiao.values.number import plain

TABLE = "指标名称|计量单位|指标性质|年初指标值|全年完成值|指标权重（分）|指标得分（分）\n培训人数|人|≥|100|100|90|90\n"
ONE_LINE = "部门预算执行情况（万元）|年初预算数|全年（调整）预算数|全年执行数|执行率（%）|执行率权重|执行率得分（分）\n"
TWO_LINES = (
    "部门支出预算执行情况（万元）||年初预算数|全年（调整）预算数|全年执行数|执行率|执行率权重|执行率得分\n"
)


def execution(drawing: str, merges: str = "") -> tuple[str | None, str, str]:
    """Weight, score and rate of the line that the block gives."""
    evaluation = read_one(drawing + TABLE, merges=merges)
    first, *rest = evaluation.indicators
    assert (first.place, first.is_execution) == (Place.FUNDS, True), names(evaluation)
    assert [row.name for row in rest] == ["培训人数"]
    weight = None if first.weight is None else plain(first.weight)
    return weight, first.text(Role.SCORE), first.text(Role.ACTUAL)


TEN = ("10", "7.6", "76%")


@pytest.mark.parametrize("mark", ["", "/", "—"])
def test_on_the_second_line(mark: str) -> None:
    drawing = (
        f"{TWO_LINES}|年度总金额|100|100|76|{mark}|{mark}|{mark}\n|其中：财政拨款|100|100|76|76%|10|7.6\n"
    )
    assert execution(drawing) == TEN


def test_on_the_third_line_and_in_another_order() -> None:
    drawing = (
        "项目资金（万元）||执行率权重|全年预算数|全年执行数|得分|预算执行率\n"
        "|合计||100|76||76%\n|财政资金||60|46||\n|其他资金|10|40|30|7.6|75%\n"
    )
    assert execution(drawing) == TEN


def test_the_total_line_goes_before_its_parts() -> None:
    drawing = f"{TWO_LINES}|其中：财政拨款|60|60|30|50%|20|10\n|其他资金|40|40|46|||\n|年度总金额|100|100|76|76%|10|7.6\n"
    assert execution(drawing) == TEN


@pytest.mark.parametrize(
    "drawing",
    [
        ONE_LINE + "||||76%|10|7.6\n",
        ONE_LINE + "金额||||76%|10分|7.6分\n",
        "部门预算执行情况（万元）|权重|得分|年初预算数|全年预算数|全年执行数|执行率\n|10|7.6||||76%\n",
        TWO_LINES + "|年度总金额||||||\n|其中：财政拨款||||76%|10|7.6\n",
    ],
)
def test_without_amounts(drawing: str) -> None:
    weight, score, rate = execution(drawing)
    assert (weight, score.removesuffix("分"), rate) == TEN


def test_under_headings_over_two_rows() -> None:
    drawing = (
        "预算执行情况（万元）|全年金额|||执行率权重（分）|执行率得分（分）\n"
        "|年初预算数|全年预算数|全年执行数||\n|100|100|76|10|7.6\n"
    )
    assert execution(drawing, "A1:A2 B1:D1 E1:E2 F1:F2")[:2] == TEN[:2]


def test_beside_a_rate_whose_heading_is_merged_over_two_columns() -> None:
    drawing = "部门预算执行情况（万元）|全年预算数|全年执行数|执行率（%）||执行率权重|执行率得分\n|100|76|76%||10|7.6\n"
    assert execution(drawing, "D1:E1 D2:E2") == TEN


@pytest.mark.parametrize(
    "drawing",
    [
        "预算数：|100|执行数：|76|执行率：|76%|分值：|10|得分：|7.6\n",
        "预算数：|100|执行数：|76|执行率：|76%\n执行率权重：|10|执行率得分：|7.6\n",
        "预算数：||执行数：||执行率：|76%|权重：|10|得分：|7.6\n",
        "年初预算数|100\n全年预算数|100\n全年执行数|76\n执行率|76%\n执行率权重|10\n执行率得分|7.6\n",
    ],
)
def test_beside_their_labels(drawing: str) -> None:
    assert execution(drawing) == TEN


def test_the_headings_of_the_table_below_are_no_labels_of_points() -> None:
    evaluation = read_one(
        "预算数：|100|执行数：|76\n三级指标|目标值|业绩值|分值|得分\n培训人数|100人|100人|90|90\n"
    )
    assert evaluation.funds is not None
    assert evaluation.funds.points is None
    assert names(evaluation) == ["培训人数"]


def test_a_block_with_nothing_typed_in_it_is_none() -> None:
    assert read_one(ONE_LINE + "||||||\n" + TABLE).funds is None


def test_amounts_without_labels_are_still_one_row() -> None:
    evaluation = read_one(ONE_LINE + "|100|100|76|76%|10|7.6\n" + TABLE)
    assert evaluation.funds is not None
    assert evaluation.funds.amount(AmountKind.EXECUTED) == 76
    two = read_one(ONE_LINE + "|100|100|76|76%||\n|50|50|40|80%||\n" + TABLE)
    assert two.funds is None


@pytest.mark.parametrize(
    ("block", "total", "codes"),
    [
        (
            f"{TWO_LINES}|年度总金额|100|100|76\n|其中：财政拨款|100|100|76|76%|10|7.6\n",
            "97.6",
            {"T103": "warning"},
        ),
        (ONE_LINE + "||||76%|10|7.6\n", None, {"V104": "warning"}),
    ],
)
def test_the_table_is_whole_with_these_points(block: str, total: str | None, codes: dict[str, str]) -> None:
    grid = sheet("部门整体绩效自评表\n主管部门|甲局||自评总分（分）|97.6\n" + block + TABLE)
    result = evaluate(Book("表.xlsx", (grid,)))
    (evaluation,) = result.evaluations
    assert (None if evaluation.total is None else plain(evaluation.total)) == total
    assert (evaluation.adopted_total, evaluation.weights_total) == (Decimal("97.6"), Decimal(100))
    assert {finding.code: finding.severity.value for finding in result.findings} == codes


@pytest.mark.parametrize("level", ["预算执行", "预算执行指标"])
@pytest.mark.parametrize("merged", ["", "A4:D4"])
def test_a_line_of_the_execution_above_the_total_is_no_heading_of_funds(level: str, merged: str) -> None:
    evaluation = read_one(
        "一级指标|二级指标|三级指标|目标值|业绩值|分值|得分\n产出指标|数量指标|培训人数|100|100|90|90\n"
        f"{level}|预算执行|预算执行率|100%|97.4%|10|9.74\n合计|||||100|99.74\n",
        merges=merged,
    )
    assert evaluation.funds is None
    assert [(row.name, row.is_execution) for row in evaluation.indicators] == [
        ("培训人数", False),
        ("预算执行率", True),
    ]
    assert evaluation.total_score is not None
    assert evaluation.total_score.text == "99.74"


def test_figures_without_a_label_above_a_goal_that_begins_with_one() -> None:
    evaluation = read_one(
        "项目资金（万元）||年初预算数|全年预算数|全年执行数|执行率|分值|得分\n||350|320|313.6|98%|10|9.8\n"
        "年度目标|维修3所学校||||完成3所学校维修||\n" + TABLE,
        merges="A1:B2 B3:E3 F3:H3",
    )
    assert evaluation.funds is not None
    assert evaluation.funds.amount(AmountKind.EXECUTED) == Decimal("313.6")
    assert [(row.name, row.text(Role.SCORE)) for row in evaluation.indicators] == [
        ("预算执行率", "9.8"),
        ("培训人数", "90"),
    ]
