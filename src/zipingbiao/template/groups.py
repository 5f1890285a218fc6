"""Levels that lines repeat, shown as one tall cell with one name in its middle, as the printed form has it.

Every line holds its levels, so that it can be sorted, inserted or deleted without the others. Which of them
are shown is decided by conditional formats over the lines that are *visible*: 评分 folds blank lines away.
A name is hidden by its number format: what is only painted in the colour of the paper comes back in black
and white. Between the heading and the total, which differ from every level, each group has an end.
"""

from __future__ import annotations

from zipingbiao.book.cells import column_letters
from zipingbiao.table.records import Role
from zipingbiao.template.lines import Table
from zipingbiao.template.page import Page

_NOTHING = ";;;"  # the number format that shows neither number nor text
_FAR = 9_999_999  # more than any row


def draw_groups(page: Page, table: Table) -> None:
    """Hide the names that a group repeats and draw the rules between the groups."""
    hidden, ruled = {"num_format": _NOTHING}, {"top": 1, "left": 1, "right": 1}
    for role, roles in ((Role.LEVEL1, (Role.LEVEL1,)), (Role.LEVEL2, (Role.LEVEL2, Role.LEVEL1))):
        group = _Group(table, roles)
        # Not every program goes on after the first that holds, so the first says all.
        for criteria, look in (
            (f"=NOT(OR({group.goes_on},{group.is_middle}))", {**hidden, **ruled}),
            (f"=NOT({group.goes_on})", ruled),
            (f"=NOT({group.is_middle})", hidden),
        ):
            rule = {"type": "formula", "criteria": criteria, "format": page.styles.changed(**look)}
            page.sheet.conditional_format(table.column(role), rule)


class _Group:
    """The visible lines around the first one that agree with it in all *roles*, as expressions of its formula.

    SUMPRODUCT makes every program go through the rows one by one, also in a conditional format.
    """

    def __init__(self, table: Table, roles: tuple[str, ...]) -> None:
        self._columns = tuple(f"${column_letters(table.columns[role] + 1)}" for role in roles)
        self._line = table.first
        column, end = self._columns[0], f"${table.last + 1}"
        here = f"{column}{self._line}"
        above = self._nearest(f"${table.heading}", self._line - 1, "ROW({})")
        # Where the total spans several columns, only the first of them holds its word.
        below = self._nearest(self._line + 1, end, f"({_FAR}-ROW({{}}))", f",{_FAR}-ROW({column}{end})")
        # Each counts this line too.
        self._before = f"SUBTOTAL(103,OFFSET({here},{above}+1-ROW(),0,ROW()-{above}))"
        self._after = f"SUBTOTAL(103,OFFSET({here},0,0,{_FAR}-{below}-ROW()))"

    @property
    def goes_on(self) -> str:
        """Whether the last visible line above belongs to the group."""
        return f"{self._before}>1"

    @property
    def is_middle(self) -> str:
        """Whether as many visible lines of the group stand above as below, or one less."""
        return f"ABS(2*({self._after}-{self._before})-1)=1"

    def _nearest(self, first: object, last: object, how_near: str, at_least: str = "") -> str:
        """The nearest of these rows that is visible and has another level, by *how_near* it is."""

        def of(column: str) -> str:
            return f"{column}{first}:{column}{last}"

        rows, top = of(self._columns[0]), f"{self._columns[0]}{first}"
        is_shown = f"SUBTOTAL(103,OFFSET({top},ROW({rows})-ROW({top}),0))"
        differs = "+".join(f"({of(column)}<>{column}{self._line})" for column in self._columns)
        return f"SUMPRODUCT(MAX({is_shown}*SIGN({differs})*{how_near.format(rows)}{at_least}))"
