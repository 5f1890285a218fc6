"""The execution rate of one table and of several together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from support.tables import read
from zipingbiao.scoring.execution import Spending, spending, spending_of_all
from zipingbiao.table.funds import AmountKind

TABLES = [
    # 年初, 全年, 执行 → by 全年预算, by 年初预算
    ("38.96", "19.48", "19.48", "1", "0.5"),
    ("", "107.26", "106.49", "0.9928", None),
    ("50", "0", "20", None, "0.4"),
    ("50", "50", "", None, None),
    ("100", "60", "70", "1.1667", "0.7"),  # more than the adjusted budget
    ("100", "100", "0", "0", "0"),
    ("-5", "-5", "2", None, None),
]


@pytest.mark.parametrize(("initial", "full_year", "executed", "by_full_year", "by_initial"), TABLES)
def test_rate_of_a_table(
    initial: str, full_year: str, executed: str, by_full_year: str | None, by_initial: str | None
) -> None:
    funds = read(
        {
            "table": "指标 | 分值\n培训人数 | 10",
            "funds": f"| 年度总金额\n年初预算 | {initial}\n全年预算 | {full_year}\n全年执行 | {executed}",
        }
    ).funds
    for base, rate in ((AmountKind.FULL_YEAR, by_full_year), (AmountKind.INITIAL, by_initial)):
        spent = spending(funds, base)
        assert (None if spent is None else spent.rate) == (None if rate is None else Decimal(rate))


def test_no_funds_no_rate() -> None:
    assert spending(None, AmountKind.FULL_YEAR) is None


def test_a_total_divides_sums() -> None:
    """A table that lacks an amount counts in neither sum; one without budget still spent its money."""
    amounts = [("100", "50"), ("300", "300"), (None, "7"), ("9", None), ("0", "10")]
    together = spending_of_all((number(budget), number(executed)) for budget, executed in amounts)
    assert together == Spending(Decimal(400), Decimal(360))
    assert together.rate == Decimal("0.9")


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_no_total_of_nothing() -> None:
    assert spending_of_all([]) is None
    assert spending_of_all([(Decimal(0), Decimal(5)), (None, Decimal(1))]) is None
