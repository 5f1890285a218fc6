"""What several rules ask of one table is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

from zipingbiao.scoring.evaluation import Evaluation

T = TypeVar("T")


def once(work: Callable[[Evaluation], Iterable[T]]) -> Callable[[Evaluation], tuple[T, ...]]:
    """Remember the answer for the evaluation asked about last: all rules look at one before the next."""
    last: tuple[Evaluation | None, tuple[T, ...]] = (None, ())

    @wraps(work)
    def answer(evaluation: Evaluation) -> tuple[T, ...]:
        nonlocal last
        known, found = last
        if known is not evaluation:
            found = tuple(work(evaluation))
            last = (evaluation, found)
        return found

    return answer
