"""The one door for numbers: everything numeric becomes a Decimal here, and is rounded here.

Units are those of the caller. Blank is ``None`` and never 0, ``True`` is no number, and a float
enters by its 15 significant digits, which is all that Excel keeps.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from zipingbiao.values.regex import regex

CENT = Decimal("0.01")
FEN = Decimal("0.000001")
"""One 分 in 万元: no amount is smaller."""
AMOUNT_STEP = Decimal("0.0001")
"""One yuan in 万元: amounts that differ by less are the same."""
RATE_STEP = Decimal("0.0001")
HUNDRED = Decimal(100)

EXACT_BELOW = Decimal(10) ** 15
"""From here on a cell keeps a number without its last digits."""

_EXCEL_DIGITS = Context(prec=15, rounding=ROUND_HALF_UP)
# Wide enough that a product of two typed numbers is exact before the one division.
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)
# Excel ends at 1E+308, a float at 1E-324; beyond that nothing is a number that a cell can hold.
_MOST_MAGNITUDE = 330
# A number with more whole digits has no decimals within _WIDE, so there is nothing to round.
_MOST_DIGITS = 50
_PLAIN = regex(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = regex(r"[+-]?\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?")


def exact(value: object) -> Decimal | None:
    """Return *value* as a Decimal that a cell can hold, or None when it is blank, a bool or no number.

    Text may carry thousands separators (``1,234.5``), nothing else: units and signs are the
    business of :mod:`zipingbiao.values.typed`. A float goes by its 15 significant digits.
    """
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        return value if value.is_finite() and abs(value.adjusted()) <= _MOST_MAGNITUDE else None
    if isinstance(value, int):
        return exact(Decimal(value))
    if isinstance(value, float):
        return stored(repr(value))
    if isinstance(value, str):
        text = value.strip()
        if _THOUSANDS.fullmatch(text):
            text = re.sub(r"[,\u00a0 ]", "", text)
        if _PLAIN.fullmatch(text):
            return exact(Decimal(text))
    return None


def stored(text: str) -> Decimal | None:
    """Return a number as Excel stores it in a file, cut to the 15 digits that Excel means."""
    try:
        number = _EXCEL_DIGITS.create_decimal(text.strip())
    except ArithmeticError:  # no number, or an exponent beyond all measure
        return None
    return exact(number)


def round_points(number: Decimal) -> Decimal:
    """Round a score, a weight or a total to 0.01 points, half up: the one rounding of a result."""
    return _quantize(number, CENT)


def round_amount(number: Decimal) -> Decimal:
    """Round an amount in 万元 to 0.000001 (one 分), half up: sums of many amounts are then exact."""
    """Round an amount in 万元 to 0.000001 (one 分), half up: no office has less, and sums stay exact."""
    return _quantize(number, FEN)


def round_rate(fraction: Decimal) -> Decimal:
    """Round a rate given as a fraction to 0.0001, that is 0.01 %, half up."""
    return _quantize(fraction, RATE_STEP)


def in_fen(amount: Decimal) -> int:
    """Return an amount in 万元 as whole 分."""
    return int(_quantize(amount, FEN) / FEN)


def of_fen(fen: int) -> Decimal:
    """Return an amount in 分 in 万元."""
    return FEN * fen


def in_cents(points: Decimal) -> int:
    """Return points as whole hundredths."""
    return int(_quantize(points, CENT) / CENT)


def digits_of(number: Decimal | None) -> int:
    """Return how many significant digits a number has: few are shared by chance; 0 for none."""
    return 0 if number is None else len(number.normalize().as_tuple().digits)


def same_points(left: Decimal, right: Decimal) -> bool:
    """Tell whether two weights or scores are equal after rounding to 0.01 points."""
    return round_points(left) == round_points(right)


def ratio(numerator: Decimal, denominator: Decimal, factor: Decimal = Decimal(1)) -> Decimal:
    """Return ``factor × numerator ÷ denominator``, multiplied before it is divided.

    Raises:
        ZeroDivisionError: the denominator is 0.
    """
    if not denominator:
        raise ZeroDivisionError("denominator is 0")
    return _WIDE.divide(_WIDE.multiply(factor, numerator), denominator)


def plain(number: Decimal) -> str:
    """Write a number without exponent and without trailing zeros: ``8.95``, ``12.5``, ``10``."""
    if not number:
        return "0"
    return format(number.normalize(_WIDE), "f")


def difference(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return *one* less *other*, exactly; None where one of them is missing."""
    return None if one is None or other is None else one - other


def percent(fraction: Decimal) -> str:
    """Write a fraction as a percentage with two decimals: 0.8947 is ``89.47%``."""
    return f"{round_points(_WIDE.multiply(fraction, HUNDRED)):f}%"


def excel_number(number: Decimal) -> float | int:
    """Return the number that Excel is given for a Decimal: an int where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


def _quantize(number: Decimal, step: Decimal) -> Decimal:
    if number.adjusted() > _MOST_DIGITS:
        return number
    # plus() turns a negative zero into 0, so that nothing is ever shown as -0.00.
    return _WIDE.plus(number.quantize(step, rounding=ROUND_HALF_UP, context=_WIDE))


TEN_THOUSAND = Decimal(10_000)
