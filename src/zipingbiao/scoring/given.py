"""Lines whose points a person gives: by a standard, or because only their parts hold values.

The typed score is the input, and what is checked is that it lies within the weight and that a
deduction has a reason (design.md section 3, 10 and 11).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zipingbiao.scoring.evaluation import Note, Scored
from zipingbiao.scoring.outcome import ZERO, nothing, result
from zipingbiao.scoring.words import PROCESS
from zipingbiao.table.records import Indicator, Kind, Role
from zipingbiao.values.number import plain, ratio, round_points
from zipingbiao.values.typed import Blank, Filler, Words

_WHY = "按评分标准打分"


def given_points(indicator: Indicator) -> Scored | None:
    """Return the typed score as the result of such a line; None when the line is none.

    A line that shares its score cell has no result yet: :func:`with_merged_points` divides that.
    """
    if is_by_standard(indicator):
        missing = indicator.stated_score is None and not indicator.shared_score
        note = Note.NEEDS_POINTS if missing else Note.BY_STANDARD
        return _adopted(indicator, Kind.QUALITATIVE, _WHY, note)
    if indicator.parts and _says_nothing(indicator, Role.TARGET, Role.ACTUAL):
        return _adopted(indicator, None, "", Note.VALUES_IN_PARTS)
    return None


def is_by_standard(indicator: Indicator) -> bool:
    """Tell whether a person gives the points: the form is made so, or the row is one of process.

    In a form with columns for target and actual only a row that has no target, and no figure as its
    actual, is meant; outside a form with a standard it must stand under 决策, 过程 or 管理 and have a score.
    """
    if indicator.by_standard:
        return True
    judged = isinstance(indicator.value(Role.ACTUAL), Blank | Filler | Words)
    if not judged or not _says_nothing(indicator, Role.TARGET):
        return False
    if Role.STANDARD in indicator.entries:
        return True
    has_score = indicator.stated_score is not None or bool(indicator.shared_score)
    return has_score and PROCESS.search(indicator.level1 or indicator.level2) is not None


def with_merged_points(rows: Sequence[Scored]) -> Iterator[Scored]:
    """Divide the typed score of a merged cell among its lines by their weights, where a person gave it."""
    groups: dict[tuple[int, ...], list[Scored]] = {}
    for row in rows:
        if row.indicator.shared_score and Note.BY_STANDARD in row.notes:
            groups.setdefault(row.indicator.shared_score, []).append(row)
    divided = {id(row): new for lines, group in groups.items() for row, new in _divided(group, len(lines))}
    yield from (divided.get(id(row), row) for row in rows)


def _divided(group: Sequence[Scored], lines: int) -> Iterator[tuple[Scored, Scored]]:
    weights = [row.indicator.weight for row in group if row.indicator.weight is not None]
    stated, whole = group[0].indicator.stated_score, sum(weights, ZERO)
    if stated is None or len(weights) < lines:
        for row in group:
            yield row, nothing(row.indicator, row.kind, row.kind_why, Note.NEEDS_POINTS)
        return
    if not ZERO <= stated <= whole or not whole:
        return  # S101 says so
    said = f"{Note.BY_STANDARD.value}，合并填报的得分 {plain(stated)} 按分值分摊"
    before, taken = ZERO, ZERO
    for row, weight in zip(group, weights, strict=True):
        taken += weight
        after = round_points(ratio(stated, whole, taken))
        points = after - before
        before = after
        yield row, result(row.indicator, row.kind, row.kind_why, None, points, said, row.notes, reached=None)


def _adopted(indicator: Indicator, kind: Kind | None, why: str, note: Note) -> Scored:
    weight, stated = indicator.weight, indicator.stated_score
    if weight is None or stated is None or indicator.shared_score or not ZERO <= stated <= weight:
        return nothing(indicator, kind, why, note)
    sentence = f"{note.value}，按填报得分 {plain(stated)} 计"
    return result(indicator, kind, why, None, stated, sentence, (note,), reached=None)


def _says_nothing(indicator: Indicator, *roles: Role) -> bool:
    return all(isinstance(indicator.value(role), Blank | Filler) for role in roles)
