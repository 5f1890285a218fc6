"""One indicator by itself: values as a cell or a script holds them → its score."""

from __future__ import annotations

from zipingbiao.book.cell_values import cell_of
from zipingbiao.book.cells import Ref
from zipingbiao.scoring import profile as profiles
from zipingbiao.scoring.choose import STANDARD
from zipingbiao.scoring.evaluation import Scored
from zipingbiao.scoring.profile import Profile
from zipingbiao.scoring.score import score_indicator
from zipingbiao.table.entry import Entry
from zipingbiao.table.find.execution import mark_execution
from zipingbiao.table.find.indicators import clean_name
from zipingbiao.table.find.units import unit_of
from zipingbiao.table.records import Indicator, Place, Role


def score_line(
    name: object,
    target: object,
    actual: object,
    weight: object,
    level2: object = None,
    profile: str | Profile | None = None,
) -> Scored:
    """Score one indicator, as it would be scored in a table.

    Each value is what a cell may hold: text (``≥95%``, ``19.27万元``), a number, a date, None for a
    blank. A bare 0.95 is no percentage: write ``95%``.

    Args:
        name: 指标名称; it helps to decide which way is better.
        target: 目标值.
        actual: 业绩值.
        weight: 分值 in points.
        level2: 二级指标, such as 成本指标; it helps too.
        profile: 评分规则, a name or a YAML file; None is the national one of 2020.

    Returns:
        ``score`` in points with 2 decimals, ``completion`` as a fraction with 4 (0.8947 is 89.47 %),
        ``explanation`` as one Chinese sentence. What cannot be computed has the score None.

    Raises:
        UsageError: there is no such profile.
    """
    rules = profile if isinstance(profile, Profile) else profiles.load(profile or STANDARD)
    given = {
        Role.LEVEL2: level2, Role.NAME: name, Role.WEIGHT: weight, Role.TARGET: target, Role.ACTUAL: actual,
    }  # fmt: skip
    entries = {
        role: Entry.of(Ref("自评表", 1, column), cell_of(value))
        for column, (role, value) in enumerate(given.items(), 1)
    }
    known = clean_name(entries[Role.NAME].text)
    line = Indicator(
        row=1,
        place=Place.ROW,
        level1="",
        level2=entries[Role.LEVEL2].text.strip(),
        name=known,
        weight=entries[Role.WEIGHT].number,
        unit=unit_of(known),
        entries=entries,
    )
    return score_indicator(mark_execution([line])[0], None, rules)
