"""Worksheet functions as plain functions: what Excel hands over → what a cell shows.

An argument is a single value or a block of rows, as xlwings delivers them: text, float, bool,
datetime or None. The VBA wrapper hands percentages over as text (``95%``), because a bare 0.95 says
nothing of its format. A line that cannot be computed is an error in its cell, never a blank that a
sum would skip: a :class:`Failure` and its reason, which VBA takes apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from zipingbiao.book.cell_values import cell_of, is_error
from zipingbiao.book.cells import Book, Grid, Ref
from zipingbiao.errors import UsageError
from zipingbiao.result.evaluate import evaluate_table
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.choose import STANDARD
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.line import score_line
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.entry import Entry
from zipingbiao.table.find import read_tables
from zipingbiao.table.find.labels import heading
from zipingbiao.table.records import Place, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import excel_number, plain, round_points, same_points

Given = object
Result = float | int | str
Rows = list[list[Result]]
Show = Callable[[Scored], Result]

TABLE, FUNDS = "自评表", "资金表"
TABLE_HEADINGS = ("完成率", "得分", "说明")


class Failure(StrEnum):
    """The errors of a cell; behind a blank stands the reason, and VBA makes CVErr values of them."""

    VALUE = "#ZPB:VALUE"
    NOT_AVAILABLE = "#ZPB:NA"


def zpb_rate(name: Given, target: Given, actual: Given, level2: Given = None) -> Result | Rows:
    """完成率 as a fraction with 4 decimals; the percentage itself for a text target."""
    return _each((name, target, actual, 0, level2), None, _rate)


def zpb_score(
    name: Given, target: Given, actual: Given, weight: Given, level2: Given = None, profile: Given = None
) -> Result | Rows:
    """指标得分 in points with 2 decimals."""
    return _each((name, target, actual, weight, level2), profile, _points)


def zpb_why(
    name: Given, target: Given, actual: Given, weight: Given, level2: Given = None, profile: Given = None
) -> Result | Rows:
    """The sentence that explains a score; also where there is none."""
    return _each((name, target, actual, weight, level2), profile, lambda row: row.explanation)


def zpb_table(table: Given, funds: Given = None, profile: Given = None) -> Result | Rows:
    """完成率, 得分 and 说明 beside each row of a table with its headings; blank beside other rows."""
    try:
        rows = _block(table)
        evaluation = _read(rows, funds, profile)
    except UsageError as wrong:
        return _fail(Failure.VALUE, str(wrong))
    found = {row.indicator.row: row for row in evaluation.rows if row.indicator.place is Place.ROW}
    top = max(ref.row for ref in evaluation.table.headings.values())
    return [
        list(TABLE_HEADINGS) if number == top else _table_line(found.get(number))
        for number in range(1, len(rows) + 1)
    ]


def zpb_total(scores: Given, weights: Given = None) -> Result:
    """Σ of the scores; an error as long as a line with a weight has no score."""
    try:
        given = _numbers(scores, "得分列")
        points = _numbers(weights, "分值列") if weights is not None else None
    except UsageError as wrong:
        return _fail(Failure.VALUE, str(wrong))
    if points is not None:
        if len(points) != len(given):
            return _fail(
                Failure.VALUE, f"得分列有 {len(given)} 个单元格，分值列有 {len(points)} 个，应一样多。"
            )
        lacking = sum(bool(weight) and score is None for weight, score in zip(points, given, strict=True))
        if lacking:
            return _fail(Failure.NOT_AVAILABLE, f"有 {lacking} 行有分值而没有得分，总分无法计算。")
    known = [score for score in given if score is not None]
    if not known:
        return _fail(Failure.NOT_AVAILABLE, "得分列里没有数。")
    return excel_number(round_points(sum(known, Decimal(0))))


def zpb_grade(total: Given, profile: Given = None) -> Result:
    """The grade as this place prints it."""
    points = _number(_single(total))
    if points is None:
        given = _single(total)
        return _fail(Failure.VALUE, f"总分应为数，现为{'空白' if given is None else f'“{given}”'}。")
    try:
        return _profile(profile).printed_grade(points)
    except UsageError as wrong:
        return _fail(Failure.VALUE, str(wrong))


def zpb_weights(weights: Given, funds: Given = None, profile: Given = None) -> Result:
    """合计100，通过 / 合计95，缺5; with funds, an execution line that the table lacks is counted in."""
    try:
        given = _numbers(weights, "分值列")
        rules = _profile(profile)
    except UsageError as wrong:
        return _fail(Failure.VALUE, str(wrong))
    total = sum((weight for weight in given if weight is not None), Decimal(0))
    implied = ""
    if funds is not None and total + rules.execution_points <= rules.weight_total:
        total += rules.execution_points
        implied = f"（含预算执行率{plain(rules.execution_points)}）"
    gap = rules.weight_total - total
    if same_points(total, rules.weight_total):
        return f"合计{plain(total)}{implied}，通过"
    return f"合计{plain(total)}{implied}，{'缺' if gap > 0 else '多'}{plain(abs(gap))}"


# --- one line ------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """What was given for one indicator."""

    name: Given
    target: Given
    actual: Given
    weight: Given
    level2: Given

    @property
    def is_blank(self) -> bool:
        return all(cell_of(value) is None for value in (self.name, self.target, self.actual))


def _each(arguments: Sequence[Given], profile: Given, show: Show) -> Result | Rows:
    """Compute line by line; one value in gives one value out, a column a column."""
    try:
        rules = _Rules.of(_profile(profile))
        lines = list(_lines(arguments))
    except UsageError as wrong:
        return _fail(Failure.VALUE, str(wrong))
    results: Rows = [["" if line.is_blank else show(_scored(*line, rules))] for line in lines]
    single = all(not isinstance(value, list | tuple) for value in arguments)
    return results[0][0] if single else results


@frozen
class _Rules:
    """Rules as they are told apart: two files that say the same are the same."""

    hash: str
    profile: Profile = field(compare=False)

    @classmethod
    def of(cls, profile: Profile) -> _Rules:
        return cls(profile.hash, profile)


# Excel asks again for every cell whenever one of a column changes.
@lru_cache(maxsize=20_000, typed=True)
def _scored(name: Given, target: Given, actual: Given, weight: Given, level2: Given, rules: _Rules) -> Scored:
    return score_line(name, target, actual, weight, level2, rules.profile)


def _rate(row: Scored) -> Result:
    if row.completion is not None:
        return excel_number(row.completion)
    return row.completion_text or _fail(Failure.NOT_AVAILABLE, f"{row.indicator.name}：{row.explanation}")


def _points(row: Scored) -> Result:
    if row.score is not None:
        return excel_number(row.score)
    return _fail(Failure.NOT_AVAILABLE, f"{row.indicator.name}：{row.explanation}")


def _lines(arguments: Sequence[Given]) -> Iterator[_Line]:
    """Give the lines of columns of one length; a single value stands for every line."""
    columns = [
        [value for row in _block(argument) for value in row] if isinstance(argument, list | tuple) else None
        for argument in arguments
    ]
    lengths = {len(column) for column in columns if column is not None}
    if len(lengths) > 1:
        raise UsageError(f"各列的行数不一致（{'、'.join(map(str, sorted(lengths)))}），请选取同样多的行。")
    for index in range(max(lengths, default=1)):
        yield _Line(
            *(
                argument if column is None else column[index]
                for argument, column in zip(arguments, columns, strict=True)
            )
        )


# --- a whole table -------------------------------------------------------------------------------


def _read(rows: list[list[Given]], funds: Given, profile: Given) -> Evaluation:
    grids = [_grid(TABLE, rows)]
    if funds is not None:
        grids.append(_grid(FUNDS, _block(funds)))
    tables = read_tables(Book("", tuple(grids)))
    if not tables:
        raise UsageError("区域里没有找到自评表：应含表头（指标、目标值、业绩值、分值或得分）。")
    name = str(_single(profile)).strip() if _single(profile) is not None else None
    return evaluate_table(tables[0], name or None)


def _grid(sheet: str, rows: list[list[Given]]) -> Grid:
    cells = {
        (row, column): cell
        for row, line in enumerate(rows, 1)
        for column, value in enumerate(line, 1)
        if (cell := cell_of(value)) is not None
    }
    return Grid(sheet, cells)


def _table_line(row: Scored | None) -> list[Result]:
    if row is None:
        return ["", "", ""]
    completion = excel_number(row.completion) if row.completion is not None else row.completion_text
    return [completion, _points(row), row.explanation]


# --- values --------------------------------------------------------------------------------------


def _profile(given: Given) -> Profile:
    name = _single(given)
    return profiles.load(str(name).strip() if name is not None and str(name).strip() else STANDARD)


_POINTS = frozenset({Role.WEIGHT, Role.SCORE, Role.COMPUTED, Role.MANUAL})


def _numbers(column: Given, what: str) -> list[Decimal | None]:
    """Return the numbers of a column, None for a blank or for its heading.

    Raises:
        UsageError: a cell shows an error, or a text that is no number; no sum may pass over either.
    """
    values = [value for row in _block(column) for value in row]
    for value in values:
        if is_error(value):
            raise UsageError(f"{what}里有错误值 {value}，请先改正那个单元格。")
        if _is_no_number(value):
            raise UsageError(f"{what}里的“{str(value).strip()}”不是数，请改成数，或只选有数的单元格。")
    return [_number(value) for value in values]


def _is_no_number(value: Given) -> bool:
    if not isinstance(value, str) or not value.strip() or _number(value) is not None:
        return False
    meaning = heading(value)
    return meaning is None or meaning.role not in _POINTS


def _number(value: Given) -> Decimal | None:
    return Entry.of(Ref(TABLE, 1, 1), cell_of(value)).number


def _block(value: Given) -> list[list[Given]]:
    """Return rows of values, whatever was given: one value, one row or a block."""
    if not isinstance(value, list | tuple):
        return [[value]]
    if any(isinstance(row, list | tuple) for row in value):
        return [list(row) if isinstance(row, list | tuple) else [row] for row in value]
    return [[each] for each in value]


def _single(value: Given) -> Given:
    return _block(value)[0][0] if isinstance(value, list | tuple) and value else value


def _fail(failure: Failure, why: str) -> str:
    return f"{failure} {why}"
