"""The indicators of a table as its printed form shows them, line by line, and the tables made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from operator import attrgetter

from zipingbiao.report.blocks import Cell, Table, head
from zipingbiao.report.texts import Basis
from zipingbiao.scoring.evaluation import Evaluation, Scored, level_group
from zipingbiao.table.records import Indicator, Place, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import exact, plain

_SIGNS = frozenset("≥≤=＝><＞＜")


@frozen
class Line:
    """One line as the form prints it, every figure as text.

    Attributes:
        shares: whether its score stands in the merged cell of the line above.
    """

    group: str
    level1: str
    level2: str
    name: str
    weight: str
    target: str
    actual: str
    completion: str
    score: str
    reason: str
    shares: bool = False


@frozen
class Column:
    """A column of a table of lines.

    Attributes:
        joined: what two lines must have alike for their cells to be one; empty where each has its own.
    """

    heading: str
    width: int
    value: Callable[[Line], str]
    joined: tuple[str, ...] = ()
    left: bool = False


LEVEL1 = Column("一级指标", 24, attrgetter("level1"), ("level1",))
LEVEL2 = Column("二级指标", 27, attrgetter("level2"), ("level1", "level2"))
NAME = Column("三级指标", 52, attrgetter("name"), left=True)
WEIGHT = Column("权重", 16, attrgetter("weight"))
TARGET = Column("目标值", 23, attrgetter("target"))
ACTUAL = Column("业绩值", 26, attrgetter("actual"))
SCORE = Column("得分", 17, attrgetter("score"))

BODY = (LEVEL2, NAME, WEIGHT, TARGET, ACTUAL, SCORE)
"""The columns of the tables in the text of a Shanxi report."""


def lines(evaluation: Evaluation, *, with_funds: bool) -> tuple[Line, ...]:
    """Return the printed lines in the order of the sheet, parts of a line (其中 …) among them.

    An execution that no row of the table states is none of them.

    Args:
        evaluation: of one table.
        with_funds: whether the execution that stands in the funds block is a line too.
    """
    places = {Place.ROW, Place.FUNDS} if with_funds else {Place.ROW}
    scored = [_scored(row) for row in evaluation.rows if row.indicator.place in places]
    parts = [(indicator.row or 0, _line(indicator)) for indicator in evaluation.table.informative]
    return tuple(line for _, line in sorted((*scored, *parts), key=lambda each: each[0]))


def table_of(lines: Sequence[Line], columns: Sequence[Column], mark: str) -> Table:
    """Return a table of lines below their headings; levels that go on are merged cells."""
    rows = [head(*(column.heading for column in columns))]
    rows += [tuple(_cells(line, above, columns)) for above, line in zip((None, *lines), lines, strict=False)]
    return Table([column.width for column in columns], rows, mark=mark)


def body_table(basis: Basis, groups: Collection[str], mark: str) -> Table:
    """Return the table in the text for some groups of :data:`zipingbiao.scoring.evaluation.LEVEL_GROUPS`."""
    own = [line for line in lines(basis.evaluation, with_funds=True) if line.group in groups]
    return table_of(own, BODY, mark)


def _cells(line: Line, above: Line | None, columns: Sequence[Column]) -> Iterator[Cell]:
    for column in columns:
        text = column.value(line)
        joins = above is not None and _is_one(line, above, column, text)
        yield Cell(text, joins=joins, left=column.left)


def _is_one(line: Line, above: Line, column: Column, text: str) -> bool:
    if column is SCORE or column.value is SCORE.value:
        return line.shares
    alike = all(getattr(line, name) == getattr(above, name) for name in column.joined)
    return bool(column.joined) and bool(text) and alike


def _scored(row: Scored) -> tuple[int, Line]:
    indicator = row.indicator
    shares = indicator.row in indicator.shared_score[1:]
    score = "" if shares or row.adopted is None else plain(row.adopted)
    typed = indicator.entries.get(Role.COMPLETION)
    is_typed = typed is not None and typed.is_typed and not typed.is_empty
    completion = indicator.text(Role.COMPLETION) if is_typed else row.completion_text
    return indicator.row or 0, _line(indicator, completion, score, shares=shares)


def _line(indicator: Indicator, completion: str = "", score: str = "", *, shares: bool = False) -> Line:
    return Line(
        level_group(indicator),
        indicator.level1,
        indicator.level2,
        indicator.text(Role.NAME) or indicator.name,
        plain(indicator.weight) if indicator.weight is not None else indicator.text(Role.WEIGHT),
        _with_sign(indicator, Role.TARGET),
        _with_unit(indicator, Role.ACTUAL),
        completion,
        score,
        indicator.text(Role.REASON),
        shares,
    )


def _with_sign(indicator: Indicator, role: Role) -> str:
    """The target with the sign of a column of its own, which the report does not have."""
    text, sign = _with_unit(indicator, role), indicator.text(Role.SIGN)
    return f"{sign}{text}" if text and sign in _SIGNS and text[0] not in _SIGNS else text


def _with_unit(indicator: Indicator, role: Role) -> str:
    """A bare number with the unit of a column of its own."""
    text, unit = indicator.text(role), indicator.text(Role.UNIT)
    return f"{text}{unit}" if unit and indicator.unit is not None and exact(text) is not None else text
