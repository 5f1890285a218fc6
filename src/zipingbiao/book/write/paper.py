"""Paper: what fits on a page of a sheet at full size, and where its pages end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from zipingbiao.book.write.new_cells import Column, T
from zipingbiao.values.frozen import frozen

_MM_PER_INCH = 25.4
_POINTS = 72
_PIXELS = 96
_MARGINS_ACROSS = 20  # mm, both sides together
_MARGINS_DOWN = 30
_SPARE = 1  # point, that no program finds a row too tall by its own rounding
_MOST_BREAKS = 1000  # Excel holds 1026


@frozen
class Paper:
    """One size of paper as it lies.

    Attributes:
        number: as Excel calls the size.
        across, down: its sides in mm.
    """

    number: int
    across: int
    down: int

    @property
    def width(self) -> float:
        """What fits beside each other, in pixels."""
        return (self.across - _MARGINS_ACROSS) / _MM_PER_INCH * _PIXELS

    @property
    def height(self) -> float:
        """What fits below each other, in points."""
        return (self.down - _MARGINS_DOWN) / _MM_PER_INCH * _POINTS - _SPARE


A4_ACROSS, A4_UPRIGHT, A3_ACROSS = Paper(9, 297, 210), Paper(9, 210, 297), Paper(8, 420, 297)


def pixels(columns: Iterable[Column[T]]) -> float:
    """Return how wide columns are together, in pixels."""
    return sum(pixels_of(column.width) for column in columns)


def pixels_of(width: float) -> int:
    """Return how many pixels a column of a width in characters has."""
    return int(7 * width + 5)


def set_paper(sheet: Any, paper: Paper, *, scale: int = 100, footer: str = "&C第 &P 页 共 &N 页") -> None:
    """Give a sheet its paper, 10 mm at both sides and 15 mm above and below, at a fixed size."""
    if paper.across > paper.down:
        sheet.set_landscape()
    sheet.set_paper(paper.number)
    sheet.set_margins(
        left=10 / _MM_PER_INCH, right=10 / _MM_PER_INCH, top=15 / _MM_PER_INCH, bottom=14 / _MM_PER_INCH
    )
    sheet.set_print_scale(scale)
    sheet.set_footer(footer, {"margin": 7 / _MM_PER_INCH})
    sheet.hide_gridlines(1)


@frozen
class Height:
    """The height of a row in points, and whether the next row must stand on the same page."""

    points: float
    with_next: bool = False


def together(rows: Sequence[Height]) -> list[Height]:
    """Return rows of which none may be torn from the next one."""
    return [replace(row, with_next=at < len(rows) - 1) for at, row in enumerate(rows)]


def page_breaks(rows: Sequence[Height], first: float, further: float) -> list[int]:
    """Return before which rows a new page begins, counted from 0; *first* and *further* are the room of pages in points.

    What is taller than a page, and what comes after as many pages as Excel knows breaks, breaks where it will.
    """
    breaks: list[int] = []
    room = first
    for start, points in _kept_together(rows):
        if points > room and start:
            breaks.append(start)
            room = further
        room -= points
    return breaks[:_MOST_BREAKS]


def _kept_together(rows: Sequence[Height]) -> Iterator[tuple[int, float]]:
    """Each group of rows that must not be torn: its first row and its height."""
    start, points = 0, 0.0
    for at, row in enumerate(rows):
        points += row.points
        if not row.with_next:
            yield start, points
            start, points = at + 1, 0.0
    if points:
        yield start, points
