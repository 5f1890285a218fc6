"""Lines that another rule takes for misread: what follows from their figures is not said beside it."""

from __future__ import annotations

from collections.abc import Iterator

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.values import v108_date_serial, v111_share_above_whole, v112_sign_contradicts_name
from zipingbiao.scoring.evaluation import Evaluation, Scored

_READERS = (v111_share_above_whole, v112_sign_contradicts_name, v108_date_serial)


@once
def misread(evaluation: Evaluation) -> Iterator[Scored]:
    """The lines of which V108, V111 or V112 doubts a figure or a sign."""
    for rule in _READERS:
        if rule.CODE not in evaluation.profile.rules_off:
            yield from rule.doubtful(evaluation)


def is_misread(evaluation: Evaluation, row: Scored) -> bool:
    """Tell whether one of these rules speaks of this line."""
    return any(row is other for other in misread(evaluation))
