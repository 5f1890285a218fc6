"""W107 名称里写的分值与各行之和不符。

检查内容：一级、二级指标名称里写有分值的，例如“产出指标（50分）”，下面各行的分值之和是否相等。
为何重要：两处说的是同一个分值，不一致时有一处填错，合计往往也跟着错。
依据：各地样表的写法：一级指标名称后注明该级的分值，或分值的范围。
严重程度：警告，因为可能是各行填错，也可能是名称沿用了别的表，要由填表人判断；分值合计因此不对的为错误，因为合计不对的表会被退回。一张表只报一次。
反例：“产出指标（50分）”下面各行的分值为20、20、5。
正例：各行的分值合计50；“产出指标（40-50分）”下面各行合计45。
不检查：名称里没有写分值的；各行有分值空白的（见 W106）；三级指标名称里的数。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from zipingbiao.book.cells import Ref
from zipingbiao.rules.shared.say import quote
from zipingbiao.rules.shared.together import Hit, together
from zipingbiao.scoring.evaluation import Evaluation, Scored
from zipingbiao.scoring.finding import Finding, Severity
from zipingbiao.table.entry import Entry
from zipingbiao.table.records import Indicator, Role
from zipingbiao.values.number import exact, plain, same_points
from zipingbiao.values.regex import regex
from zipingbiao.values.spelling import normalise

CODE = "W107"
SEVERITY = Severity.WARNING

_LEVELS = (Role.LEVEL1, Role.LEVEL2)
_DIGIT = regex(r"\d")
_NUMBER = r"\d+(?:\.\d+)?"
_POINTS = regex(
    rf"[(\[]\s*(?:权重|分值|满分)?\s*:?\s*({_NUMBER})\s*(?:[-~—至]\s*({_NUMBER})\s*)?(?:分\s*[)\]]|[)\]]\s*分)"
)


class _Caption(NamedTuple):
    """A caption that names points, with the sum of the lines below it."""

    entry: Entry
    low: Decimal
    high: Decimal
    found: Decimal
    weights: tuple[Ref, ...]

    @property
    def fits(self) -> bool:
        return (
            self.low <= self.found <= self.high
            if self.low < self.high
            else same_points(self.found, self.high)
        )

    @property
    def excess(self) -> Decimal:
        """How far the lines are above (below: negative) what the caption says; 0 where they fit."""
        return self.found - min(max(self.found, self.low), self.high)

    @property
    def hit(self) -> Hit:
        name = f"{quote(self.entry.text)}下面各行的分值合计{plain(self.found)}"
        return Hit(name, self.entry.ref, plain(self.found), more=self.weights)


def check(evaluation: Evaluation) -> Iterator[Finding]:
    """Report captions whose points are not the sum of their lines, once per table."""
    hits = [caption.hit for role in _LEVELS for caption in _captions(evaluation, role) if not caption.fits]
    yield from together(CODE, SEVERITY, hits, "，与名称里写的不符。请核对分值和名称。")


def caption_excess(evaluation: Evaluation) -> Decimal:
    """Return how far the lines are above what their captions say, in points; negative below.

    A level-2 caption below a level-1 caption misses the same points again, so the first level that
    is off counts.
    """
    sums = (sum((one.excess for one in _captions(evaluation, role)), Decimal(0)) for role in _LEVELS)
    return next((excess for excess in sums if excess), Decimal(0))


def _captions(evaluation: Evaluation, role: Role) -> Iterator[_Caption]:
    for rows in _groups(evaluation, role):
        entry, weights = rows[0].indicator.entries.get(role), [row.indicator.weight for row in rows]
        known = [weight for weight in weights if weight is not None]
        if entry is None or len(known) < len(weights) or not _DIGIT.search(entry.text):
            continue
        said = _POINTS.search(normalise(entry.text))
        if said is None:
            continue
        low, high = exact(said[1]), exact(said[2] or said[1])
        if low is not None and high is not None:
            refs = [ref for row in rows if (ref := row.indicator.ref(Role.WEIGHT)) is not None]
            yield _Caption(entry, low, high, sum(known, Decimal(0)), tuple(refs))


def _groups(evaluation: Evaluation, role: Role) -> Iterator[list[Scored]]:
    """Lines below one caption: it goes on over blank cells, and where it is repeated on each line."""
    group: list[Scored] = []
    for row in evaluation.rows:
        if group and not _goes_on(group[0].indicator, row.indicator, role):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _goes_on(first: Indicator, other: Indicator, role: Role) -> bool:
    # The name of a level no longer holds its points: “(50分)” above “(30分)” are two nameless levels.
    if first.level1 != other.level1 or (role is Role.LEVEL2 and first.level2 != other.level2):
        return False
    return other.text(role) in {"", first.text(role)}
