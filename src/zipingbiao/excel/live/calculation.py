"""Results of formulas that are those of the cells: in manual mode Excel leaves old ones until somebody asks."""

from __future__ import annotations

from typing import Any


def bring_up_to_date(book: Any) -> None:
    """Let Excel calculate what waits for it, in manual mode only.

    Args:
        book: an ``xlwings.Book``.
    """
    if book.app.calculation == "manual":
        book.app.calculate()
