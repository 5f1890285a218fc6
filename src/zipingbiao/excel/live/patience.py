"""How long a press waits for an Excel that refuses calls, because a cell is being edited or a dialog is open.

xlwings repeats a refused call without end: whoever asks would seem frozen until somebody presses Esc
in Excel. Here all calls of one press together are given a few seconds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

SECONDS = 3.0
_PAUSE = 0.05
_WITHOUT_END = 1_000_000


class _Attempts(int):
    """xlwings' number of attempts, which it compares with how often it has tried one call: time decides instead."""

    def __new__(cls, seconds: float) -> Self:
        made = super().__new__(cls, _WITHOUT_END)
        made.left = round(seconds / _PAUSE)
        return made

    left: int

    def __gt__(self, _tried: object) -> bool:
        if self.left <= 0:
            return False
        self.left -= 1
        time.sleep(_PAUSE)
        return True


@contextmanager
def limited(seconds: float | None = None) -> Iterator[None]:
    """Let calls within fail once Excel has refused them for so long in all; None is :data:`SECONDS`.

    Without xlwings' Windows side there is nothing to limit.

    Raises:
        ImportError: xlwings is not installed.
    """
    import xlwings  # noqa: F401 on Windows its other side comes with it

    windows = sys.modules.get("xlwings._xlwindows")
    if windows is None:
        yield
        return
    settings = vars(windows)
    former = settings["N_COM_ATTEMPTS"]
    settings["N_COM_ATTEMPTS"] = _Attempts(SECONDS if seconds is None else seconds)
    try:
        yield
    finally:
        settings["N_COM_ATTEMPTS"] = former
