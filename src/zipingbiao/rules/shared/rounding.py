"""Coarser rounding than the product's own, to recognise a value that somebody merely rounded."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from zipingbiao.values.number import CENT, round_points

WHOLE = Decimal(1)
ONE_DECIMAL = Decimal("0.1")


def nearest(number: Decimal, step: Decimal) -> Decimal:
    """Round half up to a multiple of *step*, by way of the one rounding of numbers."""
    return round_points(number * CENT / step) * step / CENT


def cut(number: Decimal, step: Decimal) -> Decimal:
    """Drop what lies behind a multiple of *step*: scores are not negative where this is asked."""
    return (number / step).to_integral_value(ROUND_DOWN) * step


def rounding(stated: Decimal, exact: Decimal) -> str | None:
    """Name the rounding by which *stated* is the same value as *exact*, or None.

    Some forms cut after two decimals instead of rounding half up (rules.md 3.8). Cutting off a whole
    part of a point is no rounding: it loses up to a point.
    """
    if _is_rounded(stated, exact, WHOLE):
        return "四舍五入到整数分"
    if _is_rounded(stated, exact, ONE_DECIMAL):
        return "四舍五入到一位小数"
    if abs(stated - exact) <= CENT:
        return "第二位小数的取舍不同"
    if stated == cut(exact, ONE_DECIMAL):
        return "保留一位小数而没有四舍五入"
    return None


def _is_rounded(stated: Decimal, exact: Decimal, step: Decimal) -> bool:
    """Whether *stated* is a multiple of *step* within half a step: 1.946 is 1.95 here and 1.9 there."""
    return stated == nearest(stated, step) and 2 * abs(stated - exact) <= step
