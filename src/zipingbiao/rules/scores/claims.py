"""The scores that somebody typed, or states by 扣分, beside what the rules give: one claim per cell."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from zipingbiao.book.cells import Ref
from zipingbiao.rules.scores.grades import grade_of
from zipingbiao.rules.scores.misread import is_misread
from zipingbiao.rules.shared.cost import score_by_spending
from zipingbiao.rules.shared.once import once
from zipingbiao.rules.shared.reasons import gives_reason
from zipingbiao.rules.shared.rounding import rounding
from zipingbiao.rules.shared.say import listed, name_line
from zipingbiao.scoring.evaluation import Evaluation, Note, Scored
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.deductions import taken_off
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain, round_points, same_points

_MORE_IS_BETTER = frozenset({Kind.AT_LEAST, Kind.EQUAL, Kind.QUALITATIVE})


@frozen
class Claim:
    """A typed score with the lines it stands for: one, or several where the cell is merged.

    Attributes:
        rows: the lines.
        ref: the cell of the score, or of what was taken off.
        stated: what was typed, in points; in a form without 得分 what 扣分 leaves.
        computed: Σ of the scores by rule; None when a line has none.
        weight: Σ of the weights; None when a line has none.
    """

    rows: tuple[Scored, ...]
    ref: Ref | None
    stated: Decimal
    computed: Decimal | None
    weight: Decimal | None

    @property
    def name(self) -> str:
        """The lines as a message names them."""
        return listed([name_line(row.indicator) for row in self.rows])

    @property
    def off(self) -> Decimal | None:
        """What was taken off, where the form asks for that; None where a score was typed."""
        cell = self.rows[0].indicator.entries.get(Role.DEDUCTION)
        return taken_off(cell) if cell is not None else None

    @property
    def said(self) -> str:
        """What was filled in, as a message says it."""
        points = plain(self.stated)
        return f"填报得分{points}" if self.off is None else f"扣{plain(self.off)}分、得{points}分"

    @property
    def found(self) -> str:
        """What stands in the cell."""
        return plain(self.stated if self.off is None else self.off)

    @property
    def expected(self) -> str | None:
        """What the rules want to stand there; None where they give nothing."""
        if self.computed is None or self.off is None:
            return None if self.computed is None else plain(self.computed)
        return None if self.weight is None else plain(round_points(self.weight - self.computed))

    @property
    def remedy(self) -> str:
        """What the cell is to be changed to, as a message asks it: ``9.44`` or ``扣0.56分``."""
        return f"{self.expected}" if self.off is None else f"扣{self.expected}分"

    @property
    def sum_shown(self) -> str:
        """How the computed score comes about, for a person to check by hand."""
        return "；".join(row.explanation for row in self.rows)

    @cached_property
    def has_reason(self) -> bool:
        """Whether one of the lines gives a reason."""
        return any(gives_reason(row.indicator) for row in self.rows)

    @cached_property
    def is_possible(self) -> bool:
        """Whether the score lies between 0 and the weight, if that is one; S101 speaks of the others."""
        if self.weight is None or self.weight < 0:
            return self.stated >= 0
        return self.stated >= 0 and round_points(self.stated) <= round_points(self.weight)

    @cached_property
    def difference(self) -> Decimal:
        """Stated − computed after rounding both to 0.01; 0 when nothing was computed."""
        if self.computed is None:
            return Decimal(0)
        return round_points(self.stated) - round_points(self.computed)


@once
def claims(evaluation: Evaluation) -> Iterator[Claim]:
    """Every typed score of the table."""
    groups: dict[tuple[object, ...], list[Scored]] = {}
    for index, row in enumerate(evaluation.rows):
        groups.setdefault(row.indicator.shared_score or ("row", index), []).append(row)
    for rows in groups.values():
        stated = next(
            (row.indicator.stated_score for row in rows if row.indicator.stated_score is not None), None
        )
        if stated is None:
            continue
        computed = _sum([row.score for row in rows])
        weight = _sum([row.indicator.weight for row in rows])
        yield Claim(tuple(rows), rows[0].indicator.ref(Role.SCORE, Role.DEDUCTION), stated, computed, weight)


@once
def comparable_claims(evaluation: Evaluation) -> Iterator[Claim]:
    """The typed scores that differ from the computed one and are no one else's business.

    A score outside 0 and the weight is S101's, the execution line of a table with funds F106's, a
    cost scored by the money spent instead of its percentage V103's, a grade S106's, and what follows
    from a figure that was misread is not worth a word before that is settled.
    """
    by_amounts = evaluation.table.funds is not None
    for claim in claims(evaluation):
        if by_amounts and any(row.indicator.is_execution for row in claim.rows):
            continue
        if claim.computed is None or claim.weight is None or not claim.is_possible or not claim.difference:
            continue
        if any(is_misread(evaluation, row) for row in claim.rows):
            continue
        if not _follows_amounts(evaluation, claim) and not _is_graded(evaluation, claim):
            yield claim


def _is_graded(evaluation: Evaluation, claim: Claim) -> bool:
    """Tell whether a score is that of a grade, or where several lines share it lies within their grades."""
    grades = [grade_of(row, evaluation.profile) for row in claim.rows]
    if len(grades) == 1:
        return grades[0] is not None
    least = _sum([grade.low if grade else row.score for grade, row in zip(grades, claim.rows, strict=True)])
    return any(grades) and claim.difference < 0 and least is not None and claim.stated >= least


def _follows_amounts(evaluation: Evaluation, claim: Claim) -> bool:
    """Tell whether a cost line with a percentage was scored by the money spent, as V103 advises."""
    if len(claim.rows) > 1:
        return False
    by_amounts = score_by_spending(evaluation, claim.rows[0])
    return (
        by_amounts is not None
        and by_amounts.score is not None
        and same_points(claim.stated, by_amounts.score)
    )


def is_understated(claim: Claim) -> bool:
    """Tell whether a score below the computed one stands without reason and is no mere rounding."""
    if claim.computed is None or claim.has_reason or claim.difference >= 0:
        return False
    return rounding(claim.stated, claim.computed) is None


def exceeded(claim: Claim, profile: Profile) -> Scored | None:
    """Return the one line of a claim whose target was exceeded so far that S105 speaks of it."""
    (row, *more) = claim.rows
    return row if not more and is_far_above(row, profile) else None


def is_far_above(row: Scored, profile: Profile) -> bool:
    """Tell whether a line, for which more is better, is above its target from the profile's line on."""
    above_range = row.kind is Kind.RANGE and row.met  # more was done than the upper bound
    if not (row.kind in _MORE_IS_BETTER or above_range) or Note.ZERO_TARGET in row.notes:
        return False
    return row.completion is not None and row.completion >= profile.ask_from


def shown_total(evaluation: Evaluation) -> Decimal | None:
    """Return the total that stands in the table, in points.

    While a line has no score only a typed one counts: a formula adds up what is there so far.
    """
    entry = evaluation.table.total_score
    if entry is None or (evaluation.adopted_total is None and not entry.is_typed):
        return None
    return entry.number


def _sum(numbers: list[Decimal | None]) -> Decimal | None:
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None
