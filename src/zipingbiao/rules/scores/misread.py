"""Lines that another rule takes for misread: what follows from their figures is not said beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from zipingbiao.rules.shared.once import once
from zipingbiao.rules.values import v108_date_serial, v111_share_above_whole, v112_sign_contradicts_name
from zipingbiao.scoring.evaluation import Evaluation, Scored

_READERS = (v111_share_above_whole, v112_sign_contradicts_name)


@once
def misread(evaluation: Evaluation) -> Iterator[Scored]:
    """The lines of which V108, V111 or V112 doubts a figure or a sign."""
    profile = evaluation.profile
    readers: list[Callable[[Scored], bool]] = [
        rule.is_doubtful for rule in _READERS if rule.CODE not in profile.rules_off
    ]
    if v108_date_serial.CODE not in profile.rules_off:
        readers.append(partial(v108_date_serial.is_doubtful, years=profile.serial_years))
    for row in evaluation.rows:
        if any(is_doubtful(row) for is_doubtful in readers):
            yield row


def is_misread(evaluation: Evaluation, row: Scored) -> bool:
    """Tell whether one of these rules speaks of this line."""
    return any(row is other for other in misread(evaluation))
