"""Coarser rounding than the product's own, to recognise a value that somebody merely rounded."""

from __future__ import annotations

from decimal import Decimal

from zipingbiao.number import CENT, round_points

WHOLE = Decimal(1)
ONE_DECIMAL = Decimal("0.1")


def nearest(number: Decimal, step: Decimal) -> Decimal:
    """Round half up to a multiple of *step*, by way of the one rounding of numbers."""
    return round_points(number * CENT / step) * step / CENT
