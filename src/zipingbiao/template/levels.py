"""The usual levels of both forms, and the rows that a blank sheet starts with."""

from __future__ import annotations

from zipingbiao.scoring.profile import Profile
from zipingbiao.template.content import NewLine

EXECUTION = "预算执行指标"
LEVELS: dict[str, tuple[str, ...]] = {
    "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
    "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
    "满意度指标": ("服务对象满意度指标",),
}
LEVEL1_CHOICES = (EXECUTION, "成本指标", *LEVELS)
LEVEL2_CHOICES = (EXECUTION, *(name for names in LEVELS.values() for name in names))
_ROWS_EACH = 2  # as in the printed national form: 指标1, 指标2


def skeleton() -> tuple[NewLine, ...]:
    """Return blank lines with the usual levels.

    Every line carries both levels: a line can be sorted, inserted or deleted without the others.
    """
    return tuple(
        NewLine(level1, level2, "")
        for level1, names in LEVELS.items()
        for level2 in names
        for _ in range(_ROWS_EACH)
    )


def execution_line(profile: Profile) -> NewLine:
    """Return the budget execution line with the points of a profile."""
    return NewLine(
        EXECUTION, EXECUTION, "预算执行率", profile.execution_points, target="100%", is_execution=True
    )
