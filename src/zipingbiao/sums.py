"""Plain sums in somebody else's workbook: their new cached values after scores were written.

Nobody recalculates a workbook that is patched without Excel, so a ``=SUM(H7:H16)`` that adds up
scores we filled in would show its old value to every reader until it is opened. Formulas made only
of sums and plus signs, optionally inside ROUND, are calculated here with Excel's rules (SUM skips
text); every other dependent is left to the recalculation on load.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from zipingbiao.grid import CellClass, Grid, column_number
from zipingbiao.number import exact, round_points

Place = tuple[int, int]
Overlay = Mapping[Place, Decimal | str]

_CELL = r"\$?([A-Z]{1,3})\$?(\d{1,7})"
_AREA = re.compile(rf"{_CELL}(?::{_CELL})?")
_TERM = re.compile(rf"(?:SUM\((?P<areas>[A-Z0-9$:,]+)\)|(?P<cell>{_CELL})|(?P<number>\d+(?:\.\d+)?))(?:\+|$)")
_ROUND = re.compile(r"ROUND\((?P<inner>.+),2\)")


def new_results(grid: Grid, changed: Overlay) -> dict[Place, Decimal]:
    """Return the new result of every plain sum that depends on *changed*, or was never calculated.

    Sums of sums follow in order; a result that stays the same is left out.
    """
    formulas = {place: cell.formula for place, cell in grid.cells.items() if cell.formula}
    values: dict[Place, Decimal | str] = dict(changed)
    found: dict[Place, Decimal] = {}
    bare = {place for place in formulas if grid.cells[place].kind is CellClass.BLANK}
    for place in _in_order(formulas, changed, bare):
        result = _sum(grid, formulas[place], values)
        if result is not None:
            values[place] = result
            if grid.cells[place].value != result:
                found[place] = result
    return found


def _in_order(formulas: Mapping[Place, str], changed: Overlay, bare: set[Place]) -> list[Place]:
    """Return *bare* and what depends on it or on *changed*, inner ones first; none in a circle."""
    reads = {place: list(_areas(formula)) for place, formula in formulas.items() if place not in changed}
    inner: dict[Place, set[Place]] = {place: set() for place in bare - changed.keys()}
    frontier: set[Place] = {*changed, *bare}
    while frontier:
        reached: set[Place] = set()
        for place, areas in reads.items():
            sources = {cell for cell in frontier if any(_within(cell, area) for area in areas)}
            if sources:
                reached |= {place} - inner.keys()
                inner.setdefault(place, set()).update(sources)
        frontier = reached
    try:
        return [place for place in TopologicalSorter(inner).static_order() if place in inner]
    except CycleError:
        return []


def other_dependents(grid: Grid, changed: Overlay, done: Mapping[Place, Decimal]) -> bool:
    """Tell whether a formula that is no plain sum refers to a changed cell or a new sum."""
    values = {**changed, **done}
    return any(
        cell.formula and place not in done and _depends(cell.formula, values) and _parse(cell.formula) is None
        for place, cell in grid.cells.items()
    )


def _depends(formula: str, values: Overlay) -> bool:
    return any(_within(place, area) for area in _areas(formula) for place in values)


def _within(place: Place, area: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = area
    return top <= place[0] <= bottom and left <= place[1] <= right


def _areas(formula: str) -> Iterator[tuple[int, int, int, int]]:
    for first, row, last, end in (found.groups() for found in _AREA.finditer(formula.upper())):
        top, left = int(row), column_number(first)
        yield top, left, int(end) if end else top, column_number(last) if last else left


def _parse(formula: str) -> tuple[list[re.Match[str]], bool] | None:
    """Return the terms of a plain sum and whether it is rounded; None for any other formula."""
    text = re.sub(r"\s", "", formula).upper().removeprefix("+")
    rounded = _ROUND.fullmatch(text)
    if rounded:
        text = rounded["inner"]
    terms: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        term = _TERM.match(text, position)
        if term is None or (term.end() == len(text) and text.endswith("+")):
            return None
        terms.append(term)
        position = term.end()
    return (terms, rounded is not None) if terms else None


def _sum(grid: Grid, formula: str, values: Overlay) -> Decimal | None:
    parsed = _parse(formula)
    if parsed is None:
        return None
    terms, rounded = parsed
    total = Decimal(0)
    for term in terms:
        if term["areas"]:
            for area in _areas(term["areas"]):
                total += _area_sum(grid, area, values)
            continue
        number = exact(term["number"]) if term["number"] else _single(grid, term["cell"], values)
        if number is None:
            return None
        total += number
    return round_points(total) if rounded else total


def _area_sum(grid: Grid, area: tuple[int, int, int, int], values: Overlay) -> Decimal:
    top, left, bottom, right = area
    total = Decimal(0)
    for row in (row for row in {*grid.rows, *(row for row, _ in values)} if top <= row <= bottom):
        columns = {*grid.rows.get(row, ()), *(column for place, column in values if place == row)}
        for column in (column for column in columns if left <= column <= right):
            value = _value(grid, (row, column), values)
            total += value if isinstance(value, Decimal) else 0
    return total


def _single(grid: Grid, address: str, values: Overlay) -> Decimal | None:
    """One cell behind a plus sign: Excel takes a blank as 0 and text only where it is a number."""
    top, left, _, _ = next(_areas(address))
    value = _value(grid, (top, left), values)
    if value is None:
        return Decimal(0)
    return exact(value) if isinstance(value, Decimal | str) else None


def _value(grid: Grid, place: Place, values: Overlay) -> object:
    if place in values:
        return values[place]
    cell = grid.cells.get(place)
    return None if cell is None else cell.value
