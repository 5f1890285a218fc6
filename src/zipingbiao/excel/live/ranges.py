"""Questions about many cells of an open sheet, asked with few calls: formats and merged ranges.

Excel answers for a whole range where its cells agree, and with nothing (None) where they do not; then
the range is halved. Merged ranges are first guessed, from the file on disk or from a
sheet of the same form, and the guess is put to Excel: that takes a few calls, finding out two or three
for each merged range.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from zipingbiao.book.cells import Area, Book
from zipingbiao.errors import UnreadableError

SEEN = (True, -1)
"""What a sheet that is shown says of it: xlSheetVisible is -1; 0 is hidden, 2 very hidden."""

_LONGEST_ADDRESS = 255
_MOST_MERGES = 300  # that are found out on one sheet: no table has so many, and no press waits for more

Place = tuple[int, int]
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


def merged_ranges(book: Any, used: Iterable[tuple[Any, Area, Collection[Place]]]) -> dict[str, Merges]:
    """Return the merged ranges of sheets by name: all of them, or the first few hundred of a sheet.

    Args:
        book: an ``xlwings.Book``.
        used: sheets with their used ranges and the places of filled cells.
    """
    found: dict[str, Merges] = {}
    on_disk: Book | None = None
    for sheet, area, filled in used:
        if cells(sheet, area).merge_cells is False:
            continue
        on_disk = on_disk or _on_disk(book)
        saved = (grid.merges for grid in on_disk.grids if grid.sheet == sheet.name)
        guesses = dict.fromkeys((*saved, *found.values()))
        fitting = (guess for guess in guesses if guess and _stands(sheet, area, guess))
        found[sheet.name] = next(fitting, ()) or _in_order(
            islice(_found_out(sheet, area, filled), _MOST_MERGES)
        )
    return found


def _stands(sheet: Any, used: Area, guess: Merges) -> bool:
    """Whether exactly the cells of these ranges are merged."""
    if not all(_within(area, used) for area in guess):
        return False
    merged = all(cells(sheet, *some).merge_cells is True for some in _askable(guess))
    return merged and all(cells(sheet, *some).merge_cells is False for some in _askable(_gaps(used, guess)))


def _found_out(sheet: Any, used: Area, filled: Collection[Place]) -> Iterator[Area]:
    """Find merged ranges without a guess: first those that show something, then the blank ones.

    Under a merged range lie nothing but blank cells, so a filled cell among filled ones is in none.
    """
    known: list[Area] = []
    first = [Area(*place, *place) for place in sorted(filled) if _may_span(place, used, filled)]
    for area in _spans(sheet, first, known):
        known.append(area)
        yield area
    shown = [Area(*place, *place) for place in filled]
    for area in _spans(sheet, list(_gaps(used, [*known, *shown])), known):
        known.append(area)
        yield area


def _spans(sheet: Any, areas: Sequence[Area], known: Sequence[Area]) -> Iterator[Area]:
    """Give the merged ranges over these rectangles; *known* are left out and grow meanwhile."""
    waiting = [areas]
    while waiting:
        for some, answer in uniform(sheet, waiting.pop(), lambda target: target.merge_cells):
            if answer is None:
                waiting.append(_halves(some[0]))
            for area in some if answer else ():
                while rest := next(_gaps(area, known), None):
                    corner = Area(rest.top, rest.left, rest.top, rest.left)
                    yield area_of(cells(sheet, corner).merge_area)


def _may_span(place: Place, used: Area, filled: Collection[Place]) -> bool:
    """Whether a merged range can begin at a filled cell: beside it or below it stands nothing."""
    row, column = place
    beside = ((row, column + 1), (row + 1, column))
    return any(used.holds(neighbour) and neighbour not in filled for neighbour in beside)


def _in_order(areas: Iterable[Area]) -> Merges:
    return tuple(sorted(areas, key=lambda area: (area.top, area.left)))


def _on_disk(book: Any) -> Book:
    """Read the file of an open workbook; without sheets where there is none, or none we can read."""
    from zipingbiao.book.read import read_book

    path = file_of(book)
    try:
        return read_book(path) if path is not None else Book("", ())
    except (UnreadableError, OSError):
        return Book("", ())


def file_of(book: Any) -> Path | None:
    """Return the file of an open workbook; None where it was never saved, or lies where we cannot read."""
    from xlwings import XlwingsError

    try:
        path = Path(str(book.fullname))
        return path if path.is_file() else None
    except (OSError, XlwingsError):  # the last: a folder of OneDrive that is nowhere here
        return None


def _gaps(used: Area, areas: Iterable[Area]) -> Iterator[Area]:
    """Give rectangles over everything in *used* that is not under one of these ranges."""
    rows: dict[int, list[Area]] = {row: [] for row in range(used.top, used.bottom + 1)}
    for area in areas:
        for row in range(max(area.top, used.top), min(area.bottom, used.bottom) + 1):
            rows[row].append(area)
    open_runs: dict[tuple[int, int], int] = {}
    for row in (*rows, used.bottom + 1):
        runs = set(_free_runs(used, rows[row])) if row in rows else set()
        for run in sorted(open_runs.keys() - runs):
            yield Area(open_runs.pop(run), run[0], row - 1, run[1])
        for run in runs - open_runs.keys():
            open_runs[run] = row


def _free_runs(used: Area, areas: Iterable[Area]) -> Iterator[tuple[int, int]]:
    """Give the runs of columns of one row that no range covers."""
    left = used.left
    for area in sorted(areas, key=lambda area: area.left):
        if left < area.left and left <= used.right:
            yield left, min(area.left - 1, used.right)
        left = max(left, area.right + 1)
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
    return outer.holds((inner.top, inner.left)) and outer.holds((inner.bottom, inner.right))
