"""F113 数量乘以标准与全年执行数略有出入。

检查内容：表中恰有一项按人、户、亩等计的单价标准时，某项数量与标准的乘积是否接近而不等于全年执行数。
为何重要：按人数和标准发放的钱，三个数应当对得上；差一点往往是人数填错，或标准中途调整。
依据：核对的经验：8676人 × 75元 = 65.07万元，与全年执行数相等。
严重程度：提示，因为数量和标准不一定说的是同一笔钱。相差在5%（所用评分规则的 product_within 项）以内而不相等（容许误差0.01万元）的才报，一张表只报一次。
反例：8755人，每人75元，全年执行65.07万元（乘积65.6625万元）。
正例：8676人，每人75元，全年执行65.07万元；数量与标准的乘积和执行数相差很远。
不检查：有几项单价标准的表；没有资金表的表。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zipingbiao.rules.shared.money import money
from zipingbiao.rules.shared.say import name_line
from zipingbiao.rules.words import STANDARD
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.funds import AmountKind
from zipingbiao.table.records import Role
from zipingbiao.values.number import CENT, TEN_THOUSAND, plain, round_amount
from zipingbiao.values.typed import Quantity

CODE = "F113"
SEVERITY = Severity.INFO

_MOST = Decimal(10) ** 9


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Compare count × standard with the money spent where they nearly agree."""
    funds = evaluation.table.funds
    executed = funds.amount(AmountKind.EXECUTED) if funds is not None else None
    standards = [(row, price) for row in evaluation.rows if (price := _price(row)) is not None]
    if funds is None or not executed or executed < 0 or len(standards) != 1:
        return
    row, price = standards[0]
    products = [
        (other, count, round_amount(count * price / TEN_THOUSAND))
        for other in evaluation.rows
        if other is not row and (count := _count(other)) is not None
    ]
    if any(abs(product - executed) <= CENT for _, _, product in products):
        return
    near = [
        item for item in products if abs(item[2] - executed) <= executed * evaluation.profile.product_within
    ]
    if not near:
        return
    other, count, product = near[0]
    message = (
        f"{name_line(other.indicator)}{plain(count)} × {name_line(row.indicator)}{plain(price)}元 = "
        f"{money(funds, product)}，全年执行为{money(funds, executed)}，"
        f"相差{money(funds, abs(product - executed))}。请核对数量、标准和支出。"
    )
    entry = funds.entry(AmountKind.EXECUTED)
    refs = [line.indicator.ref(Role.ACTUAL) for line in (other, row)]
    refs.append(entry.ref if entry is not None else None)
    yield Finding.about(CODE, SEVERITY, refs, message, money(funds, product), money(funds, executed))


def _price(row: Scored) -> Decimal | None:
    """The standard in 元 per head, household or 亩; None for any other line."""
    value = row.indicator.value(Role.ACTUAL)
    if not isinstance(value, Quantity) or value.unit is None or value.unit.dimension != "money":
        return None
    is_standard = STANDARD.search(row.indicator.name) is not None or value.unit.per in {"人", "户", "亩"}
    price = value.number * value.unit.factor
    return price if is_standard and value.unit.factor <= 1 and 0 < price < _MOST else None


def _count(row: Scored) -> Decimal | None:
    """A count of at least two things; a rate or an amount is none."""
    value = row.indicator.value(Role.ACTUAL)
    if row.indicator.is_execution or not isinstance(value, Quantity) or not 2 <= value.number < _MOST:
        return None
    unit = value.unit or row.indicator.unit
    if unit is None:
        return value.number
    return value.number * unit.factor if unit.dimension == "count" else None
