"""``*`` and ``?`` in a text that is sought, ``~`` before one that is meant."""

from __future__ import annotations

import re
from functools import lru_cache

_SIGN = re.compile(r"~([*?~])|(\*)|(\?)|(.)", re.DOTALL)


@lru_cache(maxsize=256)
def pattern(text: str) -> re.Pattern[str]:
    """Return the expression that finds *text* without regard to case."""

    def part(found: re.Match[str]) -> str:
        escaped, many, one, plain = found.groups()
        return ".*" if many else "." if one else re.escape(escaped or plain)

    # Several stars in a row mean one: otherwise a search could take very long.
    return re.compile(_SIGN.sub(part, re.sub(r"(?<!~)\*+", "*", text)), re.IGNORECASE | re.DOTALL)
