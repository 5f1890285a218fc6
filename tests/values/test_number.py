"""The one door for numbers: what enters, how it is rounded, how it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zipingbiao.values.number import (
    exact,
    excel_number,
    percent,
    plain,
    ratio,
    round_amount,
    round_points,
    round_rate,
    same_points,
    stored,
)

decimals = st.decimals(-(10**12), 10**12, places=6)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1\xa0030\xa0700.00", "1030700"),
        (" 7 ", "7"),
        ("-0.5", "-0.5"),
        (".5", "0.5"),
        ("1E5", "100000"),
        ("１２３", "123"),
        (8, "8"),
        (0.1, "0.1"),
        (Decimal("8.950"), "8.95"),
    ],
)
def test_what_is_a_number(typed: object, number: str) -> None:
    assert exact(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    [
        None, True, False, "", " ", "一", "5%", "12,5", "1,2345", "10分", "1_000", "0x1", "nan", "Infinity", "1E999",
        float("nan"), float("inf"), Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"), 10**400, "9" * 400, [], b"5",
    ],
)  # fmt: skip
def test_what_is_no_number(typed: object) -> None:
    assert exact(typed) is None


@given(st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_float_goes_by_its_15_digits(number: float) -> None:
    value = exact(number)
    assert value is not None
    assert len(value.as_tuple().digits) <= 15
    assert abs(value - Decimal(number)) < Decimal(1).scaleb(value.adjusted() - 14)


def test_a_float_is_what_a_person_means() -> None:
    assert exact(0.1 + 0.2) == Decimal("0.3")
    assert exact(1.1 * 3) == Decimal("3.3")


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.30000000000000004", "0.3"), ("1.9269999999999999E1", "19.27"), ("5", "5"), ("-1E-3", "-0.001")],
)
def test_a_stored_number_is_cut_to_what_excel_means(text: str, number: str) -> None:
    assert stored(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", "a", "1,5", "NaN", "1E9999999", "-INF", "1 2"])
def test_what_is_not_stored_as_a_number(text: str) -> None:
    assert stored(text) is None


def test_rounding_is_half_up_away_from_zero() -> None:
    assert round_points(Decimal("8.945")) == Decimal("8.95")
    assert round_points(Decimal("-8.945")) == Decimal("-8.95")
    assert round_amount(Decimal("19.4800505")) == Decimal("19.480051")
    assert round_rate(Decimal("0.89475")) == Decimal("0.8948")
    assert str(round_points(Decimal("-0.001"))) == "0.00"


@given(decimals)
def test_a_rounded_number_is_the_nearest_hundredth(number: Decimal) -> None:
    rounded = round_points(number)
    assert abs(rounded - number) <= Decimal("0.005")
    assert rounded.as_tuple().exponent == -2
    assert round_points(rounded) == rounded
    assert same_points(number, rounded)


@given(st.decimals(allow_nan=False, allow_infinity=False))
@example(Decimal("1E+300"))
def test_rounding_and_writing_never_raise_for_a_number_of_a_cell(number: Decimal) -> None:
    if (value := exact(number)) is not None:
        for rounded in (round_points(value), round_amount(value), round_rate(value)):
            assert rounded.is_finite()
        assert percent(value).endswith("%")
        assert "E" not in plain(value)


def test_a_ratio_multiplies_before_it_divides() -> None:
    assert round_points(ratio(Decimal(85), Decimal(95), Decimal(10))) == Decimal("8.95")
    assert ratio(Decimal(1), Decimal(3), Decimal(3)) == 1
    with pytest.raises(ZeroDivisionError):
        ratio(Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("8.950", "8.95"),
        ("10.00", "10"),
        ("1E+3", "1000"),
        ("-0.0", "0"),
        ("0.0001", "0.0001"),
        ("1E-7", "0.0000001"),
    ],
)
def test_a_number_is_written_plainly(number: str, written: str) -> None:
    assert plain(Decimal(number)) == written


@given(decimals)
def test_what_is_written_reads_back(number: Decimal) -> None:
    assert exact(plain(number)) == number


@pytest.mark.parametrize(
    ("fraction", "written"),
    [("0.8947", "89.47%"), ("1", "100.00%"), ("0.989219", "98.92%"), ("-0.00001", "0.00%")],
)
def test_a_fraction_as_a_percentage(fraction: str, written: str) -> None:
    assert percent(Decimal(fraction)) == written


@given(st.decimals(-(10**10), 10**10, places=4))
def test_excel_gets_an_int_where_the_number_is_whole(number: Decimal) -> None:
    given_number = excel_number(number)
    assert isinstance(given_number, int) == (number % 1 == 0)
    assert exact(given_number) == stored(str(number))
