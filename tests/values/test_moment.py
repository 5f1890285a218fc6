"""Days as officers type them for a paper: 截至2026年2月12日 17:00."""

from __future__ import annotations

import datetime as dt

import pytest

from zipingbiao.values.moment import Moment, parse_moment

DAY = dt.date(2026, 2, 12)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("2026-02-12", ""),
        ("2026-2-12", ""),
        ("2026/2/12", ""),
        ("2026.02.12", ""),
        ("20260212", ""),
        ("2026年2月12日", ""),
        (" 2026 年 2 月 12 日 ", ""),
        ("２０２６年２月１２号", ""),
        ("2026-02-12 17:00", "17:00"),
        ("2026-02-12T17:00:00", "17:00"),
        ("2026年2月12日17：00", "17:00"),
        ("2026年2月12日 9:05", "09:05"),
        ("2026年2月12日17时", "17:00"),
        ("2026年2月12日17时30分", "17:30"),
        ("2026年2月12日17点整", "17:00"),
    ],
)
def test_a_day_however_it_is_written(typed: str, time: str) -> None:
    assert parse_moment(typed) == Moment(DAY, time)


@pytest.mark.parametrize(
    "typed",
    ["", "2月12日", "2026-02-30", "2026-13-01", "26-02-12", "2026-02", "2026-02/12", "明天", "2026-02-12 25:00",
     "2026-02-12 17:60", "截至2026-02-12", "2026-02-12 至 2026-02-14", "1826-02-12"],
)  # fmt: skip
def test_what_is_no_day(typed: str) -> None:
    assert parse_moment(typed) is None


def test_a_day_as_papers_print_it() -> None:
    assert str(Moment(DAY)) == "2026年2月12日"
    assert str(Moment(DAY, "17:00")) == "2026年2月12日 17:00"
