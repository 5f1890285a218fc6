"""A plan applied to the workbook open in Excel: all of it, or nothing, in few rectangles.

What is assigned is typed by Excel as if a person had typed it; text that would turn into something
else is given an apostrophe, which is not part of the value.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from unicodedata import normalize

from zipingbiao.book.cells import SHOWN_OTHERWISE, Area, Book, Cell, CellClass, Grid
from zipingbiao.book.changes import Change, Plan, why_covered
from zipingbiao.book.marks import Footer, footer_with
from zipingbiao.book.read.styles import classify
from zipingbiao.errors import RefusedError
from zipingbiao.excel.live.calculation import bring_up_to_date
from zipingbiao.excel.live.ranges import cells
from zipingbiao.result.sheets import HEADINGS
from zipingbiao.table import ours
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import excel_number

# Text that Excel would turn into a formula, an error, a number, an amount, a date or a logical value
# when it is assigned to a cell.
_TURNED = re.compile(
    r"""[=+\-@'#].*|true|false
    |(?=.*\d)(?:[\d\s.,:/%()$¥€£+\-年月日时分秒]|[上下]午|[ap]m?|e
      |jan|feb|mar|apr|may|jun|july?|aug|sept?|oct|nov|dec|uary|ruary|ch|il|ust|ember|ober)*""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)

Block = list[list[Any]]


def apply(book: Any, plan: Plan, before: Book) -> None:
    """Carry a plan out in an open workbook: all of it, or nothing.

    Results of formulas are left to Excel, which calculates them in manual mode too. Rows stay shown or hidden as they are: what somebody looks at
    does not go away under their hands; the command line folds blank lines of a file.

    Args:
        book: the workbook that *before* was read from.
        plan: made from *before*.
        before: what the cells hold now, to put it back if a later one cannot be written.

    Raises:
        RefusedError: a merged range covers a cell, or a sheet could not be written (protected, or Excel is busy with a
            cell being edited); the sentence says whether what had been written before was put back.
    """
    if (why := why_covered(before, plan)) is not None:
        raise RefusedError(why)
    sheets = {sheet.name: sheet for sheet in book.sheets}
    written: list[_Block] = []
    where = "工作簿"
    try:
        for block in _blocks([change for change in plan.changes if not change.cached], before):
            where = f"工作表“{block.sheet}”"
            _write(sheets[block.sheet], block)
            written.append(block)
        where = "数字格式"
        for block in _rectangles(change for change in plan.changes if change.as_number):
            _show_numbers(sheets[block.sheet], block.area)
        where = "工作簿"
        _remember(book, [(name, _constant(text)) for name, text in plan.names])
    except Exception as error:
        restored = _put_back(book, written, before, [name for name, _ in plan.names])
        raise RefusedError(_why_not(error, where, restored=restored)) from error
    bring_up_to_date(book)
    _say_footers(sheets, plan.footers)


def _say_footers(sheets: Mapping[str, Any], footers: Iterable[Footer]) -> None:
    """Bring page footers up to date, as far as Excel lets us: without a printer it does not.

    xlwings' object model has no footers, so this goes through Excel's own; the cell of the
    code says it in any case.
    """
    for footer in footers:
        for part in ("LeftFooter", "CenterFooter"):
            with contextlib.suppress(Exception):
                setup = sheets[footer.sheet].api.PageSetup
                now = str(getattr(setup, part))
                if footer_with(now, footer) != now:
                    setattr(setup, part, footer_with(now, footer))


class _Formula(str):
    """Text that Excel is meant to turn into what it says: a formula or an error value."""

    __slots__ = ()


@frozen
class _Block:
    """A rectangle of one sheet with what it is to hold."""

    sheet: str
    area: Area
    values: Sequence[Sequence[Any]]


def _blocks(changes: Sequence[Change], before: Book) -> Iterator[_Block]:
    """Give the changes as rectangles; the lines of a sheet that is wholly ours are one, gaps included."""
    lines: dict[str, list[Change]] = {}
    others = []
    for change in changes:
        if change.ref.sheet in HEADINGS and change.ref.row >= ours.FIRST_ROW:
            lines.setdefault(change.ref.sheet, []).append(change)
        else:
            others.append(change)
    yield from _rectangles(others)
    for sheet, own in lines.items():
        yield _whole(before.grid(sheet), own)


def _whole(grid: Grid, changes: Sequence[Change]) -> _Block:
    """One rectangle around all changes; between them stands what stood there."""
    rows, columns = [change.ref.row for change in changes], [change.ref.column for change in changes]
    area = Area(min(rows), min(columns), max(rows), max(columns))
    values = _held(grid, area)
    for change in changes:
        values[change.ref.row - area.top][change.ref.column - area.left] = _written(change)
    return _Block(grid.sheet, area, values)


def _rectangles(changes: Iterable[Change]) -> Iterator[_Block]:
    """Give runs within a row, joined with equal runs in the rows below."""
    open_runs: dict[tuple[str, int, int], list[list[Change]]] = {}
    for run in _runs(sorted(changes, key=lambda change: change.ref)):
        key = (run[0].ref.sheet, run[0].ref.column, run[-1].ref.column)
        rows = open_runs.get(key)
        if rows and rows[-1][0].ref.row == run[0].ref.row - 1:
            rows.append(run)
            continue
        if rows:
            yield _joined(rows)
        open_runs[key] = [run]
    for rows in open_runs.values():
        yield _joined(rows)


def _runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Give neighbours within a row together."""
    run: list[Change] = []
    for change in changes:
        if run:
            last = run[-1].ref
            if (last.sheet, last.row, last.column + 1) != (
                change.ref.sheet,
                change.ref.row,
                change.ref.column,
            ):
                yield run
                run = []
        run.append(change)
    if run:
        yield run


def _joined(rows: list[list[Change]]) -> _Block:
    first, last = rows[0][0].ref, rows[-1][-1].ref
    values = [[_written(change) for change in row] for row in rows]
    return _Block(first.sheet, Area(first.row, first.column, last.row, last.column), values)


def _written(change: Change) -> Any:
    if change.formula:
        return _Formula(f"={change.formula}")
    return excel_number(change.new) if isinstance(change.new, Decimal) else change.new


def _write(sheet: Any, block: _Block) -> None:
    """Assign a block; an apostrophe keeps text as text where Excel would turn it into something."""
    rows = [list(row) for row in block.values]
    for column in range(block.area.right - block.area.left + 1):
        turned = [down for down, row in enumerate(rows) if _is_turned(row[column])]
        if turned:
            as_text = _holds_text(sheet, block.area, column)
            for row in (rows[down] for down in turned):
                if not as_text or row[column].startswith("'"):
                    row[column] = f"'{row[column]}"
    cells(sheet, block.area).value = [[_sent(value) for value in row] for row in rows]


def _show_numbers(sheet: Any, area: Area) -> None:
    """Give the cells of an area whose format shows numbers as percents or dates the format 常规."""
    code = cells(sheet, area).number_format
    if code is None and area.size > 1:  # they have several
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                _show_numbers(sheet, Area(row, column, row, column))
    elif classify(str(code)).kind in SHOWN_OTHERWISE:
        cells(sheet, area).number_format = "General"


def _sent(value: object) -> object:
    return (str(value) or None) if isinstance(value, str) else value


def _is_turned(value: object) -> bool:
    is_text = isinstance(value, str) and not isinstance(value, _Formula)
    return is_text and _TURNED.fullmatch(normalize("NFKC", str(value)).strip()) is not None


def _holds_text(sheet: Any, area: Area, column: int) -> bool:
    """Whether the cells of a column are formatted as text, where nothing is turned into anything."""
    whole = Area(area.top, area.left + column, area.bottom, area.left + column)
    return bool(cells(sheet, whole).number_format == "@")


def _remember(book: Any, names: Iterable[tuple[str, str | None]]) -> None:
    """Set names to what they refer to; None removes one."""
    for name, refers_to in names:
        if refers_to is not None:
            book.names.add(name, refers_to)
        elif name in book.names:
            book.names[name].delete()


def _constant(text: str | None) -> str | None:
    """Spell a text as what a name refers to."""
    if text is None:
        return None
    quoted = text.replace('"', '""')
    return f'="{quoted}"'


def _put_back(book: Any, written: Sequence[_Block], before: Book, names: Iterable[str]) -> bool:
    """Give cells and names what they held; tell whether Excel let us."""
    try:
        for block in reversed(written):
            held = _held(before.grid(block.sheet), block.area)
            _write(book.sheets[block.sheet], replace(block, values=held))
        _remember(book, [(name, before.names.get(name)) for name in names])
    except Exception:  # noqa: BLE001 whatever Excel says now, it is told with the first reason
        return False
    return True


def _held(grid: Grid, area: Area) -> Block:
    return [
        [_before(grid.at(row, column)) for column in range(area.left, area.right + 1)]
        for row in range(area.top, area.bottom + 1)
    ]


def _before(cell: Cell | None) -> Any:
    if cell is None:
        return ""
    if cell.formula is not None:
        return _Formula(f"={cell.formula}")
    if cell.kind is CellClass.ERROR:
        return _Formula(cell.value)
    return excel_number(cell.value) if isinstance(cell.value, Decimal) else cell.value


def _why_not(error: Exception, where: str, *, restored: bool) -> str:
    after = (
        "已写入的内容已经恢复。"
        if restored
        else "先写入的部分没能恢复，请再按一次评分，或不保存就关闭工作簿。"
    )
    return (
        f"{where}没有写入（{type(error).__name__}）：可能正在编辑单元格，或工作表受保护。"
        f"请先按回车结束编辑、撤销工作表保护，再按一次；{after}"
    )
