"""Order, sums and means of the summary, on integers in pandas frames: nothing is added as a float."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from zipingbiao.batch.records import GRADES, TotalRow
from zipingbiao.batch.summary.duplicates import same_text
from zipingbiao.result.rows import NO_DEPARTMENT, ProjectRow, score_to_average
from zipingbiao.values.number import AMOUNT_STEP, CENT, ratio, round_points, round_rate

if TYPE_CHECKING:
    import pandas as pd

NO_YEAR = "未填年度"
AMOUNTS = ("initial_budget", "full_year_budget", "executed")


def frame_of(drafts: Sequence[ProjectRow], suspected: frozenset[int], *, by_year: bool) -> pd.DataFrame:
    """Return one line per draft in the order of the summary, indexed by the draft's place.

    Amounts are whole yuan and scores hundredths of a point, as nullable Int64. Order: year
    where *by_year* says so, department, unit, code, then input; what is missing comes last.
    """
    import pandas as pd

    scores = [score_to_average(draft) for draft in drafts]
    frame = pd.DataFrame(
        {
            "year": [(draft.year or NO_YEAR) if by_year else "" for draft in drafts],
            "department": [same_text(draft.department) for draft in drafts],
            "unit": [same_text(draft.unit) for draft in drafts],
            "code": [same_text(draft.code) for draft in drafts],
            "unnamed": [draft.department == NO_DEPARTMENT for draft in drafts],
            "counted": pd.Series([place not in suspected for place in range(len(drafts))], dtype="bool"),
            "grade": [
                "" if score is None else draft.grade for draft, score in zip(drafts, scores, strict=True)
            ],
        }
    )
    for name in AMOUNTS:
        frame[name] = _integers([getattr(draft, name) for draft in drafts], AMOUNT_STEP)
    frame["score"] = _integers(scores, CENT)
    return frame.sort_values(["year", "unnamed", "department", "unit", "code"], kind="stable")


def total_of(label: str, frame: pd.DataFrame) -> TotalRow:
    """Return the sums and means over some lines of :func:`frame_of`."""
    counted = frame[frame["counted"]]
    both = counted[counted["full_year_budget"].notna() & counted["executed"].notna()]
    scored = counted[counted["score"].notna()]
    weighted = scored[(scored["full_year_budget"] > 0).fillna(value=False)]
    grades = counted["grade"].value_counts()
    initial, full_year, executed = (_amount(counted[name].sum(min_count=1)) for name in AMOUNTS)
    return TotalRow(
        label=label,
        projects=len(frame),
        counted=len(counted),
        initial_budget=initial,
        full_year_budget=full_year,
        executed=executed,
        execution_rate=_rate(both),
        without_rate=len(counted) - len(both),
        mean=_mean(scored["score"].tolist(), [1] * len(scored)),
        weighted_mean=_mean(weighted["score"].tolist(), weighted["full_year_budget"].tolist()),
        without_score=len(counted) - len(scored),
        without_weight=len(scored) - len(weighted),
        grades=tuple(int(grades.get(grade, 0)) for grade in GRADES),
    )


def _integers(numbers: Sequence[Decimal | None], step: Decimal) -> pd.Series[int]:
    import pandas as pd

    whole = [pd.NA if number is None else int(number / step) for number in numbers]
    return pd.Series(whole, dtype="Int64")


def _amount(yuan: object) -> Decimal | None:
    import pandas as pd

    return None if yuan is pd.NA else int(yuan) * AMOUNT_STEP  # type: ignore[call-overload]


def _rate(both: pd.DataFrame) -> Decimal | None:
    budget, executed = int(both["full_year_budget"].sum()), int(both["executed"].sum())
    return round_rate(ratio(Decimal(executed), Decimal(budget))) if budget > 0 else None


def _mean(hundredths: Sequence[int], weights: Sequence[int]) -> Decimal | None:
    """Return the weighted mean in points; Python's integers cannot overflow in the products."""
    if not weights:
        return None
    products = sum(score * weight for score, weight in zip(hundredths, weights, strict=True))
    return round_points(ratio(Decimal(products), Decimal(sum(weights)), CENT))
