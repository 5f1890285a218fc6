"""校验结果, 变更记录 and 汇总表 in an open workbook: made where they are missing, and copies of sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

from zipingbiao.book.cells import Area, Book, Cell, CellClass, Grid
from zipingbiao.book.write.new_cells import Style
from zipingbiao.errors import RefusedError
from zipingbiao.excel.live.ranges import SEEN, cells
from zipingbiao.result.columns import OWN_SUMMARY
from zipingbiao.result.sheets import HEADINGS, own_sheet
from zipingbiao.table import ours

_LINES = 300  # that are formatted on a new sheet: more projects than a workbook holds


@contextmanager
def ensured(book: Any, read: Book, *names: ours.Sheet) -> Iterator[Book]:
    """Make the missing ones of these sheets behind the last that is seen; give *read* with them.

    What the user looks at stays in front. If the work within fails, the new sheets go again.

    Raises:
        RefusedError: somebody else's sheet has this name, or the workbook's structure is protected.
    """
    missing = [name for name in names if not _is_there(read, name)]
    made: list[Any] = []
    try:
        _make(book, missing, made)
        yield replace(read, grids=(*read.grids, *map(_grid, missing)))
    except Exception:
        for sheet in made:
            sheet.delete()
        raise


@contextmanager
def copied(book: Any, read: Book, source: str, name: str) -> Iterator[Book]:
    """Copy a sheet behind itself under a new name; give *read* with it.

    If the work within fails, the copy goes again.

    Raises:
        RefusedError: the workbook's structure is protected, or a cell is being edited.
    """
    made: list[Any] = []
    try:
        with _made(f"不能复制工作表“{source}”"):
            sheet = book.sheets[source]
            made.append(sheet.copy(after=sheet, name=name))
        yield replace(read, grids=(*read.grids, replace(read.grid(source), sheet=name)))
    except Exception:
        for sheet in made:
            sheet.delete()
        raise


def remove(book: Any, names: Iterable[str]) -> None:
    """Delete sheets; where the structure of the workbook is protected they stay."""
    for name in names:
        with suppress(Exception):
            book.sheets[name].delete()


def _is_there(read: Book, name: ours.Sheet) -> bool:
    if own_sheet(read, name) is not None:
        return True
    if any(grid.sheet == name for grid in read.grids):
        raise RefusedError(f"工作簿里已有一张名为“{name}”的工作表，不是本程序建立的，请先改名，再按一次。")
    return False


def _make(book: Any, names: Sequence[ours.Sheet], made: list[Any]) -> None:
    """Add sheets and, as soon as each is there, tell *made* of it."""
    if not names:
        return
    with _made(f"不能新建工作表“{'、'.join(names)}”"):
        shown = book.sheets.active
        shown.select()  # alone: Excel adds as many sheets as are selected together
        for name in names:
            made.append(book.sheets.add(name.value, after=_last_seen(book)))
            _head(made[-1], name)
        shown.activate()


def _last_seen(book: Any) -> Any:
    """Return the last sheet that is not hidden: Excel moves no hidden one, and xlwings would."""
    return next(sheet for sheet in reversed(list(book.sheets)) if sheet.visible in SEEN)


@contextmanager
def _made(failure: str) -> Iterator[None]:
    """Tell in one sentence why a sheet could not be made."""
    try:
        yield
    except Exception as error:
        raise RefusedError(
            f"{failure}（{type(error).__name__}）：可能正在编辑单元格，或工作簿结构受保护。"
            "请结束编辑、撤销工作簿保护后再按一次，没有改动。"
        ) from error


def _head(sheet: Any, name: ours.Sheet) -> None:
    row, headings = ours.HEADING_ROW, list(HEADINGS[name])
    cells(sheet, Area(1, 1, 1, 1)).value = name.value
    cells(sheet, Area(row, 1, row, len(headings))).value = [headings]
    if name is not ours.Sheet.SUMMARY:
        return
    for place, column in enumerate(OWN_SUMMARY, 1):
        if column.style is Style.PERCENT:
            below = cells(sheet, Area(row + 1, place, row + _LINES, place))
            below.number_format = column.style.number_format


def _grid(name: ours.Sheet) -> Grid:
    texts = {(ours.HEADING_ROW, column): text for column, text in enumerate(HEADINGS[name], 1)}
    texts[1, 1] = name.value
    return Grid(name.value, {place: Cell(text, CellClass.TEXT) for place, text in texts.items()})
