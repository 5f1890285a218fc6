"""Regular expressions that are compiled when they are first used.

A program that scores one table imports hundreds and uses a few: compiled at import they would cost it
more than reading and scoring.
"""

from __future__ import annotations

import re
from typing import Any, cast

_ASKED = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")


def regex(text: str) -> re.Pattern[str]:
    """Return what ``re.compile(text)`` does, for use by its methods; a mistake in *text* shows at the first use."""
    return cast("re.Pattern[str]", _Uncompiled(text))


class _Uncompiled:
    def __init__(self, text: str) -> None:
        self.pattern = text

    def __getattr__(self, name: str) -> Any:
        """Compile, and become as fast as what was compiled: what it is asked for is found on itself."""
        compiled = re.compile(self.pattern)
        vars(self).update((each, getattr(compiled, each)) for each in _ASKED)
        return getattr(compiled, name)
