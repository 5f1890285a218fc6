"""What several rules ask of one table is worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
T = TypeVar("T")


def once(work: Callable[[Asked], Iterable[T]]) -> Callable[[Asked], tuple[T, ...]]:
    """Remember the answer for the evaluation, or the part of one, asked about last: all rules look at one before the next."""
    last: tuple[Asked | None, tuple[T, ...]] = (None, ())

    @wraps(work)
    def answer(asked: Asked) -> tuple[T, ...]:
        nonlocal last
        known, found = last
        if known is not asked:
            found = tuple(work(asked))
            last = (asked, found)
        return found

    return answer
