"""What a batch keeps of a table for the rules that look at it later: when all tables are known, or beside a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from zipingbiao.book.cells import Ref
from zipingbiao.scoring.evaluation import Evaluation
from zipingbiao.scoring.finding import Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.funds import AmountKind, Funds
from zipingbiao.table.records import Project
from zipingbiao.values.frozen import frozen
from zipingbiao.values.unit import Unit

_KINDS = (AmountKind.INITIAL, AmountKind.FULL_YEAR, AmountKind.EXECUTED)


class Amount(NamedTuple):
    """The year's total of one kind in 万元, the unit in which it is typed, and its cell."""

    kind: AmountKind
    amount: Decimal
    unit: Unit
    ref: Ref | None


class Moves(NamedTuple):
    """What a 评分规则 moves of the rules, as the profile has it."""

    severities: Mapping[str, Severity]
    rules_off: tuple[str, ...]


@frozen
class Kept:
    """The head, the sums and the places of one table.

    Attributes:
        is_blank: whether nobody filled it in.
        total: the cell of the total; None where the form has none.
        adopted_total, weight_total: in points, the latter of the whole table by its 评分规则.
        amounts: those that can be read, of the kinds by which projects are compared.
        profile: its 评分规则, as far as it moves rules.
    """

    project: Project
    anchor: Ref
    is_blank: bool
    total: Ref | None
    adopted_total: Decimal | None
    weight_total: Decimal
    amounts: tuple[Amount, ...]
    profile: Moves

    def amount(self, kind: AmountKind) -> Amount | None:
        """The amount of one kind; None where it was not kept or cannot be read."""
        return next((amount for amount in self.amounts if amount.kind is kind), None)

    @property
    def places(self) -> tuple[Ref | None, ...]:
        """The cells of which a rule may tell."""
        return (self.anchor, self.total, *(amount.ref for amount in self.amounts))


Sheet: TypeAlias = tuple[str, Kept]
"""The path of a file and one of its tables."""


def kept(evaluation: Evaluation) -> Kept:
    """Return what is kept of a table."""
    table, profile = evaluation.table, evaluation.profile
    return Kept(
        project=table.project,
        anchor=table.anchor,
        is_blank=table.is_blank,
        total=_place(table.total_score),
        adopted_total=evaluation.adopted_total,
        weight_total=profile.weight_total,
        amounts=_amounts(table.funds) if table.funds is not None else (),
        profile=Moves(profile.severities, profile.rules_off),
    )


def place_of(ref: Ref | None, tables: Sequence[Kept]) -> int:
    """Return the place of the table of which a rule told this cell."""
    return next(at for at, table in enumerate(tables) if ref in table.places)


def _amounts(funds: Funds) -> tuple[Amount, ...]:
    found = ((kind, funds.amount(kind)) for kind in _KINDS)
    return tuple(
        Amount(kind, amount, funds.unit, _place(funds.entry(kind)))
        for kind, amount in found
        if amount is not None
    )


def _place(entry: Entry | None) -> Ref | None:
    return None if entry is None else entry.ref
