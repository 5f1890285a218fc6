"""Which amounts of a new project are typed, and which cells are left to the formulas."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from zipingbiao.table.funds import FISCAL_PARTS, AmountKind, Source

Given = Mapping[tuple[AmountKind, Source], Decimal]

TYPED_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.RECEIVED, AmountKind.EXECUTED)
_OTHER = (Source.EARMARKED, Source.OWN, Source.OTHER)


def typed_amounts(given: Given, kind: AmountKind, printed: Collection[Source]) -> dict[Source, Decimal]:
    """Return the amounts to write as numbers for one kind, in 万元; any other sum is a formula.

    A sum that the given parts add up to is left out; one that they do not add up to stays, because
    what was typed wins. Sources that the form does not print are added to the next that it does.
    """
    amounts = {source: given[kind, source] for source in Source if (kind, source) in given}
    other = _sum(amounts, _OTHER)
    if other is not None:
        amounts[Source.OTHER] = other
    fiscal = _sum(amounts, FISCAL_PARTS)
    if fiscal is not None and Source.CENTRAL not in printed:
        amounts.setdefault(Source.FISCAL, fiscal)
    elif fiscal is not None and amounts.get(Source.FISCAL) == fiscal:
        del amounts[Source.FISCAL]
    whole = dict(amounts)
    if fiscal is not None:
        whole.setdefault(Source.FISCAL, fiscal)
    if amounts.get(Source.TOTAL) == _sum(whole, (Source.FISCAL, Source.CARRIED_OVER, Source.OTHER)):
        amounts.pop(Source.TOTAL, None)
    return {source: amount for source, amount in amounts.items() if source in printed}


def _sum(amounts: Mapping[Source, Decimal], sources: Collection[Source]) -> Decimal | None:
    known = [amounts[source] for source in sources if source in amounts]
    return sum(known, Decimal(0)) if known else None
