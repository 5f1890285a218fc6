"""Why a typed score differs from the computed one, where the figures show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from zipingbiao.rules.scores.claims import Claim
from zipingbiao.rules.shared.rounding import WHOLE, cut, nearest, rounding
from zipingbiao.rules.shared.say import listed
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import Kind, Role
from zipingbiao.values.number import CENT, HUNDRED, percent, plain, ratio, same_points

_ONE = Decimal(1)
_LEAVE = "取整的差别不必说明原因"
_BY_RATE = frozenset({Kind.AT_LEAST, Kind.EQUAL, Kind.QUALITATIVE, Kind.EXECUTION})


def cause(claim: Claim, profile: Profile) -> str | None:
    """Say why a typed score differs, where it can be seen; a phrase that follows ``；``."""
    if len(claim.rows) == 1:
        (row,) = claim.rows
        rate = rounded_rate(row, claim.stated)
        if rate is not None:
            return f"是先把完成率取整为{rate}再计分"
    how = rounding(claim.stated, claim.computed) if claim.computed is not None else None
    if how is not None:
        return f"只是{how}"
    if len(claim.rows) > 1:
        return None
    found = (look(row, claim.stated, profile) for look in _CAUSES)
    return next((phrase for phrase in found if phrase is not None), None)


def mention_rounded(code: str, claims: Sequence[Claim], how: str, profile: Profile) -> Iterator[Finding]:
    """Yield one hint about all the scores that were merely rounded: it is one habit, not many mistakes.

    Nobody is told to raise a score: only one that is too high is asked to be written with two decimals.
    """
    if not claims:
        return
    too_high = claims[0].difference > 0
    stated, computed = (
        [plain(score) for score in scores] for scores in zip(*map(_pair, claims), strict=True)
    )
    if len(claims) == 1:
        (claim,) = claims
        said = cause(claim, profile)
        message = (
            f"{claim.name}{claim.said}，{how}核算得分{computed[0]}：{claim.sum_shown}"
            f"{f'；{said}' if said else ''}。{f'可改为{claim.remedy}，得分保留两位小数' if too_high else _LEAVE}。"
        )
    else:
        lines = [
            f"{claim.name}（填{typed}，核算{right}）"
            for claim, typed, right in zip(claims, stated, computed, strict=True)
        ]
        advice = "可改为核算得分，得分保留两位小数" if too_high else _LEAVE
        message = f"{listed(lines)}的得分只是取整，略{how[0]}于核算得分。{advice}。"
    expected = "、".join(claim.expected or "" for claim in claims) if too_high else None
    refs = [claim.ref for claim in claims]
    yield Finding.about(
        code, Severity.INFO, refs, message, "、".join(claim.found for claim in claims), expected
    )


def _pair(claim: Claim) -> tuple[Decimal, Decimal]:
    return claim.stated, claim.computed if claim.computed is not None else claim.stated


def rounded_rate(row: Scored, stated: Decimal) -> str | None:
    """Return the whole percentage from which a typed score was formed, or None: 86.2 % → 86 % → 8.6."""
    rate, weight = row.completion, row.indicator.weight
    if rate is None or weight is None or row.kind not in _BY_RATE:
        return None
    whole = nearest(rate * HUNDRED, WHOLE)
    if whole == rate * HUNDRED or not same_points(stated, weight * min(whole, HUNDRED) * CENT):
        return None
    return f"{plain(whole)}%"


def _other_inverse(row: Scored, stated: Decimal, profile: Profile) -> str | None:
    """The other formula for an exceeded upper limit: places differ (rules.md 3.3)."""
    rate, weight = row.completion, row.indicator.weight
    if row.kind is not Kind.AT_MOST or row.met is not False or not rate or not weight:
        return None
    formulas = (
        ("strict", "超过目标值不得分", Decimal(0)),
        ("linear", "分值×（1－超出比例）", weight * max(2 - rate, Decimal(0))),
        ("ratio", "分值×目标值÷业绩值", ratio(weight, rate)),
    )
    for inverse, formula, points in formulas:
        # The completion is known to four digits only.
        if inverse != profile.inverse and abs(stated - points) <= CENT:
            return f"是按“{formula}”计的，所用评分规则是另一种算法，当地规定用这种算法的，请改选评分规则"
    return None


def _share_of_limit(row: Scored, stated: Decimal, _: Profile) -> str | None:
    """A cost within its limit, scored as if 98.92 % of it were a shortfall."""
    rate, weight = row.completion, row.indicator.weight
    if row.kind is not Kind.AT_MOST or not row.met or rate is None or weight is None:
        return None
    if rate >= _ONE or abs(stated - weight * rate) > CENT:
        return None
    return "是按业绩值÷目标值计的，而反向指标不超过目标值就得满分"


def _wrong_rate(row: Scored, stated: Decimal, _: Profile) -> str | None:
    """The score follows the 完成率 that was typed, and that is wrong."""
    entry, rate, weight = row.indicator.entries.get(Role.COMPLETION), row.completion, row.indicator.weight
    typed = entry.fraction if entry is not None else None
    if typed is None or rate is None or weight is None or row.kind not in _BY_RATE:
        return None
    if not 0 <= typed <= 1 or not same_points(stated, weight * typed):
        return None
    return f"是按表中的完成率{percent(typed)}计的，完成率应为{row.completion_text}"


def _full_marks(row: Scored, stated: Decimal, _: Profile) -> str | None:
    if row.met is False and row.indicator.weight is not None and same_points(stated, row.indicator.weight):
        return "没有达到目标，却填了满分"
    return None


def _cut_to_whole(row: Scored, stated: Decimal, _: Profile) -> str | None:
    if row.score is not None and stated > 0 and stated == cut(row.score, WHOLE):
        return "像是舍去了小数部分"
    return None


_CAUSES: tuple[Callable[[Scored, Decimal, Profile], str | None], ...] = (
    _other_inverse,
    _share_of_limit,
    _wrong_rate,
    _full_marks,
    _cut_to_whole,
)
