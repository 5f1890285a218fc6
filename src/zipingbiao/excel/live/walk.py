"""From finding to finding: the lines of 校验结果 as places that somebody can be brought to."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from zipingbiao.book.cells import Book, Cell, Ref, column_number
from zipingbiao.errors import UsageError
from zipingbiao.excel.live.open_book import read_sheet
from zipingbiao.excel.live.ranges import SEEN
from zipingbiao.result.sheets import own_sheet
from zipingbiao.scoring.finding import Severity
from zipingbiao.table import ours
from zipingbiao.values.frozen import frozen

_LABEL, _CODE, _PLACE, _MESSAGE = (
    ours.FINDING_HEADINGS.index(heading) + 1 for heading in ("级别", "规则", "位置", "问题")
)
_ASKING = frozenset(severity.label for severity in Severity)
_LONGEST = 200  # signs that a status bar shows
_A1 = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")


@frozen
class Stop:
    """A cell with what was found there.

    Attributes:
        ref: the cell; the line of 校验结果 where a finding is about the whole file.
        row: the first line of 校验结果 about it.
        codes: of the rules, each once.
        texts: severity and message of each finding.
    """

    ref: Ref
    row: int
    codes: tuple[str, ...]
    texts: tuple[str, ...]


def stops(book: Any) -> tuple[Stop, ...]:
    """Return the places of 校验结果 in its order, each cell once; what was explained or is gone is none.

    Args:
        book: an ``xlwings.Book``; one sheet of it is read.

    Raises:
        UsageError: there is no 校验结果 of ours.
    """
    grid = None
    if ours.Sheet.FINDINGS in [sheet.name for sheet in book.sheets]:
        read = read_sheet(book.sheets[ours.Sheet.FINDINGS.value])
        grid = own_sheet(Book("", (read,)), ours.Sheet.FINDINGS)
    if grid is None:
        raise UsageError("请先按“评分”或“校验”，再逐处查看问题。")
    found: dict[Ref, Stop] = {}
    for row in sorted({row for row, _ in grid.cells if row >= ours.FIRST_ROW}):
        label, code, place, message = (
            _text(grid.at(row, column)) for column in (_LABEL, _CODE, _PLACE, _MESSAGE)
        )
        if label in _ASKING:
            ref = _ref(place) or grid.ref(row, _PLACE)
            known = found.get(ref, Stop(ref, row, (), ()))
            codes = tuple(dict.fromkeys((*known.codes, code)))
            found[ref] = Stop(ref, known.row, codes, (*known.texts, f"{label}：{message}"))
    return tuple(found.values())


def at(book: Any, known: tuple[Stop, ...]) -> int | None:
    """Return which of these places is selected, in its cell or by its line on 校验结果; None for none."""
    selected = book.selection
    if selected is None:
        return None
    here = Ref(selected.sheet.name, selected.row, selected.column)
    for number, stop in enumerate(known):
        if stop.ref == here or (here.sheet == ours.Sheet.FINDINGS and here.row == stop.row):
            return number
    return None


def go(book: Any, stop: Stop) -> None:
    """Select the cell of a place; where that cannot be seen, its line on 校验结果."""
    sheet = book.sheets[stop.ref.sheet] if stop.ref.sheet in [one.name for one in book.sheets] else None
    if sheet is None or sheet.visible not in SEEN:
        sheet, cell = book.sheets[ours.Sheet.FINDINGS.value], Ref(ours.Sheet.FINDINGS, stop.row, _PLACE).a1
    else:
        cell = stop.ref.a1
    with suppress(Exception):  # a protected sheet may let nobody select; the status bar names the cell
        sheet.activate()
        sheet.range(cell).select()


def said(stop: Stop, number: int, of: int) -> str:
    """Return what the status bar says of a place, which is the *number*-th of so many."""
    text = f"第 {number} / {of} 处 {stop.ref} {'；'.join(stop.texts)}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _text(cell: Cell | None) -> str:
    return str(cell.value) if cell is not None and cell.value is not None else ""


def _ref(place: str) -> Ref | None:
    sheet, mark, cell = place.rpartition("!")
    found = _A1.fullmatch(cell)
    return Ref(sheet, int(found[2]), column_number(found[1])) if mark and found is not None else None
