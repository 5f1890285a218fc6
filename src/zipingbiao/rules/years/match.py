"""Which lines of two tables of one project are the same indicator."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from zipingbiao.rules.shared.together import Hit, on_line
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.table.records import Indicator, Place, Role
from zipingbiao.values.frozen import frozen
from zipingbiao.values.number import plain, ratio, same_points
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import label_key, normalise, without_brackets

if TYPE_CHECKING:
    from zipingbiao.table.find.targets import TargetLine

    Line = Scored | TargetLine | Indicator

_NEAR = 0.8
_SIGN = regex(r"[≥≤=<>]")
# 一期工程 and 二期工程 look alike and are not the same.
_COUNTED = regex(r"\d+|[一二三四五六七八九十]")

L = TypeVar("L", bound="Line")
R = TypeVar("R", bound="Line")
T = TypeVar("T", bound="Line")
Rest = list[tuple[int, T]]


@frozen
class Matched(Generic[L, R]):
    """The pairs in the order of the left table, and what stays alone on either side."""

    pairs: tuple[tuple[L, R], ...]
    left: tuple[L, ...]
    right: tuple[R, ...]


class Moved(NamedTuple):
    """A line with its points, and those that it has in the other table."""

    row: Scored
    now: Decimal
    before: Decimal

    def hit(self, both: str) -> Hit:
        """The cell of the points as a finding of all of them names it, with what *both* tables say."""
        now, before = plain(self.now), plain(self.before)
        return on_line(self.row, Role.WEIGHT, detail=both, found=now, expected=before)


def match(left: Sequence[L], right: Sequence[R]) -> Matched[L, R]:
    """Pair the lines: by execution, level 2 and name, name alone, then the one name that is nearest.

    Equal names pair in their order; a near name counts only where neither side has a second one.
    """
    lefts, rights = list(enumerate(left)), list(enumerate(right))
    pairs: list[tuple[int, L, R]] = []
    for key in (_execution, _full_name, _name):
        pairs += _take_equal(lefts, rights, key)
    pairs += _take_near(lefts, rights)
    return Matched(
        tuple((one, other) for _, one, other in sorted(pairs, key=lambda pair: pair[0])),
        tuple(line for _, line in lefts),
        tuple(line for _, line in rights),
    )


def weights_moved(pairs: Sequence[tuple[Scored, Decimal | None]]) -> list[Moved]:
    """Return the lines whose points differ from those beside them.

    Nothing moved where one factor scales all: 90 points beside the execution are 100 without it.
    """
    known = [
        Moved(row, row.indicator.weight, before)
        for row, before in pairs
        if row.indicator.weight and before and before > 0 and row.indicator.place is not Place.IMPLIED
    ]
    now, then = sum(pair.now for pair in known), sum(pair.before for pair in known)
    partial = now and not any(pair.row.indicator.is_execution for pair in known)
    if partial and all(
        same_points(pair.now, ratio(Decimal(now), Decimal(then), pair.before)) for pair in known
    ):
        return []
    return [pair for pair in known if not same_points(pair.now, pair.before)]


def _said(line: Line) -> Indicator | TargetLine:
    return line.indicator if isinstance(line, Scored) else line


def _execution(line: Line) -> Hashable:
    return _said(line).is_execution or None


def _full_name(line: Line) -> Hashable:
    name = _name(line)
    return (label_key(_said(line).level2), name) if name else None


def _name(line: Line) -> str | None:
    said = _said(line)
    name = normalise(said.name or said.level2)
    # 完成率≥95%: what stands behind the sign is the target.
    return label_key(_SIGN.split(name)[0]) or None


def _take_equal(lefts: Rest[L], rights: Rest[R], key: Callable[[Line], Hashable]) -> list[tuple[int, L, R]]:
    waiting: dict[Hashable, Rest[R]] = {}
    for other in rights:
        waiting.setdefault(key(other[1]), []).append(other)
    pairs = []
    for one in list(lefts):
        of = key(one[1])
        if of is not None and waiting.get(of):
            pairs.append(_pair(lefts, rights, one, waiting[of].pop(0)))
    return pairs


def _take_near(lefts: Rest[L], rights: Rest[R]) -> list[tuple[int, L, R]]:
    near = [(one, other) for one in lefts for other in rights if _alike(_name(one[1]), _name(other[1]))]
    only = [
        (one, other)
        for one, other in near
        if sum(pair[0] is one for pair in near) == 1 == sum(pair[1] is other for pair in near)
    ]
    return [_pair(lefts, rights, one, other) for one, other in only]


def _pair(lefts: Rest[L], rights: Rest[R], one: tuple[int, L], other: tuple[int, R]) -> tuple[int, L, R]:
    lefts.remove(one)
    rights.remove(other)
    return one[0], one[1], other[1]


def _alike(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    bare = [without_brackets(name) for name in (one, other)]
    if all(bare) and (bare[0] == one) != (bare[1] == other):
        one, other = bare  # 培训人数(人次) beside 培训人数
    if _COUNTED.findall(one) != _COUNTED.findall(other):
        return False
    from difflib import SequenceMatcher

    likeness = SequenceMatcher(None, one, other, autojunk=False)
    return likeness.real_quick_ratio() >= _NEAR and likeness.ratio() >= _NEAR
