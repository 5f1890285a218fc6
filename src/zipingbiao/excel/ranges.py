"""Questions about many cells of an open sheet, asked with few calls: formats and merged ranges.

Excel answers for a whole range where its cells agree, and with nothing (None) where they do not; then
the range is halved. Merged ranges are first guessed, from the file on disk or from a
sheet of the same form, and the guess is put to Excel: that takes a few calls, finding out a hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from zipingbiao.errors import UnreadableError
from zipingbiao.grid import Area, Book

_LONGEST_ADDRESS = 255

Merges = tuple[Area, ...]


def cells(sheet: Any, *areas: Area) -> Any:
    """Return the ``xlwings.Range`` of one rectangle or of several."""
    return sheet.range(",".join(map(str, areas)))


def area_of(target: Any) -> Area:
    """Return the rectangle of an ``xlwings.Range``."""
    (rows, columns), top, left = target.shape, target.row, target.column
    return Area(top, left, top + rows - 1, left + columns - 1)


def uniform(
    sheet: Any, areas: Sequence[Area], ask: Callable[[Any], Any]
) -> Iterator[tuple[Sequence[Area], Any]]:
    """Give groups of these rectangles, each with the one answer for all its cells.

    Args:
        sheet: an ``xlwings.Sheet``.
        areas: what to ask about; neighbours in this order are asked about together.
        ask: a range → the answer, None where its cells differ.
    """
    waiting = list(_askable(areas))
    while waiting:
        some = waiting.pop()
        answer = ask(cells(sheet, *some))
        if answer is None and len(some) > 1:
            middle = len(some) // 2
            waiting += some[middle:], some[:middle]
        else:
            yield some, answer


def merged_ranges(book: Any, used: Sequence[tuple[Any, Area]]) -> dict[str, Merges]:
    """Return the merged ranges of sheets by name.

    Args:
        book: an ``xlwings.Book``.
        used: sheets with their used ranges.
    """
    found: dict[str, Merges] = {}
    on_disk: Book | None = None
    for sheet, area in used:
        if cells(sheet, area).merge_cells is False:
            continue
        on_disk = on_disk or _on_disk(book)
        saved = (grid.merges for grid in on_disk.grids if grid.sheet == sheet.name)
        guesses = dict.fromkeys((*saved, *found.values()))
        fitting = (guess for guess in guesses if guess and _stands(sheet, area, guess))
        found[sheet.name] = next(fitting, ()) or tuple(_found_out(sheet, area))
    return found


def _stands(sheet: Any, used: Area, guess: Merges) -> bool:
    """Whether exactly the cells of these ranges are merged."""
    if not all(_within(area, used) for area in guess):
        return False
    merged = all(cells(sheet, *some).merge_cells is True for some in _askable(guess))
    return merged and all(cells(sheet, *some).merge_cells is False for some in _askable(_gaps(used, guess)))


def _found_out(sheet: Any, used: Area) -> Iterator[Area]:
    """Find merged ranges without a guess."""
    known: list[Area] = []
    waiting = [used]
    while waiting:
        part = waiting.pop()
        if any(_within(part, area) for area in known):
            continue
        answer = cells(sheet, part).merge_cells
        if answer is True and not any((part.top, part.left) in area for area in known):
            known.append(area_of(cells(sheet, Area(part.top, part.left, part.top, part.left)).merge_area))
        if answer is not False and not any(_within(part, area) for area in known):
            waiting += _halves(part)
    yield from sorted(known, key=lambda area: (area.top, area.left))


def _on_disk(book: Any) -> Book:
    """Read the file of an open workbook; without sheets where there is none, or none we can read."""
    from zipingbiao.readers import read_book

    try:
        path = Path(str(book.fullname))
        return read_book(path, all_sheets=True) if path.is_file() else Book("", ())
    except (UnreadableError, OSError):
        return Book("", ())


def _gaps(used: Area, areas: Iterable[Area]) -> Iterator[Area]:
    """Give rectangles over everything that is not under one of these ranges."""
    rows: dict[int, list[Area]] = {row: [] for row in range(used.top, used.bottom + 1)}
    for area in areas:
        for row in range(area.top, area.bottom + 1):
            rows[row].append(area)
    open_runs: dict[tuple[int, int], int] = {}
    for row in (*rows, used.bottom + 1):
        runs = set(_free_runs(used, rows[row])) if row in rows else set()
        for run in open_runs.keys() - runs:
            yield Area(open_runs.pop(run), run[0], row - 1, run[1])
        for run in runs - open_runs.keys():
            open_runs[run] = row


def _free_runs(used: Area, areas: Iterable[Area]) -> Iterator[tuple[int, int]]:
    """Give the runs of columns of one row that no range covers."""
    left = used.left
    for area in sorted(areas, key=lambda area: area.left):
        if area.left > left:
            yield left, area.left - 1
        left = area.right + 1
    if left <= used.right:
        yield left, used.right


def _askable(areas: Iterable[Area]) -> Iterator[list[Area]]:
    """Give as many rectangles together as one address can name."""
    some: list[Area] = []
    length = 0
    for area in areas:
        size = len(str(area)) + 1
        if some and length + size > _LONGEST_ADDRESS:
            yield some
            some, length = [], 0
        some.append(area)
        length += size
    if some:
        yield some


def _halves(area: Area) -> tuple[Area, Area]:
    """Cut across rows while there are several: rows are alike more often than columns."""
    if area.bottom > area.top:
        middle = (area.top + area.bottom) // 2
        return (
            Area(middle + 1, area.left, area.bottom, area.right),
            Area(area.top, area.left, middle, area.right),
        )
    middle = (area.left + area.right) // 2
    return (
        Area(area.top, middle + 1, area.bottom, area.right),
        Area(area.top, area.left, area.bottom, middle),
    )


def _within(inner: Area, outer: Area) -> bool:
    return (inner.top, inner.left) in outer and (inner.bottom, inner.right) in outer
