"""What a superior's form gets in its cells: the figures of 汇总表, each as the form wants to see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil
from operator import attrgetter
from typing import NamedTuple

from zipingbiao.batch.records import Section
from zipingbiao.book.cells import CellClass, Grid
from zipingbiao.book.changes import Change, RowChange
from zipingbiao.book.read.looks import COMMON_SIZE, SheetLook
from zipingbiao.book.write.new_cells import Style, Value, lines_needed
from zipingbiao.result.columns import (
    CODE,
    DEPARTMENT,
    EXECUTED,
    FULL_YEAR,
    GRADE,
    INITIAL,
    LEVELS,
    NAME,
    NOTICE,
    NUMBER,
    PARTS,
    RATE_OR_DASH,
    SCORE,
    UNIT,
    YEAR,
    ProjectColumn,
)
from zipingbiao.table.find.superior import Asked, SuperiorForm
from zipingbiao.values.number import HUNDRED, TEN_THOUSAND, percent, ratio, round_points, stored

_COLUMNS: Mapping[str, ProjectColumn] = {
    "number": NUMBER,
    "name": NAME,
    "code": CODE,
    "department": DEPARTMENT,
    "unit": UNIT,
    "year": YEAR,
    "initial": INITIAL,
    "full_year": FULL_YEAR,
    "executed": EXECUTED,
    "rate": RATE_OR_DASH,
    "score": SCORE,
    "grade": GRADE,
    "levels": LEVELS,
    **dict(
        zip(
            ("execution_score", "cost_score", "output_score", "benefit_score", "satisfaction_score"),
            PARTS,
            strict=False,  # the last group, 其他, no form asks for
        )
    ),
    "unmet": ProjectColumn("未完成指标数", 8, Style.COUNT, attrgetter("unmet")),
    "reasons": ProjectColumn("偏差原因", 26, Style.TEXT, attrgetter("reasons")),
    "remark": NOTICE,
}
_MONEY = frozenset({"initial", "full_year", "executed"})
_WORDS = frozenset({"number", "name", "code", "department", "unit", "year", "levels", "remark"})
"""What a project says that no total counts yet; its figures wait for 认定."""
_WHY = "填上级表"
_LEADING = 1.35  # from line to line, in sizes of the font


class Filled(NamedTuple):
    """What fills one sheet: its cells, the rows that need more room, and what a person must know of it in Chinese."""

    changes: tuple[Change, ...] = ()
    rows: tuple[RowChange, ...] = ()
    said: tuple[str, ...] = ()


def filled(grid: Grid, form: SuperiorForm, section: Section, look: SheetLook, draft: str) -> Filled:
    """Return what fills one sheet.

    A formula stays, so does what is typed in a total row; what stands in a ready row as a sample goes.

    Args:
        grid: the sheet, with as many ready rows as there are projects.
        form: where its columns stood before rows were inserted.
        section: whose projects they are.
        look: of the sheet before rows were inserted.
        draft: what a paper says as long as a question is open; "" with none.
    """
    return _Filler(grid, form, section, look).fill(draft)


def disagreeing(grid: Grid, form: SuperiorForm, section: Section) -> Iterator[str]:
    """Give the headings of money whose total, calculated by the form, is not ours.

    Args:
        grid: the filled sheet.
        form: where its columns stood before rows were inserted.
        section: whose projects they are.
    """
    for asked in form.columns:
        if asked.what not in _MONEY:
            continue
        ours = _value(asked, _total(asked, section))
        for row in _totals(form, _added(form, section)):
            cell = grid.at(row, asked.column)
            if cell is not None and cell.formula and _stored(cell.value) != _stored(ours or Decimal(0)):
                yield asked.heading


class _Filler:
    def __init__(self, grid: Grid, form: SuperiorForm, section: Section, look: SheetLook) -> None:
        self._grid, self._form, self._section, self._look = grid, form, section, look
        self._projects = list(section.projects())
        first = form.body.start
        self._body = range(first, first + max(len(form.body), len(self._projects)))
        self._shared = frozenset(
            each.column
            for each in form.columns
            if any(self._is_shared(row, each.column) for row in self._body)
        )

    def fill(self, draft: str) -> Filled:
        """Return what fills the sheet."""
        if not self._projects:
            return Filled()
        wanted = dict(self._lines())
        for row in self._body:
            for column in self._grid.rows.get(row, ()):
                wanted.setdefault((row, column), "")
        wanted |= dict(self._of_totals())
        if draft:
            wanted[self._place_of_draft()] = draft
        made = (self._change(place, value) for place, value in sorted(wanted.items()))
        changes = tuple(change for change in made if change is not None)
        return Filled(changes, tuple(self._higher(wanted)), tuple(self._notes()))

    def _higher(self, wanted: Mapping[tuple[int, int], Decimal | str]) -> Iterator[RowChange]:
        """The rows of a fixed height in which a text would be cut off."""
        fixed = self._look.heights.get(self._body.start)
        for row in self._body[: len(self._projects)] if fixed is not None else ():
            needed = max((self._height(row, each.column, wanted) for each in self._form.columns), default=0)
            if fixed is not None and needed > fixed:
                yield RowChange(
                    self._grid.sheet, row, hidden=row in self._grid.hidden_rows, height=ceil(needed)
                )

    def _height(self, row: int, column: int, wanted: Mapping[tuple[int, int], Decimal | str]) -> float:
        text, look = wanted.get((row, column)), self._look.cells.get((self._body.start, column))
        if not isinstance(text, str) or look is None or not look.wraps:
            return 0
        area = self._grid.merge_at(row, column)
        columns = range(column, (area.right if area is not None else column) + 1)
        room = sum(self._look.width(each) for each in columns) * COMMON_SIZE / look.size
        return lines_needed(text, room) * look.size * _LEADING

    def _lines(self) -> Iterator[tuple[tuple[int, int], Decimal | str]]:
        for row, project in zip(self._body, self._projects, strict=False):
            for asked in self._form.columns:
                if asked.column in self._shared or not (project.counted or asked.what in _WORDS):
                    continue
                value = _value(asked, _COLUMNS[asked.what].value(project))
                if value is not None:
                    yield (row, asked.column), self._as_shown(asked, value)

    def _of_totals(self) -> Iterator[tuple[tuple[int, int], Decimal | str]]:
        """What a total row does not calculate itself; what stands there stays."""
        for row in _totals(self._form, _added(self._form, self._section)):
            for asked in self._form.columns:
                value = _value(asked, _total(asked, self._section))
                ref, cell = self._grid.through_merge(row, asked.column)
                if value is not None and cell is None and (ref.row, ref.column) == (row, asked.column):
                    yield (row, asked.column), self._as_shown(asked, value)

    def _place_of_draft(self) -> tuple[int, int]:
        """备注 of the total row; where the form has none, below all that it has."""
        remark = self._form.column("remark")
        added = _added(self._form, self._section)
        for row in _totals(self._form, added) if remark is not None else ():
            ref, cell = self._grid.through_merge(row, remark or 0)
            if cell is None and (ref.row, ref.column) == (row, remark):
                return row, remark or 0
        return max(self._form.end + added, self._body[-1]) + 1, self._form.columns[0].column

    def _change(self, place: tuple[int, int], value: Decimal | str) -> Change | None:
        cell = self._grid.at(*place)
        if (cell is not None and cell.formula is not None) or (cell is None and value == ""):
            return None
        old = "" if cell is None or cell.value is None else str(cell.value)
        return Change(self._grid.ref(*place), old, value, _WHY)

    def _as_shown(self, asked: Asked, value: Decimal | str) -> Decimal | str:
        """A rate as the column holds rates: under a % format, with % in its heading, else with its sign."""
        if asked.what != "rate" or not isinstance(value, Decimal):
            return value
        look = self._look.cells.get((self._body.start, asked.column))
        if look is not None and look.kind is CellClass.PERCENT:
            return value
        if "%" in asked.heading or "％" in asked.heading:
            return round_points(value * HUNDRED)
        return percent(value)

    def _is_shared(self, row: int, column: int) -> bool:
        area = self._grid.merge_at(row, column)
        return area is not None and (area.top != area.bottom or area.left != column)

    def _notes(self) -> Iterator[str]:
        name, first = self._form.sheet, self._body[0]
        blank = [
            each.heading
            for each in (
                *self._form.unknown,
                *(one for one in self._form.columns if one.column in self._shared),
            )
            if (cell := self._grid.at(first, each.column)) is None or cell.formula is None
        ]
        if blank:
            yield f"请手工填写上级表“{name}”的这些列：{'、'.join(blank)}，没有对应的数据，留空未填。"
        waiting = sum(not project.counted for project in self._projects)
        if waiting:
            yield f"上级表“{name}”有{waiting}个项目待认定，只列名称和单位，金额、得分留空，不在合计内。"


def _added(form: SuperiorForm, section: Section) -> int:
    """How many rows were inserted."""
    return max(0, sum(1 for _ in section.projects()) - len(form.body))


def _totals(form: SuperiorForm, added: int) -> list[int]:
    """The total rows as they stand after rows were inserted."""
    return [row + added if row >= form.body.start + len(form.body) else row for row in form.totals]


def _total(asked: Asked, section: Section) -> Value:
    total = _COLUMNS[asked.what].total
    return None if total is None else total.value(section.total)


def _value(asked: Asked, value: Value) -> Decimal | str | None:
    """A figure in the unit of the form; amounts come in 万元."""
    if isinstance(value, int):
        return Decimal(value)
    if asked.unit is None or not isinstance(value, Decimal):
        return value
    return ratio(value, asked.unit.factor, TEN_THOUSAND)


def _stored(value: object) -> Decimal | None:
    return stored(str(value)) if isinstance(value, Decimal) else None
