"""What every message to a person keeps to."""

from __future__ import annotations

import re

from zipingbiao.scoring.finding import LONGEST_AT_ONCE

_ASKS = re.compile(r"请|可改为|不必")


def begins_with_what_to_do(message: str) -> bool:
    """Whether a message that is too long for one glance says in its first sentence what to do."""
    return len(message) <= LONGEST_AT_ONCE or _ASKS.search(message.split("。", maxsplit=1)[0]) is not None
