"""Formulas of a workbook calculated with Excel's rules, in Decimal.

Nobody recalculates a workbook that is patched without Excel, so every reader would see the old
results of its formulas until it is opened. What we cannot calculate for certain is left out, never
guessed; the recalculation on load takes care of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal

from zipingbiao.book.cells import Book, Ref
from zipingbiao.values.frozen import frozen

Changed = Mapping[Ref, Decimal | str]


@frozen
class Calculation:
    """What came out.

    Attributes:
        results: as :func:`results` returns them.
        unknown: whether a formula that depends on what changed could not be calculated: its cached
            value may be wrong until the workbook is opened. A formula that still has the error or the
            TRUE or FALSE it had is none.
    """

    results: Mapping[Ref, Decimal | str] = field(default_factory=dict)
    unknown: bool = False


def calculate(book: Book, changed: Changed | None = None) -> Calculation:
    """Return the results of formulas after *changed*, and whether some could not be calculated."""
    if not any(cell.formula is not None for grid in book.grids for cell in grid.cells.values()):
        return Calculation()
    from zipingbiao.book.formulas.run import Run  # most foreign workbooks have no formula to parse

    run = Run(book, changed)
    return Calculation(dict(run.results()), run.leaves_stale())


def results(book: Book, changed: Changed | None = None) -> dict[Ref, Decimal | str]:
    """Return the results of formulas after *changed* (a cell → its new value; "" is blank).

    Included is every formula that depends on *changed*, directly or through other formulas and
    sheets, and every formula that was never calculated with what depends on it; with None every
    formula. Results that equal the cached value are included. Left out is a formula that needs
    anything outside the known grammar or functions, that is in a circle, or whose result is a date,
    TRUE, FALSE or an Excel error, and what depends on such a one, unless IFERROR or the like catches
    the error.
    """
    return dict(calculate(book, changed).results)


def evaluate(text: str, book: Book, sheet: str, at: tuple[int, int] = (1, 1)) -> Decimal | str | bool | None:
    """Return the result of one formula without ``=`` as it would stand in *sheet* at (row, column).

    Other formulas count with their cached values. None stands for an Excel error and for what we
    cannot calculate.
    """
    from zipingbiao.book.formulas.cells import Cells
    from zipingbiao.book.formulas.run import calculated, named
    from zipingbiao.book.formulas.values import ExcelError, UnknownError

    try:
        value = calculated(text, Cells(book, {}), named(book), (sheet, *at))
    except UnknownError:
        return None
    return None if isinstance(value, ExcelError) else value
