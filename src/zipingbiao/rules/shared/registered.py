"""A project as a list has it, beside which its table is held."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.kept import Kept
from zipingbiao.rules.shared.mixed import is_mixed
from zipingbiao.rules.shared.money import money, same_amount
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.register import RegisterRow
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import CENT


@frozen
class Registered:
    """One project of a list, and the file of the list."""

    source: str
    row: RegisterRow

    @property
    def budget(self) -> Decimal | None:
        """The budget in 万元: 调整后预算, else 年初预算."""
        return self.row.full_year if self.row.full_year is not None else self.row.initial

    @property
    def budget_label(self) -> str:
        """Which of the two it is."""
        return "调整后预算" if self.row.full_year is not None else "年初预算"

    @property
    def place(self) -> str:
        """Where the list says so."""
        return f"{self.source} {self.row.ref.place}"


def differing(
    code: str,
    severity: Severity,
    table: Kept,
    kind: AmountKind,
    listed: tuple[str, Decimal | None, str],
) -> Iterator[Finding]:
    """Yield the finding that an amount of the funds is not that of the list; *listed* is its label, amount and place.

    Tolerance 0.01万元, because lists are kept in 万元 with two decimals. Ten thousand times is a unit
    that was mistaken: a merge asks about it.
    """
    label, amount, place = listed
    stated = table.amount(kind)
    if stated is None or amount is None:
        return
    own = stated.amount
    if abs(own - amount) <= CENT or same_amount(stated, own, amount) or is_mixed(own, amount):
        return
    found, expected = money(stated, own), money(stated, amount)
    message = (
        f"{kind.label}为{found}，名单的{label}为{expected}（{place}），"
        f"相差{money(stated, abs(own - amount))}。请核对哪一处正确，有调整的请说明。"
    )
    yield Finding.about(code, severity, [stated.ref], message, found, expected)
