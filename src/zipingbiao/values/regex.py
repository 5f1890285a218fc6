"""Regular expressions that are compiled when they are first used.

A program that scores one table imports hundreds and uses a few: compiled at import they would cost it
more than reading and scoring.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, AnyStr, cast

_ASKED = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")


def regex(text: AnyStr, flags: int = 0, *, holds: Iterable[str] = ()) -> re.Pattern[AnyStr]:
    """Return what ``re.compile`` does, for use by its methods; a mistake in *text* shows at the first use.

    *holds*: signs or words, one of which stands in whatever the pattern matches. A text without any is answered
    without the pattern: what is rare need not be compiled for texts that have nothing of it.
    """
    made = _Rare(text, flags, tuple(holds)) if holds else _Uncompiled(text, flags)
    return cast("re.Pattern[AnyStr]", made)


class _Uncompiled:
    def __init__(self, text: str | bytes, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and become as fast as what was compiled: what it is asked for is found on itself."""
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update((each, getattr(compiled, each)) for each in _ASKED)
        return getattr(compiled, name)


class _Rare(_Uncompiled):
    """A pattern that is compiled for the first text that may match it; these methods stand in until then."""

    def __init__(self, text: str | bytes, flags: int, holds: tuple[Any, ...]) -> None:
        super().__init__(text, flags)
        self.holds = holds

    def search(self, text: Any, *places: int) -> Any:
        return self.__getattr__("search")(text, *places) if self._may_match(text) else None

    def match(self, text: Any, *places: int) -> Any:
        return self.__getattr__("match")(text, *places) if self._may_match(text) else None

    def fullmatch(self, text: Any, *places: int) -> Any:
        return self.__getattr__("fullmatch")(text, *places) if self._may_match(text) else None

    def sub(self, new: Any, text: Any, count: int = 0) -> Any:
        return self.__getattr__("sub")(new, text, count) if self._may_match(text) else text

    def _may_match(self, text: Any) -> bool:
        return any(each in text for each in self.holds)
