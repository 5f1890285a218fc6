"""The budget execution that a table does not list: its points count in the printed total, and the form says so.

Native formulas for what :func:`zipingbiao.scoring.execution.implied_execution` decides: no line is the
execution, the funds table allows the rate, and the weights leave room for the profile's points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from zipingbiao.scoring.profile import Profile
from zipingbiao.table import ours
from zipingbiao.table.find.execution import EXECUTION_LEVELS, EXECUTION_NAMES, MONEY_LEVELS
from zipingbiao.table.records import Role
from zipingbiao.template.styles import POINTS
from zipingbiao.template.sums import Amounts, Formula
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain

if TYPE_CHECKING:
    from zipingbiao.template.lines import Table
    from zipingbiao.template.page import Page

_HEIGHT = 16


@frozen
class Columns:
    """The cells of a table's lines by what they hold: ``A18:A47``."""

    level1: str
    level2: str
    name: str
    weight: str
    score: str


def points(columns: Columns, amounts: Amounts, profile: Profile) -> Formula:
    """The points of the unlisted execution; blank where it is listed, has no amounts, or finds no room."""
    room = plain(profile.weight_total - profile.execution_points)
    weights, scores = columns.weight, columns.score
    # Where a line without a weight has a score, nobody knows how much room there is.
    refused = f"{_listed(columns)}>0,COUNT({weights})=0,COUNT({scores})>COUNT({weights}),ROUND(SUM({weights}),6)>{room}"
    return Formula(
        f'=IF(OR({refused}),"",{amounts.score(plain(profile.execution_points)).removeprefix("=")})'
    )


def note(points_cell: str, weights_cell: str, profile: Profile) -> Formula:
    """One sentence for the printed form; blank where nothing is added to its total."""
    worth = plain(profile.execution_points)
    whole = f"ROUND(SUM({weights_cell},{worth}),2)"
    return Formula(
        f'=IF({points_cell}="","","{ours.UNLISTED_NOTE}"&{points_cell}&"分'
        f'（权重{worth}，计入后权重合计"&{whole}&"）")'
    )


def points_cell(table: Table, row: int) -> str:
    """The address of the points in a row below the lines: under 核算得分, which is not printed."""
    return table.at(Role.COMPUTED, row)


def write_unlisted(page: Page, table: Table, amounts: Amounts, weights_cell: str) -> None:
    """Write the row that says so, printed, and the points beside it, not printed."""
    at, row = table.columns[Role.COMPUTED], page.number
    columns = Columns(
        *(table.column(role) for role in (Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.WEIGHT, Role.SCORE))
    )
    said = note(points_cell(table, row), weights_cell, page.profile)
    page.put(0, page.last, said, page.styles.plain(align="left", indent=1, font_size=10))
    page.put(at - 1, at - 1, ours.UNLISTED_LABEL, page.styles.of(align="right", font_size=9))
    page.put(at, at, points(columns, amounts, page.profile), page.styles.formula(POINTS))
    page.spaced(_HEIGHT)


def _listed(columns: Columns) -> str:
    """How often a line is the budget execution: by a level, or by a level 2 about money and its name.

    Only COUNTIFS: text functions over a column are not calculated row by row everywhere (Gnumeric). So
    a level may have one blank or line break in the middle of the word, and a name goes on as it likes.
    """
    words = [f"*{part}*" for word in EXECUTION_LEVELS for part in (word, f"{word[:2]}?{word[2:]}")]
    is_line = ((columns.name, "?*"), (columns.weight, ">=0"))
    by_level = (
        ((level, word), line)
        for level in (columns.level1, columns.level2)
        for word in words
        for line in is_line
    )
    by_name = (
        ((columns.level2, f"*{word}*"), (columns.name, f"{name}*"))
        for word in MONEY_LEVELS
        for name in EXECUTION_NAMES
    )
    return "+".join(_count(*pair) for pair in (*by_level, *by_name))


def _count(*criteria: tuple[str, str]) -> str:
    listed = ",".join(f'{cells},"{pattern}"' for cells, pattern in criteria)
    return f"COUNTIFS({listed})"
