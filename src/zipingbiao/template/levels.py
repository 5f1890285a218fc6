"""The rows that a blank sheet starts with, and the choices of levels."""

from __future__ import annotations

from zipingbiao.scoring.profile import Profile
from zipingbiao.table.records import Form
from zipingbiao.template.content import NewLine

EXECUTION = "预算执行指标"
_ROWS_EACH = 2  # as in the printed national form: 指标1, 指标2


def level1_choices(form: Form) -> tuple[str, ...]:
    """Return the 一级指标 that a person can pick."""
    return (EXECUTION, "成本指标", *form.levels)


def level2_choices(form: Form) -> tuple[str, ...]:
    """Return the 二级指标 that a person can pick."""
    return (EXECUTION, *(name for names in form.levels.values() for name in names))


def skeleton(form: Form) -> tuple[NewLine, ...]:
    """Return blank lines with the levels of a form.

    Every line carries both levels: a line can be sorted, inserted or deleted without the others.
    """
    return tuple(
        NewLine(level1, level2, "")
        for level1, names in form.levels.items()
        for level2 in names
        for _ in range(_ROWS_EACH)
    )


def execution_line(profile: Profile) -> NewLine:
    """Return the budget execution line with the points of a profile."""
    return NewLine(
        EXECUTION, EXECUTION, "预算执行率", profile.execution_points, target="100%", is_execution=True
    )
