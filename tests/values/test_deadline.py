"""Deadlines: the first and last day they may mean, and how late is late."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zipingbiao.values import deadline
from zipingbiao.values.deadline import Deadline, days_late, how_late

SPANS = """
2021年12月31日 → 2021-12-31 … 2021-12-31
2021年12月 → 2021-12-01 … 2021-12-31
2021年 → 2021-01-01 … 2021-12-31
9月前 → 2022-01-01 … 2022-08-31
9月底前 → 2022-09-01 … 2022-09-30
1月前 → 2021-01-01 … 2021-12-31
2021年前 → 2020-01-01 … 2020-12-31
上半年 → 2022-01-01 … 2022-06-30
2021年一季度 → 2021-01-01 … 2021-03-31
年底前 → 2022-12-01 … 2022-12-31
2月 → 2022-02-01 … 2022-02-28
2月29日 → 2022-02-28 … 2022-02-28
2024年2月 → 2024-02-01 … 2024-02-29
2021年12月底前全部建设完成 → 2021-12-01 … 2021-12-31
2023.07-2024.01 → 2024-01-01 … 2024-01-31
"""

LATE = """
2021年12月31日 · 2021年12月31日 → 0
9月前 · 7月 → 0
11月前 · 10月 → 0
9月前 · 9月 → 1
9月前 · 10月15日 → 45
2021年6月30日 · 2021年7月10日 → 10
2021年6月30日前 · 6月30日 → 0
6月30日 · 2021年7月1日 → 1
2021年12月 · 2022年1月5日 → 5
2021年底 · 2021年12月 → 0
2021年6月15日 · 2021年6月 → 太粗
2021年6月 · 2021年 → 太粗
3月 · 上半年 → 太粗
2021年3月 · 2022年上半年 → 276
2月28日 · 2月29日 → 0
2024年2月28日 · 2月29日 → 1
"""


def read(text: str) -> Deadline:
    value = deadline.parse(text)
    assert value is not None, text
    return value


def rows(table: str) -> list[tuple[str, str]]:
    pairs = [line.split(" → ") for line in table.strip().splitlines()]
    return [(left, right) for left, right in pairs]


@pytest.mark.parametrize(("text", "span"), rows(SPANS))
def test_first_and_last_day_in_2022_unless_a_year_is_written(text: str, span: str) -> None:
    value = read(text)
    assert f"{value.first_day(2022)} … {value.last_day(2022)}" == span


@pytest.mark.parametrize(("dates", "days"), rows(LATE))
def test_days_late(dates: str, days: str) -> None:
    target, actual = (read(text) for text in dates.split(" · "))
    assert days_late(target, actual) == (None if days == "太粗" else int(days))


HOW_LATE = """
2021年6月30日 · 2021年7月5日 → 晚了5天
2021年6月底前 · 2021年7月5日 → 晚了5天
2021年6月底前 · 2021年9月 → 晚了3个月
6月底前 · 9月 → 晚了3个月
2021年9月前 · 2021年9月 → 晚了1个月
2021年12月底前 · 2022年2月 → 晚了2个月
2020年2月29日 · 2021年3月 → 晚了13个月
2021年 · 2022年3月 → 晚了3个月
2021年 · 2022年 → 晚了1年
2021年12月底前 · 2023年 → 晚了2年
2021年6月15日 · 2021年9月 → 至少晚了78天
2021年6月底前 · 2022年 → 至少晚了185天
2021年6月上旬 · 2021年7月 → 至少晚了21天
"""


@pytest.mark.parametrize(("dates", "said"), rows(HOW_LATE))
def test_how_late_is_as_exact_as_it_was_written(dates: str, said: str) -> None:
    target, actual = (read(text) for text in dates.split(" · "))
    assert how_late(target, actual) == said


OTHERS = """
及时 9月前完成3个 2023.07 完成2023.07 ≥2021年 12个月 2021年验收合格 0月 2021年2月30日 12021年 2021年6月、2021年9月
2021年10月-3月 每年一季度 1次/季度 次年3月 1.5月 2021.05工作日
2021年项目资金
"""


@pytest.mark.parametrize("text", ["", *OTHERS.split(), "12月" * 40])
def test_what_is_no_deadline(text: str) -> None:
    assert deadline.parse(text) is None


def test_a_date_cell_equals_the_same_date_in_text() -> None:
    assert deadline.from_date(dt.date(2021, 12, 31)) == read("2021年12月31日")


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.integers(0, 400))
def test_full_dates_count_days(day: dt.date, later: int) -> None:
    target, actual = deadline.from_date(day), deadline.from_date(day + dt.timedelta(days=later))
    assert days_late(target, actual) == later
    assert days_late(actual, target) == 0


@given(
    st.builds(
        Deadline, st.none() | st.integers(1900, 2099), st.integers(1, 12), st.none(), before=st.booleans()
    ),
    st.integers(1900, 2099),
)
def test_the_first_day_is_never_after_the_last(value: Deadline, year: int) -> None:
    assert value.first_day(year) <= value.last_day(year)
    assert days_late(value, value) == 0
