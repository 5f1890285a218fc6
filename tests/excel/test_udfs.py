"""Worksheet functions give what the core gives, for whatever a range may hold."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from zipingbiao.book.cells import Cell, CellClass, Grid
from zipingbiao.book.read import read_book
from zipingbiao.excel import registry, udfs
from zipingbiao.excel.udfs import Failure
from zipingbiao.result.examine import examine
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.table.records import Kind, Place, Role
from zipingbiao.values.number import plain

EXAMPLES = sorted((Path(__file__).parents[2] / "workbooks" / "examples").iterdir())
ARGUMENTS = (Role.TARGET, Role.ACTUAL, Role.WEIGHT)


def failed(failure: Failure, why: str) -> str:
    """What a function answers VBA where a cell is to show an error."""
    return f"{failure} {why}"


# --- the examples ----------------------------------------------------------------------------------


def sent(cell: Cell | None) -> object:
    """What the VBA wrapper makes of a cell: percentages and dates as text, numbers as floats."""
    if cell is None:
        return None
    if isinstance(cell.value, Decimal):
        return f"{cell.value * 100:f}%" if cell.kind is CellClass.PERCENT else float(cell.value)
    if isinstance(cell.value, dt.datetime):
        return f"{cell.value:%Y-%m-%d}"
    return cell.value or None


def examples() -> Iterator[tuple[Evaluation, Grid]]:
    for path in EXAMPLES:
        book = read_book(path)
        for evaluation in examine(path).evaluations:
            yield evaluation, book.grid(evaluation.table.sheet)


def rows(evaluation: Evaluation) -> list[Scored]:
    return [row for row in evaluation.rows if row.indicator.place is Place.ROW]


def given(row: Scored) -> tuple[object, ...]:
    """name, target, actual and weight as the cells of this row."""
    entries = row.indicator.entries
    return row.indicator.name, *(sent(entries[role].cell) if role in entries else None for role in ARGUMENTS)


def expected_score(row: Scored) -> object:
    return float(row.score) if row.score is not None else unscored(row)


def unscored(row: Scored) -> str:
    return failed(Failure.NOT_AVAILABLE, f"{row.indicator.name}：{row.explanation}")


def expected_rate(row: Scored) -> object:
    return float(row.completion) if row.completion is not None else row.completion_text or unscored(row)


def test_the_examples_have_rows_of_every_sort() -> None:
    kinds = {row.kind for evaluation, _ in examples() for row in rows(evaluation)}
    assert kinds >= {Kind.AT_LEAST, Kind.AT_MOST, Kind.QUALITATIVE, Kind.EXECUTION}
    assert sum(len(rows(evaluation)) for evaluation, _ in examples()) > 50


def test_every_row_of_the_examples_has_the_score_of_the_core() -> None:
    for evaluation, _ in examples():
        for row in rows(evaluation):
            name, target, actual, weight = given(row)
            level2, profile = row.indicator.level2, evaluation.profile.name
            score = udfs.zpb_score(name, target, actual, weight, level2, profile)
            assert score == expected_score(row), row.indicator.name
            assert udfs.zpb_rate(name, target, actual, level2) == expected_rate(row), row.indicator.name
            if row.kind is not Kind.EXECUTION:  # from the amounts in the table, from the rate typed here
                assert udfs.zpb_why(name, target, actual, weight, level2, profile) == row.explanation


def test_columns_of_the_examples_have_the_scores_of_the_core() -> None:
    for evaluation, _ in examples():
        lines = rows(evaluation)
        names, targets, actuals, weights = (
            [[value] for value in column] for column in zip(*map(given, lines), strict=True)
        )
        level2 = [[row.indicator.level2] for row in lines]
        scores = udfs.zpb_score(names, targets, actuals, weights, level2, evaluation.profile.name)
        assert scores == [[expected_score(row)] for row in lines]
        assert udfs.zpb_rate(names, targets, actuals, level2) == [[expected_rate(row)] for row in lines]


def test_a_whole_table_of_the_examples_has_the_scores_of_the_core() -> None:
    for evaluation, grid in examples():
        first = min(ref.row for ref in evaluation.table.headings.values())
        last = max(row.indicator.row or 0 for row in evaluation.rows)
        right = max(ref.column for ref in evaluation.table.headings.values())
        table = block(grid, first, last, right)
        answer = udfs.zpb_table(table, block(grid, 1, first - 1, right), evaluation.profile.name)
        assert isinstance(answer, list)
        assert len(answer) == len(table)
        for row in rows(evaluation):
            assert row.indicator.row is not None
            rate, score, _ = answer[row.indicator.row - first]
            assert (rate, score) == (expected_rate(row), expected_score(row)), row.indicator.name


def block(grid: Grid, first: int, last: int, right: int) -> list[list[object]]:
    return [[sent(grid.at(row, column)) for column in range(1, right + 1)] for row in range(first, last + 1)]


def test_totals_and_grades_of_the_examples() -> None:
    for evaluation, _ in examples():
        scores = [[float(row.score)] for row in evaluation.rows if row.score is not None]
        weights = [[float(row.indicator.weight or 0)] for row in evaluation.rows]
        assert udfs.zpb_total(scores, weights) == float(evaluation.total or 0)
        assert udfs.zpb_grade(
            float(evaluation.total or 0), evaluation.profile.name
        ) == evaluation.profile.printed_grade(evaluation.total or Decimal(0))
        assert udfs.zpb_weights(weights, None, evaluation.profile.name) == sums_to(evaluation.weights_total)


def sums_to(total: Decimal) -> str:
    """The answer for weights that add up to this much, of 100."""
    return f"合计{plain(total)}，通过" if total == 100 else f"合计{plain(total)}，缺{plain(100 - total)}"


# --- shapes and blanks -----------------------------------------------------------------------------


def test_one_value_gives_one_value_and_a_column_a_column() -> None:
    assert udfs.zpb_score("合格率", "≥95%", "85%", 10) == 8.95
    assert udfs.zpb_score([["合格率"]], [["≥95%"]], [["85%"]], [[10]]) == [[8.95]]
    assert udfs.zpb_score(
        (("合格率",), ("档案数量",)), (("≥95%",), ("≥130件",)), (("85%",), ("221件",)), 10
    ) == [[8.95], [10]]


def test_one_dimension_is_a_column() -> None:
    assert udfs.zpb_rate(["合格率", "合格率"], "100%", ["85%", "90%"]) == [[0.85], [0.9]]


@pytest.mark.parametrize("blank", [None, ""])
def test_a_blank_line_stays_blank(blank: object) -> None:
    assert udfs.zpb_score([["合格率"], [blank]], [["95%"], [blank]], [["95%"], [blank]], 10) == [[10], [""]]
    assert udfs.zpb_rate(blank, blank, blank) == ""


def test_columns_of_different_length_are_told() -> None:
    why = "各列的行数不一致（2、3），请选取同样多的行。"
    assert udfs.zpb_score([["a"], ["b"]], [[1], [2], [3]], 1, 1) == failed(Failure.VALUE, why)


# --- values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("actual", ["85%", "85％", 0.85, "0.85", " 85 %"])
def test_percentages_however_they_come(actual: object) -> None:
    target = "95%" if isinstance(actual, str) and "0.85" not in actual else 0.95
    assert udfs.zpb_rate("合格率", target, actual) == 0.8947


@pytest.mark.parametrize("actual", ["85%", 85.0, 0.85])
def test_an_actual_beside_a_percentage_is_read_by_its_size(actual: object) -> None:
    assert udfs.zpb_score("合格率", "95%", actual, 10) == 8.95


def test_dates_come_as_text() -> None:
    assert udfs.zpb_score("完成时间", "2021-12-31", "2021-11-30", 10) == 10
    late = str(udfs.zpb_score("完成时间", "2021-12-31", "2022-01-30", 10))
    assert late.startswith(f"{Failure.NOT_AVAILABLE} 完成时间：")
    assert "晚了30天" in late


def test_an_error_cell_gives_an_error_with_its_reason() -> None:
    answer = str(udfs.zpb_score("合格率", "≥95%", "#DIV/0!", 10))
    assert answer.startswith(f"{Failure.NOT_AVAILABLE} 合格率：未计算：")
    assert "#DIV/0!" in answer


def test_a_name_that_begins_with_a_number_sign_is_no_error() -> None:
    assert udfs.zpb_score("#A座改造面积", "100平方米", "95平方米", 10) == 9.5


def test_a_line_that_cannot_be_computed_says_why_without_an_error() -> None:
    assert udfs.zpb_why("合格率", "≥95%", None, 10) == "未计算：没有业绩值"


def test_an_unknown_profile_is_told() -> None:
    for result in (
        udfs.zpb_score("合格率", 1, 1, 10, None, "山东"),
        udfs.zpb_grade(90, "山东"),
        udfs.zpb_weights([[100]], None, "山东"),
    ):
        assert str(result).startswith(f"{Failure.VALUE} 没有名为“山东”的评分规则")


@pytest.mark.parametrize("profile", [None, "", " shanxi ", [["shanxi"]]])
def test_a_profile_may_be_left_out_or_stand_in_a_cell(profile: object) -> None:
    assert udfs.zpb_grade(95, profile) == ("优秀" if profile else "优")


def test_a_table_without_headings_is_told() -> None:
    answer = str(udfs.zpb_table([["a", "b"]]))
    assert answer.startswith(f"{Failure.VALUE} 区域里没有找到自评表")


def test_a_table_answers_beside_its_rows() -> None:
    table = [
        ["三级指标", "年度指标值", "实际完成值", "分值"],
        ["档案数量", "≥130件", "221件", 15.0],
        [None, None, None, None],
        ["合格率", "≥95%", None, 10.0],
    ]
    assert udfs.zpb_table(table) == [
        ["完成率", "得分", "说明"],
        [1.7, 15, "221 ≥ 130，得满分 15（完成率 170.00%）"],
        ["", "", ""],
        ["", failed(Failure.NOT_AVAILABLE, "合格率：未计算：没有业绩值"), "未计算：没有业绩值"],
    ]


# --- totals ----------------------------------------------------------------------------------------


def test_a_total_rounds_once() -> None:
    assert udfs.zpb_total([[26.84], [10.0], [0.1], [0.2]]) == 37.14


def test_no_total_while_a_line_lacks_its_score() -> None:
    why = "有 1 行有分值而没有得分，总分无法计算。"
    answer = udfs.zpb_total([[10], [None], [""]], [[10], [20], [None]])
    assert answer == failed(Failure.NOT_AVAILABLE, why)


@pytest.mark.parametrize("text", ["未完成", "缺", "/", "待评"])
def test_no_total_over_a_text_that_is_no_score(text: str) -> None:
    why = f"得分列里的“{text}”不是数，请改成数，或只选有数的单元格。"
    assert udfs.zpb_total([[10], [text], [20]]) == failed(Failure.VALUE, why)
    why = f"分值列里的“{text}”不是数，请改成数，或只选有数的单元格。"
    assert udfs.zpb_weights([[50], [text]]) == failed(Failure.VALUE, why)


@pytest.mark.parametrize("heading", ["得分", "自评\n得分", "核算得分", "得分（100）", "手工得分", "  "])
def test_the_heading_of_a_column_is_no_score(heading: str) -> None:
    assert udfs.zpb_total([[heading], [10], ["20分"], [20]]) == 50


def test_no_total_over_an_error() -> None:
    assert udfs.zpb_total([[10], ["#N/A"]]) == failed(
        Failure.VALUE, "得分列里有错误值 #N/A，请先改正那个单元格。"
    )
    assert udfs.zpb_weights([[10], ["#REF!"]]) == failed(
        Failure.VALUE, "分值列里有错误值 #REF!，请先改正那个单元格。"
    )


@pytest.mark.parametrize("scores", [None, [["得分"], [None]]])
def test_no_total_of_nothing(scores: object) -> None:
    assert udfs.zpb_total(scores) == failed(Failure.NOT_AVAILABLE, "得分列里没有数。")


def test_a_total_of_columns_that_do_not_match() -> None:
    why = "得分列有 2 个单元格，分值列有 1 个，应一样多。"
    assert udfs.zpb_total([[1], [2]], [[1]]) == failed(Failure.VALUE, why)


@pytest.mark.parametrize(("total", "shown"), [(None, "空白"), ("缺", "“缺”"), ("#N/A", "“#N/A”")])
def test_no_grade_without_a_number(total: object, shown: str) -> None:
    assert udfs.zpb_grade(total) == failed(Failure.VALUE, f"总分应为数，现为{shown}。")


@pytest.mark.parametrize(
    ("total", "grade"), [(90, "优"), (89.99, "良"), (80, "良"), ("60分", "中"), (59.99, "差")]
)
def test_grades(total: object, grade: str) -> None:
    assert udfs.zpb_grade(total) == grade


@pytest.mark.parametrize(
    ("weights", "funds", "said"),
    [
        ([[50], [30], [20]], None, "合计100，通过"),
        ([[50], [45]], None, "合计95，缺5"),
        ([[50], [52.5]], None, "合计102.5，多2.5"),
        ([[50], [40]], [["全年执行数"]], "合计100（含预算执行率10），通过"),
        ([[50], [50]], [["全年执行数"]], "合计100，通过"),
        ([["分值"], [100], [None]], None, "合计100，通过"),
    ],
)
def test_weights(weights: object, funds: object, said: str) -> None:
    assert udfs.zpb_weights(weights, funds) == said


# --- asked again -----------------------------------------------------------------------------------


def test_a_line_that_was_asked_before_is_remembered() -> None:
    """Excel asks for every cell of a column again when one of them changes."""
    udfs._scored.cache_clear()
    for _ in range(3):
        for number in range(20):
            udfs.zpb_score("培训人次", "≥200人次", f"{number}人次", 20.0)
    assert udfs._scored.cache_info().misses == 20


def test_what_looks_alike_is_not_mixed_up() -> None:
    """1, true and 1.0 are one key to Python; what a cell holds is another matter, and so are other rules."""
    assert udfs.zpb_score("档案数量", 1, 1, 10) == 10
    assert udfs.zpb_score("档案数量", 1, True, 10) != 10
    assert udfs.zpb_score("档案数量", 1, 1.0, 10) == 10
    first, other = (udfs.zpb_score("预算执行率", "100%", "80%", 10, None, name) for name in (None, "hubei"))
    assert first == udfs.zpb_score("预算执行率", "100%", "80%", 10)
    assert other == udfs.zpb_score("预算执行率", "100%", "80%", 10, None, "hubei")


# --- with the registry -----------------------------------------------------------------------------


def test_every_function_of_the_registry_is_here_with_its_arguments() -> None:
    for function in registry.FUNCTIONS:
        parameters = inspect.signature(getattr(udfs, function.name.lower())).parameters
        assert list(parameters) == [argument.name for argument in function.arguments]
        optional = [each.default is None for each in parameters.values()]
        assert optional == [argument.optional for argument in function.arguments]
